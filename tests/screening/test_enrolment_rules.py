"""The plan of a group and the recogniser of preferred dates: pure rules, tried with whatever hypothesis thinks of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.bookings.rules import Pot
from services.screening.rules.enrolment import (
    NO_DAY,
    NO_POT,
    NO_SESSION,
    NOT_TOGETHER,
    Candidate,
    Placement,
    Slot,
    place,
)
from services.screening.rules.preferred_dates import Preference, read_wishes

FIRST = date(2026, 12, 1)
TODAY = date(2026, 11, 24)
DAYS = [FIRST + timedelta(days=n) for n in range(4)]


def slot(key: int, day: date = FIRST, *, half: str = "am", site: int = 1, left: int = 1) -> Slot:
    starts = datetime(day.year, day.month, day.day, 1 if half == "am" else 6, tzinfo=UTC)
    return Slot(key, starts, day, half, site, left)


def woman(key: int, *, pots=(1,), wishes=(), days=frozenset(DAYS)) -> Candidate:
    return Candidate(key, frozenset(days).__contains__, tuple(pots), tuple(wishes))


preferences = st.builds(
    Preference,
    day=st.one_of(st.none(), st.sampled_from(DAYS)),
    weekday=st.one_of(st.none(), st.integers(0, 6)),
    half=st.sampled_from(["", "am", "pm"]),
)


@st.composite
def groups(draw):
    slots = [
        slot(key, draw(st.sampled_from(DAYS)), half=draw(st.sampled_from(["am", "pm"])), site=draw(st.integers(1, 2)))
        for key in range(draw(st.integers(0, 5)))
    ]
    slots = [Slot(s.key, s.starts, s.day, s.half, s.site, draw(st.integers(0, 3))) for s in slots]
    pots = [Pot(key, "0001", draw(st.integers(0, 4))) for key in range(1, draw(st.integers(1, 3)) + 1)]
    women = [
        woman(
            key,
            pots=draw(st.lists(st.sampled_from([pot.pk for pot in pots]), unique=True, max_size=3)),
            wishes=draw(st.lists(preferences, max_size=3)),
            days=draw(st.sets(st.sampled_from(DAYS))),
        )
        for key in range(draw(st.integers(0, 9)))
    ]
    return women, slots, pots


@given(group=groups(), together=st.booleans())
def test_no_plan_takes_more_than_there_is_and_nobody_is_left_without_an_answer(group, together):
    women, slots, pots = group
    plan = place(women, slots, pots, together=together)
    assert list(plan) == [her.key for her in women]
    by_key = {one.key: one for one in slots}
    for one in slots:
        assert sum(found.slot == one.key for found in plan.values()) <= one.left
    for pot in pots:
        assert sum(found.pot == pot.pk for found in plan.values()) <= pot.left
    for her in women:
        found = plan[her.key]
        assert (found.slot is None) == (found.pot is None) == bool(found.why)
        if found.slot is None:
            assert found.why in (NO_DAY, NO_SESSION, NO_POT, NOT_TOGETHER)
            continue
        its = by_key[found.slot]
        assert her.admits(its.day)
        assert found.pot in her.pots
        if found.wish is not None:
            assert her.wishes[found.wish].suits(its.day, its.half)
    if together:
        assert len({(by_key[f.slot].day, by_key[f.slot].site) for f in plan.values() if f.slot is not None}) <= 1


@given(group=groups(), together=st.booleans())
def test_the_same_group_gives_the_same_plan_whatever_the_order_of_sessions_and_pots(group, together):
    women, slots, pots = group
    assert place(women, slots, pots, together=together) == place(women, slots[::-1], pots[::-1], together=together)


@given(group=groups())
def test_nobody_is_left_out_while_a_place_that_suits_her_stays_empty(group):
    women, slots, pots = group
    plan = place(women, slots, pots)
    room = {one.key: one.left - sum(found.slot == one.key for found in plan.values()) for one in slots}
    funds = {pot.pk: pot.left - sum(found.pot == pot.pk for found in plan.values()) for pot in pots}
    for her in women:
        if plan[her.key].slot is None:
            seat = any(room[one.key] > 0 and her.admits(one.day) for one in slots)
            assert not (seat and any(funds[pot] > 0 for pot in her.pots))


@given(group=groups())
def test_a_wish_that_could_still_be_kept_is_never_passed_over(group):
    """Who sits elsewhere finds every session of her first wish full."""
    women, slots, pots = group
    plan = place(women, slots, pots)
    room = {one.key: one.left - sum(found.slot == one.key for found in plan.values()) for one in slots}
    for her in women:
        found = plan[her.key]
        if her.wishes and found.slot is not None and found.wish != 0:
            suiting = [one for one in slots if her.wishes[0].suits(one.day, one.half) and her.admits(one.day)]
            assert all(room[one.key] == 0 for one in suiting)


def test_first_wishes_come_before_second_ones_and_before_women_without_a_wish():
    first, second = Preference(day=DAYS[0]), Preference(day=DAYS[1])
    slots = [slot(1, DAYS[0]), slot(2, DAYS[1]), slot(3, DAYS[2])]
    plan = place([woman(1), woman(2, wishes=[first, second]), woman(3, wishes=[second])], slots, [Pot(1, "", 9)])
    assert plan == {1: Placement(3, 1, None), 2: Placement(1, 1, 0), 3: Placement(2, 1, 0)}


def test_without_room_on_her_day_the_nearest_is_taken():
    slots = [slot(1, DAYS[0]), slot(2, DAYS[2])]
    plan = place([woman(1, wishes=[Preference(day=DAYS[3])])], slots, [Pot(1, "", 9)])
    assert plan[1] == Placement(2, 1, None)


def test_the_order_of_the_list_decides_who_is_served_while_places_are_short():
    slots = [slot(1, DAYS[0], left=9)]
    plan = place([woman(1), woman(2, wishes=[Preference(day=DAYS[0])])], slots, [Pot(1, "", 1)])
    assert [plan[1].slot, plan[2].why] == [1, NO_POT]


def test_who_finds_no_session_gives_her_place_back_to_the_next_on_the_list():
    slots = [slot(1, DAYS[0], left=9), slot(2, DAYS[1], left=0)]
    plan = place([woman(1, days=[DAYS[1]]), woman(2)], slots, [Pot(1, "", 1)])
    assert [plan[1].why, plan[2].slot] == [NO_SESSION, 1]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("12月3日上午, 12/5, 周三", [("2026-12-03", None, "am"), ("2026-12-05", None, ""), (None, 2, "")]),
        ("12月3、5日", [("2026-12-03", None, ""), ("2026-12-05", None, "")]),
        ("12月3日-5日", [(f"2026-12-0{n}", None, "") for n in (3, 4, 5)]),
        ("2026/12/5或12/7", [("2026-12-05", None, ""), ("2026-12-07", None, "")]),
        ("12月3日（周四）9:00", [("2026-12-03", None, "am")]),
        ("1/5", [("2027-01-05", None, "")]),
        ("周末下午", [(None, 5, "pm"), (None, 6, "pm")]),
        ("Wednesday morning", [(None, 2, "am")]),
        (12.5, [("2026-12-05", None, "")]),
        (date(2026, 12, 3), [("2026-12-03", None, "")]),
        (46359, [("2026-12-03", None, "")]),
        ("不限", []),
        (None, []),
    ],
)
def test_what_clerks_write_is_read(said, found):
    wishes = read_wishes(said, today=TODAY)
    assert [(w.day and w.day.isoformat(), w.weekday, w.half) for w in wishes.preferences] == found
    assert wishes.unread == ()


@pytest.mark.parametrize("said", ["下周三", "25/12", "12月3日周五", "改天", "11月23日", "2025-12-03", 12.1, "2月30日"])
def test_what_could_mean_two_things_or_lies_behind_is_handed_back(said):
    wishes = read_wishes(said, today=TODAY)
    assert wishes.preferences == ()
    assert wishes.unread


@given(said=st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.dates()))
def test_no_cell_breaks_the_recogniser(said):
    wishes = read_wishes(said, today=TODAY)
    assert all(wish.day is None or wish.day >= TODAY for wish in wishes.preferences)
    assert [Preference.from_json(wish.as_json()) for wish in wishes.preferences] == list(wishes.preferences)


@pytest.mark.parametrize("written", ["30/2", "2026/13/40", "99/99"])
def test_a_date_that_cannot_be_read_is_handed_back_as_it_was_written(written):
    assert read_wishes(f"{written}, 下午", today=TODAY).unread == (written,)
