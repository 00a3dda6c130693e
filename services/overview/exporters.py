"""What leaves as a workbook: what was done, within reach. No data of persons but the user names of staff."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import ModelLogEntry

from services.foundation.desk_filters import listed
from services.foundation.exports import ExportColumn, Found, ListExport
from services.overview import policies, wording
from services.overview.forms import TrailFilters
from services.overview.queries.trail import trail_within_reach

COLUMNS = (
    ExportColumn(_("When"), _("Day and time.")),
    ExportColumn(_("What was done"), _("As the log calls it.")),
    ExportColumn(pgettext_lazy("what was acted on", "About"), _("The programme, organisation, draw, batch or list.")),
    ExportColumn(pgettext_lazy("who did it", "By"), _("User name of the member of staff.")),
    ExportColumn(_("Reason"), _("As it was written down.")),
)


def trail_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, newest first."""
    entries = trail_within_reach(user, roles=policies.TRAIL_READERS).order_by("-pk")
    return listed(TrailFilters(parameters), entries, ())


def trail_lines(entries: Iterable[ModelLogEntry], opened: bool) -> Iterator[list]:
    for entry in entries:
        at = timezone.localtime(entry.timestamp)
        yield [
            f"{at:%Y-%m-%d %H:%M:%S}",
            *(str(entry.message), wording.thing(entry), wording.who(entry), wording.reason(entry)),
        ]


TRAIL = ListExport(
    code="trail",
    title=_("What was done"),
    columns=COLUMNS,
    may=policies.may_read_trail,
    find=trail_found,
    lines=trail_lines,
    address=lambda: reverse("trail:list"),
)
