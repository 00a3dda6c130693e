"""Identity numbers (GB 11643-1999) and mobile numbers: what is read however it is written, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.foundation.identifiers import (
    InvalidIdentityNumber,
    check_character,
    lengthened,
    parse_identity_number,
    parse_mobile,
    whole_years,
)

TODAY = date(2026, 11, 29)
HERS = "99000019850312004"  # an invented woman, without her check character
WHOLE = HERS + check_character(HERS)

days = st.dates(date(1900, 1, 1), TODAY)
firsts = st.builds(lambda born, order: f"990000{born:%Y%m%d}{order:03d}", days, st.integers(0, 999))


def read(text: str, **given_):
    return parse_identity_number(text, today=TODAY, **({"allow_invented": True} | given_))


def code_of(text: str, **given_) -> str:
    with pytest.raises(InvalidIdentityNumber) as refused:
        read(text, **given_)
    return refused.value.code


def test_the_check_character_is_that_of_the_standard_s_own_examples():
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


@given(firsts)
def test_day_of_birth_and_sex_are_those_the_number_carries(first):
    found = read(first + check_character(first))
    assert f"{found.born:%Y%m%d}" == first[6:14]
    assert found.sex == ("M" if first[16] in "13579" else "F")


@given(firsts, st.integers(0, 16), st.sampled_from("0123456789"))
def test_no_single_slip_of_a_digit_is_taken_for_a_number(first, place, digit):
    whole = first + check_character(first)
    slipped = whole[:place] + digit + whole[place + 1 :]
    if slipped != whole:
        with pytest.raises(InvalidIdentityNumber):
            read(slipped)


@given(firsts, st.integers(0, 15))
def test_no_two_neighbours_change_places_unnoticed(first, place):
    whole = first + check_character(first)
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    if swapped != whole:
        with pytest.raises(InvalidIdentityNumber):
            read(swapped)


@pytest.mark.parametrize(
    "written",
    [
        f" {WHOLE} ",
        f"{WHOLE[:6]}-{WHOLE[6:14]}-{WHOLE[14:]}",
        "".join(chr(ord(c) + 0xFEE0) for c in WHOLE),
        f"\ufeff{WHOLE[:10]}\u200b{WHOLE[10:]}",
        f"{WHOLE[:6]}\u3000{WHOLE[6:]}",
    ],
)
def test_spaces_widths_and_invisible_characters_change_nothing(written):
    assert read(written).number == WHOLE


def test_a_small_x_at_the_end_is_the_large_one():
    whole = next(w for n in range(999) if (w := (f := f"99000019850312{n:03d}") + check_character(f)).endswith("X"))
    assert read(whole.lower()).number == read(whole[:-1] + "ｘ").number == whole


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "shape"),
        ("990000198503120043\x00" * 2, "shape"),
        (WHOLE[:17], "shape"),
        (WHOLE + "0", "shape"),
        ("0" + WHOLE[1:], "shape"),
        ("٩٩٠٠٠٠١٩٨٥٠٣١٢٠٠٤٣" + "a", "shape"),
        ("990000850312004", "fifteen"),
        ("99000019850230004" + "0", "date"),
        ("99000019851312004" + "0", "date"),
        ("99000018991231004" + "0", "date"),
        ("99000020990101004" + "0", "date"),
        ("99000019000229004" + "0", "date"),
        (HERS + ("0" if WHOLE[-1] != "0" else "1"), "checksum"),
    ],
)
def test_what_is_no_number_of_a_person_is_refused_by_name(text, code):
    assert code_of(text) == code


def test_who_is_born_today_has_a_number_and_who_is_born_tomorrow_has_none():
    first = f"990000{TODAY:%Y%m%d}004"
    assert read(first + check_character(first)).born == TODAY
    tomorrow = "99000020261130004"
    assert code_of(tomorrow + check_character(tomorrow)) == "date"


def test_invented_people_count_only_where_the_installation_takes_them():
    assert read(WHOLE).number == WHOLE
    assert code_of(WHOLE, allow_invented=False) == "area"
    other = "99999919850312004"
    assert code_of(other + check_character(other)) == "area"


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_an_old_number_and_the_new_one_are_the_same_person_s(born, order):
    old = f"990000{born:%y%m%d}{order:03d}"
    found = read(lengthened(old))
    assert (found.born, found.number[14:17]) == (born, f"{order:03d}")


@pytest.mark.parametrize("text", ["", WHOLE, "12345678901234", "09000085031200４"])
def test_what_is_no_old_number_is_left_as_it_is(text):
    assert lengthened(text) == text


@pytest.mark.parametrize(
    "written",
    [
        "19900001234",
        "+8619900001234",
        "0086 199 0000 1234",
        "86-199-0000-1234",
        "（１９９）００００－１２３４",
        "199.0000.1234",
    ],
)
def test_a_mobile_number_is_eleven_digits_however_it_is_written(written):
    assert parse_mobile(written) == "19900001234"


@pytest.mark.parametrize(
    "text", ["", "1990000123", "199000012345", "12900001234", "021-12345678", "8619900001", "一九九"]
)
def test_what_is_no_mobile_number_is_refused(text):
    with pytest.raises(ValueError, match="mobile"):
        parse_mobile(text)


@pytest.mark.parametrize(
    ("on", "age"),
    [(date(2025, 2, 28), 24), (date(2025, 3, 1), 25), (date(2024, 2, 28), 23), (date(2024, 2, 29), 24)],
)
def test_who_is_born_on_a_leap_day_is_a_year_older_on_the_first_of_march(on, age):
    assert whole_years(date(2000, 2, 29), on) == age
