"""Whether enough of a unit join for the group to be taken (§1.4)."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from math import ceil

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import ThresholdBase
from services.mutual_aid.rules.terms import Terms

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Group:
    """Who joins (or is covered already), and the unit's numbers. None: not known."""

    joined: int
    women: int | None = None
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """``needed``: how many must join; ``headcount``: of how many. ``met`` is None while a number isn't known."""

    met: bool | None
    needed: int | None
    headcount: int | None
    findings: tuple[Finding, ...]


def threshold(terms: Terms, group: Group) -> Judged:
    """80 % of the women (S9m S10m S16), 75 % and at least 8 (S3m), 80 % of the staff and everyone in units below 100
    (S8m). The bound itself is enough: 80 of 100 pass, 79 don't."""
    findings = []
    headcount = _headcount(terms, group)
    needed = _needed(terms, headcount)
    if terms.threshold_base != ThresholdBase.NONE:
        findings.append(_share(terms, group, headcount, needed))
    if headcount is not None and group.joined > headcount:
        figures = {"joined": group.joined, "headcount": headcount, "base": terms.threshold_base}
        findings.append(Finding("more_than_headcount", Outcome.FAILED, figures))
    if terms.min_persons:
        outcome = Outcome.PASSED if group.joined >= terms.min_persons else Outcome.FAILED
        figures = {"joined": group.joined, "least": terms.min_persons}
        findings.append(Finding("least_persons", outcome, figures, source=terms.source_of("min_persons")))
    outcomes = {one.outcome for one in findings}
    met = False if Outcome.FAILED in outcomes else None if Outcome.UNKNOWN in outcomes else True
    return Judged(met, needed, headcount, tuple(findings))


def everyone_must(terms: Terms, headcount: int | None) -> bool:
    """A small unit joins whole (S8m: below 100)."""
    return headcount is not None and headcount < terms.full_join_below


def _headcount(terms: Terms, group: Group) -> int | None:
    return {ThresholdBase.WOMEN.value: group.women, ThresholdBase.STAFF.value: group.staff}.get(terms.threshold_base)


def _needed(terms: Terms, headcount: int | None) -> int | None:
    if headcount is None:
        return None
    if everyone_must(terms, headcount):
        return headcount
    return None if terms.threshold_percent is None else ceil(headcount * terms.threshold_percent / 100)


def _share(terms: Terms, group: Group, headcount: int | None, needed: int | None) -> Finding:
    source = terms.source_of("threshold_percent")
    whole = everyone_must(terms, headcount)
    figures = {
        "joined": group.joined,
        "headcount": headcount,
        "base": terms.threshold_base,
        "percent": "100" if whole else _digits(terms.threshold_percent),
        "needed": needed,
    }
    if whole:
        figures["below"] = terms.full_join_below
    if needed is None:
        return Finding("group_share", Outcome.UNKNOWN, figures, source=source)
    figures["share"] = share(group.joined, headcount)
    figures["short"] = max(needed - group.joined, 0)
    outcome = Outcome.PASSED if group.joined >= needed else Outcome.FAILED
    return Finding("group_share", outcome, figures, source=source)


def share(joined: int, headcount: int) -> str:
    """Per cent with one decimal, cut off: 79.99 % is never read as 80.0 %."""
    if not headcount:
        return ""
    return str((Decimal(joined) * 100 / headcount).quantize(_TENTH, rounding=ROUND_DOWN))


def _digits(percent: Decimal | None) -> str:
    return "" if percent is None else format(percent.normalize(), "f")
