"""What leaves as a workbook: bookings and uptake, masked, with the question they answer on the first sheet."""

from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.foundation import masking
from services.screening.queries import Figures, Uptake


def booking_headings() -> list[str]:
    return [
        _("Number"),
        _("Name"),
        _("Mobile number"),
        _("Union"),
        _("Programme"),
        _("Site"),
        _("Session"),
        _("State"),
        _("Booked at"),
    ]


def booking_rows(bookings) -> Iterator[list]:
    """A row a booking; names and numbers are masked because a file travels further than a screen."""
    for booking in bookings:
        yield [
            booking.number,
            masking.mask_name(booking.worker.name),
            booking.worker.masked_phone,
            booking.worker.organization.name,
            booking.offering.screening_programme.title,
            booking.session.venue.name,
            moment(booking.session.starts_at),
            booking.get_state_display(),
            moment(booking.created_at),
        ]


def uptake_headings() -> list[str]:
    return [
        _("Organisation"),
        _("Allocated"),
        _("Booked"),
        _("Attended"),
        pgettext("waiting list", "Waiting"),
        _("Left"),
        _("Booked, %"),
    ]


def uptake_rows(result: Uptake) -> Iterable[list]:
    for row in result.rows:
        yield _figures(row.organization.name, row.figures)
    yield _figures(_("Kept at this level"), result.kept)
    yield _figures(_("Total"), result.total)


def _figures(name: str, figures: Figures) -> list:
    share = "" if figures.share is None else round(figures.share, 1)
    return [name, figures.allocated, figures.booked, figures.attended, figures.waiting, figures.left, share]


def moment(value) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
