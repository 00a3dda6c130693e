"""The rules of the homes: what adds up, who must sit where, who may work on a day, what is late."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.childrens_homes.enums import (
    ApplicationState,
    Education,
    HomeState,
    LetterState,
    PlanState,
)
from services.childrens_homes.rules import areas, census, committees, letters, milestones, people, plans, readiness
from services.childrens_homes.wording import findings as wording
from services.childrens_homes.wording import verbs
from services.childrens_homes.workflow import APPLICATION, HOME, LETTER, PLAN, edge, verbs_from
from services.foundation.verdict import Outcome

TARGETS = {"school": 97, "preschool": 3}


def test_97_and_3_pass_and_nothing_else_does():
    assert all(one.passed for one in plans.adds_up(["school"] * 97 + ["preschool"] * 3, TARGETS))
    found = plans.adds_up(["school"] * 98 + ["preschool"] * 2, TARGETS)
    assert [(one.code, one.passed, one.figures["lines"]) for one in found] == [
        ("target_school", False, 98),
        ("target_preschool", False, 2),
    ]


def _lines(code: int) -> dict[int, int]:
    """Six hosts, each with one of two lines or none, from one number."""
    digits = {host: code // 3**host % 3 for host in range(6)}
    return {host: what for host, what in digits.items() if what}


@given(st.integers(0, 3**6 - 1), st.integers(0, 3**6 - 1))
def test_a_difference_applied_to_the_earlier_version_gives_the_later(one, other):
    before, after = _lines(one), _lines(other)
    found = plans.difference(before, after)
    rebuilt = {host: what for host, what in before.items() if host not in found.dropped}
    rebuilt |= {host: after[host] for host in (*found.added, *found.changed)}
    assert rebuilt == after
    assert not set(found.added) & set(before) and not set(found.dropped) & set(after)


@pytest.mark.parametrize(
    ("area", "fault"), [("4000", areas.TOO_LARGE), ("0", areas.NO_AREA), ("-3", areas.NO_AREA), ("48", ""), ("500", "")]
)
def test_an_area_that_cannot_be_meant(area, fault):
    assert areas.fault_of(Decimal(area), Decimal(500)) == fault


def test_the_bound_itself_is_enough_and_what_isnt_stated_is_unknown():
    assert areas.enough(Decimal("100"), Decimal(100)) is True
    assert areas.enough(Decimal("99.99"), Decimal(100)) is False
    assert areas.enough(None, Decimal(100)) is None


def test_v3_a_school_home_is_headed_by_the_township_and_has_both_deputies():
    seats = [("chair", "township_deputy"), ("vice", "township_wf_chair"), ("vice", "school_head")]
    assert not committees.missing_seats("school", seats)
    assert committees.missing_seats("school", seats[:2]).deputies == ("school_head",)
    assert committees.missing_seats("school", [("chair", "school_head"), *seats[1:]]).heads == ("township_deputy",)


@pytest.mark.parametrize("head", ["village_party_sec", "village_director"])
def test_v3_a_home_below_school_age_is_headed_by_one_of_two_posts(head):
    seats = [("chair", head), ("vice", "village_women_head"), ("vice", "kindergarten_head")]
    assert not committees.missing_seats("preschool", seats)
    at_school = [("chair", head), ("vice", "village_women_head"), ("vice", "school_head")]
    assert committees.missing_seats("preschool", at_school)
    assert not committees.missing_seats("preschool", at_school, at_school=True)


def test_education_rises_in_the_order_of_the_choices():
    assert tuple(Education.values) == people.EDUCATION
    assert people.educated_enough("college", "college") and not people.educated_enough("secondary_voc", "college")


@pytest.mark.parametrize(
    ("checked", "last"),
    [
        (date(2026, 3, 8), date(2027, 3, 7)),
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2026, 12, 1), date(2027, 11, 30)),
    ],
)
def test_a_check_counts_for_twelve_months(checked, last):
    assert people.last_day_of_check(checked, 12) == last


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 36))
def test_a_check_never_counts_longer_than_its_months(checked, months):
    last = people.last_day_of_check(checked, months)
    assert checked < last <= checked + timedelta(days=31 * months)


def test_v7_the_latest_check_known_on_the_day_decides():
    day, warn = date(2026, 6, 1), timedelta(days=30)
    good = (date(2026, 1, 1), "cleared", date(2026, 12, 31))
    assert people.vetting_on(day, [], warn=warn) == "never"
    assert people.vetting_on(day, [good], warn=warn) == "cleared"
    assert people.vetting_on(date(2026, 12, 15), [good], warn=warn) == "expiring"
    assert people.vetting_on(date(2027, 1, 1), [good], warn=warn) == "expired"
    bad = (date(2026, 5, 1), "not_cleared", date(2027, 4, 30))
    assert people.vetting_on(day, [good, bad], warn=warn) == "not_cleared"
    assert people.vetting_on(date(2026, 4, 30), [good, bad], warn=warn) == "cleared"
    assert people.vetting_on(date(2025, 12, 31), [good], warn=warn) == "never"
    assert [one for one in ("never", "cleared", "expiring", "expired", "not_cleared") if people.may_work(one)] == [
        "cleared",
        "expiring",
    ]


def test_milestones_are_late_only_after_the_day():
    spoken = {"begins": date(2026, 10, 1), "due": date(2026, 10, 10)}
    assert milestones.standing(**spoken, done=None, today=date(2026, 10, 10)) == milestones.OPEN
    assert milestones.standing(**spoken, done=None, today=date(2026, 10, 11)) == milestones.LATE
    assert milestones.standing(**spoken, done=None, today=date(2026, 9, 30)) == milestones.AHEAD
    assert milestones.standing(**spoken, done=date(2026, 10, 11), today=date(2026, 10, 11)) == milestones.DONE_LATE


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 200))
def test_a_bar_stays_on_its_line(begins, days):
    begin, length = milestones.share(begins, begins + timedelta(days=days), date(2026, 1, 1), date(2026, 12, 31))
    assert 0 <= begin <= 99 and length >= 1 and begin + length <= 100


def test_v9_only_a_signed_letter_above_closes_the_chain():
    assert not letters.gap(None, top=True)
    assert [state for state in LetterState if not letters.gap(state, top=False)] == [
        LetterState.SIGNED_BOTH,
        LetterState.FULFILLED,
        LetterState.BREACHED,
    ]
    assert letters.unsigned([None, "draft", "signed_both"]) == 2


def test_coverage_is_never_made_up():
    assert census.coverage(None, 50, [1]).rate is None
    assert census.coverage(0, 0, [1]).rate is None
    assert census.coverage(0, 50, [1]).rate == Decimal("0.0")
    assert census.coverage(1, 3, [1, 2]) == census.Coverage(1, 3, Decimal("33.3"), True)


def test_the_same_children_counted_three_times():
    assert census.faults(boys=3, girls=2, ages=[1, 2, 2], parents=[5, 0]) == []
    assert census.faults(boys=3, girls=2, ages=[1, 2, 3], parents=[4, 0]) == ["ages", "parents"]


COMPLETE = readiness.Known(
    profile="school",
    room_m2=Decimal(40),
    outdoor_m2=Decimal(100),
    internet=True,
    safe=True,
    committee=[("chair", "township_deputy"), ("vice", "township_wf_chair"), ("vice", "school_head")],
    on_wall=readiness.WALL,
    written=readiness.PLANS,
    teachers=1,
    education=["college"],
    equipment=True,
)


def _codes(known, *outcomes) -> list[str]:
    return [one.code for one in readiness.readiness(known, readiness.Asked()) if one.outcome in outcomes]


def test_a_home_that_has_everything_is_ready():
    found = readiness.readiness(COMPLETE, readiness.Asked())
    assert [one.code for one in found] == list(readiness.CODES) and readiness.ready(found)


def test_what_isnt_stated_is_unknown_and_never_failed():

    blank = replace(COMPLETE, room_m2=None, outdoor_m2=None, internet=None, safe=None, education=[], equipment=None)
    assert _codes(blank, Outcome.FAILED) == []
    assert _codes(blank, Outcome.UNKNOWN) == ["room", "outdoor", "internet", "safety", "education", "equipment"]


def test_a_home_below_school_age_isnt_asked_for_the_internet():
    small = readiness.Known(profile="preschool")
    assert "internet" not in {one.code for one in readiness.readiness(small, readiness.Asked())}


def test_v4_a_third_teacher_is_a_notice_and_none_is_a_failure():

    assert _codes(replace(COMPLETE, teachers=3), Outcome.NOTE) == ["teachers"]
    assert _codes(replace(COMPLETE, teachers=0), Outcome.FAILED) == ["teachers"]


def test_v5_managers_have_the_education_of_the_profile():

    low = replace(COMPLETE, education=["secondary_voc"])
    assert _codes(low, Outcome.FAILED) == ["education"]
    assert "education" not in _codes(replace(low, profile="preschool"), Outcome.FAILED)


@pytest.mark.usefixtures("db")
def test_every_finding_has_words_a_mark_and_a_heading():
    assert wording.codes() == set(readiness.CODES) == set(wording.TITLES)
    blank = readiness.Known(profile="school")
    for known in (COMPLETE, blank):
        for one in readiness.readiness(known, readiness.Asked()):
            said = wording.shown(one)
            assert said["words"].rule and said["words"].value and said["mark"] and said["outcome"]
            assert bool(said["words"].remedy) != said["passed"]


@pytest.mark.parametrize(
    ("table", "states", "words"),
    [
        (APPLICATION, set(ApplicationState.values), verbs.APPLICATION),
        (PLAN, set(PlanState.values), verbs.PLAN),
        (LETTER, set(LetterState.values), verbs.LETTER),
        (HOME, set(HomeState.values), verbs.HOME),
    ],
)
def test_tables_name_known_states_once_and_every_verb_has_words(table, states, words):
    assert {one.origin for one in table} | {one.target for one in table} <= states
    assert len({(one.origin, one.verb) for one in table}) == len(table)
    # Taken by an approval or a later version, never by a button.
    assert {one.verb for one in table} - set(words) <= {"include", "replace"}
    assert edge(table, "nowhere", "fly") is None and verbs_from(table, "nowhere") == []
