"""The sum of a claim, explained line by line: a function of the terms and the facts, and of nothing else (§1.5-1.7)."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from services.foundation.verdict import Finding, Outcome
from services.foundation.yuan import plain
from services.mutual_aid.enums import Grade, InSitu, Reason, Result
from services.mutual_aid.rules.barriers import barriers
from services.mutual_aid.rules.conditions import conditions
from services.mutual_aid.rules.days import bounds, day_number, line_on
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Line, Terms

NOTHING = Decimal("0.00")
_FEN = Decimal("0.01")
_SUMS = {Result.CONDOLENCE.value: "sum_condolence", Result.REDUCED.value: "sum_reduced", Result.FULL.value: "sum_full"}
_NOTHING, _WAITING = str(Result.NOTHING.value), str(Reason.IN_EXEMPTION_PERIOD.value)


@dataclass(frozen=True, slots=True)
class Benefit:
    """``amount`` in yuan with two decimals, never negative; None while a figure of the terms isn't known.

    ``ends_cover``: whether her cover is over once this is decided; None: the terms don't say. ``reason`` is the code
    of what it is refused for, or empty. ``certain`` is False while a finding is unknown: the amount then is what the
    terms give if what isn't known turns out to be met.
    """

    amount: Decimal | None
    ends_cover: bool | None
    reason: str
    certain: bool
    findings: tuple[Finding, ...]


def benefit(terms: Terms, facts: Facts) -> Benefit:
    """What the terms give for these facts (§1.5, §1.6, §1.7, §1.10).

    Judged in the order: her cover on that day, the disease and its grade, what she had or was paid before, the days of
    the cover, treatment and hospital, notice and time; then the sum. All of it is told, also after the first refusal.
    """
    findings = barriers(terms, facts)
    grade = _counted_as(terms, facts)
    day = day_number(facts.effective, facts.diagnosed, terms.effective_day)
    line = line_on(terms, day, renewal=facts.renewal, disease=facts.disease, grade=grade)
    findings.append(_on_day(terms, facts, line, day, grade))
    findings += conditions(terms, facts, line)
    if Outcome.FAILED in [one.outcome for one in findings]:
        reason = next(one.code for one in findings if one.outcome is Outcome.FAILED)
        ends = line.ends_cover if reason == _WAITING else False
        return Benefit(NOTHING, ends, reason, True, (*findings, _total(NOTHING, "")))
    amount = _sum(terms, facts, line, findings)
    if amount is not None and line is not None:
        amount = _with_added(terms, facts, amount, findings)
    if amount is not None:
        findings.append(_total(amount, line.source or terms.source))
    ends = line.ends_cover if line is not None else None
    findings.append(_ending(ends, line.source if line is not None else ""))
    certain = amount is not None and Outcome.UNKNOWN not in [one.outcome for one in findings]
    return Benefit(amount, ends, "", certain, tuple(findings))


def ceiling(terms: Terms, shares: int) -> Decimal:
    """The most that the terms can give for so many shares: no sum is above it."""
    counted = shares if terms.max_shares is None else min(shares, terms.max_shares)
    each = [(line.per_share or NOTHING) + line.once + line.daily * line.daily_days for line in terms.lines]
    return max(each, default=NOTHING) * max(counted, 0)


def _counted_as(terms: Terms, facts: Facts) -> str:
    """The grade whose lines count: a carcinoma in situ may count as invasive cancer (§1.3)."""
    if facts.grade == Grade.IN_SITU:
        disease = terms.by_code.get(facts.disease)
        if disease is not None and disease.in_situ == InSitu.SAME:
            return Grade.INVASIVE_PRIMARY.value
    return facts.grade


def _on_day(terms: Terms, facts: Facts, line: Line | None, day: int, grade: str) -> Finding:
    """In which period of the cover the diagnosis falls (§1.5 S7m S17m S14)."""
    figures = {"day": day, "grade": facts.grade, "effective_day": terms.effective_day or 0, "renewal": facts.renewal}
    if terms.effective_day is None or terms.last_day_counts is None:
        figures["assumed"] = True
    if line is None:
        unknown = _may_have_a_sum(terms, facts, grade)
        code = "ladder_unknown" if unknown else Reason.NOT_LISTED.value
        outcome = Outcome.UNKNOWN if unknown else Outcome.FAILED
        return Finding(code, outcome, figures, source=terms.source)
    source = line.source or terms.source
    limits = bounds(line, terms.last_day_counts)
    if limits is None:
        return Finding("ladder_unknown", Outcome.UNKNOWN, figures, source=source)
    figures["from"], figures["to"] = limits
    if line.result == _NOTHING:
        return Finding(_WAITING, Outcome.FAILED, figures, source=source)
    figures["result"] = line.result
    return Finding("day_of_cover", Outcome.PASSED, figures, source=source)


def _may_have_a_sum(terms: Terms, facts: Facts, grade: str) -> bool:
    """No line isn't "no" while it isn't known how a carcinoma in situ is handled, or what a renewal gives at all."""
    if not any(renewal == facts.renewal for renewal, _disease, _grade in terms.ladder):
        return True
    if grade != Grade.IN_SITU:
        return False
    disease = terms.by_code.get(facts.disease)
    asked = [disease] if disease is not None else terms.diseases
    return not asked or any(not one.in_situ for one in asked)


def _sum(terms: Terms, facts: Facts, line: Line | None, findings: list[Finding]) -> Decimal | None:
    """The parts of the sum, each with a finding; None while the figure for a share isn't known."""
    if line is None:
        return None
    source = line.source or terms.source
    shares = _shares(terms, facts, findings)
    if line.per_share is None:
        figures = {"grade": facts.grade, "result": line.result}
        findings.append(Finding("sum_unknown", Outcome.UNKNOWN, figures, source=source))
        return None
    each = line.per_share
    if facts.paid_elsewhere and terms.sister_per_share is not None:
        each = min(each, terms.sister_per_share)
        figures = {"each": plain(each), "before": plain(line.per_share)}
        findings.append(Finding("paid_elsewhere", Outcome.NOTE, figures, source=source))
    findings.append(_of_shares(line.result, each, shares, facts.grade, source))
    return (each * shares + _of_hospital(facts, line, shares, findings, source)).quantize(_FEN)


def _with_added(terms: Terms, facts: Facts, amount: Decimal, findings: list[Finding]) -> Decimal | None:
    """What the shares of other rosters of the period give besides (§1.4), each by the day of its own that the diagnosis
    falls on; all together not more than the most allowed. None while the figure for one of them isn't known."""
    counted, grade = facts.shares, _counted_as(terms, facts)
    for part in facts.added:
        day = day_number(part.effective, facts.diagnosed, terms.effective_day)
        figures = {"shares": part.shares, "from": part.effective.isoformat(), "day": day}
        line = line_on(terms, day, renewal=part.renewal, disease=facts.disease, grade=grade)
        if line is None or line.result == _NOTHING:
            findings.append(Finding("added_shares_wait", Outcome.NOTE, figures, source=terms.source_of("duplicates")))
            continue
        findings.append(Finding("added_shares", Outcome.NOTE, figures, source=terms.source_of("duplicates")))
        room = part.shares if terms.max_shares is None else max(min(part.shares, terms.max_shares - counted), 0)
        more = _sum(terms, facts.with_(shares=room, effective=part.effective, renewal=part.renewal), line, findings)
        if more is None:
            return None
        amount, counted = amount + more, counted + room
    return amount


@lru_cache(maxsize=1024)
def _of_shares(result: str, each: Decimal, shares: int, grade: str, source: str) -> Finding:
    """The sum for the shares. Kept, as the two below: a year of claims knows few different ones."""
    figures = {"each": plain(each), "shares": shares, "sum": plain(each * shares), "grade": grade}
    return Finding(_SUMS[result], Outcome.PASSED, figures, source=source)


@lru_cache(maxsize=1024)
def _total(total: Decimal, source: str) -> Finding:
    return Finding("sum_total", Outcome.NOTE, {"sum": plain(total)}, source=source)


def _shares(terms: Terms, facts: Facts, findings: list[Finding]) -> int:
    """Shares beyond the most allowed are void (§1.2, §1.4 S26)."""
    if terms.max_shares is None or facts.shares <= terms.max_shares:
        return facts.shares
    figures = {"shares": facts.shares, "most": terms.max_shares}
    findings.append(Finding("shares_over_limit", Outcome.NOTE, figures, source=terms.source_of("max_shares")))
    return terms.max_shares


def _of_hospital(facts: Facts, line: Line, shares: int, findings: list[Finding], source: str) -> Decimal:
    """A sum paid once for a stay in hospital, and one for each day of it up to a number of days (§1.2 S12m)."""
    if not line.once and not line.daily:
        return NOTHING
    if not facts.hospitalised:
        outcome = Outcome.UNKNOWN if facts.hospitalised is None else Outcome.NOTE
        findings.append(Finding("no_stay_in_hospital", outcome, {}, source=source))
        return NOTHING
    total = line.once * shares
    if total:
        figures = {"each": plain(line.once), "shares": shares, "sum": plain(total)}
        findings.append(Finding("sum_once", Outcome.PASSED, figures, source=source))
    if not line.daily:
        return total
    if facts.hospital_days is None:
        findings.append(Finding("sum_daily", Outcome.UNKNOWN, {"missing": ["hospital_days"]}, source=source))
        return total
    days = min(max(facts.hospital_days, 0), line.daily_days)
    daily = line.daily * days * shares
    figures = {"each": plain(line.daily), "days": days, "stayed": facts.hospital_days, "most": line.daily_days}
    figures |= {"shares": shares, "sum": plain(daily)}
    findings.append(Finding("sum_daily", Outcome.PASSED, figures, source=source))
    return total + daily


@lru_cache(maxsize=256)
def _ending(ends: bool | None, source: str) -> Finding:
    outcome = Outcome.UNKNOWN if ends is None else Outcome.NOTE
    return Finding("ends_cover", outcome, {"ends": ends}, source=source)
