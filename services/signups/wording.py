"""What stands in her way, and how far her sign-up is, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import WaitingEntry
from services.bookings.queries.waiting import changes_of
from services.bookings.wording import moved_to_her
from services.signups.enums import QuestionKind
from services.signups.models import Question
from services.signups.rules.questions import NO, YES

# As everywhere, but for who is expected and who came: at an activity nobody books nor is examined.
STATES = dict(BookingState.choices) | {
    BookingState.CONFIRMED.value: pgettext_lazy("activity", "Signed up"),
    BookingState.ATTENDED.value: pgettext_lazy("activity", "Attended"),
}
FAULTS = {
    "unanswered": _("Please answer this question."),
    "not_a_choice": _("Choose one of the answers."),
    "not_a_number": _("Write a whole number from 0 to 10000."),
    "too_long": _("Please keep it to 100 characters."),
    "tells": _("Please leave out numbers of people; nobody needs them here."),
}
ANSWERS = {YES: _("yes"), NO: _("no")}
_WORDS = {
    "held": _("You chose a session; the place was held for you"),
    "offered": _("A place became free and was offered to you"),
    "promoted": pgettext_lazy("activity", "A place became free and was given to you"),
    "enrolled": _("You were entered as having taken part"),
    "confirmed": _("You signed up; the place is yours"),
    "accepted": _("You took the offered place"),
    "moved": _("You changed to another session"),
    "answered": _("You changed your answers"),
    "rescheduled": _("The session was given another time or place"),
    "cancelled": _("The sign-up was cancelled"),
    "expired": _("The time to confirm ran out; the place was passed on"),
    "reminded": _("We reminded you"),
    "attended": _("You took part; checked in at the door"),
    "no_show": _("Nobody checked in; the place wasn't used"),
    "came_after_all": _("The record was corrected: you did come"),
    "excused": _("The missed place was excused; it no longer counts"),
}
# In her name, by an officer of her union.
_BY_HER_UNION = {
    "held": _("Your union chose a session for you, as you asked"),
    "confirmed": _("Your union signed you up, as you asked; the place is yours"),
    "accepted": _("Your union took the offered place for you"),
    "moved": _("Your union changed you to another session"),
    "cancelled": _("Your union cancelled the sign-up"),
}
_AHEAD = {
    BookingState.HELD: (_("Confirm within the time shown"), _("Take part")),
    BookingState.OFFERED: (_("Answer within the time shown"), _("Take part")),
    BookingState.CONFIRMED: (_("Show your code at the door"),),
}


@dataclass(frozen=True, slots=True)
class Step:
    """``state`` is done, current or later; ``at`` is empty for what is still to come."""

    title: str
    state: str
    at: datetime | None = None
    note: str = ""


def timeline_of(booking) -> list[Step]:
    """What happened, oldest first, then the steps ahead of a live sign-up."""
    steps = [
        Step(_happened(event), "done", event.at, event.details.get("reason", "") if event.by_staff else "")
        for event in booking.events.all()
        if event.verb in _WORDS
    ]
    ahead = _AHEAD.get(booking.state, ())
    return steps + [Step(str(words), "current" if n == 0 else "later") for n, words in enumerate(ahead)]


def waiting_story(entry: WaitingEntry) -> list[Step]:
    """Her time on the list, oldest first: when she joined, and who changed her place, by role, and why."""
    story = [Step(gettext("You joined the waiting list"), "done", entry.created_at)]
    story += [Step(*moved_to_her(change, gettext("You were put ahead by a rule"))) for change in changes_of(entry)]
    if entry.state == WaitingState.LEFT and entry.booking_id is None:
        story.append(Step(gettext("You left the waiting list"), "done", entry.changed_at))
    return story


def _happened(event) -> str:
    return str((_BY_HER_UNION if event.by_staff else {}).get(event.verb) or _WORDS[event.verb])


def fault(code: str) -> str:
    return str(FAULTS[code])


def answer(question: Question, values: dict) -> str:
    """What she answered, as a reader knows it; a dash where she didn't."""
    value = values.get(question.token)
    if value in (None, ""):
        return "—"
    return str(ANSWERS.get(value, value)) if question.kind == QuestionKind.YES_NO else str(value)


def state_of(booking) -> str:
    return str(STATES[booking.state])


def form_of(activity) -> str:
    """Activity, or the form of the training."""
    return str(activity.get_form_display() or activity.get_kind_display())


def hours(count: int) -> str:
    return gettext("%(count)s hours of training") % {"count": count} if count else ""
