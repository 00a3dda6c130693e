"""What would somebody get? A few plain answers, judged by the same rules as an application."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.foundation.plain_values import AsJson
from services.foundation.verdict import Finding
from services.relief.enums import Category, ProgrammeKind
from services.relief.rules.amounts import NOTHING, Sum, compute
from services.relief.rules.eligibility import Standing, assess, standing
from services.relief.rules.facts import Facts
from services.relief.rules.income import MONTHS, IncomeInputs, IncomeTerms, Judged, judge
from services.relief.rules.programmes import WINDOW


@dataclass(frozen=True, slots=True)
class Answers(AsJson):
    """Yuan; None: not said. ``yearly_income`` is the household's, ``rigid`` and ``cost`` are of the last twelve months.
    ``stages``: the stages of school of her children; ``event``: a code of ``Cause``, empty for none."""

    AMOUNTS = frozenset({"yearly_income", "rigid", "cost"})
    LISTS = frozenset({"stages"})

    member: bool | None = None
    persons: int | None = None
    yearly_income: Decimal | None = None
    rigid: Decimal | None = None
    event: str | None = None
    cost: Decimal | None = None
    single_parent: bool | None = None
    stages: tuple[str, ...] | None = None
    on_file: bool | None = None


class Terms(Protocol):
    """What is read of a version of a programme."""

    kind: str
    opens_on: date | None
    closes_on: date | None
    conditions: list[dict]
    amount_kind: str
    amount: dict
    caps: dict
    source: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """One programme's answer. ``sum`` is None for the hardship file, which pays nothing. ``only_file_missing``: she
    could have it if her household were on file. ``between``: the two sums, in yuan, where it turns on the file alone
    and nobody knows whether she is on it."""

    standing: Standing
    findings: tuple[Finding, ...]
    sum: Sum | None = None
    only_file_missing: bool = False
    between: tuple[Decimal, Decimal] | None = None


def known(answers: Answers, terms: IncomeTerms, *, line: Decimal | None, on: date) -> tuple[Judged, Facts]:
    """The income test over the answers (§3.2), and the facts for the conditions.

    What happened did so within the twelve months that the question names.
    """
    income = answers.yearly_income
    cost = answers.cost if answers.event else Decimal(0) if answers.event == "" else None
    inputs = IncomeInputs(income, answers.rigid, answers.persons, line, cost, event=bool(answers.event))
    judged = judge(inputs, terms)
    stages = answers.stages
    said = {
        "membership": "answer",
        "single_parent": "answer",
        "school_stage": "answer",
        "event_in": "answer",
        "event_within": "answer",
        "cost_over": "answer",
        "category_in": "estimate",
        "income_at_most": "estimate",
    }
    return judged, Facts(
        on=on,
        member=answers.member,
        on_file=answers.on_file,
        category=str(judged.category) if judged.category else None,
        single_parent=answers.single_parent,
        stage=None if stages is None else "" if not stages else stages[0],
        event=answers.event,
        event_months=MONTHS if answers.event else None,
        cost=cost,
        persons=answers.persons,
        line=line,
        yearly_net=None if income is None or answers.rigid is None else income - answers.rigid,
        origins=said,
    )


def outlook(programme: Terms, facts: Facts, stages: tuple[str, ...] = ()) -> Outlook:
    """The best answer over her children's stages; without children at school there is one answer."""
    options = [_outlook(programme, replace(facts, stage=stage)) for stage in stages] or [_outlook(programme, facts)]
    return max(options, key=_rank)


def _outlook(programme: Terms, facts: Facts) -> Outlook:
    findings = assess(with_window(programme), facts, source=programme.source)
    verdict = standing(findings)
    if programme.kind == ProgrammeKind.FILING:
        return Outlook(verdict, tuple(findings))
    file_open = [one for one in findings if one.code == "on_file" and not one.passed]
    others = [one for one in findings if one.code != "on_file"]
    if file_open:
        facts = replace(facts, on_file=True)
    total = compute(programme.amount_kind, programme.amount, programme.caps, facts, source=programme.source)
    between = _between(programme, facts) if total.amount is None and facts.on_file is None else None
    if total.amount == NOTHING:
        verdict = Standing.NOT_ELIGIBLE
    elif verdict is Standing.ELIGIBLE and total.amount is None and between is None:
        verdict = Standing.NEEDS_FACTS
    only_file = bool(file_open) and standing(others) is Standing.ELIGIBLE and total.amount != NOTHING
    return Outlook(verdict, tuple(findings), total, only_file, between)


def _between(programme: Terms, facts: Facts) -> tuple[Decimal, Decimal] | None:
    found = [
        compute(programme.amount_kind, programme.amount, programme.caps, replace(facts, on_file=known)).amount
        for known in (False, True)
    ]
    return None if None in found else (min(found), max(found))


def with_window(programme: Terms) -> list[dict]:
    """Its conditions, and the days between which applications are taken (§3.9 S111) when there are any."""
    if not (programme.opens_on or programme.closes_on):
        return list(programme.conditions)
    days = {
        "opens_on": programme.opens_on.isoformat() if programme.opens_on else "",
        "closes_on": programme.closes_on.isoformat() if programme.closes_on else "",
    }
    return [{"code": WINDOW} | days, *programme.conditions]


def in_hardship(judged: Judged) -> bool:
    return judged.category not in (None, Category.NONE)


_ORDER = {Standing.ELIGIBLE: 2, Standing.NEEDS_FACTS: 1, Standing.NOT_ELIGIBLE: 0}


def _rank(found: Outlook) -> tuple:
    amount = found.sum.amount if found.sum and found.sum.amount is not None else Decimal(-1)
    amount = found.between[1] if found.between else amount
    return _ORDER[found.standing], found.only_file_missing, amount
