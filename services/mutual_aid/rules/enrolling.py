"""One line of an enrolment batch judged: who she is, what she holds, when she would be covered, whether she may join.

Source: §1.4 (who may join, duplicates), §1.5 (first day, unbroken renewal). Findings are those of ``rules.joining``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import BatchKind, Duplicates, RowState
from services.mutual_aid.rules.days import ONE_DAY
from services.mutual_aid.rules.joining import Held, Person, findings_on, may_join
from services.mutual_aid.rules.starting import Joining, Span, span
from services.mutual_aid.rules.terms import Terms

# What tells of an illness, or of another unit: the unit's officer reads no more than that somebody above looks at it.
KEPT_ABOVE = frozenset({"earlier_disease", "earlier_diagnosis", "earlier_claim", "handed_in_elsewhere"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds for all lines. ``today``: the day of judging. ``unit_began``, ``unit_last``: the unit's running
    period, for additions."""

    kind: str
    today: date
    paid: date | None = None
    papers: date | None = None
    unified: date | None = None
    unit_began: date | None = None
    unit_last: date | None = None


@dataclass(frozen=True, slots=True)
class HeldCover:
    """A cover of hers of this scheme, with its key."""

    key: int
    first: date
    last: date
    shares: int


@dataclass(frozen=True, slots=True)
class Woman:
    """``covers``: of this scheme, newest first. ``elsewhere``: another unit has handed her in. ``ill``: she says so, or
    a claim of hers was paid by another scheme; ``claimed``: by this one; ``told``: a refused one names an illness."""

    birth_date: date
    employed: bool
    employment_type: str = ""
    hired_on: date | None = None
    retires_at: int | None = None
    ill: bool = False
    told: bool = False
    claimed: bool = False
    elsewhere: bool = False
    covers: tuple[HeldCover, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """``state``: a ``RowState``. ``findings``: what isn't simply met. ``previous``: the cover that she would renew."""

    state: str
    findings: tuple[Finding, ...]
    span: Span
    first: date
    previous: HeldCover | None


def first_day(plan: Plan) -> date:
    """The first day as far as it can be told: as if fee and papers were complete today where they aren't yet."""
    if plan.unified:
        return plan.unified
    return max(plan.paid or plan.today, plan.papers or plan.today) + ONE_DAY


def span_of(terms: Terms, plan: Plan, previous: HeldCover | None = None) -> Span:
    """When a cover of this batch runs: the same for all who have no cover before it."""
    joining = Joining(
        paid=plan.paid or plan.today,
        papers=plan.papers or plan.today,
        unified=plan.unified,
        previous_last=previous.last if previous else None,
        unit_last=plan.unit_last,
    )
    return span(terms, joining)


def judge(
    terms: Terms, plan: Plan, woman: Woman, *, shares: int, settled: bool = False, fresh: Span | None = None
) -> Judged:
    """All that is to be said of one line. ``settled``: somebody above has looked and said that she may join;
    ``fresh``: the span of who has no cover before, where somebody who judges many has worked it out."""
    likely = first_day(plan)
    previous = _previous(plan, woman.covers, likely)
    runs = fresh if fresh and previous is None else span_of(terms, plan, previous)
    first = runs.effective or likely
    last = runs.last or first
    held = tuple(
        Held(one.first, one.last, one.shares)
        for one in woman.covers
        if one is not previous and one.first <= last and one.last >= first
    )
    findings = findings_on(terms, _person(woman, held, plan), shares=shares, on=first)
    if woman.elsewhere:
        findings.append(_elsewhere(terms))
    kept = tuple(one for one in findings if not one.passed)
    # Who joins in any other way than by renewal isn't told of a break that nobody expected otherwise.
    renewing = plan.kind == BatchKind.RENEWAL
    broken = tuple(one for one in runs.findings if renewing and one.code == "unbroken_renewal" and not one.passed)
    return Judged(_state(kept, settled), (*kept, *broken), runs, first, previous)


def _person(woman: Woman, held: tuple[Held, ...], plan: Plan) -> Person:
    return Person(
        birth_date=woman.birth_date,
        employed=woman.employed,
        employment_type=woman.employment_type,
        hired_on=woman.hired_on,
        retires_at=woman.retires_at,
        had_listed=woman.ill or None,
        told=woman.told,
        claimed=woman.claimed,
        held=held,
        unit_began=plan.unit_began if plan.kind == BatchKind.ADDITION else None,
    )


def _previous(plan: Plan, covers: Sequence[HeldCover], likely: date) -> HeldCover | None:
    """The cover before this one: in a renewal the newest that runs or has run; else the newest that is over by then."""
    for one in covers:
        over = one.first <= plan.today if plan.kind == BatchKind.RENEWAL else one.last < likely
        if over:
            return one
    return None


def _elsewhere(terms: Terms) -> Finding:
    """Two rosters of one period bring her: the first counts (S14)."""
    outcome = Outcome.NOTE if terms.duplicates == Duplicates.ADD_UP else Outcome.FAILED
    return Finding("handed_in_elsewhere", outcome, {}, source=terms.source_of("duplicates"))


def _state(findings: Iterable[Finding], settled: bool) -> str:
    """Barred by what the unit can see and mend; to be looked at where the cause is kept above, or isn't known."""
    open_ones = [one for one in findings if one.outcome in (Outcome.FAILED, Outcome.UNKNOWN)]
    if any(one.outcome is Outcome.FAILED and one.code not in KEPT_ABOVE for one in open_ones):
        return RowState.BARRED.value
    if may_join(open_ones) is True or settled:
        return RowState.READY.value
    return RowState.LOOK.value


def for_the_unit(findings: Iterable[Finding]) -> list[Finding]:
    """What the unit's officer may read: everything but what tells of an illness or of another unit, in whose place
    stands that somebody above looks at the line."""
    found = list(findings)
    shown = [one for one in found if one.code not in KEPT_ABOVE]
    if any(one.code in KEPT_ABOVE and one.outcome is not Outcome.NOTE for one in found):
        shown.append(Finding("looked_at_above", Outcome.UNKNOWN))
    return shown
