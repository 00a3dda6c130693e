"""Dates, names, numbers and words in every spelling; what could be read two ways is refused."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.foundation.sheets import CellRefused
from services.foundation.spelling import count, day, line, looks_like_formula, person_name, plain

DAYS = st.dates(min_value=date(1900, 3, 1), max_value=date(2099, 12, 31))
SPELLINGS = (
    "{0:%Y}-{0:%m}-{0:%d}",
    "{0:%Y}.{0.month}.{0.day}",
    "{0:%Y}/{0.month}/{0.day}",
    "{0:%Y%m%d}",
    "{0:%Y}年{0.month}月{0.day}日",
    " {0:%Y} 年 {0:%m} 月 {0:%d} 日 ",
    "{0:%Y}-{0:%m}-{0:%d} 00:00:00",
    "{0:%Y}.{0:%m}.{0:%d}",
    "{0:%Y}、{0.month}、{0.day}",
)
WIDE = str.maketrans("0123456789/-.", "0123456789/-.")


@given(DAYS, st.sampled_from(SPELLINGS), st.booleans())
def test_every_spelling_of_a_day_gives_that_day(when, spelling, wide):
    text = spelling.format(when)
    assert day(text.translate(WIDE) if wide else text) == when


@given(st.dates(min_value=date(1907, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_survives_as_a_serial_number_a_date_and_a_number_of_eight_digits(when):
    serial = (when - date(1899, 12, 30)).days
    assert day(serial) == day(float(serial)) == day(when) == day(datetime(when.year, when.month, when.day)) == when
    assert day(int(f"{when:%Y%m%d}")) == when


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_no_cell_breaks_a_reader(value):
    for reader in (day, person_name, count, lambda v: line(v, longest=20)):
        try:
            reader(value)
        except CellRefused as refused:
            assert refused.code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("18.6.26", "date_short"),
        ("180626", "date_short"),
        ("6/26/2018", "date_order"),
        ("2018.6", "date_incomplete"),
        ("2018年", "date_incomplete"),
        (2018, "date_incomplete"),
        (201806, "date_incomplete"),
        ("2018-02-30", "date_impossible"),
        ("20181301", "date_impossible"),
        ("昨天", "date_shape"),
        (float("nan"), "date_shape"),
    ],
)
def test_a_day_that_could_be_two_or_none_is_refused(value, code):
    with pytest.raises(CellRefused) as refused:
        day(value)
    assert refused.value.code == code


@pytest.mark.parametrize("value", [None, "", "  ", "无", "-"])
def test_nothing_is_no_day(value):
    assert day(value) is None


def test_chinese_numerals_and_weekdays_are_read():
    assert day("二〇一八年六月二十六日") == date(2018, 6, 26)
    assert day("二○一八年十二月三十一日") == date(2018, 12, 31)
    assert day("2018年6月26日 星期二") == date(2018, 6, 26)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (" 王 芳 ", "王芳"),
        ("王\u3000芳", "王芳"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽‧买买提", "阿依古丽·买买提"),
        ("𠮷野", "𠮷野"),
        ("㑇䶮", "㑇䶮"),
        ("王\u200b芳\ufeff", "王芳"),
        ("Anna Müller", "Anna Müller"),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_a_name(value, name):
    assert person_name(value) == name


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("王", "name_length"),
        ("王" * 31, "name_length"),
        ("王芳1", "name_shape"),
        ("王芳(离职)", "name_shape"),
        ("<b>王芳</b>", "markup"),
        ("=1+1", "formula"),
        ("@SUM(A1)", "formula"),
        ("王\u202e芳", "name_hidden"),
        ("王\x00芳", "name_hidden"),
        (12345, "name_shape"),
    ],
)
def test_what_is_no_name_is_refused(value, code):
    with pytest.raises(CellRefused) as refused:
        person_name(value)
    assert refused.value.code == code


@given(st.integers(min_value=0, max_value=10**8))
def test_a_count_is_read_with_its_commas_and_measure_words(number):
    assert count(number) == count(float(number)) == count(f"{number:,}") == count(f" {number}人 ") == number


@pytest.mark.parametrize("value", ["=1+1", "@x", "+cmd|' /C calc'!A0", "-2+SUM(A1)", "=HYPERLINK(1)"])
def test_formula_text_is_seen(value):
    assert looks_like_formula(value)


@pytest.mark.parametrize("value", ["-5", "+86 199", "-", "=", "教师-班主任", "A=B"])
def test_signs_alone_are_no_formula(value):
    assert not looks_like_formula(value)


@given(st.floats(min_value=0, max_value=1e14).map(int))
def test_a_number_stored_as_float_keeps_its_digits(number):
    assert plain(float(number)) == str(number)
