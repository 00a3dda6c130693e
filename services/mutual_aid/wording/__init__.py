"""Findings in words: the rule, the value it was judged by, and what would change it. For her and for staff alike."""

from django.utils.translation import gettext_lazy as _

from services.foundation.said import Said
from services.foundation.verdict import Finding, Outcome
from services.mutual_aid.wording import barriers, batch, given, group, joining, refusals, starting, sums
from services.mutual_aid.wording.lacking import lack, lacks

_EXPLAIN = {
    **barriers.EXPLAIN,
    **sums.EXPLAIN,
    **starting.EXPLAIN,
    **group.EXPLAIN,
    **joining.EXPLAIN,
    **batch.EXPLAIN,
    **given.EXPLAIN,
}
_OUTCOMES = {
    Outcome.PASSED: _("met"),
    Outcome.FAILED: _("not met"),
    Outcome.UNKNOWN: _("not known yet"),
    Outcome.NOTE: _("note"),
}

__all__ = ["explain", "lack", "lacks", "outcome", "refusals"]


def explain(finding: Finding) -> Said:
    """The rule, the value used, and what would change it (empty when it is met or a mere note)."""
    said = _EXPLAIN[finding.code](finding.figures, finding.outcome)
    if finding.outcome in (Outcome.PASSED, Outcome.NOTE):
        return Said(said.rule, said.value)
    return said


def outcome(finding: Finding) -> str:
    return str(_OUTCOMES[finding.outcome])


def codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_EXPLAIN)
