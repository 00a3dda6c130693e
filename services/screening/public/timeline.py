"""A booking's history in her words, and what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import BookingState, ExcuseReason, PriorityReason, WaitingState
from services.bookings.models import Booking, PriorityChange, WaitingEntry
from services.organizations.enums import Role
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


# The reasons of a change of priority, said to her.
_TO_HER = {
    PriorityReason.SERVED_FIRST: _("The programme serves your group first."),
    PriorityReason.MISSED_PLACES: _("Booked places were missed before, so others come first by the rules."),
    PriorityReason.ORGANISER_CANCELLED: _("An earlier appointment of yours had to be cancelled by the organiser."),
    PriorityReason.RECORD_CORRECTED: _("Your record was corrected."),
    PriorityReason.OUR_MISTAKE: _("A mistake of the union had put you back."),
    PriorityReason.URGENT: _("It was found that you can't wait long."),
    PriorityReason.WITHDRAWN: _("An earlier change was taken back."),
    PriorityReason.OTHER: _("There was another reason."),
}


def waiting_story(entry: WaitingEntry) -> list[Entry]:
    """Her time on the list, oldest first: when she joined, and who changed her place, by role, and why."""
    story = [Entry(_("You joined the waiting list"), "done", entry.created_at)]
    story += [_moved(change) for change in changes_of(entry)]
    if entry.state == WaitingState.LEFT and entry.booking_id is None:
        story.append(Entry(_("You left the waiting list"), "done", entry.changed_at))
    return story


def _moved(change: PriorityChange) -> Entry:
    up = change.after > change.before
    if not change.by_id:
        title = _("You were put ahead by a rule of the programme") if up else _("You were put behind by a rule")
        return Entry(title, "done", change.at, why(change))
    words = _("Put ahead by: %(role)s") if up else _("Put behind by: %(role)s")
    return Entry(str(words) % {"role": Role(change.by_role).label}, "done", change.at, why(change))


def why(change: PriorityChange) -> str:
    """The coded reason as it is said to her, then the words of whoever decided."""
    reason = str(_TO_HER[PriorityReason(change.reason)])
    if not change.text:
        return reason
    return gettext("%(reason)s In words: “%(text)s”") % {"reason": reason, "text": change.text}


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
