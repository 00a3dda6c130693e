"""Routes of children's files, below /admin/children/. Files go by random tokens; scope decides between 200 and 404."""

from django.urls import include, path

from services.child_files.desk import access, adding, citywide, guarding, lists, mending, one, releases, reports, steps
from services.child_files.desk.pages import NAMESPACE
from services.foundation.desk_routes import list_routes

app_name = NAMESPACE
_FILE = "files/<str:token>/"
_PRIVACY = "privacy/"
urlpatterns = [
    *list_routes("files/", lists.FileList, "list"),
    *list_routes("overdue/", lists.Board, "overdue"),
    path("begin/", steps.Register.as_view(), name="register"),
    path("report/", reports.Report.as_view(), name="report"),
    path("report/<int:year>/", reports.Audit.as_view(), name="audit"),
    *list_routes("approvals/", access.Approvals, "approvals"),
    path("approvals/<str:token>/", access.Approval.as_view(), name="approval"),
    *list_routes("releases/", releases.Releases, "releases"),
    path("releases/ask/", releases.ReleaseAsk.as_view(), name="release_ask"),
    path("releases/<str:token>/", releases.ReleaseDetail.as_view(), name="release"),
    path("releases/<str:token>/end/", releases.ReleaseEnd.as_view(), name="release_end"),
    path("releases/<str:token>/copy/", releases.ReleaseCopy.as_view(), name="release_copy"),
    path("concerns/", access.Concerns.as_view(), name="concerns"),
    path("concerns/<str:token>/", access.Concern.as_view(), name="concern"),
    path(_PRIVACY, guarding.Desk.as_view(), name="privacy"),
    path(f"{_PRIVACY}requests/<str:token>/", guarding.Request.as_view(), name="request"),
    path(f"{_PRIVACY}requests/<str:token>/erase/", guarding.Erase.as_view(), name="erase"),
    path(f"{_PRIVACY}emergencies/<str:token>/", guarding.Emergency.as_view(), name="emergency"),
    path(f"{_PRIVACY}incidents/add/", citywide.IncidentAdd.as_view(), name="incident_add"),
    path(f"{_PRIVACY}incidents/<str:token>/", guarding.Incident.as_view(), name="incident"),
    path(f"{_PRIVACY}run/", citywide.Run.as_view(), name="run"),
    path(f"{_PRIVACY}rule/", citywide.SetRule.as_view(), name="rule"),
    path(f"{_PRIVACY}care/<a_year:year>/", citywide.SetCareRules.as_view(), name="care_rules"),
    path(f"{_PRIVACY}assess/", citywide.Assess.as_view(), name="assess"),
    path(f"{_PRIVACY}switch/", citywide.Switch.as_view(), name="switch"),
    path(f"{_PRIVACY}share/", citywide.Share.as_view(), name="share"),
    path(f"{_PRIVACY}notice/", citywide.Publish.as_view(), name="publish"),
    path(f"{_PRIVACY}readers/<str:county>/", guarding.Keepers.as_view(), name="keepers"),
    path(_FILE, one.FileView.as_view(), name="file"),
    path(f"{_FILE}add/<str:what>/", adding.Add.as_view(), name="add"),
    path(f"{_FILE}link/<int:guardian>/", steps.SendLink.as_view(), name="link"),
    path(f"{_FILE}take-out/<str:what>/<int:pk>/", mending.TakeOut.as_view(), name="take_out"),
    path(f"{_FILE}guardians/<int:guardian>/", mending.CorrectGuardian.as_view(), name="correct_guardian"),
    path(f"{_FILE}guardians/<int:guardian>/end/", mending.EndGuardianship.as_view(), name="end_guardian"),
    path(f"{_FILE}consent/", steps.RecordConsent.as_view(), name="consent"),
    path(f"{_FILE}withdraw/<str:purpose>/", steps.Withdraw.as_view(), name="withdraw"),
    path(f"{_FILE}review/", steps.Review.as_view(), name="review"),
    path(f"{_FILE}exit/", steps.Exit.as_view(), name="exit"),
    path(f"{_FILE}back/", steps.Readmit.as_view(), name="readmit"),
    path(f"{_FILE}ask/", access.Ask.as_view(), name="ask"),
    path(f"{_FILE}emergency/", access.BreakGlass.as_view(), name="break_glass"),
    path(f"{_FILE}concern/", access.NoteConcern.as_view(), name="note_concern"),
    path(f"{_FILE}papers/add/", steps.PaperAdd.as_view(), name="paper_add"),
    path(f"{_FILE}papers/<str:paper>/remove/", steps.PaperRemove.as_view(), name="paper_remove"),
    path(f"{_FILE}papers/<str:paper>/<str:link>/", steps.PaperOpen.as_view(), name="paper"),
]


def admin_urls() -> list:
    return [path("children/", include((urlpatterns, app_name)))]
