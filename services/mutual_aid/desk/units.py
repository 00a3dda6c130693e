"""Units that haven't joined: whom a federation talks to next."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, NumberColumn
from services.foundation.keyset_list import KeysetListing
from services.mutual_aid import policies
from services.mutual_aid.forms.filters import UnitFilters
from services.mutual_aid.models.enrolment import BATCH_READERS
from services.mutual_aid.queries.group import units_without
from services.organizations.models import Organization


class UnitList(KeysetListing, DeskListView):
    """Without a period that runs today, in the scheme chosen or in any."""

    model = Organization
    index_url_name = "mutual_aid_joining:units"
    index_results_url_name = "mutual_aid_joining:units_results"
    page_title = gettext_lazy("Units that haven't joined")
    header_icon = "warning"
    filterset_class = UnitFilters
    default_ordering = "path"
    list_export = ()

    def allowed(self):
        return policies.may_read_batches(self.request.user)

    @cached_property
    def columns(self):
        return [
            Column("name", label=_("Unit")),
            Column("code", label=pgettext_lazy("organisation", "Code")),
            NumberColumn("women", label=_("Women on the roster")),
            Column(
                "ended",
                label=_("Last covered until"),
                accessor=lambda one: f"{one.ended:%Y-%m-%d}" if one.ended else "—",
            ),
            Column("officer_contact", label=_("Contact")),
        ]

    def rows(self, user):
        return units_without(user, BATCH_READERS, on=clock.today(), scheme=self.request.GET.get("scheme", "")[:40])
