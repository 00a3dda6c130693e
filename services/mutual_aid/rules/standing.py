"""Am I covered, from when, for what: a cover on one day, and what each grade would give then (§6, D15)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.mutual_aid.enums import Grade, Result
from services.mutual_aid.rules.days import bounds, day_number, line_on
from services.mutual_aid.rules.parts import Part
from services.mutual_aid.rules.parts import on as parts_on
from services.mutual_aid.rules.terms import Line, Terms


@dataclass(frozen=True, slots=True)
class Cover:
    """What one version of a cover's history says."""

    effective: date
    last: date
    shares: int
    renewal: bool
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """What a grade gives on a day, all shares together: a code of ``Result``, yuan (None: not known), and from which
    day on the next line counts (None: there is none)."""

    grade: str
    result: str
    amount: Decimal | None
    next_from: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """``covered``: from the first day to the last, both included. ``day``: which day of the cover it is."""

    covered: bool
    day: int
    given: tuple[Given, ...]


def standing(terms: Terms, cover: Cover, on: date) -> Standing:
    """The cover on a day, for the grades that the scheme knows, as if diagnosed that day with a listed disease."""
    day = day_number(cover.effective, on, terms.effective_day)
    covered = cover.effective <= on <= cover.last
    if not covered:
        return Standing(False, day, ())
    parts = parts_on(cover.parts, on) or [Part(cover.effective, cover.last, cover.shares, cover.renewal)]
    given = []
    for grade in Grade.values:
        lines = _lines(terms, parts, on, grade)
        if lines:
            given.append(_together([_given(terms, part, line, shares) for part, line, shares in lines]))
    day = day_number(parts[0].first, on, terms.effective_day)
    return Standing(True, day, tuple(given))


def _lines(terms: Terms, parts: list[Part], on: date, grade: str) -> list[tuple[Part, Line, int]]:
    """Of each part the line that its own day falls into, and the shares that count: not more than allowed in all."""
    found, counted = [], 0
    for part in parts:
        day = day_number(part.first, on, terms.effective_day)
        line = line_on(terms, day, renewal=part.renewal, disease="", grade=grade)
        shares = part.shares if terms.max_shares is None else max(min(part.shares, terms.max_shares - counted), 0)
        if line is not None and shares:
            found.append((part, line, shares))
            counted += shares
    return found


def _together(given: list[Given]) -> Given:
    """What all parts give; the part that waits the least says what kind of sum it is."""
    amounts, days = [one.amount for one in given], [one.next_from for one in given if one.next_from]
    amount = None if None in amounts else sum(amounts, Decimal(0))
    first = given[0]
    return Given(first.grade, first.result, amount, min(days, default=None), first.source)


def _given(terms: Terms, part: Part, line: Line, shares: int) -> Given:
    limits = bounds(line, terms.last_day_counts)
    next_from = None
    if limits is not None and limits[1] is not None:
        next_from = part.first + timedelta(days=limits[1] + 1 - (terms.effective_day or 0))
        next_from = next_from if next_from <= part.last else None
    if line.result == Result.NOTHING:
        amount = Decimal(0)
    else:
        amount = None if line.per_share is None else line.per_share * shares
    return Given(line.grade, line.result, amount, next_from, line.source or terms.source)
