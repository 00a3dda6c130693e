"""Null-safe arithmetic, sums, values, validation rules, and numbers of people that nobody recovers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.indicators.rules import checks
from services.indicators.rules.hiding import hidden_places, hidden_splits
from services.indicators.rules.ratios import NOTHING, Part, number, ratio, rounded, together
from services.indicators.rules.values import Bounds, amount_of, judge

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
maybe = st.none() | amounts


@given(maybe, maybe, st.sampled_from([1, 100, 1_000, 100_000]))
def test_a_missing_part_or_a_denominator_of_nought_is_no_data(numerator, denominator, factor):
    found = ratio(numerator, denominator, factor)
    if numerator is None or not denominator:
        assert found is None
    else:
        assert found * Fraction(denominator) == Fraction(numerator) * factor


def test_nought_by_nought_is_neither_nought_nor_a_hundred_per_cent():
    assert ratio(0, 0, 100) is None
    assert ratio(0, 5, 100) == 0
    assert number(None) is None and number(0) == 0


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_goes_away_from_nought_at_the_half(value, decimals):
    found = rounded(value, decimals)
    assert abs(Fraction(found) - value) <= Fraction(1, 2 * 10**decimals)
    assert rounded(-value, decimals) == -found


def test_rounding_as_people_do():
    assert [rounded(Fraction(text), 1) for text in ("93.65", "93.64", "-0.05")] == [
        Decimal("93.7"),
        Decimal("93.6"),
        Decimal("-0.1"),
    ]
    assert rounded(None, 1) is None


parts = st.builds(
    lambda amount, told, absent: Part(amount if told else Decimal(0), int(told), int(absent and not told), 0, 1),
    amounts,
    st.booleans(),
    st.booleans(),
)


@given(st.lists(parts, max_size=12))
def test_a_sum_is_known_only_when_everybody_who_should_has_told(found):
    total = together(found)
    silent = [part for part in found if not part.told and not part.absent]
    told = [part for part in found if part.told]
    if silent or not told:
        assert total.known is None
    else:
        assert total.known == sum(part.amount for part in told)
    assert NOTHING.known is None


@given(st.lists(parts, max_size=8), st.lists(parts, max_size=8))
def test_sums_of_sums_are_sums(first, second):
    assert together([together(first), together(second)]) == together([*first, *second])


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=8))
def test_a_rate_above_is_made_of_sums_and_not_of_rates(counties):
    above = together(Part(Decimal(top), 1, 0, 0, 1) for top, _bottom in counties)
    below = together(Part(Decimal(bottom), 1, 0, 0, 1) for _top, bottom in counties)
    expected = Fraction(100 * sum(top for top, _b in counties), sum(bottom for _t, bottom in counties))
    assert ratio(above.known, below.known, 100) == expected


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,234.5", "1234.5"), ("12", "12"), (3.1, "3.1"), ("1,000", "1000"), (" 7 ", "7"), (0, "0")],
)
def test_numbers_as_people_write_them(typed, amount):
    assert amount_of(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["很多", "1e400", "NaN", "12人", "1.2.3"])
def test_what_is_no_number_is_said(typed):
    with pytest.raises(ValueError):
        amount_of(typed)
    assert amount_of("") is None and amount_of(None) is None


@pytest.mark.parametrize(
    ("amount", "status", "wanted", "wrong"),
    [
        (None, "", ("", None), None),
        ("5", "", ("reported", "5"), None),
        ("0", "", ("zero", "0"), None),
        ("0", "reported", ("zero", "0"), None),
        (None, "zero", ("zero", "0"), None),
        ("5", "estimated", ("estimated", "5"), None),
        (None, "missing_late", ("missing_late", None), None),
        ("5", "missing_late", None, "amount_but_missing"),
        ("5", "zero", None, "zero_but_amount"),
        (None, "reported", None, "amount_missing"),
        ("5", "made_up", None, "status_unknown"),
        ("5.5", "", None, "not_whole"),
        ("-1", "", None, "too_low"),
        ("101", "", None, "too_high"),
    ],
)
def test_nought_is_said_and_missing_has_a_cause(amount, status, wanted, wrong):
    bounds = Bounds(0, Decimal(0), Decimal(100))
    said, faults = judge(None if amount is None else Decimal(amount), status, bounds)
    assert [fault.code for fault in faults] == ([wrong] if wrong else [])
    if wanted:
        assert (said.status, said.amount) == (wanted[0], None if wanted[1] is None else Decimal(wanted[1]))


def rule(strategy, left="a + b", operator="<=", right="c") -> checks.Check:
    return checks.Check("示例", checks.side(left), operator, checks.side(right), strategy)


@pytest.mark.parametrize(
    ("strategy", "now", "breaks"),
    [
        ("skip_any", {"a": 3, "b": 4, "c": 6}, True),
        ("skip_any", {"a": 3, "b": 4, "c": 7}, False),
        ("skip_any", {"a": 9, "b": None, "c": 6}, False),
        ("skip_all", {"a": 9, "b": None, "c": 6}, True),
        ("skip_all", {"a": None, "b": None, "c": None}, False),
        ("as_zero", {"a": 9, "b": None, "c": None}, True),
        ("as_zero", {"a": None, "b": None, "c": None}, False),
    ],
)
def test_what_a_missing_value_does_is_data(strategy, now, breaks):
    found = checks.broken(rule(strategy), {key: None if one is None else Decimal(one) for key, one in now.items()})
    assert bool(found) is breaks


@pytest.mark.parametrize(
    ("operator", "holds"),
    [("<=", (1, 2)), ("<", (1,)), (">=", (2, 3)), (">", (3,)), ("=", (2,)), ("<>", (1, 3))],
)
def test_every_operator(operator, holds):
    check = rule("skip_any", "a", operator, "2")
    assert [n for n in (1, 2, 3) if checks.broken(check, {"a": Decimal(n)}) is None] == list(holds)


def test_a_change_is_asked_of_numbers_alone():
    check = checks.Check("示例", checks.side("a"), kind="change", limit=Decimal(30))
    said = [
        bool(checks.broken(check, {"a": now}, {"a": before}))
        for now, before in ((131, 100), (130, 100), (69, 100), (None, 100), (5, None), (5, 0))
    ]
    assert said == [True, False, True, False, False, False]


@pytest.mark.parametrize("text", ["", "a b", "a +", "a * b", "1 2", "; drop"])
def test_a_side_is_a_sum_of_codes_and_numbers(text):
    with pytest.raises(checks.Unreadable):
        checks.side(text)


THRESHOLD = 5
TREES = st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=5), min_size=1, max_size=5)


def _grown(counties: list[list[int]]):
    below, counts = {"t": [f"c{n}" for n in range(len(counties))]}, {}
    for n, towns in enumerate(counties):
        below[f"c{n}"] = [f"c{n}.{m}" for m in range(len(towns))]
        counts |= {f"c{n}.{m}": count for m, count in enumerate(towns)}
        counts[f"c{n}"] = sum(towns)
    counts["t"] = sum(map(sum, counties))
    return below, counts


def _widest(below, counts, hidden, place) -> tuple[int, int]:
    """Bounds of a hidden number from everything that is shown, one table at a time, upwards and downwards."""
    low, high = 0, max(counts.values())
    for above, parts in below.items():
        if place in parts and above not in hidden:
            rest = [part for part in parts if part in hidden and part != place]
            left = counts[above] - sum(counts[part] for part in parts if part not in hidden)
            high = min(high, left)
            if not rest:
                low = left
    known = [counts[part] for part in below.get(place, ()) if part not in hidden]
    low = max(low, sum(known))
    if below.get(place) and len(known) == len(below[place]):
        return sum(known), sum(known)
    return low, high


@given(TREES)
def test_nobody_recovers_a_small_number_from_all_tables_together(counties):
    below, counts = _grown(counties)
    hidden = hidden_places("t", below, counts, THRESHOLD)
    for place, count in counts.items():
        if 0 < count < THRESHOLD:
            assert place in hidden
            low, high = _widest(below, counts, hidden, place)
            assert low < high, (place, low, high)
    for place in hidden:
        assert set(below.get(place, ())) <= hidden | {child for child in below.get(place, ()) if child not in counts}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=6))
def test_a_row_of_a_split_is_shown_whole_or_not_at_all_and_the_rest_adds_up_to_enough(rows):
    names = [f"c{n}" for n in range(len(rows))]
    every = dict(zip(names, rows, strict=True)) | {"t": (sum(f for f, _m in rows), sum(m for _f, m in rows))}
    hidden = hidden_splits("t", {"t": names}, every, THRESHOLD)
    for name, row in every.items():
        if name not in hidden:
            filled = [cell for cell in row if cell]
            assert not filled or (len(filled) > 1 and min(filled) >= THRESHOLD)
    left = [every[name] for name in names if name in hidden]
    if left and "t" not in hidden:
        together = [sum(cells) for cells in zip(*left, strict=True)]
        assert all(cell == 0 or cell >= THRESHOLD for cell in together)
