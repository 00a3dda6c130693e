"""Who may take part: one explained finding for each rule of the terms. An unknown fact never becomes a no."""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from services.foundation.identifiers import whole_years
from services.foundation.months import add_months
from services.foundation.verdict import Finding, Outcome
from services.screening.rules.kinds import SAME, WARN, months_after

_MARRIED_ONCE = frozenset({"married", "divorced", "widowed"})
_RULE_ANY = "any"
_RULE_MARRIED = "married"


class Standing(StrEnum):
    """The verdict over all findings."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEEDS_FACTS = "needs_facts"


class Terms(Protocol):
    """What the rules read of a version of the terms; ages in whole years, the interval in calendar months."""

    age_min: int | None
    age_max: int | None
    interval_months: int | None
    membership_required: bool
    marital_rule: str
    employment_types: list[str]
    interval_months_hpv: int | None
    interval_counts: str
    elsewhere: str
    residence_required: bool
    roster_only: bool
    added_from_age: int | None
    added_items: list[str]
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one person; ``None`` means unknown.

    ``age`` (whole years) is for a visitor who gives no birth date. ``never_screened`` is True when she said so.
    ``last_kind`` and ``last_method`` belong to the last screening, empty when not known. ``other_booking`` is the day
    of a live booking in another programme, ``other_kind`` that programme's kind. ``on_roster``: her unit takes part.
    ``origins`` names, for each fact, where the value comes from: ``roster``, ``answer`` or ``history``.
    """

    birth_date: date | None = None
    age: int | None = None
    member: bool | None = None
    member_since: date | None = None
    marital_status: str | None = None
    employment_type: str | None = None
    last_screening: date | None = None
    never_screened: bool | None = None
    active: bool | None = None
    other_booking: date | None = None
    last_kind: str = ""
    last_method: str = ""
    other_kind: str = ""
    resident: bool | None = None
    on_roster: bool | None = None
    origins: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: dict) -> "Facts":
        dates = ("birth_date", "member_since", "last_screening", "other_booking")
        return cls(**(data | {name: date.fromisoformat(data[name]) for name in dates if data[name]}))


@dataclass(frozen=True, slots=True)
class Assessment:
    """``possible_from`` is the first day on which time alone makes her eligible; None if it can't."""

    findings: tuple[Finding, ...]
    verdict: Standing
    possible_from: date | None = None

    @property
    def eligible(self) -> bool:
        return self.verdict is Standing.ELIGIBLE

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the rules that want a fact."""
        return tuple(f.code for f in self.findings if f.outcome is Outcome.UNKNOWN)


def eligibility(facts: Facts, terms: Terms, *, on: date) -> Assessment:
    """Judge one person by one version of the terms, as of the day she would be screened."""
    findings = tuple(_findings(facts, terms, on))
    outcomes = {finding.outcome for finding in findings}
    if Outcome.FAILED in outcomes:
        verdict = Standing.NOT_ELIGIBLE
    elif Outcome.UNKNOWN in outcomes:
        verdict = Standing.NEEDS_FACTS
    else:
        verdict = Standing.ELIGIBLE
    return Assessment(findings, verdict, _possible_from(findings) if verdict is Standing.NOT_ELIGIBLE else None)


def birthday(born: date, age: int) -> date:
    """The day on which she is ``age`` years old; born on 29 February, it is 1 March in common years."""
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)


def _findings(facts: Facts, terms: Terms, on: date) -> Iterator[Finding]:
    rules: tuple[tuple[str, Callable[[Facts, Terms, date], tuple[Outcome, dict] | None]], ...] = (
        ("age", _age),
        ("membership", _membership),
        ("active", _active),
        ("roster", _roster),
        ("residence", _residence),
        ("marital", _marital),
        ("employment", _employment),
        ("interval", _interval),
        ("other_booking", _other_booking),
        ("added_items", _added_items),
    )
    for code, rule in rules:
        answer = rule(facts, terms, on)
        if answer is not None:
            outcome, figures = answer
            yield Finding(code, outcome, figures, origin=facts.origins.get(code, ""), source=terms.source)


def _judged(known: object, passed: bool) -> Outcome:
    if known is None:
        return Outcome.UNKNOWN
    return Outcome.PASSED if passed else Outcome.FAILED


def _age(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    youngest, oldest = terms.age_min, terms.age_max
    if youngest is None and oldest is None:
        return None
    age = whole_years(facts.birth_date, on) if facts.birth_date else facts.age
    figures = {"age": age, "youngest": youngest, "oldest": oldest}
    if age is None:
        return Outcome.UNKNOWN, figures
    too_young = youngest is not None and age < youngest
    too_old = oldest is not None and age > oldest
    if too_young and facts.birth_date:
        figures["possible_from"] = birthday(facts.birth_date, youngest).isoformat()
    return _judged(age, not (too_young or too_old)), figures


def _membership(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    if not terms.membership_required:
        return None
    member = facts.member
    if facts.member_since is not None:
        member = facts.member_since <= on
    figures = {"member": member, "since": facts.member_since.isoformat() if facts.member_since else None}
    if facts.member_since is not None and not member:
        figures["possible_from"] = facts.member_since.isoformat()
    return _judged(member, bool(member)), figures


def _active(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    """Only a record can say that she left; a visitor isn't asked."""
    if facts.active is None:
        return None
    return _judged(facts.active, facts.active), {}


def _marital(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    if terms.marital_rule == _RULE_ANY:
        return None
    admitted = {_RULE_MARRIED} if terms.marital_rule == _RULE_MARRIED else _MARRIED_ONCE
    status = facts.marital_status
    return _judged(status, status in admitted), {"status": status, "rule": terms.marital_rule}


def _employment(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    if not terms.employment_types:
        return None
    kind = facts.employment_type
    return _judged(kind, kind in terms.employment_types), {"type": kind, "admitted": list(terms.employment_types)}


def _roster(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    """The employer's check-up is for the women of its own roster (S41m)."""
    if not terms.roster_only:
        return None
    return _judged(facts.on_roster, bool(facts.on_roster)), {}


def _residence(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    """A public-health programme is for those who live there, by their own statement (S52m)."""
    if not terms.residence_required:
        return None
    return _judged(facts.resident, bool(facts.resident)), {}


def _interval(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    """So many months after the last screening that counts: every kind, or only the programme's own (S48m).

    Where only the same kind counts and nobody knows of which kind the last one was, she is asked.
    """
    months = months_after(facts.last_method, terms)
    if not months:
        return None
    last = facts.last_screening
    figures = {"months": months, "counts": terms.interval_counts, "kind": facts.last_kind, "method": facts.last_method}
    if last is None:
        figures |= {"last": None, "never": bool(facts.never_screened)}
        return (Outcome.PASSED if facts.never_screened else Outcome.UNKNOWN), figures
    again = add_months(last, months)
    figures |= {"last": last.isoformat(), "never": False}
    if on < again:
        if terms.interval_counts == SAME and not facts.last_kind:
            return Outcome.UNKNOWN, figures
        figures["possible_from"] = again.isoformat()
    return _judged(last, on >= again), figures


def _other_booking(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    """A live booking elsewhere counts like a screening on its day, so that nobody is screened twice by accident.

    The terms say whether it bars her or only warns her.
    """
    other, months = facts.other_booking, terms.interval_months
    if other is None or not months:
        return None
    first, second = sorted((other, on))
    figures = {"on": other.isoformat(), "months": months, "kind": facts.other_kind}
    if add_months(first, months) <= second:
        return Outcome.PASSED, figures
    return Outcome.NOTE if terms.elsewhere == WARN else Outcome.FAILED, figures


def _added_items(facts: Facts, terms: Terms, on: date) -> tuple[Outcome, dict] | None:
    """From an age on the employer's check-up holds more: at 35 the breast and cervical screening (S41m)."""
    if terms.added_from_age is None or not terms.added_items:
        return None
    age = whole_years(facts.birth_date, on) if facts.birth_date else facts.age
    return Outcome.NOTE, {"from": terms.added_from_age, "items": list(terms.added_items), "age": age}


def _possible_from(findings: tuple[Finding, ...]) -> date | None:
    failed = [finding for finding in findings if finding.outcome is Outcome.FAILED]
    days = [finding.figures.get("possible_from") for finding in failed]
    return date.fromisoformat(max(days)) if days and all(days) else None
