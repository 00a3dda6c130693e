"""Until when an illness is reported and a claim filed (§1.7). The day itself isn't counted; the last day counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.enums import Reason
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.terms import Terms

_LATE, _BARRED = str(Reason.LATE_NOTICE.value), str(Reason.TIME_BARRED.value)


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
    if facts.noticed is not None and terms.notice_days != 0:
        by = _by(facts.discovered or facts.diagnosed, terms.notice_days)
        late = Outcome.FAILED if terms.notice_bars else Outcome.NOTE
        source = terms.source_of("notice_days")
        findings.append(_in_time(_LATE, terms.notice_days, facts.noticed, by, late, source))
    if facts.filed is not None and terms.claim_days != 0:
        by = _by(facts.diagnosed, terms.claim_days)
        source = terms.source_of("claim_days")
        findings.append(_in_time(_BARRED, terms.claim_days, facts.filed, by, Outcome.FAILED, source))
    return findings


def _in_time(code: str, days: int | None, done: date, by: date | None, late: Outcome, source: str) -> Finding:
    figures = {"days": days, "by": by.isoformat() if by else "", "done": done.isoformat()}
    outcome = Outcome.UNKNOWN if by is None else Outcome.PASSED if done <= by else late
    return Finding(code, outcome, figures, source=source)


def _by(day: date, days: int | None) -> date | None:
    return day + timedelta(days=days) if days else None
