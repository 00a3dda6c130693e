"""The rules after an examination: who is called back, what contradicts itself, what is due when, what ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.screening.enums import (
    CLOSED_BY_HAND,
    OPEN_FOLLOW_UPS,
    AttemptOutcome,
    BiRads,
    Conclusion,
    FollowUpOutcome,
    FollowUpState,
    Item,
    TbsClass,
)
from services.screening.rules.following import OPEN, Tried, after_attempt, age_band, days_tried, why_not_closed
from services.screening.rules.results import HIGH_RISK_HPV, Examined, contradictions, later, next_due, recall

DAY = date(2026, 11, 24)
ALL_ITEMS = ("tct", "hpv", "breast_ultrasound")


def examined(conclusion="abnormal_need_diagnosis", items=ALL_ITEMS, **values) -> Examined:
    return Examined(DAY, conclusion, items, **values)


def following(**values) -> list[str]:
    return [finding.figures["next"] for finding in recall(examined(**values))]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"hpv": ("16",)}, ["colposcopy"]),
        ({"hpv": ("18", "52"), "tbs": "nilm"}, ["colposcopy"]),
        ({"hpv": ("52",)}, ["cytology"]),
        ({"hpv": ("52",), "tbs": "nilm"}, ["doctor"]),
        ({"hpv": ("52",), "tbs": "asc_us"}, ["colposcopy", "colposcopy"]),
        ({"tbs": "unsatisfactory"}, ["repeat_cytology"]),
        ({"tbs": "hsil"}, ["colposcopy"]),
        ({"birads": "0"}, ["mammogram"]),
        ({"birads": "3"}, ["mammogram"]),
        ({"birads": "4"}, ["biopsy"]),
        ({"birads": "5"}, ["biopsy"]),
        ({"birads": "1"}, ["doctor"]),
        ({}, ["doctor"]),
    ],
)
def test_each_finding_leads_to_its_examination(values, expected):
    assert following(**values) == expected


@pytest.mark.parametrize("conclusion", ["normal", "benign_follow_up", "not_suitable"])
def test_without_a_finding_nobody_is_called_back(conclusion):
    assert recall(examined(conclusion, tbs="nilm", birads="2")) == ()


@pytest.mark.parametrize(
    ("items", "due"),
    [
        (("tct",), date(2029, 11, 24)),
        (("hpv",), date(2031, 11, 24)),
        (("tct", "hpv"), date(2031, 11, 24)),
        (("hpv", "breast_ultrasound"), date(2029, 11, 24)),
        (("gynaecological",), date(2028, 11, 24)),
    ],
)
def test_the_next_round_follows_the_national_intervals_and_else_the_terms(items, due):
    assert next_due(examined("normal", items), fallback_months=24) == due


def test_a_day_that_the_later_month_lacks_becomes_its_last():
    assert later(date(2028, 2, 29), 36) == date(2031, 2, 28)
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)


_results = st.builds(
    examined,
    st.sampled_from(Conclusion.values),
    st.lists(st.sampled_from(Item.values), unique=True).map(tuple),
    tbs=st.sampled_from(["", *TbsClass.values]),
    hpv=st.lists(st.sampled_from(HIGH_RISK_HPV), unique=True).map(tuple),
    birads=st.sampled_from(["", *BiRads.values]),
)


@given(_results)
def test_who_is_called_back_has_no_next_round_and_is_never_called_normal(result):
    if recall(result):
        assert next_due(result, fallback_months=24) is None
        assert result.conclusion not in ("normal", "not_suitable") or contradictions(result)
    elif result.conclusion != "not_suitable" and result.items:
        assert next_due(result, fallback_months=24) > result.on


@given(_results)
def test_positive_conclusions_always_call_back(result):
    if result.conclusion in ("abnormal_need_diagnosis", "confirmed_precancer", "confirmed_cancer"):
        assert recall(result)


_tries = st.lists(
    st.builds(
        Tried,
        st.dates(DAY, DAY + timedelta(days=5)),
        st.sampled_from(["phone", "sms"]),
        st.sampled_from(AttemptOutcome.values),
    )
)


@given(_tries, st.integers(1, 4))
def test_unreachable_wants_tries_on_that_many_days(tries, needed):
    days = {t.on for t in tries if t.outcome not in ("reached", "rechecked")}
    assert days_tried(tries) == len(days)
    assert (why_not_closed("unreachable", tries, needed=needed) == "") == (len(days) >= needed)


@given(st.lists(st.sampled_from(AttemptOutcome.values)))
def test_a_follow_up_never_goes_back(outcomes):
    order = [str(state) for state in OPEN_FOLLOW_UPS]
    state = order[0]
    for outcome in outcomes:
        following_state = after_attempt(state, outcome)
        assert order.index(following_state) >= order.index(state)
        state = following_state


def test_an_ended_one_stays_ended_and_the_codes_of_rules_and_columns_agree():
    assert tuple(str(state) for state in OPEN_FOLLOW_UPS) == OPEN
    for ended in (FollowUpState.CLOSED, FollowUpState.LOST):
        assert {after_attempt(str(ended), outcome) for outcome in AttemptOutcome.values} == {str(ended)}
    for outcome in FollowUpOutcome:
        assert why_not_closed(str(outcome), [], needed=0) == ""
    assert why_not_closed("", [], needed=0) == why_not_closed("forgotten", [], needed=0) == "outcome_missing"
    assert FollowUpOutcome.WITHDRAWN not in CLOSED_BY_HAND


def test_ages_fall_into_bands():
    assert [age_band(DAY, DAY + timedelta(days=days)) for days in (0, 7, 8, 14, 30, 31)] == [0, 0, 1, 1, 2, 3]
