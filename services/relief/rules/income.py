"""The income test (§3.1-3.2): deep, relative, sudden, in this order; strictly below, nothing rounded before."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from services.foundation.verdict import Finding, Outcome
from services.relief.enums import Category, IncomeKind
from services.relief.rules.money import beside, plain
from services.relief.rules.values import AsJson

MONTHS = 12
NOT_COUNTED = frozenset({IncomeKind.FESTIVAL_COMFORT.value, IncomeKind.BASE_PENSION.value})
_NET, _DEEP, _RELATIVE, _SUDDEN, _SHARE = (
    "net_per_person",
    "deep_below_line",
    "relative_below_multiple",
    "sudden_below_multiple",
    "sudden_cost_share",
)
_SOURCES = {
    _NET: "§3.2 S69m S77m",
    _DEEP: "§3.1 S68",
    _RELATIVE: "§3.1 S68 S69m S70",
    _SUDDEN: "§3.1 S70 S71",
    _SHARE: "§3.1 S69m",
}


@dataclass(frozen=True, slots=True)
class IncomeTerms(AsJson):
    """One version of the test. ``sudden_cost_share`` 0.80 also admits an event that cost more than 80 % of a year's
    income (Qingdao, §3.1 S69m); None: that test isn't used. ``not_counted`` are kinds of income left out (S77m).
    ``working_age_…``: first and last year of life; the sources give no number, a city's retirement age differs."""

    AMOUNTS = frozenset({"relative_multiple", "sudden_multiple", "sudden_cost_share"})
    LISTS = frozenset({"not_counted"})

    relative_multiple: Decimal = Decimal(2)
    sudden_multiple: Decimal = Decimal(3)
    sudden_cost_share: Decimal | None = None
    not_counted: tuple[str, ...] = tuple(sorted(NOT_COUNTED))
    working_age_from: int = 16
    working_age_to: int = 59
    version: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class IncomeInputs(AsJson):
    """Yuan a year, persons living together, the line in yuan a person a month; None: not known.

    ``sudden_cost`` is what an event of the year cost the household after compensation, insurance and other aid
    (§3.1); without one there is no sudden hardship. ``event``: something did happen, so its cost is asked for.
    """

    AMOUNTS = frozenset({"income", "rigid", "line", "sudden_cost"})

    income: Decimal | None
    rigid: Decimal | None
    persons: int | None
    line: Decimal | None
    sudden_cost: Decimal | None = None
    event: bool | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """``category`` is None while a fact is missing: unknown is no "none". ``net_per_person`` is yuan a month, cut
    off to fen for reading; nothing is compared with it."""

    category: Category | None
    findings: tuple[Finding, ...]
    net_per_person: Decimal | None


def judge(inputs: IncomeInputs, terms: IncomeTerms) -> Judged:
    """Category of a household (§3.1; formula §3.2 S69m S77m): (income - rigid) / 12 / persons against the line.

    The tests are tried in the order deep, relative, sudden (§3.2); the first that is met decides and is the last
    finding. Raises ``ValueError`` for a negative amount, no person, or a line that isn't above zero.
    """
    _insist(inputs)
    missing = [name for name in ("income", "rigid", "persons", "line") if getattr(inputs, name) is None]
    if missing:
        return Judged(None, (Finding(_NET, Outcome.UNKNOWN, {"missing": missing}, source=_SOURCES[_NET]),), None)
    net = _per_head(inputs, Fraction(inputs.income) - Fraction(inputs.rigid))
    findings = [_net_finding(inputs, net)]
    for category, found in _tests(inputs, terms, net):
        findings += found
        outcomes = {finding.outcome for finding in found}
        if Outcome.PASSED in outcomes:
            return Judged(category, tuple(findings), _read(net))
        if Outcome.UNKNOWN in outcomes:
            return Judged(None, tuple(findings), _read(net))
    return Judged(Category.NONE, tuple(findings), _read(net))


def after_earlier_grants(inputs: IncomeInputs, grants: Decimal) -> IncomeInputs:
    """The same household before a second grant: what it was granted this year counts as income (§3.8 S78f)."""
    if inputs.income is None:
        return inputs
    values = {name: getattr(inputs, name) for name in inputs.__dataclass_fields__}
    return IncomeInputs(**values | {"income": inputs.income + grants})


def _insist(inputs: IncomeInputs) -> None:
    for name in ("income", "rigid", "sudden_cost"):
        value = getattr(inputs, name)
        if value is not None and not value >= 0:
            raise ValueError(f"{name} below zero")
    if inputs.persons is not None and inputs.persons < 1:
        raise ValueError("no persons")
    if inputs.line is not None and not inputs.line > 0:
        raise ValueError("line not above zero")


def _per_head(inputs: IncomeInputs, yearly: Fraction) -> Fraction:
    return yearly / (MONTHS * inputs.persons)


def _read(net: Fraction) -> Decimal:
    return Decimal(beside(net, Decimal(0)))


def _net_finding(inputs: IncomeInputs, net: Fraction) -> Finding:
    figures = {
        "income": plain(inputs.income),
        "rigid": plain(inputs.rigid),
        "persons": inputs.persons,
        "net": beside(net, inputs.line),
        "line": plain(inputs.line),
    }
    return Finding(_NET, Outcome.NOTE, figures, source=_SOURCES[_NET])


def _tests(inputs: IncomeInputs, terms: IncomeTerms, net: Fraction):
    """Each category with its findings, in the order of §3.2; lazily, so that later ones aren't tried."""
    line = inputs.line
    yield Category.DEEP, [_below(_DEEP, net, line, {}, terms)]
    multiple = terms.relative_multiple
    yield Category.RELATIVE, [_below(_RELATIVE, net, line * multiple, {"multiple": _times(multiple)}, terms)]
    if inputs.sudden_cost:
        yield Category.SUDDEN, _sudden(inputs, terms)
    elif inputs.event and inputs.sudden_cost is None:
        yield (
            Category.SUDDEN,
            [Finding(_SUDDEN, Outcome.UNKNOWN, {"missing": ["sudden_cost"]}, source=_source(_SUDDEN, terms))],
        )


def _sudden(inputs: IncomeInputs, terms: IncomeTerms) -> list[Finding]:
    """Left after the event below the multiple (Gaoyou S70, Nantong S71), or a cost above the share (Qingdao S69m)."""
    cost, income = Fraction(inputs.sudden_cost), Fraction(inputs.income)
    left = _per_head(inputs, income - Fraction(inputs.rigid) - cost)
    figures = {"multiple": _times(terms.sudden_multiple), "cost": plain(inputs.sudden_cost)}
    findings = [_below(_SUDDEN, left, inputs.line * terms.sudden_multiple, figures, terms)]
    if terms.sudden_cost_share is not None and not findings[0].passed:
        bound = inputs.income * terms.sudden_cost_share
        figures = {
            "share": _times(terms.sudden_cost_share * 100),
            "cost": plain(inputs.sudden_cost),
            "bound": plain(bound),
            "income": plain(inputs.income),
        }
        findings.append(_outcome(_SHARE, inputs.sudden_cost > bound, figures, terms))
    return findings


def _below(code: str, net: Fraction, bound: Decimal, figures: dict, terms: IncomeTerms) -> Finding:
    figures = figures | {"net": beside(net, bound), "bound": plain(bound)}
    return _outcome(code, net < Fraction(bound), figures, terms)


def _outcome(code: str, passed: bool, figures: dict, terms: IncomeTerms) -> Finding:
    return Finding(code, Outcome.PASSED if passed else Outcome.FAILED, figures, source=_source(code, terms))


def _source(code: str, terms: IncomeTerms) -> str:
    return terms.source or _SOURCES[code]


def _times(value: Decimal) -> str:
    """A multiple as it is written: 2, 1.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
