"""Routes of cases at the desk, addressed by token."""

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.casework import policies
from services.casework.desk import (
    acting,
    adding,
    complaints,
    days,
    deputies,
    examples,
    lists,
    many,
    one,
    overdue,
    reasons,
    rechecks,
    recusing,
    review_routes,
)
from services.casework.desk.pages import LIST
from services.foundation import styles
from services.foundation.area import DeskArea, ShownTo

KEPT = [
    path("deputies/", deputies.DeputyList.as_view(), name="deputies"),
    path("deputies/results/", deputies.DeputyList.as_view(results_only=True), name="deputies_results"),
    path("deputies/add/", deputies.DeputyAdd.as_view(), name="deputy_add"),
    path("deputies/<int:pk>/end/", deputies.DeputyEnd.as_view(), name="deputy_end"),
    path("words/", reasons.ReasonList.as_view(), name="reasons"),
    path("words/results/", reasons.ReasonList.as_view(results_only=True), name="reasons_results"),
    path("words/add/", reasons.ReasonAdd.as_view(), name="reason_add"),
    path("words/<int:pk>/", reasons.ReasonEdit.as_view(), name="reason"),
    path("words/<int:pk>/drop/", reasons.ReasonDrop.as_view(), name="reason_drop"),
    path("examples/", examples.ExampleList.as_view(), name="examples"),
    path("examples/results/", examples.ExampleList.as_view(results_only=True), name="examples_results"),
    path("examples/add/", examples.ExampleAdd.as_view(), name="example_add"),
    path("examples/<str:token>/drop/", examples.ExampleDrop.as_view(), name="example_drop"),
    path("routes/", review_routes.RouteList.as_view(), name="routes"),
    path("routes/results/", review_routes.RouteList.as_view(results_only=True), name="routes_results"),
    path("routes/add/", review_routes.RouteAdd.as_view(), name="route_add"),
    path("routes/<slug:code>/<int:version>/", review_routes.RoutePage.as_view(), name="route"),
    path("routes/<slug:code>/<int:version>/edit/", review_routes.RouteEdit.as_view(), name="route_edit"),
    path("routes/<slug:code>/<int:version>/next/", review_routes.RouteNext.as_view(), name="route_next"),
    path("routes/<slug:code>/<int:version>/activate/", review_routes.RouteActivate.as_view(), name="route_activate"),
    path("days/", days.DayList.as_view(), name="days"),
    path("days/results/", days.DayList.as_view(results_only=True), name="days_results"),
    path("days/set/", days.DaySet.as_view(), name="day_set"),
    path("days/<int:pk>/clear/", days.DayClear.as_view(), name="day_clear"),
]


class CaseworkDesk(DeskArea):
    name = "casework_desk"
    url_prefix = "cases"
    menu_label = LIST
    icon = "clipboard-list"
    menu_name = "cases"
    menu_order = 110
    add_to_admin_menu = True

    def get_menu_item(self, order=None):
        entries = [
            (LIST, "list", self.icon, policies.may_enter_desk),
            (_("Overdue now"), "overdue", "history", policies.may_enter_desk),
            (complaints.TITLE, "complaints", "comment", policies.may_deputise),
            (rechecks.TITLE, "rechecks", "search", policies.may_enter_desk),
            (_("Deputies"), "deputies", "group", policies.may_deputise),
            (_("Words to choose from"), "reasons", "comment", policies.may_deputise),
            (examples.TITLE, "examples", "image", policies.may_keep_reasons_anywhere),
            (_("Review routes"), "routes", "order", policies.may_enter_desk),
            (_("Working days"), "days", "date", policies.may_enter_desk),
        ]
        items = [
            ShownTo(
                label,
                reverse_lazy(f"{self.name}:{name}"),
                name=f"{self.name}_{name}",
                icon_name=icon,
                order=place,
                shown=shown,
            )
            for place, (label, name, icon, shown) in enumerate(entries, start=1)
        ]
        return SubmenuMenuItem(
            self.menu_label, Menu(items=items), name=self.menu_name, icon_name=self.icon, order=order or self.menu_order
        )

    def get_urlpatterns(self):
        return [
            *KEPT,
            path("", lists.CaseList.as_view(), name="list"),
            path("results/", lists.CaseList.as_view(results_only=True), name="list_results"),
            path("overdue/", overdue.OverdueNow.as_view(), name="overdue"),
            path("complaints/", complaints.ComplaintList.as_view(), name="complaints"),
            path("complaints/results/", complaints.ComplaintList.as_view(results_only=True), name="complaints_results"),
            path("complaints/<str:token>/", complaints.ComplaintPage.as_view(), name="complaint"),
            path("second-looks/", rechecks.RecheckList.as_view(), name="rechecks"),
            path("second-looks/results/", rechecks.RecheckList.as_view(results_only=True), name="rechecks_results"),
            path("second-looks/add/", rechecks.FreezeList.as_view(), name="recheck_add"),
            path("second-looks/<str:token>/", rechecks.RecheckPage.as_view(), name="recheck"),
            path("second-looks/<str:token>/list/", rechecks.RecheckFrame.as_view(), name="recheck_frame"),
            path("second-looks/<str:token>/<int:place>/", rechecks.SecondLook.as_view(), name="recheck_item"),
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
            path("case/<str:token>/keep-away/", recusing.Recuse.as_view(), name="recuse"),
            path("case/<str:token>/papers/", adding.AddPapers.as_view(), name="papers"),
            path("case/<str:token>/supplied/", adding.Supplied.as_view(), name="supplied"),
            path("case/<str:token>/paper/", acting.SignedPaper.as_view(), name="paper"),
            path("case/<str:token>/return/", acting.AskForMore.as_view(), name="ask"),
            path("case/<str:token>/<slug:verb>/", acting.Act.as_view(), name="act"),
        ]


def style_sheet() -> str:
    return styles.style_sheet("desk/casework")
