"""Judging an application by the rules, and keeping what was found: version, inputs, findings, outcome.

Nothing is decided without a stored trace (D1): what a decision rested on is marked, and evaluating its inputs again
gives the same findings.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.foundation.verdict import Finding, Outcome
from services.relief.enums import AssessmentKind, Category, ProgrammeKind
from services.relief.models import Application, Assessment, Household, Programme
from services.relief.queries import facts as known
from services.relief.rules import amounts, counting, eligibility, income, limits
from services.relief.rules.counting import MemberFact, MoneyFact
from services.relief.rules.eligibility import Standing
from services.relief.rules.facts import Facts

UNKNOWN = "unknown"
IN_HARDSHIP = frozenset({Category.DEEP, Category.RELATIVE, Category.SUDDEN})


@dataclass(frozen=True, slots=True)
class Part:
    """One of the three things judged. ``inputs`` are plain JSON and all that ``again`` needs."""

    kind: str
    version: str
    inputs: dict
    findings: tuple[Finding, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an application stands now. ``amount`` is None while a fact is missing or when it pays nothing."""

    parts: tuple[Part, ...]
    category: str | None
    standing: Standing
    amount: Decimal | None

    def part(self, kind: str) -> Part | None:
        return next((part for part in self.parts if part.kind == kind), None)


def judge(application: Application, *, now: datetime) -> Judgement:
    """By the rules in force and what is known, without storing anything."""
    on = known.judged_on(application, now=now)
    money, before = known.money_of(application.household, on=on), known.awarded_before(application, on=on)
    tested, net = _income(application, money, before, on=on)
    category = tested.outcome if tested.outcome != UNKNOWN else None
    facts = known.facts_of(application, money, category=category, yearly_net=net, before=before, on=on, now=now)
    fits = _eligibility(application, facts, before, on=on)
    parts, amount = [tested, fits], None
    if application.programme.kind != ProgrammeKind.FILING:
        summed, amount = _amount(application.programme, facts)
        parts.append(summed)
    return Judgement(tuple(parts), facts.category, Standing(fits.outcome), amount)


def judge_file(household: Household, *, on: date) -> Part:
    """The income test over a file alone: the yearly check."""
    inputs = _income_inputs(known.money_of(household, on=on), on=on)
    findings, outcome, _net = _test(inputs)
    return Part(AssessmentKind.INCOME, "", inputs, findings, outcome)


def _income(
    application: Application, money: known.Money, before: known.Before, *, on: date
) -> tuple[Part, Decimal | None]:
    """The income test, and what is left in a year (None while it can't be told)."""
    answers = application.answers
    inputs = _income_inputs(money, on=on) | {
        "sudden_cost": answers.get("cost") or None,
        "event": bool(answers.get("event")) if answers else None,
        "grants": format(before.grants, "f"),
    }
    findings, outcome, net = _test(inputs)
    version = f"income-test {money.test.organization_id}/{money.test.version}" if money.test else "income-test"
    return Part(AssessmentKind.INCOME, version, inputs, findings, outcome), net


def _income_inputs(money: known.Money, *, on: date) -> dict:
    return {
        "incoming": [fact.as_json() for fact in money.incoming] if money.stated else None,
        "outgoing": [fact.as_json() for fact in money.outgoing],
        "members": [fact.as_json() for fact in money.members],
        "terms": known.terms_of(money.test).as_json() if money.test else income.IncomeTerms().as_json(),
        "line": format(money.line.monthly, "f") if money.line else None,
        "minimum_wage": _text(money.line.minimum_wage) if money.line else None,
        "on": on.isoformat(),
        "sudden_cost": None,
        "event": None,
        "grants": "0",
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _test(inputs: dict) -> tuple[tuple[Finding, ...], str, Decimal | None]:
    """The income test of stored inputs: what ``again`` repeats."""
    terms = income.IncomeTerms.from_json(inputs["terms"])
    counted = counting.count(
        tuple(MoneyFact.from_json(one) for one in inputs["incoming"] or ()),
        tuple(MoneyFact.from_json(one) for one in inputs["outgoing"]),
        tuple(MemberFact.from_json(one) for one in inputs["members"]),
        terms,
        minimum_wage=_decimal(inputs["minimum_wage"]),
        on=date.fromisoformat(inputs["on"]),
    )
    values = income.IncomeInputs(
        income=counted.income if inputs["incoming"] is not None else None,
        rigid=counted.rigid,
        persons=counted.persons or None,
        line=_decimal(inputs["line"]),
        sudden_cost=_decimal(inputs["sudden_cost"]),
        event=inputs["event"],
    )
    values = income.after_earlier_grants(values, Decimal(inputs["grants"]))
    judged = income.judge(values, terms)
    net = None if values.income is None else values.income - values.rigid
    return (*counted.findings, *judged.findings), str(judged.category or UNKNOWN), net


def _decimal(text: str | None) -> Decimal | None:
    return None if text in (None, "") else Decimal(text)


def _eligibility(application: Application, facts: Facts, before: known.Before, *, on: date) -> Part:
    programme = application.programme
    planned = known.planned_award(application, category=facts.category, on=on)
    inputs = {
        "conditions": programme.conditions,
        "filing": programme.kind == ProgrammeKind.FILING,
        "facts": facts.as_json(),
        "limits": limits_as_json(known.limits_of(application)),
        "planned": past_as_json(planned) | {"category": planned.category},
        "past": [past_as_json(one) for one in before.past],
    }
    findings = _fit(inputs)
    return Part(
        AssessmentKind.ELIGIBILITY, version_of(programme), inputs, findings, str(eligibility.standing(findings))
    )


def version_of(programme: Programme) -> str:
    return f"{programme.code} v{programme.version}"


def limits_as_json(found: limits.Limits) -> dict:
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


def past_as_json(found: limits.Past) -> dict:
    return {name: getattr(found, name) for name in limits.Past.__dataclass_fields__}


def _fit(inputs: dict) -> tuple[Finding, ...]:
    """The conditions and limits of stored inputs. A filing asks that the income test finds hardship."""
    facts = Facts.from_json(inputs["facts"])
    conditions = list(inputs["conditions"])
    if inputs["filing"] and not any(one.get("code") == "category_in" for one in conditions):
        conditions.append({"code": "category_in", "categories": sorted(IN_HARDSHIP)})
    planned = limits.Planned(**inputs["planned"])
    past = [limits.Past(**one) for one in inputs["past"]]
    found = limits.Limits(**inputs["limits"])
    return (*eligibility.assess(conditions, facts), *limits.check(found, planned, past))


def _amount(programme: Programme, facts: Facts) -> tuple[Part, Decimal | None]:
    inputs = {
        "kind": programme.amount_kind,
        "amount": programme.amount,
        "caps": programme.caps,
        "facts": facts.as_json(),
    }
    summed = _sum(inputs)
    outcome = UNKNOWN if summed.amount is None else format(summed.amount, "f")
    part = Part(AssessmentKind.AMOUNT, version_of(programme), inputs, summed.findings, outcome)
    return part, summed.amount


def _sum(inputs: dict) -> amounts.Sum:
    return amounts.compute(inputs["kind"], inputs["amount"], inputs["caps"], Facts.from_json(inputs["facts"]))


def assess(application: Application, *, by, now: datetime, decisive: bool = False) -> Judgement:
    """Judge and keep it. What is found again unchanged isn't kept twice, unless a decision rests on it.

    Must run in the transaction of what it is for. Writes ``computed``; a sum that nobody changed follows it.
    """
    judgement = judge(application, now=now)
    last = {one.kind: one for one in application.assessments.order_by("pk")}
    for part in judgement.parts:
        stored = last.get(part.kind)
        if not decisive and stored and (stored.rules_version, stored.inputs) == (part.version, part.inputs):
            continue
        Assessment.objects.create(
            application=application,
            kind=part.kind,
            rules_version=part.version,
            inputs=part.inputs,
            findings=[finding.as_json() for finding in part.findings],
            outcome=part.outcome[:20],
            at=now,
            by=by,
            decisive=decisive,
        )
    if application.changed_by_id is None:
        application.amount = judgement.amount
    application.computed = judgement.amount
    application.save(update_fields=["computed", "amount"])
    return judgement


def again(assessment: Assessment) -> tuple[list[dict], str]:
    """The stored inputs judged once more: findings as JSON and the outcome, to be compared with what is stored."""
    inputs = assessment.inputs
    if assessment.kind == AssessmentKind.INCOME:
        findings, outcome, _net = _test(inputs)
    elif assessment.kind == AssessmentKind.ELIGIBILITY:
        findings = _fit(inputs)
        outcome = str(eligibility.standing(findings))
    else:
        summed = _sum(inputs)
        findings, outcome = summed.findings, UNKNOWN if summed.amount is None else format(summed.amount, "f")
    return [finding.as_json() for finding in findings], outcome[:20]


def refuses(judgement: Judgement) -> list[Finding]:
    """What keeps it from being approved: conditions that fail or can't be told, and a sum that is none."""
    parts = [part for part in judgement.parts if part.kind != AssessmentKind.INCOME]
    return [one for part in parts for one in part.findings if one.outcome in (Outcome.FAILED, Outcome.UNKNOWN)]
