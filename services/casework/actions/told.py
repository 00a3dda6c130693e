"""Which message follows which verb."""

from datetime import datetime

from services.casework import notifications, queries
from services.casework.actions.telling import tell_her
from services.casework.enums import Verb
from services.casework.models import CaseEvent
from services.casework.rules.days import Calendar

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
    case = event.case
    if event.verb in _PLAIN:
        tell_her(event, _PLAIN[event.verb])
    elif event.verb == Verb.SUBMIT:
        tell_her(event, notifications.RECEIVED, until=queries.promise_of(case, now=now, days=days).contact_due)
    elif event.verb == Verb.RETURN:
        tell_her(event, notifications.ASKED, count=event.details.get("count", 1))
    elif event.verb == Verb.PUBLISH:
        tell_her(event, notifications.NOTICE, until=case.due_on)
    elif event.verb == Verb.APPEAL:
        tell_her(event, notifications.APPEALED, until=case.due_on)
