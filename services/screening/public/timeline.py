"""A booking's history in her words, and what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from services.bookings.enums import BookingState, ExcuseReason, WaitingState
from services.bookings.models import Booking, WaitingEntry
from services.bookings.wording import moved_to_her
from services.screening.queries import changes_of, entry_behind

_WORDS = {
    "held": _("You chose a time; the place was held for you"),
    "offered": _("A place became free and was offered to you"),
    "drawn": _("The draw gave you this place"),
    "promoted": _("A place became free and was given to you"),
    "enrolled": _("Your union booked the place for you"),
    "kept": _("Your union keeps a place for you until you answer"),
    "confirmed": _("You confirmed; the place is yours"),
    "accepted": _("You took the offered place"),
    "moved": _("The booking was moved to another time"),
    "rescheduled": _("The session was given another time"),
    "cancelled": _("The booking was cancelled"),
    "expired": _("The time to confirm ran out; the place was passed on"),
    "attended": _("You came; checked in at the site"),
    "no_show": _("Nobody checked in; the place wasn't used"),
    "came_after_all": _("The record was corrected: you did come"),
    "excused": _("The missed place was excused; it no longer counts"),
}
_BY_UNION = {
    "held": _("Your union chose a time for you"),
    "confirmed": _("Your union booked the place for you"),
    "accepted": _("Your union took the offered place for you"),
    "moved": _("Your union moved the booking to another time"),
    "cancelled": _("Your union cancelled the booking"),
    "reminded": _("Your union reminded you of the booking"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """``state`` is done, current or later; ``at`` is empty for what is still to come."""

    title: str
    state: str
    at: datetime | None = None
    note: str = ""


def timeline_of(booking: Booking) -> list[Entry]:
    """What happened, oldest first, the time on the waiting list included; then the steps ahead of a live booking."""
    waited = entry_behind(booking)
    entries = waiting_story(waited) if waited else []
    for event in booking.events.all():
        words = (_BY_UNION if event.by_staff else {}).get(event.verb) or _WORDS.get(event.verb)
        if words:
            note = _reason(event) or _moved_from(event.details) or _excuse(event.details)
            entries.append(Entry(words, "done", event.at, note))
    ahead = _AHEAD.get(booking.state, ())
    return entries + [Entry(words, "current" if n == 0 else "later") for n, words in enumerate(ahead)]


_BY_RULE = _("You were put ahead by a rule of the programme")


def waiting_story(entry: WaitingEntry) -> list[Entry]:
    """Her time on the list, oldest first: when she joined, and who changed her place, by role, and why."""
    story = [Entry(_("You joined the waiting list"), "done", entry.created_at)]
    story += [Entry(*moved_to_her(change, _BY_RULE)) for change in changes_of(entry)]
    if entry.state == WaitingState.LEFT and entry.booking_id is None:
        story.append(Entry(_("You left the waiting list"), "done", entry.changed_at))
    return story


# Why a booking ended by itself, where no person wrote a reason.
_GROUNDS = {
    "left_unit": _("You are no longer on the roster of this unit."),
    "consent_withdrawn": _("The consent to the screening was withdrawn."),
}


def _reason(event) -> str:
    said = event.details.get("reason", "")
    return _GROUNDS.get(said) or (said if event.by_staff else "")


def _excuse(details: dict) -> str:
    code = details.get("excuse", "")
    return str(_EXCUSES[ExcuseReason(code)]) if code in ExcuseReason.values else ""


_EXCUSES = {
    ExcuseReason.UNABLE: _("You couldn't come, for a good reason."),
    ExcuseReason.ORGANISER: _("The site or the organiser was the cause."),
    ExcuseReason.EMERGENCY: _("Weather, traffic or an emergency was the cause."),
    ExcuseReason.MISTAKE: _("It had been recorded by mistake."),
}


def _moved_from(details: dict) -> str:
    return _("It was %(when)s before.") % {"when": details["was"]} if details.get("was") else ""


_EXAMINED = _("You come to the site and show your code")
_RESULT = _("You read the result here; your union doesn't see it")
_AHEAD = {
    BookingState.HELD: (_("You check your answers and confirm"), _EXAMINED, _RESULT),
    BookingState.OFFERED: (_("You take the place or pass it on"), _EXAMINED, _RESULT),
    BookingState.CONFIRMED: (_EXAMINED, _RESULT),
    BookingState.ATTENDED: (_RESULT,),
}
