"""Who may have a programme (§3.9): one finding for each condition that its version names by code."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from services.foundation.identifiers import whole_years
from services.foundation.months import add_months
from services.foundation.verdict import Finding, Outcome
from services.foundation.yuan import plain, raised
from services.relief.rules.facts import Facts
from services.relief.rules.income import MONTHS

Answer = tuple[bool | None, dict]
Condition = Callable[[dict, Facts], Answer | None]


class Standing(StrEnum):
    """The verdict over all findings."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_FACTS = "needs_facts"


def assess(conditions: list[dict], facts: Facts, *, source: str = "") -> list[Finding]:
    """One finding a condition, in their order. A condition that isn't for her (labour relation, asked of migrants) is
    left out only where it says so itself. ``source``: where a condition names none.

    Raises ``ValueError`` for a code that isn't in ``CONDITIONS``.
    """
    findings = []
    for condition in conditions:
        code = condition.get("code", "")
        if code not in CONDITIONS:
            raise ValueError(f"unknown condition {code!r}")
        answer = CONDITIONS[code](condition, facts)
        if answer is None:
            continue
        met, figures = answer
        outcome = Outcome.UNKNOWN if met is None else Outcome.PASSED if met else Outcome.FAILED
        origin = facts.origins.get(code, "") if met is not None else ""
        findings.append(Finding(code, outcome, figures, origin=origin, source=condition.get("source") or source))
    return findings


def standing(findings: list[Finding] | tuple[Finding, ...]) -> Standing:
    """No as soon as one condition fails; else open as long as one is unknown."""
    outcomes = {finding.outcome for finding in findings}
    if Outcome.FAILED in outcomes:
        return Standing.NOT_ELIGIBLE
    return Standing.NEEDS_FACTS if Outcome.UNKNOWN in outcomes else Standing.ELIGIBLE


def _on_file(condition: dict, facts: Facts) -> Answer:
    """先建档、后帮扶: file first, help after (§3.10 S121)."""
    return facts.on_file, {}


def _not_on_file(condition: dict, facts: Facts) -> Answer:
    """Temporary relief for families that aren't on file (§3.8 S72m; Tianmen's second rate §3.9 S111)."""
    return None if facts.on_file is None else not facts.on_file, {}


def _category_in(condition: dict, facts: Facts) -> Answer:
    """Only these categories of the income test (§3.1)."""
    admitted = list(condition["categories"])
    return _among(facts.category, admitted), {"category": facts.category, "admitted": admitted}


def _membership(condition: dict, facts: Facts) -> Answer:
    """Union member (§3.1 S69m S70)."""
    return facts.member, {}


def _single_parent(condition: dict, facts: Facts) -> Answer:
    """三八助单亲 is for women who bring up a child on their own (§3.9 S104m-S109m)."""
    return facts.single_parent, {}


def _child_under(condition: dict, facts: Facts) -> Answer:
    """A child below an age, in whole years, in her household (§3.9)."""
    age = int(condition["age"])
    if facts.children is None:
        return None, {"age": age}
    return any(whole_years(born, facts.on) < age for born in facts.children), {"age": age}


def _labour_relation(condition: dict, facts: Facts) -> Answer | None:
    """An actual labour relation of so many months, a year for migrants (§3.1 S69m S70).

    With ``only_migrants`` it isn't asked of others.
    """
    months = int(condition["months"])
    figures = {"months": months, "only_migrants": bool(condition.get("only_migrants"))}
    if condition.get("only_migrants"):
        if facts.migrant is False:
            return None
        if facts.migrant is None:
            return None, figures
    since = facts.labour_since
    if since is None:
        return None, figures
    from_day = add_months(since, months)
    figures["since"] = since.isoformat()
    if facts.on < from_day:
        figures["possible_from"] = from_day.isoformat()
    return facts.on >= from_day, figures


def _resident(condition: dict, facts: Facts) -> Answer | None:
    """Lives in the city for long (§3.1 S69m S70). With ``only_migrants`` it isn't asked of others."""
    only = bool(condition.get("only_migrants"))
    if only and facts.migrant is False:
        return None
    return None if only and facts.migrant is None else facts.resident, {"only_migrants": only}


def _not_retired(condition: dict, facts: Facts) -> Answer:
    """Retired with the pension handed to the street: not covered (§3.1, §3.3 S70)."""
    return None if facts.retired is None else not facts.retired, {}


def _age(condition: dict, facts: Facts) -> Answer:
    """Her age in whole years, both ends included."""
    youngest, oldest = condition.get("min"), condition.get("max")
    age = whole_years(facts.birth_date, facts.on) if facts.birth_date else None
    figures = {"age": age, "youngest": youngest, "oldest": oldest}
    if age is None:
        return None, figures
    return (youngest is None or age >= youngest) and (oldest is None or age <= oldest), figures


def _cause_in(condition: dict, facts: Facts) -> Answer:
    """The household's main cause of hardship is one of these (§3.4)."""
    admitted = list(condition["causes"])
    return _among(facts.main_cause, admitted), {"cause": facts.main_cause, "admitted": admitted}


def _group_in(condition: dict, facts: Facts) -> Answer:
    """She belongs to one of the groups that festival care is for (ten of the national union, §3.9 S101m; six of
    Zhejiang with riders and key projects, S102m)."""
    admitted = list(condition["groups"])
    return _among(facts.group, admitted), {"group": facts.group, "admitted": admitted}


def _school_stage(condition: dict, facts: Facts) -> Answer:
    """The student's stage of school (§3.9 S111 S112)."""
    admitted = list(condition["stages"])
    return _among(facts.stage, admitted), {"stage": facts.stage, "admitted": admitted}


def _school_type(condition: dict, facts: Facts) -> Answer | None:
    """Military, fee-free teacher and directed students, private schools with high fees, abroad, Sino-foreign are
    left out (§3.9 S111 S112, §3.3 S69m)."""
    excluded = list(condition["excluded"])
    figures = {"type": facts.school_type, "excluded": excluded}
    if facts.stage == "" and facts.school_type is None:
        return None
    return None if facts.school_type is None else facts.school_type not in excluded, figures


def _event_in(condition: dict, facts: Facts) -> Answer:
    """Something of this kind happened (§3.1 accident; §3.9 S118 S120m)."""
    admitted = list(condition["events"])
    return _among(facts.event, admitted), {"event": facts.event, "admitted": admitted}


def _event_within(condition: dict, facts: Facts) -> Answer:
    """It happened no longer ago than so many months, that day included (last year's costs, §3.9 S120m)."""
    months = int(condition["months"])
    if facts.event == "":
        return False, {"months": months, "on": ""}
    day = facts.event_on
    if day is None and facts.event_months is not None and facts.event_months <= months:
        return True, {"months": months, "on": "", "said": facts.event_months}
    if day is None or day > facts.on:
        return None, {"months": months}
    last = add_months(day, months)
    return facts.on <= last, {"months": months, "on": day.isoformat(), "last": last.isoformat()}


def _cost_over(condition: dict, facts: Facts) -> Answer:
    """She paid more than so many yuan herself (bands of §3.9 S120m begin above a floor)."""
    floor = Decimal(condition["yuan"])
    if facts.cost is None:
        return None, {"floor": plain(floor)}
    return facts.cost > floor, {"floor": plain(floor), "cost": plain(facts.cost)}


def _income_at_most(condition: dict, facts: Facts) -> Answer:
    """Net income a person a month up to so many times the line, or up to a sum (Xiamen 1.5 ×, Kecheng 3 × and 996
    yuan: §3.9 S114 S115m). "Up to" includes the bound."""
    known = facts.yearly_net is not None and facts.persons is not None
    net = Fraction(facts.yearly_net) / (MONTHS * facts.persons) if known else None
    bounds = []
    if condition.get("multiple"):
        bounds.append(None if facts.line is None else facts.line * Decimal(condition["multiple"]))
    if condition.get("yuan"):
        bounds.append(Decimal(condition["yuan"]))
    lowest = min((bound for bound in bounds if bound is not None), default=None)
    figures = {"multiple": condition.get("multiple") or "", "bound": "" if lowest is None else plain(lowest)}
    if net is None or lowest is None:
        return None, figures
    figures["net"] = raised(net, lowest)
    if net > Fraction(lowest):
        return False, figures
    return None if None in bounds else True, figures


def _not_aided(condition: dict, facts: Facts) -> Answer:
    """Nobody else has aided her for the same (§3.9 S111)."""
    return None if facts.aided_elsewhere is None else not facts.aided_elsewhere, {}


def _window(condition: dict, facts: Facts) -> Answer:
    """Applications are taken between two days, both included (§3.9 S111 S112: until 27 August)."""
    opens, closes, today = condition.get("opens_on") or "", condition.get("closes_on") or "", facts.on.isoformat()
    figures = {"opens_on": opens, "closes_on": closes}
    if opens and today < opens:
        figures["possible_from"] = opens
        return False, figures
    return not closes or today <= closes, figures


def _among(value: str | None, admitted: list[str]) -> bool | None:
    return None if value is None else value in admitted


CONDITIONS: dict[str, Condition] = {
    "window": _window,
    "membership": _membership,
    "labour_relation": _labour_relation,
    "resident": _resident,
    "not_retired": _not_retired,
    "on_file": _on_file,
    "not_on_file": _not_on_file,
    "category_in": _category_in,
    "income_at_most": _income_at_most,
    "single_parent": _single_parent,
    "child_under": _child_under,
    "age": _age,
    "cause_in": _cause_in,
    "group_in": _group_in,
    "school_stage": _school_stage,
    "school_type": _school_type,
    "event_in": _event_in,
    "event_within": _event_within,
    "cost_over": _cost_over,
    "not_aided": _not_aided,
}
