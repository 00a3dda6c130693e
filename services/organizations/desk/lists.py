"""Lists of organisations: the search across her scope, and the level below one organisation."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Table

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, NumberColumn, TitleColumn
from services.organizations import policies, queries
from services.organizations.exporters import ORGANIZATIONS, SEARCHED
from services.organizations.forms import OrganizationFilters
from services.organizations.models import Organization


def page_of(organization: Organization) -> str:
    return reverse("organizations_desk:one", args=[organization.code])


def columns() -> list[Column]:
    return [
        TitleColumn("name", label=pgettext_lazy("organisation", "Name"), get_url=page_of, sort_key="name"),
        Column("code", label=pgettext_lazy("organisation", "Code"), sort_key="code"),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("industry", label=_("Industry")),
        NumberColumn("units", label=_("Organisations below")),
        NumberColumn("women", label=_("Women on the roster")),
    ]


class OrganizationList(DeskListView):
    """Everything in her scope when she searches or filters; else the organisations at which her posts begin."""

    model = Organization
    index_url_name = "organizations_desk:list"
    index_results_url_name = "organizations_desk:list_results"
    page_title = _("Organisations")
    header_icon = "site"
    filterset_class = OrganizationFilters
    search_fields = SEARCHED
    default_ordering = "path"
    listing = ORGANIZATIONS.code

    def allowed(self):
        return policies.may_browse(self.request.user)

    @cached_property
    def columns(self):
        return columns()

    def rows(self, user):
        if self.is_searching or self.is_filtering:
            return Organization.objects.visible_to(user)
        return queries.top_of_scope(user)

    def get_ordering(self):
        ordering = super().get_ordering()
        return ordering or self.default_ordering

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, more = super().paginate_queryset(queryset, page_size)
        page.object_list = queries.with_counts(list(rows))
        return paginator, page, page.object_list, more


def level_below(organization: Organization, page: str | None) -> tuple[Table, object]:
    """The organisations directly below, one page of them, as a table."""
    children = Paginator(organization.get_children(), 50).get_page(page)
    children.object_list = queries.with_counts(list(children.object_list))
    return Table(columns(), children.object_list), children
