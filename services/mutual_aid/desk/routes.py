"""The addresses of the desk, below /admin/mutual-aid/. Schemes are named by their code."""

from django.urls import include, path

from services.mutual_aid.desk import pages, schemes, simulating, terms

app_name = pages.NAMESPACE
urlpatterns = [
    path("schemes/", schemes.SchemeList.as_view(), name="schemes"),
    path("schemes/results/", schemes.SchemeList.as_view(results_only=True), name="schemes_results"),
    path("schemes/add/", schemes.SchemeAdd.as_view(), name="scheme_add"),
    path("schemes/<slug:code>/", schemes.SchemeScreen.as_view(), name="scheme"),
    path("schemes/<slug:code>/terms/", terms.TermsEdit.as_view(), name="terms_edit"),
    path("schemes/<slug:code>/terms/new/", terms.TermsNew.as_view(), name="terms_new"),
    path("schemes/<slug:code>/terms/activate/", terms.TermsActivate.as_view(), name="terms_activate"),
    path("schemes/<slug:code>/compare/", terms.TermsCompare.as_view(), name="terms_compare"),
    path("schemes/<slug:code>/simulate/", simulating.Simulate.as_view(), name="simulate"),
    path("schemes/<slug:code>/retire/", schemes.SchemeRetire.as_view(), name="scheme_retire"),
]


def admin_urls() -> list:
    return [path("mutual-aid/", include("services.mutual_aid.desk.routes"))]
