"""A household's file: what is typed is checked at once, nothing is lost, one person stands in one file."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.relief import errors
from services.relief.actions import files
from services.relief.forms import household as forms
from services.relief.models import Household, Member
from services.relief.rules.typed import TypedMember, TypedMoney
from tests.factories.households import PARTICULARS, drafted, filled, members_of, relief_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


@pytest.fixture
def household(world):
    return drafted(world).household


def _save(world, household, members, *, seen=None, by=None):
    return files.save_members(
        household, members, by=by or world.her.user, now=world.now, seen=household.version if seen is None else seen
    )


def _faults(refused) -> set[tuple]:
    return {(fault.code, fault.index, fault.field) for fault in refused.value.faults}


def test_a_new_file_holds_herself_and_nothing_else(world, household):
    (her,) = household.members.all()
    assert (her.relation, her.id_number, household.state) == ("self", world.her.id_number, "draft")


def test_members_are_kept_sealed_and_come_back_as_typed(world, household):
    _save(world, household, members_of(world))
    assert [member.relation for member in household.members.all()] == ["self", "spouse", "child"]
    assert household.members.get(relation="child").particulars["school_stage"] == "college"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"birth_date": timezone.localdate() + timedelta(days=30), "id_number": ""}, "born_in_future"),
        ({"birth_date": date(1950, 1, 1), "id_number": ""}, "child_older_than_parent"),
        ({"birth_date": date(1890, 1, 1), "id_number": ""}, "too_old"),
        ({"id_number": "12345"}, "number_shape"),
        ({"id_number": "990000120901123"}, "number_fifteen"),
        ({"birth_date": date(2011, 1, 1)}, "birth_date_against_number"),
        ({"particulars": {"work": "at_school"}}, "no_school_stage"),
        ({"name": " "}, "no_name"),
    ],
)
def test_what_cant_be_is_refused_beside_its_field(world, household, changes, fault):
    with pytest.raises(errors.FileInvalid) as refused:
        _save(world, household, members_of(world, **changes))
    assert fault in {found.code for found in refused.value.faults}
    assert {found.index for found in refused.value.faults} == {1}
    assert household.members.count() == 1
    assert all(str(forms.words(found)) for found in refused.value.faults)


def test_all_faults_are_said_at_once(world, household):
    spouse, child = members_of(world, birth_date=date(1950, 1, 1), id_number="")
    with pytest.raises(errors.FileInvalid) as refused:
        _save(world, household, [replace(spouse, name=""), child, spouse])
    assert {("no_name", 0, "name"), ("child_older_than_parent", 1, "birth_date")} <= _faults(refused)
    assert ("second_spouse", 2, "relation") in _faults(refused)


def test_an_empty_number_keeps_the_stored_one(world, household):
    household = _save(world, household, members_of(world))
    spouse = household.members.get(relation="spouse")
    typed = TypedMember("spouse", "示例庚", spouse.birth_date, "", {"work": "retired", "health": "well"}, key=spouse.pk)
    _save(world, household, [typed])
    kept = household.members.get(relation="spouse")
    assert (kept.pk, kept.name, kept.id_number) == (spouse.pk, "示例庚", spouse.id_number)
    assert not household.members.filter(relation="child").exists()


def test_numbers_of_two_members_can_be_swapped(world, household):
    household = _save(world, household, members_of(world))
    spouse, child = household.members.get(relation="spouse"), household.members.get(relation="child")
    rows = [
        TypedMember("child", child.name, spouse.birth_date, spouse.id_number, key=child.pk),
        TypedMember("parent", spouse.name, child.birth_date, child.id_number, key=spouse.pk),
    ]
    rows = [replace(row, relation="other") for row in rows]
    _save(world, household, rows)
    assert household.members.get(pk=child.pk).id_number == spouse.id_number


def test_nobody_stands_in_two_live_files_and_the_refusal_names_only_whom_to_contact(world, household):
    members = members_of(world)
    _save(world, household, members)
    other = drafted(world, world.woman("unit_c")).household
    with pytest.raises(errors.AnotherFile) as refused:
        files.save_members(other, members[:1], by=other.worker.user, now=world.now, seen=other.version)
    said = refused.value.message(staff=True)
    assert refused.value.row == 0
    assert world.tree["unit_a"].name in said
    assert not any(secret in said for secret in (members[0].id_number, "示例丁", household.number))


def test_a_woman_listed_in_another_file_cant_begin_her_own(world, household):
    sister = world.woman("unit_b")
    typed = TypedMember("sibling", "示例辛", sister.birth_date, sister.id_number)
    _save(world, household, [typed])
    with pytest.raises(errors.AnotherFile):
        drafted(world, sister)


def test_whoever_saves_upon_an_older_version_is_told_and_nothing_changes(world, household):
    old = household.version
    _save(world, household, members_of(world))
    with pytest.raises(errors.FileChanged):
        _save(world, household, [], seen=old)
    assert household.members.count() == 3


@pytest.mark.parametrize(
    ("yearly", "fault"),
    [
        (Decimal("-1"), "amount_negative"),
        (Decimal("3000000"), "amount_impossible"),
        (Decimal("10.005"), "amount_below_fen"),
        (Decimal("NaN"), "amount_unreadable"),
        (None, "amount_unreadable"),
    ],
)
def test_impossible_sums_are_refused_beside_their_line(world, household, yearly, fault):
    lines = [TypedMoney(True, "wages", Decimal("100")), TypedMoney(True, "wages", yearly)]
    with pytest.raises(errors.FileInvalid) as refused:
        files.save_money(household, lines, by=world.her.user, now=world.now, seen=household.version)
    assert _faults(refused) == {(fault, 1, "yearly")}
    assert not household.money.exists()


def test_nothing_comes_in_contradicts_an_income(world, household):
    lines = [TypedMoney(True, "wages", Decimal("100"))]
    with pytest.raises(errors.FileInvalid) as refused:
        files.save_money(household, lines, no_income=True, by=world.her.user, now=world.now, seen=household.version)
    assert ("income_and_none", None, "no_income") in _faults(refused)


def test_money_of_a_stranger_and_unknown_kinds_are_refused(world, household):
    lines = [TypedMoney(True, "medical", Decimal("1"), member=0), TypedMoney(False, "wages", Decimal("1"))]
    with pytest.raises(errors.FileInvalid) as refused:
        files.save_money(household, lines, by=world.her.user, now=world.now, seen=household.version)
    assert {fault.code for fault in refused.value.faults} == {"unknown_kind", "not_a_member"}


@pytest.mark.parametrize(
    ("main", "more", "fault"),
    [
        ("", [], "main_cause_missing"),
        ("accident", ["accident"], "cause_twice"),
        ("accident", ["disaster", "other", "schooling", "no_job"], "too_many_causes"),
        ("accident", ["curse"], "unknown_cause"),
    ],
)
def test_exactly_one_main_cause_and_at_most_three_more(world, household, main, more, fault):
    with pytest.raises(errors.FileInvalid) as refused:
        files.save_causes(
            household, cause=main, more=more, single_parent=False, by=world.her.user, now=world.now, seen=1
        )
    assert fault in {found.code for found in refused.value.faults}
    assert all(str(forms.words(found)) for found in refused.value.faults)


def test_a_file_never_holds_a_key_it_doesnt_know(world, household):
    with pytest.raises(TypeError):
        files.save_particulars(
            household, PARTICULARS | {"amount": "1"}, by=world.her.user, now=world.now, seen=household.version
        )


def test_strangers_and_officers_dont_write_in_a_file_that_lies_with_her(world, household):
    stranger = world.woman("unit_c").user
    for somebody in (stranger, world.officers["union"], world.officers["county"]):
        with pytest.raises(PermissionDenied):
            _save(world, household, [], by=somebody)


def test_nothing_readable_lies_in_the_database(world, household):
    filled(world, drafted(world))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, id_number, particulars FROM relief_member")
        rows = cursor.fetchall()
        cursor.execute("SELECT yearly FROM relief_moneyline")
        rows += cursor.fetchall()
        cursor.execute("SELECT particulars FROM relief_household")
        rows += cursor.fetchall()
    assert all(text.startswith("v1:") for row in rows for text in row if text)


def test_the_history_names_parts_and_no_value(world):
    household = filled(world, drafted(world))
    from wagtail.log_actions import registry

    told = [entry.data for entry in registry.get_logs_for_instance(household)]
    assert {"parts": ["members"]} in told
    assert not any("24000" in str(data) or "示例" in str(data) for data in told)


def test_a_file_known_once_fills_the_next_one(world):
    from services.casework import actions as casework

    first = drafted(world)
    filled(world, first)
    casework.withdraw(first.case, by=world.her.user, now=world.now)
    dropped = Household.objects.unscoped().get(pk=first.household_id)
    assert (dropped.state, Member.objects.filter(household=dropped, live=True).count()) == ("dropped", 0)
    again = drafted(world).household
    assert again.pk != dropped.pk
    assert [member.relation for member in again.members.all()] == ["self", "spouse", "child"]
    assert (again.cause, again.money.count()) == ("serious_illness", 2)
