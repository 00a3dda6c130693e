"""The list of awards: what was decided for whom, from which fund, and whether it is paid."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing
from services.relief import policies, queries
from services.relief.enums import AwardState
from services.relief.forms.filters import AwardFilters
from services.relief.models import Award


def _decided_on(award: Award) -> str:
    return f"{timezone.localdate(award.decided_at):%Y-%m-%d}"


class AwardList(KeysetListing, DeskListView):
    """The newest first, names masked."""

    model = Award
    index_url_name = "relief_desk:awards"
    index_results_url_name = "relief_desk:awards_results"
    page_title = gettext_lazy("Awards")
    header_icon = "tick"
    filterset_class = AwardFilters
    default_ordering = "-pk"
    is_searchable = False
    list_export = ()

    def allowed(self):
        return policies.may_read_files(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "application.case.number",
                label=_("Case"),
                get_url=lambda award: queries.case_page(award.application.case),
            ),
            Column("worker.masked_name", label=_("Woman")),
            Column("organization.name", label=_("Union")),
            Column("programme.name", label=_("Programme")),
            NumberColumn("amount", label=_("Amount in yuan")),
            Column("fund", label=_("Fund source")),
            StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state == AwardState.PAID),
            Column("decided_at", label=_("Decided on"), accessor=_decided_on),
        ]

    @cached_property
    def header_more_buttons(self):
        to_file = f"{reverse('exports:ask', args=['relief-awards'])}?{self.state.urlencode()}"
        return [Button(_("Export to Excel"), url=to_file, icon_name="download", priority=90)]

    def rows(self, user):
        return queries.awards_listed(user)
