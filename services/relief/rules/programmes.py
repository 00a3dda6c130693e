"""Is a version of a programme fit to be put in force? What is wrong is named by field and code."""

from decimal import Decimal, InvalidOperation

from services.relief.enums import AmountKind, ProgrammeKind
from services.relief.rules.eligibility import CONDITIONS

WINDOW = "window"
_TABLES = {
    AmountKind.FIXED.value: "by_category",
    AmountKind.MONTHS_OF_LINE.value: "months",
    AmountKind.COST_BANDS.value: "bands",
    AmountKind.COST_SHARE.value: "share",
    AmountKind.BY_STAGE.value: "sums",
}


def faults(kind: str, conditions: list[dict], amount_kind: str, amount: dict) -> list[tuple[str, str]]:
    """``(field, code)`` of everything that keeps the rules from judging by it (§3.9: who, how much, ADR 15)."""
    wrong = [("conditions", "unknown_condition") for one in conditions if one.get("code") not in CONDITIONS]
    if not conditions:
        wrong.append(("conditions", "no_condition"))
    if kind == ProgrammeKind.FILING:
        return wrong
    if amount_kind not in _TABLES:
        return [*wrong, ("amount_kind", "no_sum")]
    table = amount.get(_TABLES[amount_kind])
    if not table:
        return [*wrong, ("amount_kind", "no_figures")]
    if not all(_above_zero(value) for value in _leaves(table)):
        wrong.append(("amount_kind", "figure_not_above_zero"))
    return wrong


def _leaves(table) -> list:
    if isinstance(table, list):
        return [band.get("sum") for band in table]
    return [leaf for value in table.values() for leaf in (_leaves(value) if isinstance(value, dict) else [value])]


def _above_zero(value) -> bool:
    try:
        return Decimal(str(value)) > 0
    except InvalidOperation:
        return False
