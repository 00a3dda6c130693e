"""D1: what the text says is what the engine decided, for 500 generated persons and every rule."""

import re
from collections import defaultdict
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.utils import translation

from services.foundation.verdict import Finding, Outcome
from services.relief import wording
from services.relief.enums import CareGroup, Cause, SchoolStage, SchoolType
from services.relief.rules import amounts, income, limits
from services.relief.rules.eligibility import CONDITIONS, Standing, assess, standing
from services.relief.rules.facts import Facts
from services.relief.rules.income import IncomeInputs, IncomeTerms
from services.relief.rules.limits import Limits, Past, Planned

ON = date(2026, 9, 1)
NUMBER = re.compile(r"-?[\d,]+\.\d+")
EVERY_CONDITION = [
    {"code": "window", "opens_on": "2026-08-01", "closes_on": "2026-10-01"},
    {"code": "window", "opens_on": "2026-10-01", "closes_on": ""},
    {"code": "window", "opens_on": "", "closes_on": "2026-08-01"},
    {"code": "membership"},
    {"code": "labour_relation", "months": 12},
    {"code": "labour_relation", "months": 12, "only_migrants": True},
    {"code": "resident"},
    {"code": "resident", "only_migrants": True},
    {"code": "not_retired"},
    {"code": "on_file"},
    {"code": "not_on_file"},
    {"code": "category_in", "categories": ["deep", "relative"]},
    {"code": "income_at_most", "multiple": "1.5"},
    {"code": "income_at_most", "yuan": "996"},
    {"code": "income_at_most", "multiple": "3", "yuan": "996"},
    {"code": "single_parent"},
    {"code": "child_under", "age": 18},
    {"code": "age", "min": 18, "max": 55},
    {"code": "age", "min": 30},
    {"code": "age", "max": 40},
    {"code": "cause_in", "causes": ["disaster", "accident"]},
    {"code": "group_in", "groups": ["harsh_work", "new_form"]},
    {"code": "school_stage", "stages": ["senior", "college"]},
    {"code": "school_type", "excluded": ["military", "abroad"]},
    {"code": "event_in", "events": ["serious_illness", "accident"]},
    {"code": "event_within", "months": 12},
    {"code": "cost_over", "yuan": "10000"},
    {"code": "not_aided"},
]
SUMS = [
    ("fixed", {"by_category": {"deep": "3000"}}),
    ("months_of_line", {"months": {"deep": 10, "relative": 8}, "per": "person"}),
    ("months_of_line", {"months": {"any": 6}}),
    ("cost_bands", {"bands": [{"over": "10000", "sum": "3000"}]}),
    ("cost_share", {"share": {"deep": "1", "relative": "0.8"}, "cap": {"relative": "16000"}}),
    ("by_stage", {"sums": {"college": {"on_file": "5000", "other": "4000"}}}),
]
CAPS = {"per_award": "4000", "per_year": "9000", "refer_over": "2000"}


def persons():
    dice = Random(8)

    def maybe(value):
        return value if dice.random() > 0.25 else None

    for _ in range(500):
        incomes = Decimal(dice.choice([0, 9_840_000, 17_712_000, 29_520_000, dice.randrange(20_000_000)])) / 100
        yield Facts(
            on=ON,
            member=maybe(dice.random() > 0.4),
            on_file=maybe(dice.random() > 0.5),
            category=maybe(dice.choice(["deep", "relative", "sudden", "none"])),
            single_parent=maybe(dice.random() > 0.5),
            children=maybe(tuple(ON - timedelta(days=dice.randrange(9_000)) for _ in range(dice.randrange(3)))),
            birth_date=maybe(ON - timedelta(days=dice.randrange(6_000, 25_000))),
            migrant=maybe(dice.random() > 0.5),
            labour_since=maybe(ON - timedelta(days=dice.choice([364, 365, 366, 20, 4_000]))),
            resident=maybe(dice.random() > 0.5),
            retired=maybe(dice.random() > 0.8),
            main_cause=maybe(dice.choice(Cause.values)),
            stage=maybe(dice.choice(["", *SchoolStage.values])),
            school_type=maybe(dice.choice(SchoolType.values)),
            group=maybe(dice.choice(["", *CareGroup.values])),
            event=maybe(dice.choice(["", "serious_illness", "disaster"])),
            event_on=maybe(ON - timedelta(days=dice.choice([-1, 0, 364, 365, 366, 500]))),
            cost=maybe(Decimal(dice.choice([0, 10_000, 10_001, 60_000]))),
            aided_elsewhere=maybe(dice.random() > 0.5),
            persons=maybe(dice.randrange(1, 7)),
            line=maybe(Decimal(820)),
            yearly_net=maybe(incomes),
            awarded_this_year=Decimal(dice.choice([0, 5_000, 9_000])),
        )


def judged(facts: Facts) -> list[Finding]:
    found = assess(EVERY_CONDITION, facts)
    for kind, amount in SUMS:
        found += amounts.compute(kind, amount, CAPS, facts).findings
    inputs = IncomeInputs(facts.yearly_net, Decimal(0), facts.persons, facts.line, facts.cost, event=bool(facts.event))
    found += income.judge(inputs, IncomeTerms(sudden_cost_share=Decimal("0.8"))).findings
    past = [Past("a", "temporary", 2026, event="e", student="s", school_year=2026)] * (len(facts.children or ()) % 3)
    rules = Limits(True, True, 2, {"relative": 1})
    planned = Planned("a", "temporary", 2026, event="e", student="s", school_year=2026, category="relative")
    return found + limits.check(rules, planned, past)


def test_the_text_says_what_the_engine_decided():
    says = defaultdict(lambda: defaultdict(set))
    with translation.override("en"):
        for facts in persons():
            for finding in judged(facts):
                said = wording.explain(finding)
                assert said.rule and said.value, finding
                # What isn't met, or isn't known, always comes with what would change it; what is met never does.
                assert bool(said.remedy) == (finding.outcome in (Outcome.FAILED, Outcome.UNKNOWN)), finding
                says[finding.code, said.rule][finding.outcome].add(said.value)
                _numbers_agree(finding, said.value)
    for rule, by_outcome in says.items():
        outcomes = [by_outcome[outcome] for outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN)]
        assert sum(len(values) for values in outcomes) == len(set.union(*outcomes)), rule
    assert {code for code, _rule in says} >= set(CONDITIONS)


def _numbers_agree(finding: Finding, value: str) -> None:
    """Where the text compares two amounts, the amounts as printed compare as it says."""
    if " is " not in value or finding.outcome is Outcome.NOTE:
        return
    numbers = [Decimal(text.replace(",", "")) for text in NUMBER.findall(value)]
    if len(numbers) < 2:
        return
    first, second = numbers[:2]
    for words, holds in (
        ("is not below", first >= second),
        ("is below", first < second),
        ("is not above", first <= second),
        ("is above", first > second),
    ):
        if words in value:
            assert holds, value
            return


def test_unknown_never_becomes_a_no():
    """Forgetting a fact may open a question; it never adds a condition that isn't met."""

    def not_met(facts: Facts) -> set[int]:
        return {n for n, condition in enumerate(EVERY_CONDITION) if _outcome(condition, facts) is Outcome.FAILED}

    forgettable = [f.name for f in fields(Facts) if f.name not in ("on", "awarded_this_year", "origins")]
    for facts in list(persons())[:100]:
        before = not_met(facts)
        for name in forgettable:
            assert not_met(replace(facts, **{name: None})) <= before, name


def _outcome(condition: dict, facts: Facts) -> Outcome | None:
    found = assess([condition], facts)
    return found[0].outcome if found else None


def test_the_verdict_over_all_findings():
    for facts in persons():
        findings = assess(EVERY_CONDITION[3:], facts)
        outcomes = {finding.outcome for finding in findings}
        verdict = standing(findings)
        assert (verdict is Standing.NOT_ELIGIBLE) == (Outcome.FAILED in outcomes)
        assert (verdict is Standing.ELIGIBLE) == (outcomes <= {Outcome.PASSED})


def test_stored_facts_and_findings_give_the_same_verdict_again():
    for facts in list(persons())[:100]:
        again = Facts.from_json(facts.as_json())
        assert again == facts
        assert [f.as_json() for f in judged(again)] == [f.as_json() for f in judged(facts)]
        assert [Finding.from_json(f.as_json()) for f in judged(facts)] == judged(facts)


def test_every_rule_speaks_chinese_too():
    with translation.override("zh-hans"):
        for facts in list(persons())[:50]:
            for finding in judged(facts):
                assert all(wording.explain(finding)[:2])
