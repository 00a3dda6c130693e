"""The income test: every worked example and every bound of §3.1-3.2, with its source."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.foundation.verdict import Outcome
from services.relief.enums import Category
from services.relief.rules.counting import MemberFact, MoneyFact, count
from services.relief.rules.income import IncomeInputs, IncomeTerms, after_earlier_grants, judge

NANTONG = Decimal(820)
TODAY = date(2026, 3, 8)
ORDER = [Category.DEEP, Category.RELATIVE, Category.SUDDEN, Category.NONE]
QINGDAO = IncomeTerms(sudden_cost_share=Decimal("0.80"))
OLD = IncomeTerms(relative_multiple=Decimal("1.5"))


def judged(income, rigid, persons, line=NANTONG, cost=None, terms=IncomeTerms()):  # noqa: B008 -- frozen
    amounts = {"income": Decimal(income), "rigid": Decimal(rigid), "line": Decimal(line)}
    cost = None if cost is None else Decimal(cost)
    return judge(IncomeInputs(**amounts, persons=persons, sudden_cost=cost), terms)


@pytest.mark.parametrize(
    ("income", "rigid", "persons", "line", "category", "source"),
    [
        (60_000, 40_000, 3, 820, "deep", "§3.2 derived example: 555.6"),
        (60_000, 10_000, 3, 820, "relative", "§3.2 derived example: 1,388.9"),
        (60_000, 0, 3, 820, "none", "§3.2 derived example: 1,666.7"),
        (29_520, 0, 3, 820, "relative", "§3.2: exactly 820.00 is not below 820"),
        ("29519.99", 0, 3, 820, "deep", "§3.2: one fen a year less"),
        (59_040, 0, 3, 820, "none", "§3.1 S71: exactly 1,640 isn't below 2 × 820"),
        ("59039.99", 0, 3, 820, "relative", "§3.1 S71: one fen a year less"),
        ("9839.9999999999", 0, 1, 820, "deep", "nothing is rounded before comparing"),
        (9_240, 0, 1, 770, "relative", "§3.1 S70: Gaoyou's line, exactly"),
        ("9239.99", 0, 1, 770, "deep", "§3.1 S70: Gaoyou's line"),
        ("22559.99", 0, 1, 940, "relative", "§3.1 S72m: Wuhan's line, 2 × 940 × 12 less a fen"),
        (29_520, 1, 3, 820, "deep", "§3.1 S68: topped up to the line, with any rigid spending"),
        (0, 0, 1, 820, "deep", "no income at all"),
        (10_000, 90_000, 2, 820, "deep", "spending above income"),
    ],
)
def test_worked_examples(income, rigid, persons, line, category, source):
    assert judged(income, rigid, persons, line).category == category, source


@pytest.mark.parametrize(
    ("income", "cost", "category", "source"),
    [
        (100_000, 12_000, "sudden", "§3.1 S71: 2,444.4 left, below 2,460"),
        (100_560, 12_000, "none", "§3.1 S71: exactly 2,460 left"),
        ("100559.99", 12_000, "sudden", "§3.1 S71: a fen below"),
        (60_000, None, "none", "without a sudden cost there is no sudden hardship"),
        (60_000, 0, "none", "a cost of nothing is none"),
        (60_000, 1, "sudden", "§3.1 S70: not relative, but below 3 × with a cost"),
        (20_000, 90_000, "deep", "§3.2: deep is tested first"),
        (50_000, 90_000, "relative", "§3.2: relative before sudden"),
    ],
)
def test_sudden_hardship_is_what_is_left_after_the_cost(income, cost, category, source):
    assert judged(income, 0, 3, cost=cost).category == category, source


def test_rigid_spending_counts_before_the_sudden_cost():
    assert judged(110_000, 0, 3, cost=12_000).category == "none"
    assert judged(110_000, 15_000, 3, cost=12_000).category == "sudden"


@pytest.mark.parametrize(
    ("income", "cost", "category"),
    [
        (400_000, "320000.00", "none"),
        (400_000, "320000.01", "sudden"),
    ],
)
def test_in_qingdao_a_cost_above_80_percent_of_the_years_income_is_enough(income, cost, category):
    """§3.1 S69m: above the share, not at it; two persons keep far more than three times the line."""
    found = judged(income, 0, 2, cost=cost, terms=QINGDAO)
    assert found.category == category
    assert found.findings[-1].code == "sudden_cost_share"


def test_the_older_multiple_of_one_and_a_half_is_a_version_like_any_other():
    """§3.1 S73f: the figure belongs to the version, not to the program."""
    assert judged(45_000, 0, 3, terms=OLD).category == "none"  # 1,250 against 1,230
    assert judged(45_000, 0, 3).category == "relative"
    assert judged("44279.99", 0, 3, terms=OLD).category == "relative"


@pytest.mark.parametrize("name", ["income", "rigid", "persons", "line"])
def test_what_is_not_known_makes_no_category(name):
    known = {"income": Decimal(1), "rigid": Decimal(0), "persons": 1, "line": NANTONG}
    found = judge(IncomeInputs(**known | {name: None}), IncomeTerms())
    assert (found.category, found.net_per_person) == (None, None)
    assert [(f.outcome, f.figures["missing"]) for f in found.findings] == [(Outcome.UNKNOWN, [name])]


def test_an_event_without_its_cost_is_asked_about_but_only_where_it_matters():
    better_off = IncomeInputs(Decimal(90_000), Decimal(0), 3, NANTONG, event=True)
    assert judge(better_off, IncomeTerms()).category is None
    poor = IncomeInputs(Decimal(9_000), Decimal(0), 3, NANTONG, event=True)
    assert judge(poor, IncomeTerms()).category == "deep"


@pytest.mark.parametrize("wrong", [{"income": -1}, {"rigid": -1}, {"persons": 0}, {"line": 0}, {"cost": -1}])
def test_what_cannot_be_is_refused_by_the_rule_itself(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong)).replace("persons", "no persons")):
        judged(**{"income": 1, "rigid": 0, "persons": 1} | wrong)


def test_an_earlier_grant_counts_before_a_second_one():
    """§3.8 S78f."""
    before = IncomeInputs(Decimal(29_000), Decimal(0), 3, NANTONG)
    assert judge(before, IncomeTerms()).category == "deep"
    assert judge(after_earlier_grants(before, Decimal(3_000)), IncomeTerms()).category == "relative"


def test_inputs_and_terms_come_back_from_json_as_they_were():
    inputs = IncomeInputs(Decimal("1.50"), Decimal(0), 2, NANTONG, sudden_cost=Decimal(7), event=True)
    assert IncomeInputs.from_json(inputs.as_json()) == inputs
    assert IncomeTerms.from_json(QINGDAO.as_json()) == QINGDAO


# --- properties ---

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
money = st.integers(0, 50_000_000).map(lambda fen: Decimal(fen) / 100)
costs = st.none() | money
terms_of_any_city = st.builds(
    IncomeTerms,
    relative_multiple=st.sampled_from([Decimal(1), Decimal("1.5"), Decimal(2)]),
    sudden_multiple=st.sampled_from([Decimal(2), Decimal(3)]),
    sudden_cost_share=st.none() | st.just(Decimal("0.80")),
)
households = st.tuples(
    money,
    money,
    st.integers(1, 12),
    st.integers(100, 200_000).map(lambda fen: Decimal(fen) / 100),
    costs,
    terms_of_any_city,
)


def rank(*household) -> int:
    return ORDER.index(judged(*household).category)


@unhurried
@given(households, money)
def test_more_income_never_deepens_hardship(household, more):
    income, *rest = household
    assert rank(income + more, *rest) >= rank(income, *rest)


@unhurried
@given(households, money)
def test_more_rigid_spending_never_lightens_it(household, more):
    income, rigid, *rest = household
    assert rank(income, rigid + more, *rest) <= rank(income, rigid, *rest)


@unhurried
@given(households, st.integers(1, 5))
def test_one_more_at_table_never_lightens_it_while_there_is_something_to_share(household, more):
    income, rigid, persons, line, cost, terms = household
    if income >= rigid + (cost or 0):
        assert rank(income, rigid, persons + more, line, cost, terms) <= rank(*household)


@unhurried
@given(households, money)
def test_a_larger_sudden_cost_never_lightens_it(household, more):
    *rest, cost, terms = household
    assert rank(*rest, (cost or 0) + more, terms) <= rank(*household)


@unhurried
@given(households)
def test_only_the_last_finding_decides_and_figures_show_why(household):
    found = judged(*household)
    *earlier, last = [f for f in found.findings if f.outcome is not Outcome.NOTE]
    assert all(f.outcome is Outcome.FAILED for f in earlier)
    assert last.passed == (found.category != Category.NONE)
    for finding in (*earlier, last):
        if "net" in finding.figures:
            shown = Decimal(finding.figures["net"]) < Decimal(finding.figures["bound"])
            assert shown == finding.passed


# --- what counts ---


def counted(incoming=(), outgoing=(), members=(), wage=Decimal(2_000), terms=IncomeTerms()):  # noqa: B008 -- frozen
    herself = MemberFact("her", date(1990, 1, 1), work="at_work")
    return count(
        tuple(MoneyFact(*line) for line in incoming),
        tuple(MoneyFact(*line) for line in outgoing),
        (herself, *members),
        terms,
        minimum_wage=wage,
        on=TODAY,
    )


def test_everything_counts_as_income_but_festival_comfort_and_the_base_pension():
    """§3.2 S77m."""
    kinds = ("wages", "business", "pension", "maintenance", "unemployment")
    kinds += ("survivor", "compensation", "property", "gifts", "union_grants")
    found = counted([(kind, Decimal(1_000)) for kind in kinds])
    assert found.income == 10_000
    found = counted([("festival_comfort", Decimal(500)), ("base_pension", Decimal(1_200)), ("wages", Decimal(1))])
    assert found.income == 1
    assert [f.figures for f in found.findings if f.code == "income_not_counted"] == [
        {"kinds": {"festival_comfort": "500.00", "base_pension": "1200.00"}}
    ]


def test_spending_that_cannot_be_avoided_is_added_up():
    """§3.2 S68 S79m."""
    found = counted(outgoing=[(k, Decimal(100)) for k in ("medical", "care", "tuition", "job")])
    assert (found.rigid, found.persons) == (400, 1)


@pytest.mark.parametrize(
    ("member", "added"),
    [
        (MemberFact("he", date(1988, 1, 1), work="jobless", health="well"), 24_000),
        (MemberFact("he", date(1988, 1, 1), work="jobless", health="well", excused=True), 0),
        (MemberFact("he", date(1988, 1, 1), work="jobless", health="serious"), 0),
        (MemberFact("he", date(1988, 1, 1), work="jobless", health="disabled"), 0),
        (MemberFact("he", date(2009, 1, 1), work="at_school"), 0),
        (MemberFact("he", date(2015, 1, 1)), 0),
        (MemberFact("he", date(1940, 1, 1)), 0),
        (MemberFact("he", date(1988, 1, 1), work="laid_off"), 0),
        (MemberFact("he", date(1988, 1, 1), work="jobless", lives_with=False), 0),
    ],
)
def test_who_could_work_and_does_not_counts_with_the_minimum_wage(member, added):
    """§3.2 S77m: unless proven otherwise, and not in school."""
    assert counted(members=[member]).income == added


@pytest.mark.parametrize(("born", "counts"), [("2010-03-08", True), ("2010-03-09", False), ("1966-03-09", True)])
def test_the_working_age_belongs_to_the_version(born, counts):
    """From the birthday on with which it begins to the last day of its last year; another city's ends earlier."""
    member = MemberFact("he", date.fromisoformat(born), work="jobless")
    assert counted(members=[member]).income == (24_000 if counts else 0)
    narrow = IncomeTerms(working_age_from=18, working_age_to=54)
    assert counted(members=[member], terms=narrow).income == 0


def test_whose_proof_was_accepted_is_said_and_counts_nothing():
    he = MemberFact("he", date(1988, 1, 1), work="jobless", excused=True)
    assert [f.code for f in counted(members=[he]).findings] == ["wage_excused"]
    at_work = MemberFact("he", date(1988, 1, 1), work="at_work", excused=True)
    assert [f.code for f in counted(members=[at_work]).findings] == []


def test_only_what_is_missing_to_the_minimum_wage_is_added():
    he = MemberFact("he", date(1988, 1, 1), work="jobless")
    assert counted([("unemployment", Decimal(15_000), "he")], members=[he]).income == 24_000
    assert counted([("business", Decimal(30_000), "he")], members=[he]).income == 30_000


def test_work_that_is_not_known_leaves_the_income_unknown():
    found = counted([("wages", Decimal(9_000), "her")], members=[MemberFact("he", date(1988, 1, 1))])
    assert found.income is None
    assert [f.figures for f in found.findings if f.outcome is Outcome.UNKNOWN] == [{"member": "he"}]


def test_without_a_minimum_wage_nothing_is_invented():
    found = counted(members=[MemberFact("he", date(1988, 1, 1), work="jobless")], wage=None)
    assert (found.income, [f.code for f in found.findings]) == (0, ["minimum_wage_unset"])


def test_who_lives_elsewhere_neither_counts_nor_earns():
    away = MemberFact("son", date(2000, 1, 1), work="at_work", lives_with=False)
    found = counted(
        [("wages", Decimal(60_000), "son"), ("wages", Decimal(20_000), "her")],
        [("medical", Decimal(500), "son")],
        [away],
    )
    assert (found.income, found.rigid, found.persons) == (20_000, 0, 1)
