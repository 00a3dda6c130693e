"""The rules of the view: ranking, targets, net moves."""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from services.coverage.rules.moves import GAINED, LOST, moved
from services.coverage.rules.ranking import missing_for, ranked
from services.coverage.rules.subjects import may_be_reminded_from

_entry = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: (min(two), max(two)))


@given(st.lists(_entry, max_size=12), st.integers(1, 40))
def test_a_place_is_one_more_than_the_number_of_those_who_are_better(parts, least):
    entries = [(number, part, whole) for number, (part, whole) in enumerate(parts)]
    found = ranked(entries, least=least)
    assert sorted((one.key, one.part, one.whole) for one in found) == sorted(entries)
    compared = [one for one in found if one.whole >= least]
    for one in found:
        better = sum(other.rate > one.rate for other in compared) if one in compared else None
        assert one.place == (None if better is None else better + 1)
    assert [one.place is None for one in found] == sorted(one.place is None for one in found)


@given(_entry, st.fractions(0, 100))
def test_what_is_missing_for_a_target_is_just_enough(entry, aim):
    part, whole = entry
    missing = missing_for(part, whole, aim)
    assert 100 * (part + missing) >= aim * whole
    assert missing == 0 or 100 * (part + missing - 1) < aim * whole


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["yes", "no", "unknown", ""])), max_size=20))
def test_moves_are_the_difference_between_the_beginning_and_the_end(steps):
    now, changes = {1: "no", 2: "yes", 3: "unknown"}, []
    before = dict(now)
    for union, value in steps:
        if now[union] != value:
            changes.append(SimpleNamespace(organization_id=union, was=now[union], now=value))
            now[union] = value
    found = {one.key: one.way for one in moved(changes)}
    assert found == {
        union: GAINED if now[union] == "yes" else LOST
        for union in now
        if (before[union] == "yes") != (now[union] == "yes")
    }


def test_a_reminder_may_be_repeated_after_so_many_days():
    assert may_be_reminded_from(date(2026, 11, 20), days=14) == date(2026, 12, 4)
    assert may_be_reminded_from(None, days=14) is None


def test_equal_rates_share_a_place():
    assert [one.place for one in ranked([("a", 1, 2), ("b", 2, 4), ("c", 0, 9)], least=1)] == [1, 1, 3]
    assert ranked([("a", 1, 2)], least=1)[0].rate == Fraction(50)
