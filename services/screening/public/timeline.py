"""A booking's history in her words, and what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from services.bookings.enums import BookingState
from services.bookings.models import Booking

_WORDS = {
    "held": _("You chose a time; the place was held for you"),
    "offered": _("A place became free and was offered to you"),
    "promoted": _("A place became free and was given to you"),
    "confirmed": _("You confirmed; the place is yours"),
    "accepted": _("You took the offered place"),
    "moved": _("The booking was moved to another time"),
    "rescheduled": _("The session was given another time"),
    "cancelled": _("The booking was cancelled"),
    "expired": _("The time to confirm ran out; the place was passed on"),
    "attended": _("You came; checked in at the site"),
    "no_show": _("Nobody checked in; the place wasn't used"),
}
_BY_UNION = {
    "held": _("Your union chose a time for you"),
    "confirmed": _("Your union booked the place for you"),
    "accepted": _("Your union took the offered place for you"),
    "moved": _("Your union moved the booking to another time"),
    "cancelled": _("Your union cancelled the booking"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """``state`` is done, current or later; ``at`` is empty for what is still to come."""

    title: str
    state: str
    at: datetime | None = None
    note: str = ""


def timeline_of(booking: Booking) -> list[Entry]:
    """What happened, oldest first, then the steps that are still ahead of a live booking."""
    entries = []
    for event in booking.events.all():
        words = (_BY_UNION if event.by_staff else {}).get(event.verb) or _WORDS.get(event.verb)
        if words:
            note = _reason(event) or _moved_from(event.details)
            entries.append(Entry(words, "done", event.at, note))
    ahead = _AHEAD.get(booking.state, ())
    return entries + [Entry(words, "current" if n == 0 else "later") for n, words in enumerate(ahead)]


# Why a booking ended by itself, where no person wrote a reason.
_GROUNDS = {
    "left_unit": _("You are no longer on the roster of this unit."),
    "consent_withdrawn": _("The consent to the screening was withdrawn."),
}


def _reason(event) -> str:
    said = event.details.get("reason", "")
    return _GROUNDS.get(said) or (said if event.by_staff else "")


def _moved_from(details: dict) -> str:
    return _("It was %(when)s before.") % {"when": details["was"]} if details.get("was") else ""


_EXAMINED = _("You come to the site and show your code")
_RESULT = _("The hospital tells you the result; your union doesn't see it")
_AHEAD = {
    BookingState.HELD: (_("You check your answers and confirm"), _EXAMINED, _RESULT),
    BookingState.OFFERED: (_("You take the place or pass it on"), _EXAMINED, _RESULT),
    BookingState.CONFIRMED: (_EXAMINED, _RESULT),
    BookingState.ATTENDED: (_RESULT,),
}
