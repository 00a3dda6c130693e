"""Lists of organisations: the search across her scope, and the level below one organisation."""

import django_filters
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, Table, TitleColumn

from services.foundation.desk import DeskListView
from services.organizations import policies, queries
from services.organizations.enums import Kind
from services.organizations.models import Organization


def page_of(organization: Organization) -> str:
    return reverse("organizations_desk:one", args=[organization.code])


class OrganizationFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind)
    industry = django_filters.CharFilter(label=_("Industry"), lookup_expr="icontains", max_length=40)
    open = django_filters.ChoiceFilter(
        label=_("State"),
        method="by_state",
        choices=[("open", pgettext_lazy("organisation", "Open")), ("closed", pgettext_lazy("organisation", "Closed"))],
    )

    class Meta:
        model = Organization
        fields = ["kind", "industry", "open"]

    def by_state(self, queryset, name, value):
        return queryset.filter(closed_on__isnull=value == "open")


def columns() -> list[Column]:
    return [
        TitleColumn("name", label=pgettext_lazy("organisation", "Name"), get_url=page_of, sort_key="name"),
        Column("code", label=pgettext_lazy("organisation", "Code"), sort_key="code"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("industry", label=_("Industry")),
        NumberColumn("units", label=_("Organisations below")),
        NumberColumn("women", label=_("Women on the roster")),
    ]


def with_counts(organizations: list[Organization]) -> list[Organization]:
    """Add ``units`` and ``women`` below each organisation of one page: two queries, however many rows."""
    paths = [organization.path for organization in organizations]
    units, women = queries.units_below(paths), queries.people_below(paths)
    for organization in organizations:
        organization.units, organization.women = units[organization.path], women[organization.path]
    return organizations


class OrganizationList(DeskListView):
    """Everything in her scope when she searches or filters; else the organisations at which her posts begin."""

    model = Organization
    index_url_name = "organizations_desk:list"
    index_results_url_name = "organizations_desk:list_results"
    page_title = _("Organisations")
    header_icon = "site"
    filterset_class = OrganizationFilters
    search_fields = ["name", "code"]
    default_ordering = "path"
    export_headings = {
        "code": pgettext_lazy("organisation", "Code"),
        "name": pgettext_lazy("organisation", "Name"),
        "get_kind_display": _("Kind"),
        "industry": _("Industry"),
        "units": _("Organisations below"),
        "women": _("Women on the roster"),
    }
    list_export = list(export_headings)
    export_filename = "organizations"

    def allowed(self):
        return policies.may_browse(self.request.user)

    @cached_property
    def columns(self):
        return columns()

    def rows(self, user):
        if self.is_searching or self.is_filtering or self.is_export:
            return Organization.objects.visible_to(user)
        return queries.top_of_scope(user)

    def get_ordering(self):
        ordering = super().get_ordering()
        return ordering or self.default_ordering

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, more = super().paginate_queryset(queryset, page_size)
        page.object_list = with_counts(list(rows))
        return paginator, page, page.object_list, more

    def write_xlsx(self, queryset, output):
        super().write_xlsx(_Rows(queryset.model, with_counts(list(queryset))), output)


class _Rows(list):
    """Rows with the model they come from, which the spreadsheet writer asks for its headings."""

    def __init__(self, model, rows):
        super().__init__(rows)
        self.model = model


def level_below(organization: Organization, page: str | None) -> tuple[Table, object]:
    """The organisations directly below, one page of them, as a table."""
    children = Paginator(organization.get_children(), 50).get_page(page)
    children.object_list = with_counts(list(children.object_list))
    return Table(columns(), children.object_list), children
