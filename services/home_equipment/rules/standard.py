"""What a home has against what its standard asks: one explained answer a line, and one for the whole list.

Sources: DOMAIN-children-privacy A1 (E01-E14), A1.38a (what doesn't apply is no nought), T8 (about 300 titles: a
tolerance), T9 (no quantity given: so many of each kind, as the city sets it).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.foundation.verdict import Finding, Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a standard in plain values; ``minimum`` None: no quantity is given (适量)."""

    code: str
    name: str
    minimum: int | None
    tolerance: int = 0
    each_kind: int = 1
    kinds: tuple[str, ...] = ()
    applicable: bool = True
    source: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What is there of one code: usable pieces in all and by kind, and what is away for repair."""

    pieces: int = 0
    by_kind: Mapping[str, int] = field(default_factory=dict)
    in_repair: int = 0


NOTHING = Held()


def least(asked: Asked) -> int:
    """The fewest pieces that fulfil the line, its tolerance taken off: 270 of "about 300 ± 10 %"."""
    if asked.minimum is None:
        return asked.each_kind * max(1, len(asked.kinds))
    return -(-asked.minimum * (100 - asked.tolerance) // 100)


def required(asked: Asked) -> int:
    """What a supplier is expected to bring: the number that is named, or so many of each kind."""
    return least(asked) if asked.minimum is None else asked.minimum


def missing_kinds(asked: Asked, held: Held) -> list[str]:
    return [kind for kind in asked.kinds if held.by_kind.get(kind, 0) < asked.each_kind]


def gap(asked: Asked, held: Held) -> int:
    """How many pieces are missing for the line to be fulfilled; kinds that are there twice don't stand for others."""
    if asked.minimum is None and asked.kinds:
        return sum(max(0, asked.each_kind - held.by_kind.get(kind, 0)) for kind in asked.kinds)
    return max(0, least(asked) - held.pieces)


def judge(asked: Asked, held: Held) -> Finding | None:
    """None where the line doesn't apply to this profile: neither passed nor failed, and never nought."""
    if not asked.applicable:
        return None
    short = gap(asked, held)
    figures = {
        "name": asked.name,
        "required": required(asked),
        "least": least(asked),
        "held": held.pieces,
        "gap": short,
        "in_repair": held.in_repair,
        "some": asked.minimum is None,
    }
    if kinds := missing_kinds(asked, held):
        figures["missing_kinds"] = kinds
    outcome = Outcome.FAILED if short else Outcome.PASSED
    return Finding(f"equipment_{asked.code}", outcome, figures, origin="register", source=asked.source)


def judge_all(asked: Iterable[Asked], held: Mapping[str, Held]) -> list[Finding]:
    """The lines that apply, in the order of the list."""
    return [found for one in asked if (found := judge(one, held.get(one.code, NOTHING))) is not None]


def whole(findings: Sequence[Finding]) -> Finding:
    """The list as one: unknown while no standard is in force, failed as long as one line is."""
    open_lines = [one.figures["name"] for one in findings if one.outcome is Outcome.FAILED]
    if not findings:
        return Finding("equipment_complete", Outcome.UNKNOWN, {"lines": 0, "open": 0, "names": []}, origin="register")
    figures = {"lines": len(findings), "open": len(open_lines), "names": open_lines}
    outcome = Outcome.FAILED if open_lines else Outcome.PASSED
    return Finding("equipment_complete", outcome, figures, origin="register", source=findings[0].source)
