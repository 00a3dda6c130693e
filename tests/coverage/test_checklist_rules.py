"""Points: what the record answers, sums, the pass mark, and what keeps a list or a sheet from going on."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.coverage.demo_checklist import ITEMS, rows
from services.coverage.enums import AutomaticRule, PassKind
from services.coverage.rules import scoring
from services.coverage.rules.scoring import Given, Item, Reviewed
from services.foundation.verdict import Outcome

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
points = st.integers(1, 1000).map(lambda tenths: Decimal(tenths) / 10)
lists = st.lists(points, min_size=1, max_size=30).map(
    lambda found: [Item(f"i{place}", one) for place, one in enumerate(found)]
)


@unhurried
@given(lists, st.data())
def test_a_sum_lies_between_nothing_and_all_points_and_full_marks_always_pass(items, data):
    possible = scoring.total(item.points for item in items)
    got = [item.points * data.draw(st.integers(0, 10)) / 10 for item in items]
    assert 0 <= scoring.total(got) <= possible
    mark = data.draw(st.integers(1, 1000)) / Decimal(10)
    assert scoring.reaches(possible, kind=PassKind.PER_CENT, mark=min(mark, Decimal(100)), possible=possible)
    assert not scoring.reaches(Decimal(0), kind=PassKind.PER_CENT, mark=mark, possible=possible)


@unhurried
@given(lists, st.integers(1, 1000), st.data())
def test_more_points_never_turn_a_pass_into_a_failure(items, tenths, data):
    possible = scoring.total(item.points for item in items)
    low, high = sorted(possible * data.draw(st.integers(0, 100)) / 100 for _ in range(2))
    for kind in PassKind.values:
        passes = [
            scoring.reaches(score, kind=kind, mark=Decimal(tenths) / 10, possible=possible) for score in (low, high)
        ]
        assert passes != [True, False]


@unhurried
@given(lists, st.data())
def test_a_sheet_is_complete_exactly_when_each_item_has_points_within_its_own(items, data):
    said = {
        item.code: Given(data.draw(st.none() | st.integers(-5, 1005).map(lambda t: Decimal(t) / 10))) for item in items
    }
    faulty = {fault.item for fault in scoring.missing(items, said, known={})}
    fit = {code for code, one in said.items() if one.claimed is not None and one.claimed >= 0}
    fit = {item.code for item in items if item.code in fit and said[item.code].claimed <= item.points}
    assert faulty == {item.code for item in items} - fit


@pytest.mark.parametrize(
    ("rule", "value", "outcome"),
    [
        ("built", "yes", Outcome.PASSED),
        ("built", "no", Outcome.FAILED),
        ("built", "unknown", Outcome.UNKNOWN),
        ("built", "", Outcome.UNKNOWN),
        ("term", "ending", Outcome.PASSED),
        ("term", "overdue", Outcome.FAILED),
        ("term", "none", Outcome.UNKNOWN),
        ("chair_qualified", "yes", Outcome.PASSED),
    ],
)
def test_the_record_answers_yes_no_or_nothing(rule, value, outcome):
    finding = scoring.answered(rule, {rule: value})
    assert finding.outcome is outcome
    settled = scoring.automatic_points(Item("i", Decimal(8), rule=rule), finding)
    assert settled == {Outcome.PASSED: 8, Outcome.FAILED: 0, Outcome.UNKNOWN: None}[outcome]


def test_what_the_record_settled_is_asked_of_nobody():
    item = Item("built", Decimal(10), rule="built")
    assert scoring.missing([item], {}, known={"built": Decimal(0)}) == []
    assert [fault.code for fault in scoring.missing([item], {}, known={})] == ["not_answered"]


def test_evidence_is_asked_for_where_points_are_claimed():
    item = Item("meetings", Decimal(8), evidence=True)
    for claimed, papers, codes in ((8, 0, ["no_evidence"]), (8, 1, []), (0, 0, [])):
        said = {"meetings": Given(Decimal(claimed), "", papers)}
        assert [fault.code for fault in scoring.missing([item], said, known={})] == codes


def test_a_review_that_differs_says_why():
    item, said = Item("room", Decimal(8)), {"room": Given(Decimal(8))}
    for points_given, reason, codes in (
        (None, "", ["not_reviewed"]),
        (8, "", []),
        (4, " ", ["no_reason"]),
        (4, "现场未见", []),
        (9, "多做了", ["beyond_points"]),
    ):
        reviewed = {"room": Reviewed(None if points_given is None else Decimal(points_given), reason)}
        assert [fault.code for fault in scoring.unreviewed([item], said, reviewed, known={})] == codes


@pytest.mark.parametrize(
    ("kind", "mark", "codes"),
    [
        ("", None, ["no_mark"]),
        (PassKind.POINTS, None, ["no_mark"]),
        (PassKind.POINTS, Decimal(101), ["mark_out_of_reach"]),
        (PassKind.PER_CENT, Decimal(101), ["mark_out_of_reach"]),
        (PassKind.POINTS, Decimal(0), ["mark_of_nothing"]),
        (PassKind.POINTS, Decimal(100), []),
    ],
)
def test_no_list_is_put_in_force_without_a_pass_mark_that_can_be_reached(kind, mark, codes):
    assert scoring.unfit([Item("i", Decimal(100))], kind=kind, mark=mark) == codes


def test_the_demo_s_list_has_a_hundred_points_and_every_rule_it_names_is_one():
    assert scoring.total(row["points"] for row in rows()) == 100
    assert all(item[-1] for item in ITEMS)
    assert set(scoring.AUTOMATIC) == set(AutomaticRule.values)
