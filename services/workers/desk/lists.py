"""The list of women workers, and the list of requests to be tied to a record."""

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import Button, HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.identifiers import whole_years
from services.foundation.scope import path_filter
from services.organizations.queries import named
from services.workers import policies, queries
from services.workers.enums import EmploymentType, WorkerState
from services.workers.models import RecordClaim, Worker

NAME_LENGTH = 10  # shorter than any phone or identity number: a pasted number doesn't fit into the URL


class WorkerFilters(WagtailFilterSet):
    union = django_filters.CharFilter(
        label=gettext_lazy("Union and below (code or name)"), method="in_union", max_length=60
    )
    employment_type = django_filters.ChoiceFilter(label=gettext_lazy("Form of employment"), choices=EmploymentType)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=WorkerState)
    claimed = django_filters.ChoiceFilter(
        label=gettext_lazy("Signs in online"),
        method="by_claim",
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("Not yet"))],
    )

    class Meta:
        model = Worker
        fields = ["union", "employment_type", "state", "claimed"]

    def in_union(self, queryset, name, value):
        paths = tuple(named(self.request.user, value).values_list("path", flat=True))
        return queryset.filter(path_filter("organization__path", paths))

    def by_claim(self, queryset, name, value):
        return queryset.filter(user__isnull=value == "no")


class TickColumn(Column):
    """A box to tick for what is done to several records at once."""

    cell_template_name = "workers/desk/tick_cell.html"


def age(worker: Worker) -> int:
    return whole_years(worker.birth_date, clock.today())


def page_of(worker: Worker) -> str:
    return reverse("workers_desk:one", args=[worker.token])


class WorkerList(DeskListView):
    model = Worker
    index_url_name = "workers_desk:list"
    index_results_url_name = "workers_desk:list_results"
    results_template_name = "workers/desk/list_results.html"
    page_title = gettext_lazy("Women workers")
    header_icon = "group"
    filterset_class = WorkerFilters
    search_fields = ["name"]
    default_ordering = "pk"
    export_headings = {
        "name": gettext_lazy("Name"),
        "organization.name": gettext_lazy("Union"),
        "age": gettext_lazy("Age"),
        "position": gettext_lazy("Post"),
        "employment": gettext_lazy("Form of employment"),
        "id_ending": gettext_lazy("Identity number ends in"),
        "phone_ending": gettext_lazy("Mobile number ends in"),
        "standing": gettext_lazy("State"),
    }
    list_export = list(export_headings)
    export_filename = "women-workers"

    def allowed(self):
        return policies.may_read_rosters(self.request.user)

    @cached_property
    def keeps_rosters(self) -> bool:
        return bool(policies.may_keep_rosters(self.request.user))

    @cached_property
    def columns(self):
        columns = [
            TitleColumn("name", label=_("Name"), get_url=page_of, sort_key="name"),
            Column("organization.name", label=_("Union"), sort_key="organization__name"),
            NumberColumn("age", label=_("Age"), accessor=age, sort_key="birth_date"),
            Column("masked_id_number", label=_("Identity number")),
            Column("masked_phone", label=_("Mobile number")),
            Column("get_employment_type_display", label=_("Form of employment")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda w: w.state == WorkerState.ACTIVE),
            BooleanColumn("claimed", label=_("Signs in online"), accessor=lambda worker: worker.user_id is not None),
        ]
        return [TickColumn("tick", label=_("Tick")), *columns] if self.keeps_rosters else columns

    @cached_property
    def header_buttons(self):
        buttons = [HeaderButton(_("Find by number"), url=reverse("workers_desk:find"), icon_name="search")]
        if self.keeps_rosters:
            add = reverse("workers_desk:add")
            buttons.append(HeaderButton(_("Add one woman"), url=add, icon_name="plus", priority=5))
        return buttons

    @cached_property
    def header_more_buttons(self):
        claims = Button(_("Requests to confirm"), url=reverse("workers_desk:claims"), icon_name="check", priority=10)
        return [*([claims] if self.keeps_rosters else []), *super().header_more_buttons]

    def get_search_form(self):
        form = super().get_search_form()
        form.fields["q"].widget.attrs |= {"maxlength": NAME_LENGTH, "placeholder": _("Search by name")}
        return form

    @cached_property
    def search_query(self):
        return super().search_query[:NAME_LENGTH]

    def rows(self, user):
        return Worker.objects.visible_to(user).select_related("organization")

    def to_row_dict(self, item):
        row = {"name": item.name, "organization.name": item.organization.name, "age": age(item)}
        return row | {
            "position": item.position,
            "employment": item.get_employment_type_display(),
            "id_ending": item.id_last4,
            "phone_ending": item.phone_last4,
            "standing": item.get_state_display(),
        }

    def as_spreadsheet(self, queryset, spreadsheet_format):
        return super().as_spreadsheet(queryset.defer("id_number", "phone"), spreadsheet_format)


class ClaimList(DeskListView):
    """Requests that wait for her, oldest first."""

    model = RecordClaim
    index_url_name = "workers_desk:claims"
    index_results_url_name = "workers_desk:claims_results"
    page_title = gettext_lazy("Requests to confirm")
    header_icon = "check"
    default_ordering = "created_at"

    def allowed(self):
        return policies.may_keep_rosters(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "stated_name",
                label=_("Name she gave"),
                get_url=lambda claim: reverse("workers_desk:claim", args=[claim.token]),
            ),
            Column("organization.name", label=_("Union she named")),
            DateColumn("created_at", label=_("Asked"), sort_key="created_at"),
        ]

    @cached_property
    def no_results_message(self):
        return _("Nobody waits for her record to be confirmed.")

    def rows(self, user):
        return queries.waiting_claims(user)
