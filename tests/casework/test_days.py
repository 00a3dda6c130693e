"""Chinese working days, the promise's clock, desks and routes: the plain rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.casework import queries
from services.casework.models import DayException
from services.casework.rules import desks, promise, routes
from services.casework.rules.days import Calendar, add_working_days, working_days_between
from services.casework.rules.desks import Place
from services.casework.rules.promise import Change
from services.organizations.enums import Kind

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
PLAIN = Calendar()


@pytest.mark.django_db
class TestCalendar:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2026, 2, 14), True),  # a Saturday that is worked before the Spring Festival
            (date(2026, 2, 16), False),  # a Monday of the Spring Festival
            (date(2026, 3, 2), True),
            (date(2026, 3, 7), False),
            (date(2026, 10, 1), False),
        ],
    )
    def test_the_yearly_arrangement_counts(self, day, works):
        assert queries.calendar().is_working(day) is works

    def test_an_exception_kept_by_staff_wins(self):
        DayException.objects.create(day=date(2026, 3, 2), working=False, name="示例")
        DayException.objects.create(day=date(2026, 3, 7), working=True)
        calendar = queries.calendar()
        assert (calendar.is_working(date(2026, 3, 2)), calendar.is_working(date(2026, 3, 7))) == (False, True)

    def test_over_the_spring_festival_five_days_take_nearly_two_weeks(self):
        assert add_working_days(date(2026, 2, 13), 5, queries.calendar()) == date(2026, 2, 27)

    def test_a_year_not_announced_yet_counts_monday_to_friday_and_says_so(self):
        calendar, far = queries.calendar(), max(queries.calendar().known) + 5
        monday = date(far, 10, 1) + timedelta(days=-date(far, 10, 1).weekday() % 7)
        assert add_working_days(monday, 5, calendar) == monday + timedelta(days=7)
        assert calendar.is_provisional(monday, monday)
        assert not calendar.is_provisional(date(2026, 1, 1), date(2026, 12, 31))


@settings(deadline=None)
@given(DAYS, st.integers(0, 60), st.dictionaries(DAYS, st.booleans(), max_size=20))
def test_counting_forth_and_back_agree(start, days, exceptions):
    calendar = Calendar(exceptions=exceptions)
    end = add_working_days(start, days, calendar)
    assert working_days_between(start, end, calendar) == days
    assert days == 0 or calendar.is_working(end)


@settings(deadline=None)
@given(
    DAYS, DAYS, st.frozensets(DAYS, max_size=30), st.frozensets(DAYS, max_size=30), st.dictionaries(DAYS, st.booleans())
)
def test_days_between_are_those_counted_one_by_one(start, end, holidays, make_up, exceptions):
    calendar = Calendar(holidays=holidays, make_up=make_up, exceptions=exceptions)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert working_days_between(start, end, calendar) == sum(map(calendar.is_working, days))


def test_the_clock_stands_still_while_it_is_her_turn():
    changes = [Change(date(2026, 3, 2), True), Change(date(2026, 3, 4), False), Change(date(2026, 3, 11), True)]
    assert promise.counted(changes, date(2026, 3, 3), PLAIN) == 1
    assert promise.counted(changes, date(2026, 3, 10), PLAIN) == 2
    assert promise.counted(changes, date(2026, 3, 13), PLAIN) == 4
    assert promise.due_on(changes, 5, PLAIN) == date(2026, 3, 16)
    assert promise.due_on(changes[:2], 5, PLAIN) is None
    assert promise.due_on(changes[:2], 2, PLAIN) == date(2026, 3, 4)


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 15), min_size=1, max_size=6),
    st.integers(1, 25),
    st.dictionaries(st.dates(date(2026, 3, 1), date(2026, 6, 30)), st.booleans(), max_size=20),
)
def test_the_promise_equals_a_recount_day_by_day(lengths, days, exceptions):
    """Spans that run and stand still by turns; each working day is looked at by itself."""
    calendar, start = Calendar(exceptions=exceptions), date(2026, 3, 2)
    changes, day = [], start
    for number, length in enumerate(lengths):
        changes.append(Change(day, number % 2 == 0))
        day += timedelta(days=length)
    running = [start + timedelta(days=n) for n in range(1, 400) if _runs(changes, start + timedelta(days=n))]
    worked = [one for one in running if calendar.is_working(one)]
    assert promise.counted(changes, day, calendar) == len([one for one in worked if one <= day])
    due = promise.due_on(changes, days, calendar)
    assert due == (worked[days - 1] if len(worked) >= days else None)


def _runs(changes: list[Change], day: date) -> bool:
    """Whether the day was counted: the last change before it, as the day of a change belongs to what ends."""
    return [change.runs for change in changes if change.on < day][-1]


CITY, COUNTY, TOWN, UNIT = (
    Place(1, "0001", Kind.CITY_UNION),
    Place(2, "00010001", Kind.COUNTY_UNION),
    Place(3, "000100010001", Kind.TOWNSHIP_UNION),
    Place(4, "0001000100010001", Kind.GRASSROOTS_UNION),
)


def closed(place: Place) -> Place:
    return Place(place.key, place.path, place.kind, open=False)


@pytest.mark.parametrize(
    ("level", "above", "found"),
    [
        (Kind.GRASSROOTS_UNION, [UNIT, TOWN, COUNTY, CITY], (UNIT, True)),
        (Kind.COUNTY_UNION, [UNIT, TOWN, COUNTY, CITY], (COUNTY, True)),
        (Kind.TOWNSHIP_UNION, [UNIT, COUNTY, CITY], (COUNTY, False)),
        (Kind.INDUSTRY_UNION, [UNIT, TOWN, CITY], (CITY, False)),
        (Kind.GRASSROOTS_UNION, [closed(UNIT), TOWN, COUNTY, CITY], (TOWN, False)),
        (Kind.CITY_UNION, [UNIT, TOWN], (TOWN, False)),
        (Kind.CITY_UNION, [closed(CITY)], (closed(CITY), False)),
        (Kind.COUNTY_UNION, [Place(9, "0002", Kind.COUNTY_WF)], (Place(9, "0002", Kind.COUNTY_WF), False)),
    ],
)
def test_a_step_lies_at_its_level_or_the_next_one_up(level, above, found):
    assert desks.desk_for(level, above) == found


@settings(deadline=None)
@given(st.sampled_from(Kind.values), st.lists(st.tuples(st.sampled_from(Kind.values), st.booleans()), min_size=1))
def test_a_step_never_lies_nowhere_nor_at_a_closed_place_while_one_is_open(level, chain):
    depth = len(chain)
    above = [Place(n, "0001" * (depth - n), kind, is_open) for n, (kind, is_open) in enumerate(chain)]
    place, exact = desks.desk_for(level, above)
    assert place in above
    assert place.open or not any(one.open for one in above)
    assert exact == (place.open and place.kind == level)


@pytest.mark.parametrize(
    ("kinds", "faults"),
    [
        (["verify", "approve"], []),
        (["verify", "home_visit", "public_notice", "file", "approve"], []),
        ([], [routes.NO_STEPS]),
        (["approve"], [routes.NO_VERIFY]),
        (["approve", "verify"], [routes.APPROVE_LAST]),
        (["verify", "approve", "approve"], [routes.APPROVE_ONCE]),
        (["verify"], [routes.APPROVE_ONCE, routes.APPROVE_LAST]),
        (["verify", "public_notice", "public_notice", "approve"], [routes.NOTICE_ONCE]),
    ],
)
def test_a_route_says_what_is_wrong_with_it(kinds, faults):
    assert routes.faults(list(enumerate(kinds, start=1))) == faults


def test_steps_are_numbered_without_a_gap():
    assert routes.faults([(1, "verify"), (3, "approve")]) == [routes.GAP]
