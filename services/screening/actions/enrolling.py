"""Enrolling a group: the plan an officer was shown is asked again under the locks, and carried out as shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from services.bookings.actions.group import Seat, Seated, fill_hall, lock_hall
from services.bookings.actions.holding import insist_direct, insist_open
from services.bookings.actions.locking import places_transaction
from services.bookings.errors import AlreadyBooked, SessionPast
from services.bookings.models import Booking, Session
from services.bookings.policies import may_book_for
from services.foundation.verdict import Finding, Outcome
from services.privacy.actions import hold_consents
from services.privacy.enums import Purpose
from services.screening import errors
from services.screening.actions.admission import Ground, day_of, record_of
from services.screening.enums import RowOutcome
from services.screening.models import EligibilityRecord, Programme
from services.screening.queries.facts import Known, facts_of_many
from services.screening.queries.groups import already_booked, bookings_of, terms_or_refuse
from services.screening.rules import Standing, eligibility
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Wish:
    """One woman's place as the preview showed it. ``kept``: it asks for her consent."""

    worker: Worker
    session: Session
    starts_at: datetime
    allocation: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of one woman; ``reasons`` say what changed since the preview."""

    wish: Wish
    outcome: RowOutcome
    reasons: tuple[Finding, ...] = ()
    booking: Booking | None = None


@dataclass
class _Round:
    """What is known under the locks: the women, their bookings, on what ground each is admitted, who is out and why."""

    known: dict[int, Known]
    booked: dict[int, Booking]
    grounds: dict[int, Ground] = field(default_factory=dict)
    out: dict[int, tuple[Finding, ...]] = field(default_factory=dict)


class _NotAllError(Exception):
    """Undoes a group that was to be enrolled whole."""

    def __init__(self, answers: list[Enrolled]):
        super().__init__()
        self.answers = answers


def enrol(
    programme: Programme, wishes: Sequence[Wish], *, all_or_nothing: bool = False, by, now: datetime
) -> list[Enrolled]:
    """Take the places of a group exactly as they were shown; one answer for each woman, in the order given.

    Who has agreed to the notice is booked, for the others the place is kept until they agree or the time is up. What
    changed since the preview (a place gone, another booking, a fact, a consent withdrawn) is answered, never replaced.
    With ``all_or_nothing`` one such answer leaves everything untaken. Each woman's ground is kept and she is told.
    Raises ``PermissionDenied`` unless all are women of her unions, ``WindowNotOpen``, ``WindowClosed``,
    ``DrawDecides``, ``WaitingListOnly``, ``TermsNotPublished``, ``Busy``; then nothing was taken. Locks: consents →
    sessions → allocations → the women's waiting entries; bookings are inserted last.
    """
    for wish in wishes:
        may_book_for(by, wish.worker).insist()
    if not wishes:
        return []
    insist_window(programme, wishes[0].session, now=now)
    try:
        with places_transaction():
            answers = _enrol(programme, wishes, by=by, now=now)
            if all_or_nothing and any(answer.booking is None for answer in answers):
                raise _NotAllError(answers)
            return answers
    except _NotAllError as changed:
        return [_undone(answer) for answer in changed.answers]


def insist_window(programme: Programme, session: Session, *, now: datetime) -> None:
    """Sign-up is open, and neither a draw nor the waiting list gives the places; a session that is over is answered by
    row. Raises ``WindowNotOpen``, ``WindowClosed``, ``DrawDecides`` or ``WaitingListOnly``.
    """
    insist_direct(programme.offering)
    try:
        session.offering = programme.offering
        insist_open(session, now=now)
    except SessionPast:
        return


def _enrol(programme: Programme, wishes: Sequence[Wish], *, by, now: datetime) -> list[Enrolled]:
    workers = [wish.worker for wish in wishes]
    consenting = hold_consents(
        [worker.user_id for worker in workers if worker.user_id],
        [worker.token for worker in workers if not worker.user_id],
        Purpose.SCREENING,
        now=now,
    )
    hall = lock_hall(Seat(wish.worker, wish.session.pk, wish.starts_at, wish.allocation) for wish in wishes)
    state = _look_again(programme, wishes, consenting, now=now)
    seats = [
        Seat(state.known[wish.worker.pk].worker, wish.session.pk, wish.starts_at, wish.allocation, kept)
        for wish in wishes
        if wish.worker.pk not in state.out
        for kept in [_consent_key(wish.worker) not in consenting]
    ]
    seated = {
        answer.seat.worker.pk: answer
        for answer in fill_hall(hall, seats, offer_hours=settings.ENROLMENT_OFFER_HOURS, by=by, now=now)
    }
    _keep_all(seated.values(), state.grounds, now=now)
    late = _booked_meanwhile(programme, seated.values())
    return [_answer(wish, state, seated.get(wish.worker.pk), late) for wish in wishes]


def _consent_key(worker: Worker) -> int | str:
    return worker.user_id or worker.token


def _look_again(programme: Programme, wishes: Sequence[Wish], consenting: set, *, now: datetime) -> _Round:
    """Everything about the women once more, now that nothing they rest on can move. Three queries."""
    keys = [wish.worker.pk for wish in wishes]
    terms = terms_or_refuse(programme)
    rows = Worker.objects.unscoped().filter(pk__in=keys).select_related("user")
    state = _Round(
        {one.worker.pk: one for one in facts_of_many(rows, programme, terms, now=now)}, bookings_of(programme, keys)
    )
    for wish in wishes:
        key, on = wish.worker.pk, day_of(wish.session)
        facts = state.known[key].facts
        state.grounds[key] = Ground(terms, facts, on, eligibility(facts, terms, on=on))
        if reasons := _out(wish, state, consenting):
            state.out[key] = reasons
    return state


def _out(wish: Wish, state: _Round, consenting: set) -> tuple[Finding, ...]:
    key, assessment = wish.worker.pk, state.grounds[wish.worker.pk].assessment
    if key in state.booked:
        return (already_booked(state.booked[key]),)
    if assessment.verdict is not Standing.ELIGIBLE:
        return tuple(f for f in assessment.findings if f.outcome in (Outcome.FAILED, Outcome.UNKNOWN))
    if not wish.kept and _consent_key(wish.worker) not in consenting:
        return (Finding(errors.ConsentMissing.code, Outcome.FAILED),)
    return ()


def _keep_all(seated, grounds: dict[int, Ground], *, now: datetime) -> None:
    EligibilityRecord.objects.bulk_create(
        record_of(grounds[one.seat.worker.pk], one.booking, now=now) for one in seated if one.booking
    )


def _booked_meanwhile(programme: Programme, seated) -> dict[int, Booking]:
    """The bookings of women who were faster than this very statement."""
    without = [one.seat.worker.pk for one in seated if one.why == AlreadyBooked.code]
    return bookings_of(programme, without) if without else {}


def _answer(wish: Wish, state: _Round, seated: Seated | None, late: dict[int, Booking]) -> Enrolled:
    key = wish.worker.pk
    if seated is None:
        return Enrolled(wish, RowOutcome.CHANGED, state.out[key])
    if seated.booking is None:
        found = already_booked(late[key]) if key in late else Finding(seated.why, Outcome.FAILED)
        return Enrolled(wish, RowOutcome.CHANGED, (found,))
    outcome = RowOutcome.OFFERED if seated.seat.kept else RowOutcome.BOOKED
    return Enrolled(wish, outcome, (), seated.booking)


def _undone(answer: Enrolled) -> Enrolled:
    if answer.booking is None:
        return answer
    return Enrolled(answer.wish, RowOutcome.LEFT_OUT, (Finding("not_alone", Outcome.NOTE),))
