"""Addresses of the federation's view, below /admin/coverage/view/: organisations are named by their code."""

from django.urls import include, path

from services.coverage.desk import changes, overview, overview_file, reminding, then, unions

app_name = "coverage_view"
urlpatterns = [
    path("", overview.Top.as_view(), name="top"),
    path("at/<str:organization>/", overview.Overview.as_view(), name="at"),
    path("at/<str:organization>/data.json", overview.ChartData.as_view(), name="data"),
    path("at/<str:organization>/coverage.xlsx", overview_file.Workbook.as_view(), name="workbook"),
    path("changes/", changes.ChangeList.as_view(), name="changes"),
    path("changes/results/", changes.ChangeList.as_view(results_only=True), name="changes_results"),
    path("then/", then.ThenList.as_view(), name="then"),
    path("then/results/", then.ThenList.as_view(results_only=True), name="then_results"),
    path("unions/", unions.UnionList.as_view(), name="unions"),
    path("unions/results/", unions.UnionList.as_view(results_only=True), name="unions_results"),
    path("unions/remind/", reminding.RemindMany.as_view(), name="remind_many"),
    path("unions/<str:organization>/remind/", reminding.RemindOne.as_view(), name="remind"),
]


def admin_urls() -> list:
    return [path("coverage/view/", include("services.coverage.desk.view_routes"))]
