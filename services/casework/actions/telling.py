"""Her messages, and one line of the timeline for everything that happens."""

from datetime import datetime

from services.casework.models import Case, CaseEvent
from services.casework.registry import services
from services.messaging.actions import notify


def record(case: Case, verb: str, *, by, now: datetime, **fields) -> CaseEvent:
    """Append a line to the timeline. Whoever acts for the applicant is marked as such."""
    by_staff = bool(by and not by.is_worker)
    return CaseEvent.objects.create(case=case, verb=verb, by=by, by_staff=by_staff, at=now, **fields)


def tell_her(event: CaseEvent, key: str, **context) -> None:
    """Put a message about the event into the outbox, once; a woman without an account gets an SMS."""
    case = event.case
    worker = case.worker
    notify(
        key,
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"number": case.number, **context},
        dedupe_key=f"{key}:{event.pk}",
        link=services[case.service].her_address(case),
    )


def tell_staff(event: CaseEvent, key: str, user) -> None:
    """Tell a member of staff, in the portal alone."""
    notify(key, to=user, context={"number": event.case.number}, dedupe_key=f"{key}:{event.pk}")
