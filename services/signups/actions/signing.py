"""Signing up with the questions answered, for a place or for the waiting list."""

from collections.abc import Mapping
from datetime import datetime

from services.bookings import actions as bookings
from services.bookings.actions.conditions import fulfils_of
from services.bookings.actions.holding import look_for_place, resume, take_place
from services.bookings.actions.locking import lock_booking, looking_again, places_transaction
from services.bookings.actions.surviving import on_the_record_that_stays
from services.bookings.actions.timeline import record
from services.bookings.enums import BookingState
from services.bookings.errors import AlreadyBooked, NotChangeable, PastCutoff
from services.bookings.models import Booking, Session, WaitingEntry
from services.bookings.policies import is_herself, may_book_for, may_change
from services.bookings.rules import changeable
from services.signups import errors
from services.signups.models import Activity, Answers
from services.signups.queries import questions_of
from services.signups.rules import Asked, judge

ANSWERED = "answered"


@on_the_record_that_stays
@looking_again
def sign_up(
    activity: Activity, *, session: Session, answers: Mapping[str, object], worker, by, now: datetime
) -> Booking:
    """Hold a place in the session and keep the answers, both or neither; a repeated call returns the same booking.

    Raises ``AnswersWrong`` before anything is taken, and what ``bookings.hold_place`` raises. Locks as there: a booking
    she has already is renewed in a transaction of its own, so that its lock is gone before a session's is asked for.
    Where her record becomes part of another one meanwhile, the place is that one's.
    """
    may_book_for(by, worker).insist()
    taken = _judged(activity, answers)
    try:
        prospect = look_for_place(session, worker=worker, by=by, now=now)
        prospect = prospect.narrowed(fulfils_of(prospect.session.offering, worker, at=session.starts_at, now=now))
        with places_transaction():
            booking = take_place(prospect, worker=worker, by=by, now=now)
            _keep(activity, worker, taken, now=now)
            return booking
    except AlreadyBooked as refusal:
        booking = resume(refusal, session, worker=worker, by=by, now=now)
        _keep(activity, worker, taken, now=now)
        return booking


@on_the_record_that_stays
def join_waiting_list(
    activity: Activity, *, session: Session | None, answers: Mapping[str, object], worker, by, now: datetime
) -> WaitingEntry:
    """Put her on the list with her answers, so that a place can be given at once. Raises ``AnswersWrong``, and what
    ``bookings.join_waiting_list`` raises."""
    may_book_for(by, worker).insist()
    taken = _judged(activity, answers)
    with places_transaction():
        entry = bookings.join_waiting_list(activity.offering, session=session, worker=worker, by=by, now=now)
        _keep(activity, worker, taken, now=now)
        return entry


def change_answers(booking: Booking, *, answers: Mapping[str, object], by, now: datetime) -> Booking:
    """Put other answers in the place of hers, as long as she may move or cancel: nobody gives up a place for a word.

    Raises ``NotChangeable``, ``PastCutoff``, ``AnswersWrong``. Lock: the booking.
    """
    may_change(by, booking).insist()
    activity = booking.offering.activity
    taken = _judged(activity, answers)
    with places_transaction():
        booking = lock_booking(booking)
        if booking.state != BookingState.CONFIRMED:
            raise NotChangeable()
        hours = booking.offering.change_cutoff_hours
        if is_herself(by, booking.worker) and not changeable(now, starts_at=booking.session.starts_at, hours=hours):
            raise PastCutoff(hours=hours)
        _keep(activity, booking.worker, taken, now=now)
        record(booking, ANSWERED, by=by, now=now)
        return booking


def _judged(activity: Activity, answers: Mapping[str, object]) -> dict:
    questions = questions_of(activity)
    asked = [Asked(q.token, q.kind, q.required, tuple(q.choices)) for q in questions]
    if faults := judge(asked, answers):
        raise errors.AnswersWrong([(q, faults[q.token]) for q in questions if q.token in faults])
    return {one.key: answers[one.key] for one in asked if answers.get(one.key) not in (None, "")}


def _keep(activity: Activity, worker, values: dict, *, now: datetime) -> None:
    """What she said before is forgotten, also where she says nothing now."""
    rows = Answers.objects.unscoped()
    if values:
        rows.update_or_create(activity=activity, worker=worker, defaults={"values": values, "at": now})
    else:
        rows.filter(activity=activity, worker=worker).delete()
