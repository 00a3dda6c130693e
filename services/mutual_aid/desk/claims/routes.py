"""The addresses of claims at the desk, below /admin/mutual-aid-claims/. Claims are named by their cases' tokens."""

from django.urls import include, path

from services.mutual_aid.desk.claims import flagged, for_her, lists, looking_back, one, review

app_name = "claims_desk"
urlpatterns = [
    path("benefits/", lists.BenefitList.as_view(), name="benefits"),
    path("benefits/results/", lists.BenefitList.as_view(results_only=True), name="benefits_results"),
    path("visits/", lists.NominationList.as_view(), name="nominations"),
    path("visits/results/", lists.NominationList.as_view(results_only=True), name="nominations_results"),
    path("visits/draw-up/", lists.DrawUp.as_view(), name="draw_up"),
    path("visits/<int:pk>/", lists.DecideNomination.as_view(), name="nomination"),
    path("again/", flagged.FlaggedList.as_view(), name="flagged"),
    path("again/results/", flagged.FlaggedList.as_view(results_only=True), name="flagged_results"),
    path("look-back/", looking_back.LookBackPage.as_view(), name="look_back"),
    path("find/", for_her.Find.as_view(), name="find"),
    path("begin/<str:token>/", for_her.BeginForHer.as_view(), name="begin"),
    path("for-her/<str:token>/", for_her.ForHer.as_view(), name="for_her"),
    path("for-her/<str:token>/diagnosis/", for_her.Diagnosis.as_view(), name="for_her_diagnosis"),
    path("for-her/<str:token>/treatment/", for_her.Treatment.as_view(), name="for_her_treatment"),
    path("for-her/<str:token>/account/", for_her.Account.as_view(), name="for_her_account"),
    path("claim/<str:token>/look/", one.Look.as_view(), name="look"),
    path("claim/<str:token>/statement/", review.State.as_view(), name="statement"),
    path("claim/<str:token>/papers/", review.Papers.as_view(), name="papers"),
    path("claim/<str:token>/sum/", review.ChangeSum.as_view(), name="sum"),
    path("claim/<str:token>/second-sum/", review.SecondSum.as_view(), name="second_sum"),
    path("claim/<str:token>/stands/", flagged.LookAgain.as_view(), name="stands"),
    path("claim/<str:token>/act/<slug:verb>/", review.Refuse.as_view(), name="refuse"),
]


def admin_urls() -> list:
    return [path("mutual-aid-claims/", include("services.mutual_aid.desk.claims.routes"))]
