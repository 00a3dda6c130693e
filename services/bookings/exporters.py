"""What leaves as a workbook: every scan at the door of her sites, the odd ones too."""

from collections.abc import Iterable, Iterator

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings import queries
from services.bookings.forms import ScanFilters
from services.bookings.models import CheckInScan
from services.bookings.policies import may_read_scans, works_at_sites
from services.foundation import masking
from services.foundation.desk_filters import listed
from services.foundation.exports import ExportColumn, Found, ListExport

COLUMNS = (
    ExportColumn(_("When"), _("Day and time of the scan.")),
    ExportColumn(pgettext_lazy("screening", "Site"), _("Where it was scanned.")),
    ExportColumn(_("Outcome"), _("What the scan meant then.")),
    ExportColumn(_("Number"), _("Of the booking; empty for an unknown code and for a booking of another site.")),
    ExportColumn(pgettext_lazy("person", "Name"), _("Of the woman, masked.")),
    ExportColumn(pgettext_lazy("who did it", "By"), _("User name of the member of staff.")),
)


def scans_found(user, parameters: QueryDict, opened: bool) -> Found:
    """Every scan at her sites, the latest first."""
    venues = queries.venues_operated_by(user) if works_at_sites(user) else []
    return listed(ScanFilters(parameters), queries.scans_at(venues), ())


def scan_lines(scans: Iterable[CheckInScan], opened: bool) -> Iterator[list]:
    for scan in scans:
        booking = scan.booking_here
        yield [
            f"{timezone.localtime(scan.at):%Y-%m-%d %H:%M:%S}",
            scan.venue.name,
            scan.get_outcome_display(),
            booking.number if booking else "",
            masking.mask_name(booking.worker.name) if booking else "",
            scan.by.get_username(),
        ]


SCANS = ListExport(
    code="scans",
    title=_("Scans at the door"),
    columns=COLUMNS,
    may=may_read_scans,
    find=scans_found,
    lines=scan_lines,
    address=lambda: reverse("bookings:today"),
)
