"""The waiting list of a programme: only women who may take part, the served-first groups ahead."""

from datetime import datetime

from django.utils import timezone

from services.bookings import actions as bookings
from services.bookings.actions.locking import places_transaction
from services.bookings.actions.surviving import on_the_record_that_stays
from services.bookings.models import Session, WaitingEntry
from services.bookings.policies import may_book_for
from services.screening.actions.admission import admit, day_of, insist_consent
from services.screening.models import Programme

SERVED_FIRST = 1


@on_the_record_that_stays
def join_waiting_list(
    programme: Programme, *, worker, session: Session | None = None, by, now: datetime
) -> WaitingEntry:
    """Put her on the list. Forms of employment that the terms serve first come before the others.

    Raises ``ConsentMissing``, ``NotEligible``, ``NeedsFacts`` and as ``bookings.join_waiting_list``. Lock: her
    consent, for an entry can become a booking without her.
    """
    may_book_for(by, worker).insist()
    on = day_of(session) if session else timezone.localdate(now)
    ground = admit(programme, worker, on=on, now=now)
    first = worker.employment_type in ground.terms.priority_employment_types
    with places_transaction():
        insist_consent(worker, now=now)
        return bookings.join_waiting_list(
            programme.offering,
            worker=worker,
            session=session,
            priority=SERVED_FIRST if first else 0,
            by=by,
            now=now,
        )


def leave_waiting_list(entry: WaitingEntry, *, by, now: datetime) -> WaitingEntry:
    """See ``bookings.leave_waiting_list``."""
    return bookings.leave_waiting_list(entry, by=by, now=now)
