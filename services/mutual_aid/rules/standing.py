"""Am I covered, from when, for what: a cover on one day, and what each grade would give then (§6, D15)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from services.mutual_aid.enums import Grade, Result
from services.mutual_aid.rules.days import bounds, day_number, line_on
from services.mutual_aid.rules.terms import Line, Terms


@dataclass(frozen=True, slots=True)
class Cover:
    """What one version of a cover's history says."""

    effective: date
    last: date
    shares: int
    renewal: bool


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
    shares = cover.shares if terms.max_shares is None else min(cover.shares, terms.max_shares)
    given = []
    for grade in Grade.values:
        line = line_on(terms, day, renewal=cover.renewal, disease="", grade=grade)
        if line is not None:
            given.append(_given(terms, cover, line, shares))
    return Standing(True, day, tuple(given))


def _given(terms: Terms, cover: Cover, line: Line, shares: int) -> Given:
    limits = bounds(line, terms.last_day_counts)
    next_from = None
    if limits is not None and limits[1] is not None:
        next_from = cover.effective + timedelta(days=limits[1] + 1 - (terms.effective_day or 0))
        next_from = next_from if next_from <= cover.last else None
    if line.result == Result.NOTHING:
        amount = Decimal(0)
    else:
        amount = None if line.per_share is None else line.per_share * shares
    return Given(line.grade, line.result, amount, next_from, line.source or terms.source)
