"""A group of women at once: where each stands, and the plan for all, in the same few queries at five and at forty."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from services.bookings.enums import LIVE
from services.bookings.errors import DrawDecides, WaitingListOnly
from services.bookings.models import Booking, BookingEvent, Offering, Session
from services.bookings.queries import payers_by_path, sessions_ahead
from services.bookings.rules import Pot, hers
from services.foundation.verdict import Finding, Outcome
from services.privacy.queries import papers_standing
from services.screening import errors
from services.screening.enums import RowPlan
from services.screening.models import Programme, ProgrammeTerms
from services.screening.queries.facts import Known, facts_of_many
from services.screening.queries.programmes import current_terms
from services.screening.rules import Assessment, Standing, eligibility, fulfils
from services.screening.rules.enrolment import NO_DAY, Candidate, Placement, Slot, place
from services.screening.rules.preferred_dates import AFTERNOON, MORNING, Preference
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Judged:
    """One woman of a group as of the days ahead. ``booking`` is her live one; ``on`` gives the judgement for a day."""

    known: Known
    booking: Booking | None
    assessment: Assessment
    on: Callable[[date], Assessment]

    def admits(self, day: date) -> bool:
        return self.on(day).eligible


@dataclass(frozen=True, slots=True)
class Planned:
    """What the preview says of one woman; ``session`` and ``allocation`` where she fits."""

    known: Known
    plan: RowPlan
    reasons: tuple[Finding, ...] = ()
    session: Session | None = None
    allocation: int | None = None


def terms_or_refuse(programme: Programme) -> ProgrammeTerms:
    """The terms in force. Raises ``TermsNotPublished``."""
    terms = current_terms(programme)
    if terms is None:
        raise errors.TermsNotPublished()
    return terms


def judge_group(
    programme: Programme, terms: ProgrammeTerms, workers: QuerySet[Worker], days: Sequence[date], *, now: datetime
) -> list[Judged]:
    """Each woman as of ``days``: the first on which she may take part, else the first of all. Two queries."""
    known = facts_of_many(workers.defer("id_number", "note"), programme, terms, now=now)
    held = bookings_of(programme, [one.worker.pk for one in known])
    asked = list(days) or [timezone.localdate(now)]
    return [_judged(one, terms, held.get(one.worker.pk), asked) for one in known]


def _judged(known: Known, terms: ProgrammeTerms, booking: Booking | None, days: Sequence[date]) -> Judged:
    seen: dict[date, Assessment] = {}

    def on(day: date) -> Assessment:
        if day not in seen:
            seen[day] = eligibility(known.facts, terms, on=day)
        return seen[day]

    best = next((on(day) for day in days if on(day).eligible), on(days[0]))
    return Judged(known, booking, best, on)


def bookings_of(programme: Programme, workers: Sequence[int]) -> dict[int, Booking]:
    """Live bookings of these women in the programme, with ``by_union`` saying whether staff made them. One query."""
    by_staff = BookingEvent.objects.filter(booking=OuterRef("pk"), by_staff=True)
    rows = (
        Booking.objects.unscoped()
        .filter(offering=programme.offering_id, worker__in=workers, state__in=LIVE)
        .select_related("session__venue")
        .annotate(by_union=Exists(by_staff))
    )
    return {row.worker_id: row for row in rows}


def plan_group(
    programme: Programme,
    workers: QuerySet[Worker],
    wishes: dict[int, Sequence[Preference]],
    *,
    together: bool,
    now: datetime,
) -> dict[int, Planned]:
    """One answer for each of ``workers`` (scope and order named by the caller), by her key. Takes nothing.

    Five queries however many they are. Raises ``TermsNotPublished``.
    """
    terms = terms_or_refuse(programme)
    sessions = {session.pk: session for session in sessions_ahead(programme.offering, now)}
    slots = [_slot(session) for session in sessions.values()]
    judged = judge_group(programme, terms, workers, sorted({slot.day for slot in slots}), now=now)
    payers = payers_by_path(programme.offering, {one.known.worker.organization.path for one in judged})
    first_day = min((slot.day for slot in slots), default=timezone.localdate(now))
    elsewhere = _given_elsewhere(programme.offering)
    candidates = [
        Candidate(
            key=one.known.worker.pk,
            admits=one.admits,
            pots=tuple(pot.pk for pot in _hers(one, payers, first_day)),
            wishes=tuple(wishes.get(one.known.worker.pk, ())),
        )
        for one in _served_first(judged, terms)
        if not (_hindrances(one) or elsewhere)
    ]
    pots = {pot.pk: pot for found in payers.values() for pot in found}
    placed = place(candidates, slots, list(pots.values()), together=together)
    asked = {candidate.key: bool(candidate.wishes) for candidate in candidates}
    return {
        key: _planned(one, _hindrances(one) or elsewhere, sessions, placed.get(key), wished=asked.get(key))
        for one in judged
        for key in [one.known.worker.pk]
    }


def _given_elsewhere(offering: Offering) -> tuple[Finding, ...]:
    """Where a draw or the waiting list gives the places, a group is given none either."""
    if offering.draw_ahead:
        return (Finding(DrawDecides.code, Outcome.FAILED),)
    return (Finding(WaitingListOnly.code, Outcome.FAILED),) if offering.waiting_only else ()


def _hers(one: Judged, payers: dict[str, list[Pot]], day: date) -> list[Pot]:
    """What she may draw on: what holds on the first day of all holds on every later one."""
    known = one.known
    meets = partial(fulfils, facts=known.facts, post=known.worker.position, on=day)
    return hers(payers[known.worker.organization.path], meets)


def _slot(session: Session) -> Slot:
    starts = timezone.localtime(session.starts_at)
    half = MORNING if starts.time() < time(12) else AFTERNOON
    return Slot(session.pk, session.starts_at, starts.date(), half, session.venue_id, session.left)


def _served_first(judged: Sequence[Judged], terms: ProgrammeTerms) -> list[Judged]:
    """In the order of the list, the forms of employment that the terms serve first ahead."""
    first = set(terms.priority_employment_types)
    return sorted(judged, key=lambda one: one.known.worker.employment_type not in first)


def _hindrances(one: Judged) -> tuple[Finding, ...]:
    """What keeps her out whatever the places are."""
    if one.booking is not None:
        return (already_booked(one.booking),)
    if one.assessment.verdict is not Standing.ELIGIBLE:
        return tuple(f for f in one.assessment.findings if f.outcome in (Outcome.FAILED, Outcome.UNKNOWN))
    if not one.known.consents and one.known.worker.user_id is None and not one.known.worker.phone_index:
        return (Finding("no_phone", Outcome.FAILED),)
    return ()


def already_booked(booking: Booking) -> Finding:
    figures = {
        "number": booking.number,
        "when": f"{timezone.localtime(booking.session.starts_at):%Y-%m-%d %H:%M}",
        "site": booking.session.venue.name,
        "by_union": booking.by_union,
    }
    return Finding("already_booked", Outcome.FAILED, figures)


def _planned(
    one: Judged,
    reasons: tuple[Finding, ...],
    sessions: dict[int, Session],
    found: Placement | None,
    *,
    wished: bool | None,
) -> Planned:
    """``reasons`` keep her out whatever the places are."""
    if reasons:
        unknown = all(finding.outcome is Outcome.UNKNOWN for finding in reasons)
        return Planned(one.known, RowPlan.UNKNOWN if unknown else RowPlan.REFUSE, reasons)
    if found is None or found.slot is None:
        why = found.why if found else NO_DAY
        return Planned(one.known, RowPlan.REFUSE, (Finding(why, Outcome.FAILED),))
    notes = () if not wished or found.wish is not None else (Finding("other_day", Outcome.NOTE),)
    if one.known.consents:
        return Planned(one.known, RowPlan.BOOK, notes, sessions[found.slot], found.pot)
    asks = Finding("asks_her", Outcome.NOTE)
    return Planned(one.known, RowPlan.OFFER, (*notes, asks), sessions[found.slot], found.pot)


def on_paper(workers: Sequence[Worker], purpose: str, *, now: datetime) -> set[str]:
    """Tokens of those of these women whose standing consent is on paper. One query."""
    tokens = [worker.token for worker in workers if worker.user_id is None]
    return set(papers_standing(purpose, now=now).filter(record__in=tokens).values_list("record", flat=True))
