"""The addresses of checklists and self-assessments, below /admin/coverage/standard/."""

from django.urls import include, path

from services.coverage.desk import assessment_list, assessments, checklists

app_name = checklists.NAMESPACE
_one = "at/<str:code>/<int:year>/"
urlpatterns = [
    path("", assessment_list.AssessmentList.as_view(), name="assessments"),
    path("results/", assessment_list.AssessmentList.as_view(results_only=True), name="assessments_results"),
    path("checklists/", checklists.ChecklistVersions.as_view(), name="checklists"),
    path("checklists/write/", checklists.ChecklistWrite.as_view(), name="checklist_new"),
    path("checklists/<int:pk>/in-force/", checklists.ChecklistInForce.as_view(), name="checklist_in_force"),
    path("at/<str:code>/", assessments.OfUnion.as_view(), name="of_union"),
    path("at/<str:code>/begin/", assessments.Begin.as_view(), name="begin"),
    path(_one, assessments.Assessment.as_view(), name="assessment"),
    path(f"{_one}evidence/<slug:item>/", assessments.Evidence.as_view(), name="evidence"),
    path(f"{_one}review/", assessments.Review.as_view(), name="review"),
]


def admin_urls() -> list:
    return [path("coverage/standard/", include("services.coverage.desk.standard_routes"))]
