"""Her messages, and one line of the timeline for everything that happens."""

from datetime import datetime

from services.casework.models import Case, CaseEvent
from services.casework.registry import services
from services.foundation.masking import redact
from services.messaging.actions import Letter, notify, notify_many


def record(case: Case, verb: str, *, by, now: datetime, **fields) -> CaseEvent:
    """Append a line to the timeline. Whoever acts for the applicant is marked as such."""
    event = line_of_timeline(case, verb, by=by, now=now, **fields)
    event.save(force_insert=True)
    return event


def line_of_timeline(case: Case, verb: str, *, by, now: datetime, **fields) -> CaseEvent:
    """The same, not yet written. Words for colleagues keep no number of a person."""
    if "note" in fields:
        fields["note"] = redact(fields["note"])
    return CaseEvent(case=case, verb=verb, by=by, by_staff=bool(by and not by.is_worker), at=now, **fields)


def tell_her(event: CaseEvent, key: str, **context) -> None:
    """Put a message about the event into the outbox, once; a woman without an account gets an SMS."""
    notify_many(key, [letter_about(event, key, **context)])


def letter_about(event: CaseEvent, key: str, **context) -> Letter:
    """Her copy of a message about the event."""
    case = event.case
    worker = case.worker
    return Letter(
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"number": case.number, **context},
        dedupe_key=f"{key}:{event.pk}",
        link=services[case.service].her_address(case),
    )


def tell_staff(event: CaseEvent, key: str, user) -> None:
    """Tell a member of staff, in the portal alone."""
    notify(key, to=user, context={"number": event.case.number}, dedupe_key=f"{key}:{event.pk}")
