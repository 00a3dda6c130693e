"""Which decided cases are looked at a second time: a stratified sample that anybody can draw again (D6).

The list is frozen and its digest published before the number is known; the number then decides alone. Within a stratum
the cases come in the order of SHA-256 over digest, number and case, joined by ``|``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb

FEWEST_DIGITS, MOST_DIGITS = 3, 12
# Cases on a list, and in a sample.
MOST_ON_LIST, MOST_WANTED = 50_000, 500
_BETWEEN = re.compile(r"[\s,.\-]")
_TAIL = Fraction(1, 40)


@dataclass(frozen=True, slots=True)
class Entry:
    """A case on the frozen list: its number, which names nobody, and the stratum it belongs to."""

    number: str
    stratum: str


def frozen_text(head: Mapping[str, str], entries: Iterable[Entry]) -> str:
    """The list as it is published: one line a fact, then one line a case, ordered by number."""
    lines = sorted((entry.number, entry.stratum) for entry in entries)
    facts = [f"{name} {' '.join(str(value).split())}" for name, value in head.items()]
    return "".join(f"{line}\n" for line in [*facts, *(f"{number} {stratum}" for number, stratum in lines)])


def digest(text: str) -> str:
    """SHA-256 of the published text."""
    return hashlib.sha256(text.encode()).hexdigest()


def digits_of(typed: str) -> str:
    """The public number as it enters the draw: its digits alone; empty when it has too few, too many, or others."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    fits = bare.isascii() and bare.isdigit() and FEWEST_DIGITS <= len(bare) <= MOST_DIGITS
    return bare if fits else ""


def shares(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many of each stratum: in proportion to its size by largest remainders, at least one of each, never more than
    it has. In all ``wanted``, or as many strata as there are, or all there is."""
    total = sum(sizes.values())
    wanted = min(max(wanted, len(sizes)), total)
    given = {name: min(size, 1) for name, size in sizes.items()}
    quotas = {name: Fraction(size * wanted, total) for name, size in sizes.items()} if total else {}
    while sum(given.values()) < wanted:
        open_ones = [name for name, size in sizes.items() if given[name] < size]
        given[max(open_ones, key=lambda name: (quotas[name] - given[name], name))] += 1
    return given


def drawn(list_digest: str, number: str, entries: Iterable[Entry], wanted: int) -> list[Entry]:
    """The sample: stratum by stratum in the order of their names, each in the order that the number gives."""
    strata: dict[str, list[Entry]] = {}
    for entry in entries:
        strata.setdefault(entry.stratum, []).append(entry)
    sizes = shares({name: len(held) for name, held in strata.items()}, wanted)

    def place(entry: Entry) -> tuple[str, str]:
        key = f"{list_digest}|{number}|{entry.number}"
        return hashlib.sha256(key.encode()).hexdigest(), entry.number

    return [entry for name in sorted(strata) for entry in sorted(strata[name], key=place)[: sizes[name]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """Of a stratum: how many cases it has, how many were looked at, how many of those were found faulty."""

    size: int
    seen: int
    faulty: int


def weighted_rate(strata: Iterable[Seen]) -> Fraction | None:
    """The share of faulty cases among all, each stratum counted by its size; None while one wasn't seen at all."""
    held = [one for one in strata if one.size]
    if not held or any(not one.seen for one in held):
        return None
    total = sum(one.size for one in held)
    return sum(Fraction(one.faulty * one.size, one.seen) for one in held) / total


def interval(one: Seen) -> tuple[int, int] | None:
    """95 % interval for the number of faulty cases of a stratum, exact for drawing without putting back; None while
    none was seen. Its ends are the fewest and the most under which what was seen isn't rarer than one in forty."""
    if not one.seen:
        return None
    possible = range(one.faulty, one.size - (one.seen - one.faulty) + 1)

    def chance(faulty: int, found: int) -> Fraction:
        return Fraction(comb(faulty, found) * comb(one.size - faulty, one.seen - found), comb(one.size, one.seen))

    def at_least(faulty: int) -> Fraction:
        return sum((chance(faulty, found) for found in range(one.faulty, one.seen + 1)), Fraction(0))

    def at_most(faulty: int) -> Fraction:
        return sum((chance(faulty, found) for found in range(one.faulty + 1)), Fraction(0))

    low = _first(possible, lambda faulty: at_least(faulty) > _TAIL)
    high = _first(possible[::-1], lambda faulty: at_most(faulty) > _TAIL)
    return low, high


def _first(ordered: range, holds) -> int:
    """The first for which it holds; once it holds, it holds for all that follow."""
    begin, end = 0, len(ordered) - 1
    while begin < end:
        middle = (begin + end) // 2
        begin, end = (begin, middle) if holds(ordered[middle]) else (middle + 1, end)
    return ordered[begin]
