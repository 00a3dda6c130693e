"""Rates, medians and comparisons: exact, and silent where there is nothing to say."""

from fractions import Fraction

import pytest

from services.figures.rules.numbers import (
    Change,
    change_of_number,
    change_of_rate,
    median_bucket,
    rate,
    reaches,
    rounded,
)


def test_a_rate_is_made_of_sums_and_never_of_rates():
    halves, most = (1, 2), (90, 100)
    assert rate(halves[0] + most[0], halves[1] + most[1]) == Fraction(9100, 102)
    assert (rate(*halves) + rate(*most)) / 2 == 70


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (5, 0), (None, 5), (5, None), (None, None)])
def test_without_a_denominator_or_a_part_there_is_no_rate(numerator, denominator):
    assert rate(numerator, denominator) is None


def test_nothing_of_something_is_zero_and_not_missing():
    assert rate(0, 7) == 0


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(5, 100), 0.1), (Fraction(-5, 100), -0.1), (Fraction(200, 3), 66.7), (None, None)]
)
def test_halves_are_rounded_away_from_zero(value, shown):
    assert rounded(value) == shown


@pytest.mark.parametrize(
    ("numbers", "bucket"),
    [
        ([0, 0, 0], None),
        ([], None),
        ([1, 0, 0], 0),
        ([1, 1, 1], 1),
        ([2, 0, 2], 0),
        ([1, 0, 2], 2),
        ([0, 0, 5], 2),
    ],
)
def test_the_median_lies_in_the_bucket_of_the_middle_one(numbers, bucket):
    assert median_bucket(numbers) == bucket


def test_rates_differ_by_points_and_numbers_by_per_cent():
    assert change_of_rate(Fraction(61), Fraction(55)) == Change(Fraction(6))
    assert change_of_number(12, 10) == Change(Fraction(2), Fraction(20))
    assert change_of_number(3, 0) == Change(Fraction(3), None)


def test_what_is_missing_is_not_compared():
    assert change_of_rate(None, Fraction(5)) is change_of_rate(Fraction(5), None) is change_of_number(None, 3) is None


def test_a_target_without_a_figure_or_a_direction_is_neither_reached_nor_missed():
    assert reaches(None, Fraction(50), higher_is_better=True) is None
    assert reaches(Fraction(60), Fraction(50), higher_is_better=None) is None
    assert reaches(Fraction(60), Fraction(50), higher_is_better=True) is True
    assert reaches(Fraction(60), Fraction(50), higher_is_better=False) is False
