"""Points of a standardisation checklist (规范化建设, §4.2): what the record answers by itself, sums, the pass mark.

No numeric scorecard of any federation is known, so nothing here has points or a pass mark of its own: both are data of
the federation that sets the list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.coverage.enums import Answer, PassKind, TermStanding
from services.foundation.verdict import Finding, Outcome

NOUGHT = Decimal(0)
MOST_POINTS = Decimal(1000)
# What the record can answer, and where in a standing it stands.
AUTOMATIC = ("built", "simultaneous", "term", "in_step", "chair_qualified", "approval_on_file")
_TERMS = {
    TermStanding.RUNNING: Answer.YES,
    TermStanding.ENDING: Answer.YES,
    TermStanding.OVERDUE: Answer.NO,
    TermStanding.NONE: Answer.UNKNOWN,
}
_OUTCOMES = {Answer.YES: Outcome.PASSED, Answer.NO: Outcome.FAILED, Answer.UNKNOWN: Outcome.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist. ``rule`` names what the record answers; '' leaves it to the unit."""

    code: str
    points: Decimal
    evidence: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit says of an item: points, words, and how many papers prove it."""

    claimed: Decimal | None = None
    words: str = ""
    papers: int = 0


@dataclass(frozen=True, slots=True)
class Reviewed:
    points: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is missing or impossible at one item; ``field`` is the input it stands beside."""

    item: str
    field: str
    code: str
    figures: Mapping[str, object]


def answered(rule: str, standing: Mapping[str, str]) -> Finding:
    """What the record says to an automatic item: a finding, UNKNOWN where it says nothing."""
    value = standing.get(rule, "")
    answer = _TERMS.get(value, Answer.UNKNOWN) if rule == "term" else value
    return Finding(rule, _OUTCOMES.get(answer, Outcome.UNKNOWN), {"value": str(value)})


def automatic_points(item: Item, finding: Finding | None) -> Decimal | None:
    """All of the points or none; None where the record can't tell, and the unit has to."""
    if finding is None or finding.outcome is Outcome.UNKNOWN:
        return None
    return item.points if finding.passed else NOUGHT


def total(points: Iterable[Decimal | None]) -> Decimal:
    """The sum of what is given; what isn't given counts nothing."""
    return sum((one for one in points if one is not None), start=NOUGHT)


def needed(kind: str, mark: Decimal, possible: Decimal) -> Decimal:
    """The points that pass: the mark itself, or its share of what can be reached."""
    return mark if kind == PassKind.POINTS else possible * mark / 100


def reaches(score: Decimal, *, kind: str, mark: Decimal, possible: Decimal) -> bool:
    return score >= needed(kind, mark, possible)


def unfit(items: Sequence[Item], *, kind: str, mark: Decimal | None) -> list[str]:
    """Why a checklist can't be put in force, as codes."""
    possible = total(item.points for item in items)
    found = []
    if not items:
        found.append("no_items")
    if mark is None or not kind:
        found.append("no_mark")
    elif mark <= 0:
        found.append("mark_of_nothing")
    elif mark > (possible if kind == PassKind.POINTS else 100):
        found.append("mark_out_of_reach")
    return found


def missing(items: Sequence[Item], given: Mapping[str, Given], *, known: Mapping[str, Decimal]) -> list[Fault]:
    """What keeps a self-assessment from being handed up. ``known``: the points that the record settled."""
    found = []
    for item in items:
        if item.code in known:
            continue
        said = given.get(item.code, Given())
        if said.claimed is None:
            found.append(Fault(item.code, "claimed", "not_answered", {}))
        elif not NOUGHT <= said.claimed <= item.points:
            found.append(Fault(item.code, "claimed", "beyond_points", {"most": item.points}))
        elif item.evidence and said.claimed > 0 and not said.papers:
            found.append(Fault(item.code, "papers", "no_evidence", {}))
    return found


def unreviewed(
    items: Sequence[Item], given: Mapping[str, Given], reviewed: Mapping[str, Reviewed], *, known: Mapping[str, Decimal]
) -> list[Fault]:
    """What keeps a review from being finished: each item needs points, and a reason where they differ."""
    found = []
    for item in items:
        if item.code in known:
            continue
        said, seen = given.get(item.code, Given()), reviewed.get(item.code, Reviewed())
        if seen.points is None:
            found.append(Fault(item.code, "reviewed", "not_reviewed", {}))
        elif not NOUGHT <= seen.points <= item.points:
            found.append(Fault(item.code, "reviewed", "beyond_points", {"most": item.points}))
        elif seen.points != (said.claimed or NOUGHT) and not seen.reason.strip():
            found.append(Fault(item.code, "reason", "no_reason", {}))
    return found
