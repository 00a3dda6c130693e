"""Findings in words: the rule, the value it was judged by, and what would change it. For her and for staff alike."""

from django.utils.translation import gettext_lazy as _

from services.foundation.verdict import Finding, Outcome
from services.relief.enums import Category
from services.relief.rules.eligibility import Standing
from services.relief.wording import conditions, faults, income, limits, programmes, review, sums
from services.relief.wording.faults import cause_fault, fault
from services.relief.wording.pieces import Said, category_name, yuan

_EXPLAIN = {**income.EXPLAIN, **conditions.EXPLAIN, **sums.EXPLAIN, **limits.EXPLAIN, **review.EXPLAIN}

_OUTCOMES = {
    Outcome.PASSED: _("met"),
    Outcome.FAILED: _("not met"),
    Outcome.UNKNOWN: _("not known yet"),
    Outcome.NOTE: _("note"),
}
_ORIGINS = {
    "file": _("from your hardship file"),
    "roster": _("from your union's roster"),
    "answer": _("from your answer"),
    "history": _("from this system's record"),
    "estimate": _("worked out from your answers"),
}
_CATEGORIES = {
    Category.DEEP: _("Deep hardship: what is left lies below the minimum living line."),
    Category.RELATIVE: _("Relative hardship: what is left lies below the higher bound for relative hardship."),
    Category.SUDDEN: _("Hardship through a sudden event."),
    Category.NONE: _("No hardship by the rules of the income test."),
    None: _("It can't be told yet: a fact is missing."),
}
_STANDINGS = {
    Standing.ELIGIBLE: _("By these rules you can have it."),
    Standing.NOT_ELIGIBLE: _("By these rules you can't have it now."),
    Standing.NEEDS_FACTS: _("We can't tell yet: something is missing."),
}

__all__ = [
    "Said",
    "category_name",
    "category_said",
    "cause_fault",
    "explain",
    "fault",
    "faults",
    "file_first",
    "origin",
    "outcome",
    "programmes",
    "review",
    "standing_said",
    "yuan",
]


def explain(finding: Finding) -> Said:
    """The rule, the value used, and what would change it (empty when it is met or a mere note)."""
    said = _EXPLAIN[finding.code](finding.figures, finding.outcome)
    if finding.outcome in (Outcome.PASSED, Outcome.NOTE):
        return Said(said.rule, said.value)
    return said


def outcome(finding: Finding) -> str:
    return str(_OUTCOMES[finding.outcome])


def origin(finding: Finding) -> str:
    """Where the value comes from; empty when nobody said."""
    return str(_ORIGINS.get(finding.origin, ""))


def category_said(category: str | None) -> str:
    """The whole income test in one sentence."""
    return str(_CATEGORIES[category])


def file_first() -> str:
    """What stands above a programme that only the hardship file is missing for."""
    return str(_("You can have it once your household is on the hardship file."))


def standing_said(standing: Standing) -> str:
    return str(_STANDINGS[standing])
