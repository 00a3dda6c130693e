"""What signups do when a booking of one of their activities changes, inside the same transaction."""

from datetime import datetime

from django.urls import reverse

from services.bookings.enums import BookingState
from services.bookings.models import Booking, WaitingEntry
from services.bookings.registry import BookingWatcher
from services.signups.models import Answers


class SignupsWatcher(BookingWatcher):
    """Leads her to her pages, and forgets what she answered when she cancels."""

    related = ("activity",)

    def released(self, booking: Booking, *, now: datetime) -> None:
        activity = _activity(booking.offering)
        if activity is not None and booking.state == BookingState.CANCELLED:
            Answers.objects.unscoped().filter(activity=activity, worker=booking.worker_id).delete()

    def link(self, booking: Booking) -> str:
        return "" if _activity(booking.offering) is None else reverse("signups:booking", args=[booking.token])

    def waiting_link(self, entry: WaitingEntry) -> str:
        return "" if _activity(entry.offering) is None else reverse("signups:waiting", args=[entry.token])


def _activity(offering):
    """The activity behind an offering, asked for once a row; other apps' offerings have none."""
    return getattr(offering, "activity", None)
