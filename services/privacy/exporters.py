"""What leaves as a workbook: the register of looks. It holds no value that was looked at."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.desk_filters import listed
from services.foundation.exports import ExportColumn, Found, ListExport, in_groups
from services.privacy import policies, queries
from services.privacy.forms import LookFilters
from services.privacy.models import AccessRecord

SEARCHED = ("reason", "viewer__username")
COLUMNS = (
    ExportColumn(_("At"), _("Day and time of the look.")),
    ExportColumn(_("Viewer"), _("User name of the member of staff.")),
    ExportColumn(_("Role"), _("The post by which she looked.")),
    ExportColumn(_("Organisation"), _("To which the record belonged then.")),
    ExportColumn(_("Record"), _("Kind and number of the record; no name.")),
    ExportColumn(pgettext_lazy("of a record", "Fields"), _("Which were opened.")),
    ExportColumn(_("Reason"), _("As she wrote it down.")),
)


def looks_found(user, parameters: QueryDict, opened: bool) -> Found:
    """What the list shows, newest first."""
    return listed(LookFilters(parameters), queries.looks_within_reach(user).order_by("-at", "-pk"), SEARCHED)


def look_lines(records: Iterable[AccessRecord], opened: bool) -> Iterator[list]:
    """A row a look; names of organisations are read for many of them at once."""
    for some in in_groups(records):
        for record, words in zip(some, queries.worded(some), strict=True):
            yield [
                f"{timezone.localtime(record.at):%Y-%m-%d %H:%M:%S}",
                *(record.viewer.username, words.role, words.organization, str(record), words.fields, words.reason),
            ]


LOOKS = ListExport(
    code="looks",
    title=_("Looks at protected data"),
    columns=COLUMNS,
    may=policies.may_read_looks,
    find=looks_found,
    lines=look_lines,
    address=lambda: reverse("privacy_desk:looks"),
)
