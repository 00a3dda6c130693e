"""The rules of annual returns: what is read, what is checked, what is added up. Missing is never nought."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.coverage.enums import ReturnField, ReturnGroup, ReturnSum
from services.coverage.rules import return_checks as checks
from services.coverage.rules.return_fields import ADDED_UP, BY_CODE, FIELDS, GRASSROOTS, PROTECTED, of_form
from services.coverage.rules.return_numbers import Untypable, read_number
from services.coverage.rules.return_period import due_on, latest_year, may_be_opened, period
from services.coverage.rules.return_totals import DERIVED, SUMMED, Below, added_up, derived, per_cent, totals
from services.coverage.rules.return_versions import differences
from tests.factories.returns import FIGURES

ASKED = of_form(GRASSROOTS)
_numbers = st.integers(min_value=0, max_value=10**9)
_returns = st.dictionaries(st.sampled_from(SUMMED), _numbers, max_size=8)


def found(figures, *, known=None, last_year=None) -> dict:
    return {
        one.figures["field"]: one.code
        for one in checks.findings(ASKED, figures, known=known or {}, last_year=last_year or {})
    }


def test_the_table_of_fields_and_their_labels_agree():
    assert [field.code for field in FIELDS] == list(ReturnField.values)
    assert list(dict.fromkeys(field.group for field in FIELDS)) == list(ReturnGroup.values)
    assert list(DERIVED) == list(ReturnSum.values)
    named = {name for field in FIELDS for name in (field.at_most, field.usually_within, field.asks_for) if name}
    assert named <= BY_CODE.keys()
    assert {"hardship_women", "single_parents", "aid_claims", "aid_paid"} == PROTECTED


@pytest.mark.parametrize(
    ("text", "number"),
    [("", None), ("  ", None), ("0", 0), ("1,060", 1060), ("１２", 12), ("1 234", 1234), ("12.0", 12), ("007", 7)],
)
def test_what_people_type_is_read_and_nothing_typed_is_nothing(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-1", "negative"),
        ("−5", "negative"),
        ("abc", "letters"),
        ("12人", "letters"),
        ("1e5", "letters"),
        ("½", "letters"),
        ("٣", "letters"),
        ("1.5", "decimals"),
        ("123456789012", "too_long"),
        ("=1+1", "letters"),
    ],
)
def test_what_is_no_count_is_told_what_is_wrong(text, code):
    with pytest.raises(Untypable) as refused:
        read_number(text)
    assert refused.value.code == code


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_count_nothing_or_told_why_not(text):
    try:
        number = read_number(text)
    except Untypable as fault:
        assert fault.code in {"negative", "letters", "decimals", "too_long"}
    else:
        assert number is None or 0 <= number < 10**9


def test_a_complete_return_that_agrees_with_everything_raises_no_question():
    assert found(FIGURES, known={code: (0, value) for code, value in FIGURES.items()}, last_year=FIGURES) == {}


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"staff_women": 61}, "staff_women", "above_whole"),
        ({"contracts": 0, "contract_units": 0}, "contract_women", "without"),
        ({"aid_claims": 0}, "aid_paid", "without"),
        ({"members": 65}, "members", "more_than_usual"),
        ({"screened_women": 41}, "screened_women", "more_than_usual"),
        ({"nursing_rooms": None}, "nursing_rooms", "not_stated"),
        ({"term_ends_on": None}, "term_ends_on", "not_stated"),
    ],
)
def test_each_check_names_its_field(changes, field, code):
    assert found(FIGURES | changes)[field] == code


def test_a_union_without_a_committee_has_no_term_to_state():
    assert "term_ends_on" not in found(FIGURES | {"women_form": "none", "term_ends_on": None})


def test_outliers_need_a_word_and_small_changes_do_not():
    assert found(FIGURES, last_year={"staff": 30}) == {"staff": "out_of_line"}
    assert found(FIGURES, last_year={"staff": 41}) == {}
    assert found(FIGURES, last_year={"nursing_rooms": 9}) == {}
    assert found(FIGURES, last_year={"screened_women": 0}) == {"screened_women": "out_of_line"}


def test_a_word_explains_what_asks_for_one_and_never_what_cannot_be():
    said = checks.findings(ASKED, FIGURES | {"staff_women": 99}, known={"members": (50, 51)}, last_year={})
    assert [one.figures["field"] for one in checks.blocking(said)] == ["staff_women"]
    assert checks.unexplained(said, {"members": " "})
    assert not checks.unexplained(said, {"members": "新入会5人", "staff_women": ""})


@given(_returns, st.lists(_returns, max_size=5), st.integers(0, 5))
def test_a_total_is_own_and_below_and_a_field_nobody_stated_is_in_no_sum(own, children, missing):
    below = added_up(children, expected=len(children) + missing)
    total = totals(own, below)
    for code in SUMMED:
        parts = [one[code] for one in (own, *children) if code in one]
        assert total.get(code) == (sum(parts) if parts else None)
        assert below.stated.get(code, 0) == sum(code in child for child in children)
    assert below.missing == missing
    assert Below.from_json(below.as_json()) == below


def test_both_denominators_follow_from_one_union():
    women = {"members_women": 10, "women_form": "commissioner"}
    asked = {"grassroots": True, "committee_from": 10}
    assert derived(women, **asked) == {"unions": 1, "unions_required": 1, "unions_built": 1, "required_built": 0}
    assert derived({"women_form": "none"}, **asked) == {"unions": 1, "unions_built": 0}
    assert derived(women, grassroots=False, committee_from=10) == {}


def test_the_share_that_a_city_once_published_as_99_is_78_and_a_half():
    assert per_cent(4289, 5467) == 78.5
    assert per_cent(0, 0) is None
    assert per_cent(None, 5) is None


def test_the_period_and_its_last_day():
    assert period(2026) == (date(2025, 10, 1), date(2026, 9, 30))
    assert due_on(2026, month=10, day=22) == date(2026, 10, 22)
    assert due_on(2026, month=1, day=15) == date(2027, 1, 15)
    assert latest_year(date(2026, 8, 29)) == 2025
    assert latest_year(date(2026, 8, 30)) == 2026
    assert not may_be_opened(2027, today=date(2026, 10, 1))


def test_versions_are_compared_field_by_field_in_the_order_of_the_form():
    now = {**FIGURES, "staff": 80, "aid_paid": None}
    assert differences(FIGURES, now, ASKED) == [("staff", 60, 80, False), ("aid_paid", 10000, None, True)]
    assert differences(FIGURES, FIGURES, ASKED) == []


def test_money_and_counts_add_up_and_words_do_not():
    assert set(ADDED_UP) == set(BY_CODE) - {"women_form", "term_ends_on"}
