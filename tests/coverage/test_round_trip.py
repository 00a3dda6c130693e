"""A list leaves with what is on record, is corrected in Excel and comes back: only what was changed is written."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.coverage.enums import UnionPost
from services.coverage.models import Seat, Term, WomenCommittee
from services.exchange.actions import import_file
from services.exchange.actions.corrections import write_for_correction
from services.foundation.sheets import Outcome, sheets
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.factories.coverage import set_up
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime(2026, 11, 29, 9))
TODAY = date(2026, 11, 29)
UNIT = "T-A-1-1"


@pytest.fixture
def tree():
    found = small_tree()
    Organization.objects.filter(code=UNIT).update(
        industry="教育", staff_count=60, women_count=40, member_count=50, women_member_count=35
    )
    set_up(Organization.objects.get(code=UNIT), on=date(2025, 6, 20))
    Seat.objects.unscoped().update(name="示例秀英")
    return found


@pytest.fixture
def officer(tree):
    user = AssignmentFactory(organization=tree["county_a"], role=Role.FEDERATION_OFFICER).user
    sync_groups(user)
    return user


class Book:
    """The workbook in her hands: rows by code, cells by heading."""

    def __init__(self, officer, unit):
        stream = BytesIO()
        write_for_correction(stream, sheets["organizations"], organization=unit, by=officer)
        stream.seek(0)
        self.book = load_workbook(stream)
        self.page = self.book.worksheets[0]
        self.places = {cell.value: cell.column for cell in self.page[1]}
        keys = {column.key: str(column.label) for column in sheets["organizations"].columns}
        self.column = {key: self.places[label] for key, label in keys.items()}
        self.rows = {self.page.cell(row, self.column["code"]).value: row for row in range(2, self.page.max_row + 1)}

    def cell(self, key, code=UNIT):
        return self.page.cell(self.rows[code], self.column[key])

    def back(self, unit, **options):
        stream = BytesIO()
        self.book.save(stream)
        stream.seek(0)
        return import_file(sheets["organizations"], stream, organization=unit, today=TODAY, now=NOW, **options)


@pytest.fixture
def book(tree, officer):
    return Book(officer, tree["county_a"])


def codes(found):
    return {row: [(fault.column, fault.code) for fault in faults] for row, faults in found.items()}


def unit():
    return Organization.objects.get(code=UNIT)


def test_it_leaves_with_everything_below_and_a_hidden_mark(book, tree):
    assert set(book.rows) == {"T-A", "T-A-1", "T-A-1-1", "T-A-1-2"}
    assert (book.cell("committee_form").value, book.cell("committee_deputy").value) == ("女职工委员会", "副主席")
    assert book.page.column_dimensions[book.page.cell(1, book.column["mark"]).column_letter].hidden
    # No value can be read from the mark.
    assert "教育" not in book.cell("mark").value


def test_untouched_it_changes_nothing(book, tree):
    assert dict(book.back(tree["county_a"]).counts) == {Outcome.SAME: 4}


def test_only_what_she_changed_is_written(book, tree):
    book.cell("staff_count").value = 70
    book.cell("committee_head").value = "示例丽华"
    # Meanwhile somebody corrects what she left alone, here and in the committee.
    Organization.objects.filter(code=UNIT).update(industry="卫生健康")
    Term.objects.unscoped().update(years=3)
    done = book.back(tree["county_a"])
    assert (done.counts[Outcome.CHANGED], done.counts[Outcome.SAME], done.faults) == (1, 3, {})
    assert (unit().staff_count, unit().industry) == (70, "卫生健康")
    assert Term.objects.unscoped().get().years == 3
    assert Seat.objects.unscoped().get(until_on__isnull=True).name == "示例丽华"


@pytest.mark.parametrize(
    ("key", "hers", "theirs"),
    [
        ("industry", "纺织", lambda: Organization.objects.filter(code=UNIT).update(industry="卫生健康")),
        ("committee_deputy", "否", lambda: Seat.objects.unscoped().update(union_post=UnionPost.CHAIR)),
    ],
)
def test_what_both_changed_is_shown_with_both_values_and_waits_for_her_word(book, tree, key, hers, theirs):
    book.cell(key).value = hers
    book.cell("staff_count").value = 70
    theirs()
    done = book.back(tree["county_a"])
    assert codes(done.faults) == {book.rows[UNIT]: [(key, "changed_meanwhile")]}
    [fault] = done.faults[book.rows[UNIT]]
    assert fault.context == {"now": {"industry": "卫生健康"}.get(key, "主席"), "yours": hers}
    assert unit().staff_count == 60


@pytest.mark.parametrize(("word", "industry"), [("以文件为准", "纺织"), ("以系统为准", "卫生健康")])
def test_she_says_which_counts(book, tree, word, industry):
    book.cell("industry").value = "纺织"
    book.cell("staff_count").value = 70
    book.cell("verdict").value = word
    Organization.objects.filter(code=UNIT).update(industry="卫生健康")
    assert book.back(tree["county_a"]).refused == 0
    assert (unit().industry, unit().staff_count) == (industry, 70)


def test_two_who_entered_the_same_value_agree(book, tree):
    book.cell("industry").value = "纺织"
    Organization.objects.filter(code=UNIT).update(industry="纺织")
    assert dict(book.back(tree["county_a"]).counts) == {Outcome.SAME: 4}


def test_an_emptied_cell_erases_nothing_and_it_says_so(book, tree):
    book.cell("industry").value = None
    done = book.back(tree["county_a"])
    assert codes(done.notes) == {book.rows[UNIT]: [("industry", "emptied")]}
    assert unit().industry == "教育"


def test_a_cell_that_no_list_could_say_is_no_fault_while_nobody_touches_it(tree, officer):
    Seat.objects.unscoped().update(name="示例主任4")
    book = Book(officer, tree["county_a"])
    book.cell("staff_count").value = 70
    assert book.back(tree["county_a"]).faults == {}
    book.cell("committee_head").value = "示例主任5"
    assert codes(book.back(tree["county_a"]).faults) == {book.rows[UNIT]: [("committee_head", "name_shape")]}


def test_a_unit_that_moved_meanwhile_is_no_fault_of_hers(book, tree):
    town = Organization.objects.get(code="T-A")
    Organization.objects.get(code=UNIT).move(town, pos="last-child")
    book.cell("staff_count").value = 70
    done = book.back(None)
    assert codes(done.faults) == {}
    assert unit().staff_count == 70


def test_a_mark_of_another_row_or_a_damaged_one_is_refused(book, tree):
    book.cell("mark").value = book.cell("mark", "T-A").value
    book.cell("mark", "T-A-1").value = "abc"
    book.cell("code", "T-A-1-2").value = "T-NEW"
    done = book.back(tree["county_a"])
    assert codes(done.faults) == {
        book.rows[UNIT]: [("mark", "mark_unfit")],
        book.rows["T-A-1"]: [("mark", "mark_unfit")],
        book.rows["T-A-1-2"]: [("mark", "mark_of_another")],
    }


def test_corrections_are_judged_like_any_other_line(book, tree):
    book.cell("women_member_count").value = 90
    book.cell("committee_elected").value = datetime(2001, 1, 1)
    done = book.back(tree["county_a"])
    assert codes(done.faults)[book.rows[UNIT]] == [
        ("women_member_count", "women_over_members"),
        ("committee_elected", "elected_before_prepared"),
    ]
    assert WomenCommittee.objects.unscoped().get().elected_on.year == 2025


def test_rows_of_others_are_not_compared(book, tree):
    """Of a unit that isn't hers she learns nothing by a workbook."""
    book.cell("industry").value = "纺织"
    Organization.objects.filter(code=UNIT).update(industry="卫生健康")
    done = book.back(tree["county_b"])
    assert {code for faults in codes(done.faults).values() for _column, code in faults} == {"outside"}


def test_the_desk_hands_it_out_to_those_who_keep_the_list(tree, officer):
    client, page = Client(), reverse("imports:correction", args=["organizations"])
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    assert client.get(page).status_code == 200
    answer = client.post(page, {"unit": "T-A"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert load_workbook(BytesIO(b"".join(answer))).worksheets[0].max_row == 5
    assert client.post(page, {"unit": "T-B"}).context["form"].errors["unit"]
    assert client.get(reverse("imports:correction", args=["workers"])).status_code == 404
    unit_officer = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(unit_officer)
    client.force_login(unit_officer, backend="services.accounts.backends.StaffPassword")
    assert client.get(page).status_code == 404
