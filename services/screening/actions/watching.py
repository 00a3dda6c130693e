"""What screening does when a booking of one of its programmes changes, inside the same transaction."""

from datetime import datetime

from django.urls import reverse

from services.bookings.models import Booking
from services.bookings.registry import BookingWatcher
from services.screening import errors
from services.screening.actions.admission import admit, assess, day_of, keep
from services.screening.enums import HistorySource
from services.screening.models import PastScreening, Programme


class ScreeningWatcher(BookingWatcher):
    """Admits from the waiting list, keeps the ground of promotions, remembers attendance as history."""

    related = ("offering__screening_programme",)

    def admits(self, offering, worker, *, on, now: datetime) -> bool:
        programme = _programme(offering)
        if programme is None:
            return True
        try:
            admit(programme, worker, on=on, now=now)
        except (errors.NotEligible, errors.ConsentMissing, errors.TermsNotPublished):
            return False
        return True

    def promoted(self, booking: Booking, *, now: datetime) -> None:
        if programme := _programme(booking.offering):
            ground = assess(programme, booking.worker, on=day_of(booking.session), now=now)
            keep(ground, booking, now=now)

    def attended(self, booking: Booking, *, now: datetime) -> None:
        if _programme(booking.offering) is None:
            return
        PastScreening.objects.unscoped().update_or_create(
            worker=booking.worker,
            screened_on=day_of(booking.session),
            defaults={"source": HistorySource.ATTENDED, "booking": booking},
        )

    def link(self, booking: Booking) -> str:
        if _programme(booking.offering) is None:
            return ""
        return reverse("screening:booking", args=[booking.token])


def _programme(offering) -> Programme | None:
    """The programme behind an offering, asked for once a row; other apps' offerings have none."""
    return getattr(offering, "screening_programme", None)
