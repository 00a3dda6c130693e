"""On which day a cover begins and ends, and whether it goes on unbroken from the one before (§1.5)."""

from dataclasses import dataclass
from datetime import date

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import AdditionEnds, EffectiveRule
from services.mutual_aid.rules.days import ONE_DAY, last_day
from services.mutual_aid.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Joining:
    """The days that decide it. ``paid`` and ``papers``: when the fee and when the last paper came in. ``unified``: the
    day named for the whole batch. ``previous_last``: the last day of her cover before, None: there was none.
    ``unit_last``: the last day of her unit's period, for who is added while it runs."""

    paid: date | None = None
    papers: date | None = None
    unified: date | None = None
    previous_last: date | None = None
    unit_last: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """``effective`` and ``last``: both days are covered; None while something isn't known. ``renewal``: the waiting
    period is waived."""

    effective: date | None
    last: date | None
    renewal: bool | None
    findings: tuple[Finding, ...]


def span(terms: Terms, joining: Joining) -> Span:
    """When the cover runs (§1.5 S14 S17m S18m S12m).

    An unbroken renewal begins the day after the old cover where the terms keep the day; else, as any other, by the
    rule of the scheme, yet never while the old cover runs.
    """
    renewal, findings = unbroken(terms, joining)
    began = _by_rule(terms, joining)
    if renewal and terms.renewal_keeps_day and joining.previous_last:
        began = joining.previous_last + ONE_DAY
    elif renewal and terms.renewal_keeps_day is None:
        began = None
    elif began and joining.previous_last:
        began = max(began, joining.previous_last + ONE_DAY)
    last = _ends(terms, joining, began)
    figures = {"effective": began.isoformat() if began else "", "last": last.isoformat() if last else ""}
    figures["rule"] = terms.effective_rule
    outcome = Outcome.PASSED if began and last else Outcome.UNKNOWN
    findings.append(Finding("cover_runs", outcome, figures, source=terms.source_of("effective_rule")))
    return Span(began, last, renewal, tuple(findings))


def unbroken(terms: Terms, joining: Joining) -> tuple[bool | None, list[Finding]]:
    """Renewed within so many days after the old cover ended: no waiting again (§1.5: Ningbo 30 S17m, Beijing type 15
    S12m). The last day counts: paid on the 30th day after the end is in time, on the 31st she joins anew."""
    if joining.previous_last is None:
        return False, []
    source = terms.source_of("renewal_grace_days")
    figures = {"previous_last": joining.previous_last.isoformat(), "grace": terms.renewal_grace_days}
    if joining.paid is None or terms.renewal_grace_days is None:
        return None, [Finding("unbroken_renewal", Outcome.UNKNOWN, figures, source=source)]
    gap = max((joining.paid - joining.previous_last).days, 0)
    outcome = Outcome.PASSED if gap <= terms.renewal_grace_days else Outcome.FAILED
    return outcome is Outcome.PASSED, [Finding("unbroken_renewal", outcome, figures | {"gap": gap}, source=source)]


def _by_rule(terms: Terms, joining: Joining) -> date | None:
    if terms.effective_rule == EffectiveRule.UNIFIED:
        return joining.unified
    if terms.effective_rule == EffectiveRule.NEXT_DAY and joining.paid and joining.papers:
        return max(joining.paid, joining.papers) + ONE_DAY
    return None


def _ends(terms: Terms, joining: Joining, began: date | None) -> date | None:
    """After the period of the terms; whoever is added in mid-term may end with her unit (§1.4 S17m S19m)."""
    if began is None or terms.period_months is None:
        return None
    if joining.unit_last and terms.addition_ends == AdditionEnds.WITH_UNIT:
        return joining.unit_last
    return last_day(began, terms.period_months)
