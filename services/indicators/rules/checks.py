"""Validation rules over what one report states: left, operator, right, and what to do where a value is missing.

A side is a sum of element codes and numbers, ``births_live + births_dead - 3``. Missing values are treated as the
rule says, never silently as nought (DOMAIN-children-privacy C4 [DH2])."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

SKIP_ANY, SKIP_ALL, AS_ZERO = "skip_any", "skip_all", "as_zero"
COMPARE, CHANGE = "compare", "change"
OPERATORS: dict[str, Callable] = {
    "<=": lambda left, right: left <= right,
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    ">": lambda left, right: left > right,
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
}
_TERM = re.compile(r"\s*([+-]?)\s*([A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?)")


class Unreadable(ValueError):
    """A side isn't a sum of codes and numbers, or the operator is none."""


@dataclass(frozen=True, slots=True)
class Term:
    """``code`` empty: ``amount`` is a plain number."""

    sign: int
    code: str = ""
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Check:
    """``limit``: for a change, how many per cent a value may move from one year to the next."""

    code: str
    left: tuple[Term, ...]
    operator: str = "<="
    right: tuple[Term, ...] = ()
    strategy: str = SKIP_ANY
    kind: str = COMPARE
    limit: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Broken:
    """Both sides in numbers; of a change, ``right`` is the year before."""

    code: str
    left: Decimal
    right: Decimal


def side(text: str) -> tuple[Term, ...]:
    """``a + b - 2``. Raises ``Unreadable``."""
    found, place = [], 0
    stripped = text.strip()
    while place < len(stripped):
        match = _TERM.match(stripped, place)
        if match is None or (found and not match[1]):
            raise Unreadable(text)
        sign = -1 if match[1] == "-" else 1
        named = not match[2][0].isdigit()
        found.append(Term(sign, match[2]) if named else Term(sign, amount=Decimal(match[2])))
        place = match.end()
    if not found:
        raise Unreadable(text)
    return tuple(found)


def codes(check: Check) -> frozenset[str]:
    return frozenset(term.code for term in (*check.left, *check.right) if term.code)


def broken(
    check: Check, now: Mapping[str, Decimal | None], before: Mapping[str, Decimal | None] | None = None
) -> Broken | None:
    """None: the rule holds, or can't be asked. Raises ``Unreadable`` for an operator there isn't."""
    if check.operator not in OPERATORS:
        raise Unreadable(check.operator)
    if check.kind == CHANGE:
        return _moved(check, now, before or {})
    missing = [code for code in codes(check) if now.get(code) is None]
    if missing and (check.strategy == SKIP_ANY or (check.strategy == SKIP_ALL and len(missing) == len(codes(check)))):
        return None
    left, right = _sum(check.left, now), _sum(check.right, now)
    return None if OPERATORS[check.operator](left, right) else Broken(check.code, left, right)


def _moved(check: Check, now: Mapping, before: Mapping) -> Broken | None:
    """A change is asked of numbers alone, whatever the strategy: from nothing there is no change."""
    if any(values.get(code) is None for code in codes(check) for values in (now, before)):
        return None
    left, right = _sum(check.left, now), _sum(check.left, before)
    if right == 0:
        return None
    return (
        Broken(check.code, left, right) if abs(Fraction(left - right) / Fraction(right)) * 100 > check.limit else None
    )


def _sum(terms: Sequence[Term], values: Mapping[str, Decimal | None]) -> Decimal:
    found = Decimal(0)
    for term in terms:
        found += term.sign * ((values.get(term.code) or Decimal(0)) if term.code else term.amount)
    return found
