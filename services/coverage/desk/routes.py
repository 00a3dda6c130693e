"""Routes of the records, below /admin/coverage/. Codes of unions are public; scope decides between 200 and 404."""

from django.urls import include, path

from services.coverage.desk import keeping, lists, one, requirements, steps
from services.coverage.desk.pages import NAMESPACE

app_name = NAMESPACE
_ONE = "unions/<str:code>/"
_TERM = f"{_ONE}terms/<int:number>/"
_SEAT = f"{_TERM}seats/<int:seat>/"
urlpatterns = [
    path("unions/", lists.StandingList.as_view(), name="list"),
    path("unions/results/", lists.StandingList.as_view(results_only=True), name="list_results"),
    path("requirements/", requirements.RequirementsList.as_view(), name="requirements"),
    path(
        "requirements/results/",
        requirements.RequirementsList.as_view(results_only=True),
        name="requirements_results",
    ),
    path("requirements/add/", requirements.RequirementsAdd.as_view(), name="requirements_add"),
    path("requirements/<int:pk>/", requirements.RequirementsEdit.as_view(), name="requirements_edit"),
    path("requirements/<int:pk>/drop/", requirements.RequirementsDrop.as_view(), name="requirements_drop"),
    path(f"{_ONE}record/", one.Record.as_view(), name="one"),
    path(f"{_ONE}prepare/", steps.Prepare.as_view(), name="prepare"),
    path(f"{_ONE}appoint/", steps.Appoint.as_view(), name="appoint"),
    path(f"{_ONE}dates/", keeping.StateUnion.as_view(), name="state_union"),
    path(f"{_ONE}papers/add/", keeping.PaperAdd.as_view(), name="paper_add"),
    path(f"{_ONE}papers/<str:paper>/", keeping.PaperOpen.as_view(), name="paper"),
    path(f"{_ONE}papers/<str:paper>/remove/", keeping.PaperRemove.as_view(), name="paper_remove"),
    path(f"{_TERM}elect/", steps.Elect.as_view(), name="elect"),
    path(f"{_TERM}approve/", steps.Approve.as_view(), name="approve"),
    path(f"{_TERM}return/", steps.SendBack.as_view(), name="send_back"),
    path(f"{_TERM}call-off/", steps.CallOff.as_view(), name="call_off"),
    path(f"{_TERM}correct/", keeping.Correct.as_view(), name="correct"),
    path(f"{_TERM}seats/add/", keeping.Fill.as_view(), name="seat_add"),
    path(f"{_SEAT}left/", keeping.Leave.as_view(), name="seat_leave"),
    path(f"{_SEAT}fill/", keeping.Replace.as_view(), name="seat_fill"),
]


def admin_urls() -> list:
    return [path("coverage/", include((urlpatterns, app_name)))]
