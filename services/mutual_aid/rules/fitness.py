"""Is a version of the terms fit to be put in force? What isn't known, or can't be, is named by field and code.

An unknown figure blocks: nobody invents it. Figures that may be 0 say "none" with it, so that empty means unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from services.mutual_aid.enums import (
    AgeLimit,
    Duplicates,
    Exclusion,
    FeeSplit,
    Grade,
    InSitu,
    Joined,
    MidTerm,
    Result,
    ThresholdBase,
)
from services.mutual_aid.rules.terms import Line, Terms

UNKNOWN = "unknown"
_ALWAYS = (
    *("fee_per_share", "fee_split", "max_shares", "period_months", "age_min", "age_limit", "threshold_base"),
    *("effective_rule", "effective_day", "last_day_counts", "renewal_grace_days", "prior_disease", "after_claim"),
    *("mid_term", "duplicates", "notice_days", "claim_days", "hospital_level", "exclusions", "diseases_complete"),
)


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that keeps the terms from being put in force. ``row``: which line of the ladder or of the list,
    counted from 0; None: a field of its own."""

    field: str
    code: str = UNKNOWN
    row: int | None = None


def lacking(terms: Terms) -> list[Lack]:
    """Everything, in the order of the form; empty: fit."""
    found = [Lack(name) for name in _ALWAYS if getattr(terms, name) in (None, "")]
    found += _depending(terms)
    found += _of_diseases(terms)
    found += _of_lines(terms)
    if not terms.documents:
        found.append(Lack("documents"))
    if not terms.source:
        found.append(Lack("source"))
    return list(dict.fromkeys(found))


def _depending(terms: Terms) -> Iterator[Lack]:
    """Figures that are asked for because another says so."""
    if terms.fee_split == FeeSplit.FIXED:
        parts = (terms.fee_upper, terms.fee_unit, terms.fee_herself)
        if None in parts:
            yield Lack("fee_split", "parts_unknown")
        elif terms.fee_per_share is not None and sum(parts) != terms.fee_per_share:
            yield Lack("fee_split", "parts_differ")
    if terms.age_limit == AgeLimit.FIXED and terms.age_max is None:
        yield Lack("age_max")
    ages = (terms.age_min, terms.age_max)
    if terms.age_limit == AgeLimit.FIXED and None not in ages and ages[0] > ages[1]:
        yield Lack("age_max", "ages_cross")
    if terms.threshold_base in (ThresholdBase.WOMEN, ThresholdBase.STAFF) and terms.threshold_percent is None:
        yield Lack("threshold_percent")
    if terms.renewal_grace_days is not None and terms.renewal_keeps_day is None:
        yield Lack("renewal_keeps_day")
    if terms.mid_term in (MidTerm.NEW_HIRES, MidTerm.ANYBODY) and not terms.addition_ends:
        yield Lack("addition_ends")
    if terms.duplicates == Duplicates.ADD_UP and terms.max_shares == 1:
        yield Lack("duplicates", "nothing_to_add")


def _of_diseases(terms: Terms) -> Iterator[Lack]:
    if not terms.diseases:
        yield Lack("diseases", "no_disease")
    if terms.diseases_complete is False:
        yield Lack("diseases", "list_incomplete")
    excluded = terms.exclusions is not None and Exclusion.IN_SITU in terms.exclusions
    for row, disease in enumerate(terms.diseases):
        if not disease.in_situ and not excluded:
            yield Lack("diseases", "in_situ_unknown", row)
        if disease.primary_only is None:
            yield Lack("diseases", "primary_unknown", row)
        if disease.in_situ == InSitu.REDUCED and not _pays(terms, disease.code, Grade.IN_SITU):
            yield Lack("diseases", "in_situ_without_sum", row)


def _pays(terms: Terms, disease: str, grade: str) -> bool:
    return any(one.result != Result.NOTHING for one in terms.lines_for(False, disease, grade))


def _of_lines(terms: Terms) -> Iterator[Lack]:
    for row, line in enumerate(terms.lines):
        yield from _of_line(terms, line, row)
    for renewal, joined in ((False, Joined.FIRST), (True, Joined.RENEWAL)):
        if not any(line.result != Result.NOTHING for line in terms.lines if line.joined in (joined, Joined.BOTH)):
            yield Lack("lines", f"nothing_for_{joined.value}")
        for (of_renewal, _disease, _grade), lines in terms.ladder.items():
            if of_renewal == renewal:
                yield from _of_days(terms, lines)


def _of_line(terms: Terms, line: Line, row: int) -> Iterator[Lack]:
    if line.day_from is None:
        yield Lack("lines", "days_unknown", row)
    elif line.day_to is not None and line.day_to < line.day_from:
        yield Lack("lines", "days_cross", row)
    if line.result != Result.NOTHING and line.per_share is None:
        yield Lack("lines", "sum_unknown", row)
    if line.result != Result.NOTHING and line.per_share is not None and line.per_share <= 0:
        yield Lack("lines", "sum_not_above_zero", row)
    if line.result == Result.NOTHING and (line.per_share or line.once or line.daily):
        yield Lack("lines", "sum_in_waiting", row)
    if line.ends_cover is None:
        yield Lack("lines", "ending_unknown", row)
    if not line.treatment:
        yield Lack("lines", "treatment_unknown", row)
    if bool(line.daily) != bool(line.daily_days):
        yield Lack("lines", "daily_without_days", row)
    if line.disease and line.disease not in terms.by_code:
        yield Lack("lines", "disease_not_listed", row)


def _of_days(terms: Terms, lines: tuple[Line, ...]) -> Iterator[Lack]:
    """Every day of the cover lies in exactly one line: from day 0, without gap or overlap, to the end."""
    known = [line for line in lines if line.day_from is not None]
    if len(known) < len(lines):
        return
    rows = {id(line): row for row, line in enumerate(terms.lines)}
    if known[0].day_from > (terms.effective_day or 0):
        yield Lack("lines", "days_begin_late", rows[id(known[0])])
    for before, after in pairwise(known):
        if before.day_to is None or after.day_from <= before.day_to:
            yield Lack("lines", "days_overlap", rows[id(after)])
        elif after.day_from > before.day_to + 1:
            yield Lack("lines", "days_gap", rows[id(after)])
    if known[-1].day_to is not None:
        yield Lack("lines", "days_end_early", rows[id(known[-1])])
