"""The addresses of the desk, below /admin/relief/. Files and applications are named by tokens,
programmes by their code, lines and tests by key."""

from django.urls import include, path

from services.relief.desk import file_routes, programmes, standards

app_name = standards.NAMESPACE
urlpatterns = [
    *file_routes.LISTS,
    *file_routes.FILES,
    *file_routes.APPLICATIONS,
    path("lines/", standards.LineList.as_view(), name="lines"),
    path("lines/results/", standards.LineList.as_view(results_only=True), name="lines_results"),
    path("lines/add/", standards.LineAdd.as_view(), name="line_add"),
    path("lines/<int:pk>/", standards.LineEdit.as_view(), name="line_edit"),
    path("tests/", standards.TestVersions.as_view(), name="tests"),
    path("tests/new/", standards.TestForm.as_view(), name="test_new"),
    path("tests/<int:pk>/activate/", standards.TestActivate.as_view(), name="test_activate"),
    path("programmes/", programmes.ProgrammeList.as_view(), name="programmes"),
    path("programmes/results/", programmes.ProgrammeList.as_view(results_only=True), name="programmes_results"),
    path("programmes/add/", programmes.ProgrammeAdd.as_view(), name="programme_add"),
    path("programmes/<slug:code>/", programmes.ProgrammeScreen.as_view(), name="programme"),
    path("programmes/<slug:code>/edit/", programmes.ProgrammeEdit.as_view(), name="programme_edit"),
    path("programmes/<slug:code>/activate/", programmes.ProgrammeActivate.as_view(), name="programme_activate"),
    path("programmes/<slug:code>/retire/", programmes.ProgrammeRetire.as_view(), name="programme_retire"),
]


def admin_urls() -> list:
    return [path("relief/", include("services.relief.desk.routes"))]
