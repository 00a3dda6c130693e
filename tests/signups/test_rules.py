"""What may be asked, what an answer may be, where windows stand, what sheets may tell."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.signups.rules import Asked, evaluation, judge, phase, sensitive_word, tally
from services.signups.rules.questions import tells_on_people

NOW = datetime(2026, 3, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        *(
            "请填写身份证号",
            "身 份 证 号",
            "是否患病",
            "健康状况如何",
            "是否怀孕",
            "婚姻状况",
            "家庭收入",
            "您的宗教信仰",
        ),
        *("银行卡号", "Your ID number?", "Any illness?", "Are you PREGNANT?", "marital status"),
    ],
)
def test_what_is_nobody_s_business_is_not_asked(words):
    assert sensitive_word(words)


@pytest.mark.parametrize(
    "words", ["您的职务", "是否需要住宿", "饮食偏好", "想听什么内容", "Which bus do you take?", "几个人同来"]
)
def test_what_is_needed_to_prepare_is_asked(words):
    assert sensitive_word(words) == ""


def test_answers_are_judged_question_by_question():
    asked = [
        Asked("a", "choice", choices=("甲", "乙")),
        Asked("b", "yes_no"),
        Asked("c", "number"),
        Asked("d", "short_text", required=False),
    ]
    assert judge(asked, {"a": "甲", "b": "yes", "c": 0}) == {}
    assert judge(asked, {}) == {"a": "unanswered", "b": "unanswered", "c": "unanswered"}
    wrong = {"a": "丙", "b": "maybe", "c": "3", "d": "字" * 101}
    assert judge(asked, wrong) == {"a": "not_a_choice", "b": "not_a_choice", "c": "not_a_number", "d": "too_long"}
    assert judge(asked[3:], {"d": "我的电话是 199 0000 1234"}) == {"d": "tells"}


@pytest.mark.parametrize(
    "text", ["19900001234", "990000-19850312-0043", "6222 0000 1111 2222 333", "99000019850312004X"]
)
def test_numbers_of_people_are_found_however_they_are_written(text):
    assert tells_on_people(text)
    assert not tells_on_people("下午 2026-03-08 14:30 到")


def test_the_window_is_half_open_and_evaluation_has_days():
    opens, closes = NOW - timedelta(days=1), NOW + timedelta(days=1)
    window = {"opens_at": opens, "closes_at": closes}
    assert phase(is_open=True, left=1, now=NOW, **window) == "open"
    assert phase(is_open=True, left=0, now=NOW, **window) == "full"
    assert phase(is_open=False, left=1, now=NOW, **window) == "closed"
    assert phase(is_open=True, left=1, now=opens, **window) == "open"
    assert phase(is_open=True, left=1, now=opens - timedelta(seconds=1), **window) == "coming"
    assert phase(is_open=True, left=1, now=closes, **window) == "closed"
    stands = [evaluation(ends_at=NOW, days=2, now=NOW + timedelta(hours=hour)) for hour in (-1, 0, 47, 48)]
    assert stands == ["early", "open", "open", "over"]
    assert evaluation(ends_at=NOW, days=0, now=NOW) == "none"


def test_few_sheets_tell_nothing_and_many_tell_no_small_number():
    scores = (5, 4, 3, 2, 1)
    assert set(tally([5, 4, 5, 4], options=scores, fewest=5).counts.values()) == {None}
    assert set(tally([5] * 9, options=scores, fewest=5).counts.values()) == {None}
    told = tally([5] * 6 + [4] * 6, options=scores, fewest=5)
    assert (told.counts[5], told.counts[4], told.counts[1], told.mean) == (6, 6, 0, "4.5")
    hidden = tally([5] * 20 + [4] * 9 + [1], options=scores, fewest=5)
    assert hidden.counts[1] is None and hidden.counts[4] is None and hidden.mean is None


@given(st.lists(st.sampled_from([5, 4, 3, 2, 1]), max_size=60))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_number_below_the_threshold_is_shown_and_none_follows_from_the_rest(sheets):
    told = tally(sheets, options=(5, 4, 3, 2, 1), fewest=5)
    shown = [number for number in told.counts.values() if number is not None]
    assert all(number == 0 or number >= 5 for number in shown)
    assert len(told.counts) - len(shown) != 1
    if told.mean is not None:
        assert len(shown) == 5
