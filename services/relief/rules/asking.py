"""What a programme asks of her: the parts follow from its conditions and from how its sum is found.

Only what a decision needs is asked (§3.4); what is typed for a part that isn't asked counts for nothing.
"""

from typing import Protocol

from services.relief.enums import AmountKind, Cause, ProgrammeKind
from services.relief.rules.amounts import ANY

_OF_THE_FILE = frozenset({"on_file", "category_in", "income_at_most", "single_parent", "child_under", "cause_in"})
_OF_AN_EVENT = frozenset({"event_in", "event_within"})
_OF_A_STUDENT = frozenset({"school_stage", "school_type"})
_OF_A_COST = frozenset({AmountKind.COST_BANDS.value, AmountKind.COST_SHARE.value})
_BY_INCOME = frozenset({"category_in", "income_at_most"})


class Terms(Protocol):
    kind: str
    conditions: list[dict]
    amount_kind: str
    amount: dict


def _codes(programme: Terms) -> set[str]:
    return {condition.get("code", "") for condition in programme.conditions}


def rests_on_file(programme: Terms) -> bool:
    """Whether the household's file decides: as a condition, through its category, or because it is what is asked."""
    return programme.kind == ProgrammeKind.FILING or bool(_codes(programme) & _OF_THE_FILE) or by_category(programme)


def by_category(programme: Terms) -> bool:
    """Whether the sum differs by category, and so rests on the income test."""
    tables = [programme.amount.get(name, {}) for name in ("by_category", "months", "share")]
    return any(set(table) - {ANY} for table in tables)


def needs_event(programme: Terms) -> bool:
    return programme.kind == ProgrammeKind.EMERGENCY or bool(_codes(programme) & _OF_AN_EVENT)


def answers_for_illness(programme: Terms) -> bool:
    """Whether a serious illness may be what it asks for."""
    admitted = [condition.get("events") for condition in programme.conditions if condition.get("code") == "event_in"]
    return needs_event(programme) and all(not events or Cause.SERIOUS_ILLNESS in events for events in admitted)


def needs_cost(programme: Terms) -> bool:
    return programme.amount_kind in _OF_A_COST or "cost_over" in _codes(programme)


def needs_student(programme: Terms) -> bool:
    return programme.amount_kind == AmountKind.BY_STAGE or bool(_codes(programme) & _OF_A_STUDENT)


def asks_event(programme: Terms) -> bool:
    """Where it must be said, and where it may be: hardship through a sudden event rests on it (§3.2)."""
    tested = programme.kind == ProgrammeKind.FILING or bool(_codes(programme) & _BY_INCOME) or by_category(programme)
    return tested or needs_event(programme) or needs_cost(programme)


def asks_household(programme: Terms) -> bool:
    """Who lives with her, or which child it is for."""
    return rests_on_file(programme) or needs_student(programme)


def asks_retired(programme: Terms) -> bool:
    return "not_retired" in _codes(programme)


def asks_migrant(programme: Terms) -> bool:
    """A condition that holds for migrant workers alone (§3.1)."""
    return any(condition.get("only_migrants") for condition in programme.conditions)


def asks_resident(programme: Terms) -> bool:
    return "resident" in _codes(programme)


def asks_group(programme: Terms) -> bool:
    """Which of the groups that festival care is for she belongs to (§3.9)."""
    return bool(groups(programme))


def groups(programme: Terms) -> list[str]:
    return [group for one in programme.conditions if one.get("code") == "group_in" for group in one["groups"]]


def facts_of_herself(programme: Terms, held: dict) -> dict[str, bool]:
    """What is asked of herself beside the roster, and whether it must be answered given what is ``held`` by now: a
    migrant worker alone says how long she has lived here where it is asked of migrants alone."""
    file = rests_on_file(programme)
    of_all = any(one.get("code") == "resident" and not one.get("only_migrants") for one in programme.conditions)
    asked = {
        "work": file or asks_retired(programme),
        "health": file,
        "migrant": asks_migrant(programme),
        "resident": asks_resident(programme),
    }
    needed = {name: True for name, is_asked in asked.items() if is_asked}
    if "resident" in needed:
        needed["resident"] = of_all or held.get("migrant") == "yes"
    return needed


def asks_aid(programme: Terms) -> bool:
    """Whether aid that others gave decides."""
    return "not_aided" in _codes(programme)


def pays(programme: Terms) -> bool:
    return programme.kind != ProgrammeKind.FILING
