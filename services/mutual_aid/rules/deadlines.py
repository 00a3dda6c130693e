"""Until when an illness is reported and a claim filed (§1.7). The day itself isn't counted; the last day counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import Reason
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days; None: none is set, or it isn't known. ``notice_bars``: a later notice isn't accepted."""

    notice_by: date | None
    claim_by: date | None
    notice_bars: bool


def deadlines(terms: Terms, *, diagnosed: date, discovered: date | None = None) -> Deadlines:
    """Notice within so many days of discovery (10, S12m; 30, S22m), a claim within so many of the diagnosis (S22m)."""
    return Deadlines(
        notice_by=_by(discovered or diagnosed, terms.notice_days),
        claim_by=_by(diagnosed, terms.claim_days),
        notice_bars=terms.notice_bars,
    )


def lateness(terms: Terms, facts: Facts) -> list[Finding]:
    """Whether notice and claim came in time, as far as their days are known.

    A late notice refuses only where the terms say so; elsewhere it is noted. Zero days: no limit.
    """
    findings = []
    known = deadlines(terms, diagnosed=facts.diagnosed, discovered=facts.discovered)
    if facts.noticed is not None:
        bars = Outcome.FAILED if terms.notice_bars else Outcome.NOTE
        name = "notice_days"
        findings += _in_time(terms, name, Reason.LATE_NOTICE, facts.noticed, known.notice_by, bars)
    if facts.filed is not None:
        name = "claim_days"
        findings += _in_time(terms, name, Reason.TIME_BARRED, facts.filed, known.claim_by, Outcome.FAILED)
    return findings


def _in_time(terms: Terms, name: str, code: str, done: date, by: date | None, late: Outcome) -> list[Finding]:
    days = getattr(terms, name)
    if days == 0:
        return []
    figures = {"days": days, "by": by.isoformat() if by else "", "done": done.isoformat()}
    outcome = Outcome.UNKNOWN if by is None else Outcome.PASSED if done <= by else late
    return [Finding(str(code.value), outcome, figures, source=terms.source_of(name))]


def _by(day: date, days: int | None) -> date | None:
    return day + timedelta(days=days) if days else None
