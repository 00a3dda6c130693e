"""Causes of hardship (§3.4 S84f): exactly one main, up to three more, each another."""

from collections.abc import Sequence

from services.foundation.verdict import Finding, Outcome
from services.relief.enums import Cause

MOST_MORE = 3
_SOURCE = "§3.4 S84f"


def check(main: str, more: Sequence[str]) -> list[Finding]:
    """What is wrong with the causes chosen; empty when all is well. ``field`` is ``cause`` or ``more_causes``."""
    wrong = []
    if main not in Cause.values:
        wrong.append(_fault("main_cause_missing", "cause"))
    if len(more) > MOST_MORE:
        wrong.append(_fault("too_many_causes", "more_causes", most=MOST_MORE))
    if set(more) - set(Cause.values):
        wrong.append(_fault("unknown_cause", "more_causes"))
    if len(set(more)) < len(more) or main in more:
        wrong.append(_fault("cause_twice", "more_causes"))
    return wrong


def _fault(code: str, place: str, **figures) -> Finding:
    return Finding(code, Outcome.FAILED, {"field": place} | figures, source=_SOURCE)
