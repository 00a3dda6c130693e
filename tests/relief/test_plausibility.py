"""What a household's file can't say: each fault at its row and field, in words (§3.4)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.relief import wording
from services.relief.rules.plausibility import Amount, Person, household_faults

TODAY = date(2026, 3, 8)
HER = Person("self", "示例甲", date(1985, 1, 1), identity="her")


def faults(*others, incoming=(), outgoing=(), declared=None, herself=HER):
    money = [[Amount(None if a is None else Decimal(a)) for a in part] for part in (incoming, outgoing)]
    found = household_faults([herself, *others], *money, on=TODAY, declared_persons=declared)
    assert all(wording.fault(one) for one in found)
    return [(one.code, one.part, one.index, one.field) for one in found]


def child(born, **more):
    return Person("child", "示例乙", born, **more)


def test_a_usual_household_has_no_fault():
    people = (child(date(2012, 5, 1)), Person("parent", "示例丙", date(1955, 1, 1)))
    assert faults(*people, incoming=["36000.50", 0], outgoing=[1200], declared=3) == []


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (child(date(1985, 1, 1)), "child_older_than_parent"),
        (child(date(1980, 1, 1)), "child_older_than_parent"),
        (Person("grandchild", "示例", date(1980, 1, 1)), "child_older_than_parent"),
        (Person("parent", "示例", date(1990, 1, 1)), "parent_younger_than_child"),
        (Person("parent_in_law", "示例", date(1985, 1, 1)), "parent_younger_than_child"),
        (child(TODAY + timedelta(days=1)), "born_in_future"),
        (Person("grandparent", "示例", date(1900, 1, 1)), "too_old"),
        (child(None), "birth_date_missing"),
        (child(date(2012, 5, 1), number_born=date(2012, 5, 2)), "birth_date_against_number"),
    ],
)
def test_dates_of_birth_that_cannot_be(person, code):
    assert faults(person) == [(code, "members", 1, "birth_date")]


def test_born_today_is_fine():
    assert faults(child(TODAY)) == []


def test_the_same_person_twice_by_number_or_by_name_and_birth():
    twice = child(date(2012, 5, 1), identity="x"), child(date(2013, 5, 1), identity="x")
    assert faults(*twice) == [("member_twice", "members", n, "id_number") for n in (1, 2)]
    assert faults(child(date(2012, 5, 1)), child(date(2012, 5, 1)))[0] == ("member_twice", "members", 1, "name")


def test_she_herself_stands_in_the_list_exactly_once():
    assert faults(herself=child(date(2012, 5, 1))) == [("herself_once", "household", None, "relation")]
    again = Person("self", "示例丁", date(1986, 1, 1))
    assert ("herself_once", "household", None, "relation") in faults(again)


def test_the_number_who_live_together_is_the_number_listed():
    away = child(date(2005, 5, 1), lives_with=False)
    assert faults(away, declared=1) == []
    assert faults(away, declared=2) == [("persons_differ", "household", None, "persons")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-0.01", "amount_negative"),
        ("2000000.01", "amount_impossible"),
        ("NaN", "amount_unreadable"),
        ("Infinity", "amount_unreadable"),
        (None, "amount_unreadable"),
        ("1.001", "amount_below_fen"),
    ],
)
def test_amounts_that_cannot_be(typed, code):
    assert faults(incoming=["0", typed]) == [(code, "incoming", 1, "yearly")]
    assert faults(outgoing=[typed]) == [(code, "outgoing", 0, "yearly")]


def test_lines_that_are_possible_alone_and_not_together():
    assert ("household_impossible", "incoming", None, "") in faults(incoming=[2_000_000] * 3)


def test_money_belongs_to_somebody_of_the_household():
    found = household_faults([HER], [Amount(Decimal(1), member=1)], [], on=TODAY)
    assert [(one.code, one.index, one.field) for one in found] == [("not_a_member", 0, "member")]
