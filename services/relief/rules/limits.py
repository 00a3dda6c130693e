"""How often (§3.8): once a year, never twice for one cause, so many awards a year, one study aid a school year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.foundation.verdict import Finding, Outcome
from services.relief.enums import ProgrammeKind

SCHOOL_YEAR_BEGINS = 9
# Festival comfort is no "item": the rule of one item speaks of living, treatment and study (S78f).
_NO_ITEM = frozenset({ProgrammeKind.FESTIVAL_CARE.value, ProgrammeKind.FILING.value})


@dataclass(frozen=True, slots=True)
class Limits:
    """What a programme's version sets. ``awards_per_year`` counts this programme's; ``items_per_year`` says by
    category how many different programmes a household may have in a year (relative one, deep several: S78f)."""

    once_a_year: bool = False
    same_cause_once: bool = False
    awards_per_year: int | None = None
    items_per_year: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Past:
    """An award decided earlier and not cancelled, of the same household or person; digests instead of numbers.
    ``locks_cause``: its programme, too, helps once for a cause."""

    programme: str
    kind: str
    year: int
    event: str = ""
    student: str = ""
    school_year: int | None = None
    locks_cause: bool = False


@dataclass(frozen=True, slots=True)
class Planned(Past):
    """The award that is asked about; ``category`` is the household's now."""

    category: str = ""


def school_year(on: date) -> int:
    """The year in which the school year of that day began, on 1 September (§3.12: one aid a student a school year)."""
    return on.year if on.month >= SCHOOL_YEAR_BEGINS else on.year - 1


def check(limits: Limits, planned: Planned, past: Sequence[Past]) -> list[Finding]:
    """One finding for each limit that the programme sets (§3.8 S79m S100f S78f; §3.9 S111)."""
    own = [one for one in past if one.programme == planned.programme]
    this_year = [one for one in own if one.year == planned.year]
    findings = []
    if limits.once_a_year:
        findings.append(_within("once_a_year", len(this_year), 1, "§3.8 S100f", year=planned.year))
    if limits.awards_per_year is not None:
        findings.append(
            _within("awards_per_year", len(this_year), limits.awards_per_year, "§3.8 S79m", year=planned.year)
        )
    if limits.same_cause_once and planned.event:
        before = sum(
            one.event == planned.event and (one.locks_cause or one.programme == planned.programme) for one in past
        )
        findings.append(_within("same_cause_once", before, 1, "§3.8 S79m"))
    if planned.student:
        same = (planned.student, planned.school_year)
        before = sum((one.student, one.school_year) == same for one in past)
        findings.append(_within("one_study_aid", before, 1, "§3.12", school_year=planned.school_year))
    items = limits.items_per_year.get(planned.category)
    if items is not None and planned.kind not in _NO_ITEM:
        others = {
            one.programme
            for one in past
            if one.year == planned.year and one.kind not in _NO_ITEM and one.programme != planned.programme
        }
        findings.append(_within("items_per_year", len(others), items, "§3.8 S78f", category=planned.category))
    return findings


def _within(code: str, before: int, most: int, source: str, **figures) -> Finding:
    outcome = Outcome.PASSED if before < most else Outcome.FAILED
    return Finding(code, outcome, {"before": before, "most": most} | figures, source=source)
