"""Her timeline and her messages: what every action writes when it is done."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from services.bookings.models import Booking, BookingEvent, WaitingEntry
from services.bookings.registry import watchers
from services.bookings.rules.ledger import FREES, TAKES
from services.messaging.actions import Letter, notify_many


def record(booking: Booking, verb: str, *, by, now: datetime, **details) -> BookingEvent:
    """Append a line to the booking's timeline; where a place is taken or left it names the allocation, for good."""
    return BookingEvent.objects.create(
        booking=booking,
        verb=verb,
        by=by,
        by_staff=bool(by and not by.is_worker),
        details=details | payer_in(booking, verb),
        at=now,
    )


def payer_in(booking: Booking, verb: str) -> dict:
    """The allocation that a line is about: the booking may be paid by another one later on."""
    return {"allocation": booking.allocation_id} if verb in TAKES | FREES else {}


def tell(event: BookingEvent, key: str, **extra) -> None:
    """Put a message about the event into the outbox. It names the thing by its neutral title, and nobody."""
    tell_all([event], key, **extra)


def tell_all(events: Sequence[BookingEvent], key: str, **extra) -> None:
    """As ``tell``, about many events at once; a value of ``extra`` may be asked of the booking."""
    notify_many(key, [_letter(event, key, extra) for event in events])


def _letter(event: BookingEvent, key: str, extra: dict) -> Letter:
    booking = event.booking
    worker, session = booking.worker, booking.session
    return Letter(
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={
            "title": booking.offering.title,
            "when": session.starts_at,
            "site": session.venue.name,
            "address": session.venue.address,
            "number": booking.number,
            **{name: value(booking) if callable(value) else value for name, value in extra.items()},
        },
        dedupe_key=f"{key}:{event.pk}",
        link=link_of(booking),
    )


def link_of(booking: Booking) -> str:
    return next((link for watcher in watchers if (link := watcher.link(booking))), "")


def waiting_link(entry: WaitingEntry) -> str:
    return next((link for watcher in watchers if (link := watcher.waiting_link(entry))), "")


def when(moment: datetime) -> str:
    """A moment as the timeline keeps it: local, to the minute."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
