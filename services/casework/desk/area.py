"""Routes of cases at the desk, addressed by token."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from services.casework import policies
from services.casework.desk import acting, lists, many, one
from services.foundation.area import DeskArea


class CaseworkDesk(DeskArea):
    name = "casework_desk"
    url_prefix = "cases"
    menu_label = _("Cases")
    icon = "clipboard-list"
    menu_name = "cases"
    menu_order = 110
    add_to_admin_menu = True

    @staticmethod
    def may_enter(user):
        return policies.may_enter_desk(user)

    def get_urlpatterns(self):
        return [
            path("", lists.CaseList.as_view(), name="list"),
            path("results/", lists.CaseList.as_view(results_only=True), name="list_results"),
            path("find/", lists.FindCase.as_view(), name="find"),
            path("many/claim/", many.ClaimMany.as_view(), name="many_claim"),
            path("many/hand-over/", many.HandOverMany.as_view(), name="many_hand_over"),
            path("many/pass/", many.PassMany.as_view(), name="many_pass"),
            path("many/approve/", many.ApproveMany.as_view(), name="many_approve"),
            path("case/<str:token>/", one.CasePage.as_view(), name="case"),
            path("case/<str:token>/claim/", one.Claim.as_view(), name="claim"),
            path("case/<str:token>/take-over/", one.TakeOver.as_view(), name="take_over"),
            path("case/<str:token>/put-back/", one.PutBack.as_view(), name="put_back"),
            path("case/<str:token>/hand-over/", acting.HandOver.as_view(), name="hand_over"),
            path("case/<str:token>/return/", acting.AskForMore.as_view(), name="ask"),
            path("case/<str:token>/<slug:verb>/", acting.Act.as_view(), name="act"),
        ]
