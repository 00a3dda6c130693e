"""Masks fail closed, and nothing shaped like a number of a person gets through into a log line."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.foundation.masking import (
    HIDDEN,
    mask_bank_card,
    mask_email,
    mask_identity,
    mask_name,
    mask_phone,
    redact,
)
from services.foundation.redaction import RedactingFilter

NUMBER, PHONE, CARD = "990000198503120043", "19900001234", "6217990000001234567"
digits = st.text("0123456789", max_size=24)
anything = st.one_of(digits, st.text(max_size=40), st.sampled_from(["", NUMBER, PHONE, CARD]))


def test_what_has_its_shape_keeps_a_few_characters():
    assert mask_identity(NUMBER) == "9***************43"
    assert mask_phone(PHONE) == "199****1234"
    assert mask_bank_card(CARD) == "**** **** **** 4567"
    assert mask_email("dou@example.org") == "d****@example.org"


@given(anything)
def test_what_has_another_shape_is_hidden_whole(value):
    ascii_digits = value.isascii() and value.isdigit()
    if not (len(value) == 18 and value[:17].isascii() and value[:17].isdigit()):
        assert mask_identity(value) == HIDDEN
    if not (ascii_digits and len(value) == 11 and value[0] == "1"):
        assert mask_phone(value) == HIDDEN
    if not (ascii_digits and 12 <= len(value) <= 19):
        assert mask_bank_card(value) == HIDDEN


@pytest.mark.parametrize("mask", [mask_identity, mask_phone, mask_bank_card, mask_email])
@pytest.mark.parametrize("value", [None, "", f"{NUMBER}\n", f" {PHONE}", "１９９００００１２３４", "@example.org"])
def test_nothing_and_what_only_looks_like_it_is_hidden(mask, value):
    assert mask(value) == HIDDEN


@given(st.text(st.characters(categories=["Lo"]), min_size=2, max_size=30))
def test_a_masked_name_never_holds_the_name(name):
    masked = mask_name(name)
    assert "*" in masked and name not in masked and len(masked.replace("*", "")) < len(name)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张明", "张*"),
        ("张小明", "张*明"),
        ("欧阳", "欧*"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳**"),
        ("阿依古丽·买买提", "阿依古丽·***"),
        ("张", "*"),
        ("", "*"),
        (None, "*"),
        ("𠮷野花", "𠮷*花"),
    ],
)
def test_names_are_masked_by_their_kind(name, masked):
    assert mask_name(name) == masked


@given(st.text(max_size=20), st.sampled_from([NUMBER, NUMBER[:17] + "x", PHONE, CARD]), st.text(max_size=20))
def test_no_number_of_a_person_is_left_in_a_text(before, number, after):
    before, after = (f"{before} ", f" {after}")
    assert number not in redact(before + number + after)


@pytest.mark.parametrize("text", ["", "2026-11-29 08:00", "编号 TJ-26-000123-7", "金额 12000.00 元", "第 990000 号"])
def test_other_numbers_stay(text):
    assert redact(text) == text


def test_a_log_line_keeps_no_number_in_its_words_its_values_or_its_traceback():
    try:
        raise RuntimeError(f"no record of {NUMBER}")
    except RuntimeError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "call %s about %s", (PHONE, CARD), told)
    assert RedactingFilter().filter(record)
    line = logging.Formatter().format(record)
    assert "RuntimeError" in line
    assert [number for number in (NUMBER, PHONE, CARD) if number in line] == []
