"""The lists: register, deliveries, repair tasks, stock-takings, transfers."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing
from services.home_equipment import policies
from services.home_equipment.desk.pages import NAMESPACE, EquipmentPage, desk_url
from services.home_equipment.enums import AssetState, DeliveryState, TakeState, TaskState, TransferState
from services.home_equipment.forms import filters
from services.home_equipment.queries import keeping
from services.home_equipment.queries.deliveries import deliveries_for
from services.home_equipment.queries.register import LONGEST_NUMBER, assets_for
from services.home_equipment.queries.tasks import tasks_for


class _List(KeysetListing, EquipmentPage, BaseListingView):
    """``name``: of the address; its results come from ``<name>_results``."""

    name = ""
    template_name = "home_equipment/desk/list.html"
    find_label = ""

    @property
    def index_url_name(self):
        return f"{NAMESPACE}:{self.name}"

    @property
    def index_results_url_name(self):
        return f"{NAMESPACE}:{self.name}_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        within = [(name, value) for name, values in self.state.lists() if name != "q" for value in values]
        text = self.request.GET.get("q", "")[:LONGEST_NUMBER]
        return super().get_context_data(search_text=text, search_within=within, search_label=self.find_label, **kwargs)


class RegisterList(_List):
    name = "register"
    page_title = _("Register of state assets")
    verbose_name_plural = pgettext_lazy("state assets", "assets")
    filterset_class = filters.AssetFilters
    find_label = _("Find an item: number, name, serial number, school")

    def get_base_queryset(self):
        return assets_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("label", label=pgettext_lazy("equipment", "Item"), get_url=_asset_url),
            Column("number", label=_("Number")),
            NumberColumn("quantity", label=pgettext_lazy("equipment", "Quantity")),
            Column("place.name", label=_("Where it is")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda row: row.state == AssetState.IN_USE),
            Column("get_condition_display", label=_("Condition")),
            Column("get_source_display", label=pgettext_lazy("equipment", "Source")),
        ]

    @cached_property
    def header_buttons(self):
        url = f"{reverse('exports:ask', args=['equipment_register'])}?{self.state.urlencode()}"
        return [HeaderButton(_("Export to Excel"), url=url, icon_name="download", attrs={"data-desk-export": "true"})]


def _asset_url(asset) -> str:
    return desk_url("asset", asset.token)


class DeliveryList(_List):
    name = "deliveries"
    page_title = _("Deliveries")
    verbose_name_plural = _("deliveries")
    filterset_class = filters.DeliveryFilters
    find_label = _("Find a delivery: its number, its batch, the school")

    def get_base_queryset(self):
        return deliveries_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("number", label=_("Number"), get_url=lambda order: desk_url("delivery", order.token)),
            Column("home.host.name", label=_("School or kindergarten")),
            Column("batch.name", label=pgettext_lazy("procurement", "What was bought")),
            Column("batch.get_source_display", label=pgettext_lazy("equipment", "Source")),
            StatusTagColumn(
                "get_state_display",
                label=_("State"),
                primary=lambda row: row.state in (DeliveryState.VERIFIED, DeliveryState.RESOLVED),
            ),
            Column("due_on", label=_("To be there by"), accessor=lambda one: _day(one.due_on)),
            Column("received_on", label=_("Received on"), accessor=lambda one: _day(one.received_on)),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_order_somewhere(self.request.user):
            return []
        return [HeaderButton(_("Order what is missing"), url=desk_url("order"), icon_name="plus")]


def _day(day) -> str:
    return f"{day:%Y-%m-%d}" if day else "—"


class TaskList(_List):
    name = "tasks"
    page_title = _("Repair tasks")
    verbose_name_plural = _("repair tasks")
    filterset_class = filters.TaskFilters

    def get_base_queryset(self):
        return tasks_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "words",
                label=pgettext_lazy("equipment", "What was found"),
                get_url=lambda task: desk_url("task", task.pk),
            ),
            Column("criterion", label=_("Criterion")),
            Column("home.host.name", label=_("School or kindergarten")),
            Column("due_on", label=_("Due on"), accessor=lambda one: _day(one.due_on)),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda row: row.state == TaskState.CLOSED),
        ]


class TakeList(_List):
    name = "takes"
    page_title = _("Stock-takings")
    verbose_name_plural = _("stock-takings")
    filterset_class = filters.TakeFilters

    def get_base_queryset(self):
        return keeping.takes_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "home.host.name",
                label=_("School or kindergarten"),
                get_url=lambda take: desk_url("take", take.token),
            ),
            Column("home.code", label=pgettext_lazy("equipment", "Home")),
            Column("begun_at", label=_("Begun on"), accessor=lambda one: _day(one.begun_at)),
            Column("counted_at", label=_("Counted on"), accessor=lambda one: _day(one.counted_at)),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda row: row.state == TakeState.APPROVED),
        ]


class TransferList(_List):
    name = "transfers"
    page_title = _("Transfers of assets")
    verbose_name_plural = _("transfers of assets")
    filterset_class = filters.TransferFilters

    def get_base_queryset(self):
        return keeping.transfers_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "giver.host.name",
                label=pgettext_lazy("equipment", "From"),
                get_url=lambda one: desk_url("transfer", one.token),
            ),
            Column("taker.host.name", label=pgettext_lazy("transfer", "To")),
            Column("asked_at", label=_("Asked on"), accessor=lambda one: _day(one.asked_at)),
            StatusTagColumn(
                "get_state_display", label=_("State"), primary=lambda row: row.state == TransferState.TAKEN
            ),
        ]
