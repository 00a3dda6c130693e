"""What screening does when a booking of one of its programmes changes, inside the same transaction."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.urls import reverse

from services.bookings.models import Booking, WaitingEntry
from services.bookings.registry import BookingWatcher
from services.screening import errors
from services.screening.actions.admission import admit, admit_on_any, assess, day_of, keep
from services.screening.enums import HistorySource, Item, Method
from services.screening.models import PastScreening, Programme
from services.screening.rules import fulfils


class ScreeningWatcher(BookingWatcher):
    """Admits from the waiting list, keeps the ground of promotions, remembers attendance as history."""

    related = ("screening_programme",)

    def admits(self, offering, worker, *, on, now: datetime) -> bool:
        programme = _programme(offering)
        if programme is None:
            return True
        try:
            admit(programme, worker, on=on, now=now)
        except (errors.NotEligible, errors.ConsentMissing, errors.TermsNotPublished):
            return False
        return True

    def admitted_days(self, offering, worker, *, days, now: datetime):
        programme = _programme(offering)
        if programme is None:
            return days
        try:
            return admit_on_any(programme, worker, days=days, now=now)
        except (errors.NotEligible, errors.ConsentMissing, errors.TermsNotPublished):
            return frozenset()

    def draws(self, offering, worker, *, on, now: datetime) -> Callable[[dict], bool] | None:
        programme = _programme(offering)
        if programme is None:
            return None
        try:
            facts = assess(programme, worker, on=on, now=now).facts
        except errors.TermsNotPublished:
            return None
        return partial(fulfils, facts=facts, post=worker.position, on=on)

    def promoted(self, booking: Booking, *, now: datetime) -> None:
        if programme := _programme(booking.offering):
            ground = assess(programme, booking.worker, on=day_of(booking.session), now=now)
            keep(ground, booking, now=now)

    def attended(self, booking: Booking, *, now: datetime) -> None:
        programme = _programme(booking.offering)
        if programme is None:
            return
        PastScreening.objects.unscoped().update_or_create(
            worker=booking.worker,
            screened_on=day_of(booking.session),
            defaults={
                "source": HistorySource.ATTENDED,
                "booking": booking,
                "kind": programme.kind,
                "method": _method(programme),
            },
        )

    def link(self, booking: Booking) -> str:
        if _programme(booking.offering) is None:
            return ""
        return reverse("screening:booking", args=[booking.token])

    def draw_link(self, offering) -> str:
        programme = _programme(offering)
        return reverse("screening:draw", args=[programme.code]) if programme else ""

    def waiting_link(self, entry: WaitingEntry) -> str:
        return "" if _programme(entry.offering) is None else reverse("screening:waiting", args=[entry.token])


def _method(programme: Programme) -> str:
    """By which test the cervix is screened; with both the HPV test is what the next interval follows."""
    if Item.HPV in programme.items:
        return Method.HPV
    return Method.CYTOLOGY if Item.TCT in programme.items else ""


def _programme(offering) -> Programme | None:
    """The programme behind an offering, asked for once a row; other apps' offerings have none."""
    return getattr(offering, "screening_programme", None)
