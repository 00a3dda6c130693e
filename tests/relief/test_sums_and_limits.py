"""How much and how often: the worked examples of §3.8-3.9, and what holds for any figures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.foundation.verdict import Outcome
from services.relief.rules import causes, exits, limits
from services.relief.rules.amounts import compute
from services.relief.rules.exits import Month
from services.relief.rules.facts import Facts
from services.relief.rules.limits import Limits, Past, Planned

TODAY = date(2026, 9, 1)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
S78F = {"months": {"deep": 10, "relative": 8}}
S78F_SHARE = {"share": {"deep": "1", "relative": "0.80"}, "cap": {"relative": "16000"}}
BAOSHAN = {
    "bands": [{"over": "10000", "sum": "3000"}, {"over": "30000", "sum": "5000"}, {"over": "50000", "sum": "8000"}]
}
TIANMEN = {"sums": {"college": {"on_file": "5000", "other": "4000"}, "senior": {"on_file": "3000", "other": "2000"}}}
SHARE_99F = {"share": {"relative": "0.80"}}


def facts(**known) -> Facts:
    return Facts(on=TODAY, **known)


@pytest.mark.parametrize(
    ("kind", "amount", "caps", "known", "expected", "source"),
    [
        ("months_of_line", S78F, {}, {"category": "deep", "line": Decimal(820)}, "8200.00", "§3.8 S78f: 10 months"),
        ("months_of_line", S78F, {}, {"category": "relative", "line": Decimal(820)}, "6560.00", "§3.8 S78f: 8 months"),
        (
            "months_of_line",
            {"months": {"deep": 12, "relative": 10, "sudden": 10}, "per": "household"},
            {},
            {"category": "sudden", "line": Decimal(940)},
            "9400.00",
            "§3.8 S72m: Wuhan, 12 / 10 months of 940",
        ),
        (
            "months_of_line",
            S78F | {"per": "person"},
            {},
            {"category": "deep", "line": Decimal(820), "persons": 3},
            "24600.00",
            "§3.8: the same a person",
        ),
        (
            "cost_share",
            S78F_SHARE,
            {},
            {"category": "deep", "cost": Decimal(30_000)},
            "30000.00",
            "§3.8 S78f: ≤ self-paid",
        ),
        ("cost_share", S78F_SHARE, {}, {"category": "relative", "cost": Decimal(10_000)}, "8000.00", "§3.8 S78f: 80 %"),
        ("cost_share", S78F_SHARE, {}, {"category": "relative", "cost": Decimal(30_000)}, "16000.00", "§3.8 S78f: cap"),
        (
            "cost_share",
            SHARE_99F,
            {"per_year": "150000"},
            {"category": "relative", "cost": Decimal(100_000), "awarded_this_year": Decimal(100_000)},
            "50000.00",
            "§3.8 S99f: cumulative 150,000",
        ),
        ("fixed", {"by_category": {"any": "3000"}}, {}, {}, "3000.00", "§3.9 S102m: Pujiang, any household"),
        ("fixed", {"by_category": {"deep": "2000"}}, {}, {"category": "none"}, "0.00", "no sum for this category"),
        ("cost_bands", BAOSHAN, {}, {"cost": Decimal(30_000)}, "3000.00", "§3.9 S120m: the bound isn't above it"),
        ("cost_bands", BAOSHAN, {}, {"cost": Decimal("30000.01")}, "5000.00", "§3.9 S120m: second band"),
        ("cost_bands", BAOSHAN, {}, {"cost": Decimal(99_999)}, "8000.00", "§3.9 S120m: third band"),
        ("cost_bands", BAOSHAN, {}, {"cost": Decimal(10_000)}, "0.00", "§3.9 S120m: below the lowest"),
        ("by_stage", TIANMEN, {}, {"stage": "college", "on_file": True}, "5000.00", "§3.9 S111: on file"),
        ("by_stage", TIANMEN, {}, {"stage": "college", "on_file": False}, "4000.00", "§3.9 S111: not on file"),
        ("by_stage", TIANMEN, {}, {"stage": "senior", "on_file": True}, "3000.00", "§3.9 S112"),
        ("by_stage", TIANMEN, {}, {"stage": "senior", "on_file": False}, "2000.00", "§3.9 S112"),
        ("by_stage", TIANMEN, {}, {"stage": "kindergarten", "on_file": True}, "0.00", "no such stage"),
        (
            "cost_share",
            {"share": {"any": "1"}, "cap": {"any": "3000"}},
            {},
            {"category": "none", "cost": Decimal(9_000)},
            "3000.00",
            "§3.8 S72m",
        ),
    ],
)
def test_sums_of_real_cities(kind, amount, caps, known, expected, source):
    found = compute(kind, amount, caps, facts(**known))
    assert str(found.amount) == expected, source


@pytest.mark.parametrize(
    ("kind", "amount", "known", "missing"),
    [
        ("fixed", {"by_category": {"deep": "1"}}, {}, ["category"]),
        ("months_of_line", S78F, {}, ["category", "line"]),
        ("months_of_line", S78F | {"per": "person"}, {"category": "deep", "line": Decimal(1)}, ["persons"]),
        ("cost_bands", BAOSHAN, {}, ["cost"]),
        ("cost_share", S78F_SHARE, {"category": "deep"}, ["cost"]),
        ("by_stage", TIANMEN, {}, ["stage"]),
        ("by_stage", TIANMEN, {"stage": "college"}, ["on_file"]),
    ],
)
def test_a_missing_fact_makes_no_sum_and_no_refusal(kind, amount, known, missing):
    found = compute(kind, amount, {}, facts(**known))
    assert found.amount is None
    assert [(f.outcome, f.figures["missing"]) for f in found.findings] == [(Outcome.UNKNOWN, missing)]


def test_sums_above_a_bound_are_referred_upwards():
    """§3.8 S78f: above 20,000 the province approves."""
    known = facts(category="deep", cost=Decimal("20000.01"))
    assert [f.code for f in compute("cost_share", S78F_SHARE, {"refer_over": "20000"}, known).findings][
        -1
    ] == "refer_upwards"
    known = facts(category="deep", cost=Decimal(20_000))
    assert len(compute("cost_share", S78F_SHARE, {"refer_over": "20000"}, known).findings) == 1


def test_a_sum_is_rounded_once_to_fen_half_up():
    share = {"share": {"any": "0.335"}}
    assert str(compute("cost_share", share, {}, facts(category="deep", cost=Decimal("1.00"))).amount) == "0.34"


def test_an_unknown_kind_of_sum_is_an_error_of_ours():
    with pytest.raises(ValueError, match="unknown kind"):
        compute("formula", {}, {}, facts())


amounts = st.integers(0, 10_000_000).map(lambda fen: Decimal(fen) / 100)
caps_of_any_city = st.fixed_dictionaries({}, optional={"per_award": amounts.map(str), "per_year": amounts.map(str)})


@unhurried
@given(
    st.sampled_from(
        [
            ("months_of_line", S78F),
            ("cost_share", S78F_SHARE),
            ("cost_bands", BAOSHAN),
            ("fixed", {"by_category": {"any": "900"}}),
        ]
    ),
    caps_of_any_city,
    st.sampled_from(["deep", "relative", "sudden", "none"]),
    amounts,
    amounts,
)
def test_caps_are_never_passed_and_nothing_is_ever_negative(kind, caps, category, cost, before):
    known = facts(category=category, line=Decimal(820), cost=cost, awarded_this_year=before)
    total = compute(*kind, caps, known).amount
    assert total >= 0
    assert total <= Decimal(caps.get("per_award", "inf"))
    if "per_year" in caps:
        assert total + before <= max(Decimal(caps["per_year"]), before)


# --- how often ---


def planned(**changes) -> Planned:
    return Planned(**{"programme": "study-aid", "kind": "study_aid", "year": 2026} | changes)


def failed(rules: Limits, plan: Planned, *past: Past) -> list[str]:
    return [f.code for f in limits.check(rules, plan, past) if f.outcome is Outcome.FAILED]


EARLIER = Past("study-aid", "study_aid", 2026)
LAST_YEAR = Past("study-aid", "study_aid", 2025)


def test_once_a_year_counts_this_programme_in_this_year():
    """§3.8 S100f."""
    assert failed(Limits(once_a_year=True), planned(), EARLIER) == ["once_a_year"]
    assert failed(Limits(once_a_year=True), planned(), LAST_YEAR, Past("other", "temporary", 2026)) == []


def test_so_many_awards_a_year():
    """§3.8 S79m: Xishui, at most two."""
    assert failed(Limits(awards_per_year=2), planned(), EARLIER) == []
    assert failed(Limits(awards_per_year=2), planned(), EARLIER, EARLIER) == ["awards_per_year"]


def test_never_twice_for_the_same_cause_whatever_the_year():
    """§3.8 S79m."""
    before = Past("study-aid", "study_aid", 2020, event="flood")
    assert failed(Limits(same_cause_once=True), planned(event="flood"), before) == ["same_cause_once"]
    assert failed(Limits(same_cause_once=True), planned(event="fire"), before) == []


def test_a_student_is_aided_once_a_school_year_by_whichever_programme():
    """§3.12."""
    before = Past("other", "study_aid", 2025, student="anna", school_year=2026)
    assert failed(Limits(), planned(student="anna", school_year=2026), before) == ["one_study_aid"]
    assert failed(Limits(), planned(student="ben", school_year=2026), before) == []
    assert failed(Limits(), planned(student="anna", school_year=2027), before) == []


@pytest.mark.parametrize(("day", "year"), [("2026-08-31", 2025), ("2026-09-01", 2026), ("2027-02-28", 2026)])
def test_the_school_year_begins_on_1_september(day, year):
    assert limits.school_year(date.fromisoformat(day)) == year


def test_relative_hardship_gets_one_item_and_deep_several():
    """§3.8 S78f; festival comfort is no item."""
    rules = Limits(items_per_year={"relative": 1})
    other = Past("temporary", "temporary", 2026)
    assert failed(rules, planned(category="relative"), other) == ["items_per_year"]
    assert failed(rules, planned(category="deep"), other) == []
    assert failed(rules, planned(category="relative"), Past("festival", "festival_care", 2026)) == []
    assert failed(rules, planned(category="relative", kind="festival_care"), other) == []


# --- causes, leaving, checks ---


@pytest.mark.parametrize(
    ("main", "more", "codes"),
    [
        ("disaster", [], []),
        ("disaster", ["schooling", "no_job", "other"], []),
        ("", [], ["main_cause_missing"]),
        ("cancer", [], ["main_cause_missing"]),
        ("disaster", ["schooling", "no_job", "other", "accident"], ["too_many_causes"]),
        ("disaster", ["disaster"], ["cause_twice"]),
        ("disaster", ["other", "other"], ["cause_twice"]),
        ("disaster", ["cancer"], ["unknown_cause"]),
    ],
)
def test_exactly_one_main_cause_and_up_to_three_others(main, more, codes):
    """§3.4 S84f."""
    assert [f.code for f in causes.check(main, more)] == codes


def months(*per_person, first=(2026, 1)) -> list[Month]:
    year, month = first
    return [Month(date(year, month + n, 1), Decimal(value), Decimal(820)) for n, value in enumerate(per_person)]


@pytest.mark.parametrize(
    ("observed", "streak", "may"),
    [
        (months(*[821] * 6), 6, True),
        (months(*[821] * 5), 5, False),
        (months(*[820] * 6), 0, False),
        (months(821, 821, 819, 821, 821, 821), 3, False),
        (months(*[821] * 6, 819), 0, False),
        (months(821, 821, 821) + months(821, 821, 821, first=(2026, 5)), 3, False),
        (months(819, *[821] * 6), 6, True),
        ([], 0, False),
    ],
)
def test_out_of_hardship_after_six_months_in_a_row_above_the_line(observed, streak, may):
    """§3.7 S96m; a month that wasn't observed breaks the row."""
    left = exits.may_leave("out_of_hardship", observed)
    assert (left.streak, left.may) == (streak, may)
    assert left.findings[0].passed == may


def test_the_order_of_months_does_not_matter():
    assert exits.above_in_a_row(months(*[900] * 6)[::-1]) == 6


@pytest.mark.parametrize(
    ("reason", "cause", "may"),
    [
        ("safety_net", "serious_illness", True),
        ("safety_net", "cannot_work", True),
        ("safety_net", "schooling", False),
        ("died", "", True),
        ("moved", "", True),
        ("own_wish", "", True),
    ],
)
def test_other_ways_out(reason, cause, may):
    """§3.7 S81 S96m."""
    assert exits.may_leave(reason, [], cause=cause).may == may


def test_an_unknown_reason_is_an_error_of_ours():
    with pytest.raises(ValueError, match="unknown reason"):
        exits.may_leave("bored", [])


def test_checks_and_return_visits_are_planned_by_calendar_months():
    """§3.7 S81, S94 S95."""
    assert exits.next_check(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert exits.return_visits(date(2026, 1, 31), 12, 3) == [
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2026, 10, 31),
        date(2027, 1, 31),
    ]
    assert exits.return_visits(date(2026, 1, 31), 0, 3) == []
    assert exits.return_visits(date(2026, 1, 31), 5, 2) == [date(2026, 3, 31), date(2026, 5, 31)]
