"""Routes of inspections, below /admin/inspections/. Visits, findings, draws and notices are named by random tokens."""

from django.urls import include, path

from services.foundation.desk_routes import list_routes
from services.home_inspections.desk import draws, evaluations, figures, findings, lists, one, rubrics, scoring
from services.home_inspections.desk.pages import NAMESPACE

app_name = NAMESPACE
_ONE = "visits/<str:token>/"
_FINDING = "findings/<str:token>/"
_DRAW = "draws/<str:token>/"
_YEAR = "evaluations/<str:token>/"
_NOTICE = "notices/<str:token>/"
urlpatterns = [
    *list_routes("", lists.InspectionList, "list"),
    path("progress/", findings.Progress.as_view(), name="progress"),
    path("homes/<str:code>/plan/", one.Schedule.as_view(), name="schedule"),
    path("counties/<str:code>/", rubrics.CountyFacts.as_view(), name="county"),
    path("counties/<str:code>/settle/", rubrics.CountySettle.as_view(), name="county_settle"),
    path("counties/<str:code>/reopen/", rubrics.CountyReopen.as_view(), name="county_reopen"),
    path("rubrics/", rubrics.RubricVersions.as_view(), name="rubrics"),
    path("rubrics/begin/", rubrics.RubricBegin.as_view(), name="rubric_begin"),
    path("rubrics/<int:pk>/", rubrics.RubricWrite.as_view(), name="rubric"),
    path("rubrics/<int:pk>/in-force/", rubrics.RubricInForce.as_view(), name="rubric_in_force"),
    path("conflicts/", findings.Conflicts.as_view(), name="conflicts"),
    path("conflicts/<int:pk>/withdraw/", findings.ConflictWithdraw.as_view(), name="conflict_withdraw"),
    path(_ONE, one.One.as_view(), name="one"),
    path(f"{_ONE}print/", one.Print.as_view(), name="print"),
    path(f"{_ONE}begin/", one.Begin.as_view(), name="begin"),
    path(f"{_ONE}score/", scoring.Score.as_view(), name="score"),
    path(f"{_ONE}sync/", scoring.Sync.as_view(), name="sync"),
    path(f"{_ONE}photos/", scoring.AddPhoto.as_view(), name="photo_add"),
    path(f"{_ONE}sign/", one.Sign.as_view(), name="sign"),
    path(f"{_ONE}sign-host/", one.SignHost.as_view(), name="sign_host"),
    path(f"{_ONE}third/", one.Third.as_view(), name="third"),
    path(f"{_ONE}settle/", one.Settle.as_view(), name="settle"),
    path(f"{_ONE}reopen/", one.Reopen.as_view(), name="reopen"),
    path(f"{_ONE}confirm/", one.ConfirmVerdict.as_view(), name="confirm"),
    path(f"{_ONE}again/", one.Again.as_view(), name="again"),
    path(f"{_ONE}call-off/", one.CallOff.as_view(), name="call_off"),
    path("photos/<str:token>/", scoring.PhotoOpen.as_view(), name="photo"),
    path("photos/<str:token>/remove/", scoring.PhotoRemove.as_view(), name="photo_remove"),
    *list_routes("findings/", lists.FindingList, "findings"),
    path(_FINDING, findings.Finding.as_view(), name="finding"),
    path(f"{_FINDING}hand-in/", findings.HandIn.as_view(), name="hand_in"),
    path(f"{_FINDING}accept/", findings.Accept.as_view(), name="accept"),
    path(f"{_FINDING}return/", findings.GiveBack.as_view(), name="give_back"),
    path("draws/", draws.Draws.as_view(), name="draws"),
    path("draws/freeze/", draws.Freeze.as_view(), name="freeze"),
    path(_DRAW, draws.Draw.as_view(), name="draw"),
    path(f"{_DRAW}seed/", draws.Seed.as_view(), name="seed"),
    path(f"{_DRAW}draw/", draws.Run.as_view(), name="run"),
    path(f"{_DRAW}publish/", draws.Publish.as_view(), name="publish"),
    path(f"{_DRAW}close/", draws.Execute.as_view(), name="execute"),
    path(f"{_DRAW}void/", draws.Void.as_view(), name="void"),
    path(f"{_DRAW}homes/<str:code>/not-visited/", draws.NotVisited.as_view(), name="not_visited"),
    path("figures/", figures.Overview.as_view(), name="figures"),
    path("figures/print/", figures.Printed.as_view(), name="figures_print"),
    path("figures/inspections.xlsx", figures.Workbook.as_view(), name="figures_workbook"),
    path("evaluations/", evaluations.Evaluations.as_view(), name="evaluations"),
    path("evaluations/open/", evaluations.Open.as_view(), name="evaluation_open"),
    path(_YEAR, evaluations.Evaluation.as_view(), name="evaluation"),
    path(f"{_YEAR}steps/<str:verb>/", evaluations.Step.as_view(), name="evaluation_step"),
    path(f"{_YEAR}homes/<str:code>/", evaluations.Mark.as_view(), name="mark"),
    path(f"{_YEAR}homes/<str:code>/propose/", evaluations.Propose.as_view(), name="propose"),
    path(_NOTICE, evaluations.Notice.as_view(), name="notice"),
    path(f"{_NOTICE}steps/<str:verb>/", evaluations.NoticeStep.as_view(), name="notice_step"),
]


def admin_urls() -> list:
    return [path("inspections/", include((urlpatterns, app_name)))]
