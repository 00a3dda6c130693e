"""How much (§3.8-3.9): by category, months of the line, bands or a share of the cost, stage of school; then caps."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from services.foundation.verdict import Finding, Outcome
from services.foundation.yuan import fen, plain
from services.relief.enums import AmountKind
from services.relief.rules.facts import Facts

ANY = "any"
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Sum:
    """``amount`` in yuan with two decimals, never negative; None while a fact is missing. 0: the rules give nothing."""

    amount: Decimal | None
    findings: tuple[Finding, ...]


def compute(kind: str, amount: dict, caps: dict, facts: Facts, *, source: str = "") -> Sum:
    """The sum by ``kind`` (a code of ``AmountKind``) with the figures ``amount``, kept within ``caps`` (§3.8).

    ``amount``: fixed ``{"by_category": {code or "any": yuan}}``; months_of_line ``{"months": {code: n}, "per":
    "household" or "person"}``; cost_bands ``{"bands": [{"over": yuan, "sum": yuan}, …]}``; cost_share ``{"share":
    {code: "0.80"}, "cap": {code: yuan}}``; by_stage ``{"sums": {stage: {"on_file": yuan, "other": yuan}}}``.
    ``caps``: ``per_award``, ``per_year`` in yuan, each optional; ``refer_over``: above it the next level
    decides. Rounded once, to fen, half up, before the caps. Raises ``ValueError`` for an unknown kind.
    """
    if kind not in _KINDS:
        raise ValueError(f"unknown kind of amount {kind!r}")
    found, finding = _KINDS[kind](amount, facts)
    findings = [Finding(finding.code, finding.outcome, finding.figures, source=source or finding.source)]
    if found is None:
        return Sum(None, tuple(findings))
    total = fen(found)
    for code, cap, spent in (
        ("cap_per_award", caps.get("per_award"), NOTHING),
        ("cap_per_year", caps.get("per_year"), facts.awarded_this_year),
    ):
        if cap in (None, ""):
            continue
        left = max(Decimal(cap) - spent, NOTHING)
        if total > left:
            figures = {"before": plain(total), "cap": plain(Decimal(cap)), "spent": plain(spent), "left": plain(left)}
            findings.append(Finding(code, Outcome.NOTE, figures, source=source or "§3.8 S78f S99f"))
            total = fen(left)
    bound = caps.get("refer_over")
    if bound not in (None, "") and total > Decimal(bound):
        figures = {"bound": plain(Decimal(bound)), "sum": plain(total)}
        findings.append(Finding("refer_upwards", Outcome.NOTE, figures, source=source or "§3.8 S78f"))
    return Sum(total, tuple(findings))


Found = tuple[Decimal | None, Finding]


def _fixed(amount: dict, facts: Facts) -> Found:
    """A fixed sum by category (Pujiang 3,000 a household, S102m; 500 after illness, S108m)."""
    sums = amount.get("by_category", {})
    if facts.category is None and set(sums) != {ANY}:
        return _unknown("sum_fixed", ["category"], "§3.9")
    value = sums.get(facts.category, sums.get(ANY)) if facts.category else sums.get(ANY)
    return _given("sum_fixed", value, {"category": facts.category or ""}, "§3.9 S102m S108m")


def _months_of_line(amount: dict, facts: Facts) -> Found:
    """So many months of the line (§3.8: 10 deep, 8 relative S78f; 12 and 10 in Wuhan S72m), a household or a person."""
    code, source = "sum_months_of_line", "§3.8 S78f S99f S72m"
    per_person = amount.get("per") == "person"
    wanted = {"category": facts.category, "line": facts.line} | ({"persons": facts.persons} if per_person else {})
    missing = [name for name, value in wanted.items() if value is None]
    if missing:
        return _unknown(code, missing, source)
    months = _of_category(amount.get("months", {}), facts)
    if months is None:
        return _given(code, None, {"category": facts.category}, source)
    persons = facts.persons if per_person else 1
    value = Decimal(months) * facts.line * persons
    figures = {
        "category": facts.category,
        "months": str(months),
        "line": plain(facts.line),
        "persons": persons,
        "per": "person" if per_person else "household",
    }
    return _given(code, value, figures, source)


def _cost_bands(amount: dict, facts: Facts) -> Found:
    """The sum of the highest band that the cost she paid herself lies above (Baoshan: three bands, §3.9 S120m)."""
    if facts.cost is None:
        return _unknown("sum_by_band", ["cost"], "§3.9 S120m")
    reached = [band for band in amount.get("bands", []) if facts.cost > Decimal(band["over"])]
    band = max(reached, key=lambda one: Decimal(one["over"]), default=None)
    figures = {"cost": plain(facts.cost), "over": plain(Decimal(band["over"])) if band else ""}
    return _given("sum_by_band", band and band["sum"], figures, "§3.9 S120m")


def _cost_share(amount: dict, facts: Facts) -> Found:
    """A share of the cost she paid herself, up to a cap (§3.8: relative 80 % up to 16,000, S78f)."""
    code, source = "sum_share_of_cost", "§3.8 S78f S99f"
    missing = [name for name in ("category", "cost") if getattr(facts, name) is None]
    if missing:
        return _unknown(code, missing, source)
    share = _of_category(amount.get("share", {}), facts)
    if share is None:
        return _given(code, None, {"category": facts.category}, source)
    value = facts.cost * Decimal(share)
    cap = _of_category(amount.get("cap", {}), facts)
    figures = {
        "category": facts.category,
        "cost": plain(facts.cost),
        "share": format((Decimal(share) * 100).normalize(), "f"),
        "cap": plain(Decimal(cap)) if cap not in (None, "") else "",
    }
    return _given(code, min(value, Decimal(cap)) if cap not in (None, "") else value, figures, source)


def _by_stage(amount: dict, facts: Facts) -> Found:
    """By the student's stage, and whether the household is on file (Tianmen: college 5,000 or 4,000, S111 S112)."""
    code, source = "sum_by_stage", "§3.9 S111 S112"
    sums = amount.get("sums", {})
    row = sums.get(facts.stage or "", {})
    differs = ANY not in row and row.get("on_file") != row.get("other")
    missing = ["stage"] if facts.stage is None else ["on_file"] if differs and facts.on_file is None else []
    if missing:
        return _unknown(code, missing, source)
    value = row.get("on_file" if facts.on_file else "other", row.get(ANY)) if row else None
    return _given(code, value, {"stage": facts.stage, "on_file": bool(facts.on_file)}, source)


def _of_category(table: dict, facts: Facts):
    return table.get(facts.category, table.get(ANY))


def _given(code: str, value, figures: dict, source: str) -> Found:
    """What the table says; a category, band or stage that it doesn't hold is given nothing, and that is said."""
    if value in (None, ""):
        return NOTHING, Finding(code, Outcome.FAILED, figures | {"sum": plain(NOTHING)}, source=source)
    total = max(Decimal(value), NOTHING)
    return total, Finding(code, Outcome.PASSED, figures | {"sum": plain(fen(total))}, source=source)


def _unknown(code: str, missing: list[str], source: str) -> Found:
    return None, Finding(code, Outcome.UNKNOWN, {"missing": missing}, source=source)


_KINDS: dict[str, Callable[[dict, Facts], Found]] = {
    AmountKind.FIXED.value: _fixed,
    AmountKind.MONTHS_OF_LINE.value: _months_of_line,
    AmountKind.COST_BANDS.value: _cost_bands,
    AmountKind.COST_SHARE.value: _cost_share,
    AmountKind.BY_STAGE.value: _by_stage,
}
