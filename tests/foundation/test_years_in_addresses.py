"""Years and months that an address names."""

from datetime import date

import pytest

from services.foundation.desk_filters import YearFilter, month_named, year_named


@pytest.mark.parametrize("text", ["", "0", "0000", "1899", "2201", "10000", "²", "²²²²", "２０２６", "20 6", "-202"])
def test_what_is_no_year_of_ours_is_none(text):
    assert year_named(text) is None
    assert month_named(f"{text}-01") is None


def test_a_year_and_a_month_are_read():
    assert year_named("2026") == 2026
    assert month_named("2026-05-17") == date(2026, 5, 1)
    assert YearFilter().field.clean("2026") == 2026
