"""Which message follows which verb."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from services.casework import notifications, queries
from services.casework.actions.telling import letter_about, tell_her
from services.casework.enums import Verb
from services.casework.models import CaseEvent
from services.casework.rules.days import Calendar
from services.messaging.actions import notify_many

_PLAIN = {
    Verb.PASS_STEP: notifications.MOVED_ON,
    Verb.RESUBMIT: notifications.RESUBMITTED,
    Verb.END_NOTICE: notifications.MOVED_ON,
    Verb.SETTLE_OBJECTION: notifications.MOVED_ON,
    Verb.OBJECT: notifications.OBJECTION,
    Verb.APPROVE: notifications.DECIDED,
    Verb.REFUSE: notifications.DECIDED,
    Verb.UPHOLD: notifications.DECIDED,
    Verb.REOPEN: notifications.REOPENED,
    Verb.WITHDRAW: notifications.WITHDRAWN,
}


def tell(event: CaseEvent, *, now: datetime, days: Calendar) -> None:
    """Tell her what the event means for her; payments and the closing are told by whoever pays."""
    if said := _said(event, now=now, days=days):
        key, context = said
        tell_her(event, key, **context)


def tell_many(events: Iterable[CaseEvent], *, now: datetime, days: Calendar) -> None:
    """The same to many women: those who are told the same are told at once."""
    letters = defaultdict(list)
    for event in events:
        if said := _said(event, now=now, days=days):
            key, context = said
            letters[key].append(letter_about(event, key, **context))
    for key, theirs in letters.items():
        notify_many(key, theirs)


def _said(event: CaseEvent, *, now: datetime, days: Calendar) -> tuple[str, dict] | None:
    """The message that belongs to the event and what fills its slots."""
    case = event.case
    if event.verb in _PLAIN:
        return _PLAIN[event.verb], {}
    if event.verb == Verb.SUBMIT:
        return notifications.RECEIVED, {"until": queries.promise_of(case, now=now, days=days).contact_due}
    if event.verb == Verb.RETURN:
        return notifications.ASKED, {"count": event.details.get("count", 1)}
    if event.verb == Verb.PUBLISH:
        return notifications.NOTICE, {"until": case.due_on}
    if event.verb == Verb.APPEAL:
        return notifications.APPEALED, {"until": case.due_on}
    return None
