"""A county's register of homes comes in as a workbook, and leaves with what is on record to be corrected."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.childrens_homes.importers import MARK, REGISTER, RegisterImporter, on_record
from services.childrens_homes.models import Home
from services.foundation.sheets import ImportContext, Outcome, Row
from tests.childrens_homes.office import Office, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def homes(office):
    return [office.home("school_a", room_m2=Decimal(40)), office.home("school_b")]


def taken(office, *cells, write=True, by=None):
    context = ImportContext(
        today=office.today, now=office.now, organization=office.tree["county_a"], by=by or office.county, write=write
    )
    rows = [Row(number, one) for number, one in enumerate(cells, start=2)]
    return RegisterImporter(context).take(rows)


def codes(result) -> list[str]:
    return [fault.code for fault in result.faults]


def test_a_row_finds_its_home_by_code_or_school_and_an_empty_cell_erases_nothing(office, homes):
    first, second = homes
    results = taken(
        office,
        {"code": first.code, "outdoor_m2": "250 平方米", "internet": "否", "room_m2": ""},
        {"host": second.host.name, "room_m2": 48.5, "safe": "否", "safety_checked_on": "2026-03-01"},
    )
    assert [one.outcome for one in results] == [Outcome.CHANGED, Outcome.CHANGED]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.room_m2, first.outdoor_m2, first.internet) == (40, 250, False)
    assert (second.room_m2, second.safe) == (Decimal("48.50"), False)
    assert [one.outcome for one in taken(office, {"code": first.code, "internet": "没有"})] == [Outcome.SAME]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({}, "no_home"),
        ({"code": "LSZJ-000000-001"}, "unknown_home"),
        ({"room_m2": "4000"}, "area_absurd"),
        ({"room_m2": "0"}, "area_none"),
        ({"room_m2": "大"}, "area_shape"),
        ({"internet": "也许"}, "yes_no"),
        ({"opened_on": "2099-01-01"}, "day_ahead"),
        ({"host": "示例另一学校"}, "not_of_the_home"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_reason_and_nothing_is_written(office, homes, cells, code):
    cells = cells if code in ("no_home", "unknown_home") else {"code": homes[0].code} | cells
    [result] = taken(office, cells)
    assert result.outcome == Outcome.REFUSED and codes(result) == [code]
    assert REGISTER.wordings[code].message
    assert Home.objects.unscoped().get(pk=homes[0].pk).room_m2 == 40


def test_a_home_of_another_county_isnt_there_and_one_home_stands_once(office, homes):
    elsewhere = office.home("school_c", code="LSZJ-990002-900")
    assert codes(taken(office, {"code": elsewhere.code, "room_m2": "50"})[0]) == ["unknown_home"]
    twice = taken(office, {"code": homes[0].code, "safe": "是"}, {"host": homes[0].host.name, "safe": "否"})
    assert codes(twice[1]) == ["dup_in_file"]


def test_of_a_returned_workbook_only_what_was_changed_is_written_and_what_both_changed_comes_back(office, homes):
    first, second = homes
    rows = {row["code"]: dict(row) for row in on_record(office.tree["county_a"])}
    Home.objects.unscoped().filter(pk=first.pk).update(outdoor_m2=300, room_m2=44)
    rows[first.code]["outdoor_m2"] = None
    rows[first.code]["safe"] = "是"
    rows[second.code]["room_m2"] = 60
    results = taken(office, *rows.values())
    assert [one.outcome for one in results] == [Outcome.CHANGED, Outcome.CHANGED]
    first.refresh_from_db()
    assert (first.room_m2, first.outdoor_m2, first.safe) == (44, 300, True)
    late = dict(rows[first.code], room_m2=50)
    [result] = taken(office, late)
    assert codes(result) == ["changed_meanwhile"]
    assert result.faults[0].context == {"now": "44", "yours": "50"}
    assert codes(taken(office, dict(late, **{MARK: "x" * 9}))[0]) == ["mark_unfit"]


def test_through_the_desk_from_the_workbook_to_the_record(office, homes, django_capture_on_commit_callbacks):
    client = client_of(office.county)
    answer = client.post(reverse("imports:correction", args=["childrens-homes"]), {"unit": "F-A"})
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == homes[0].code)
    line[[column.key for column in REGISTER.columns].index("room_m2")].value = 52
    again = BytesIO()
    book.save(again)
    again.seek(0)
    again.name = "之家.xlsx"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("imports:upload"), {"sheet": "childrens-homes", "unit": "F-A", "file": again})
    assert answer.status_code == 302, answer.context["form"].errors
    page = answer["Location"]
    token = page.rstrip("/").rsplit("/", 1)[1]
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("imports:apply", args=[token])).status_code == 302
    assert Home.objects.unscoped().get(pk=homes[0].pk).room_m2 == 52


def test_judging_costs_the_same_for_two_rows_and_for_twenty(office, homes, django_assert_num_queries):
    rows = [{"code": one.code, "room_m2": "48"} for one in homes]
    with django_assert_num_queries(2):
        taken(office, *rows, write=False)
    with django_assert_num_queries(2):
        taken(office, *[{"code": f"LSZJ-990001-{number}", "room_m2": "48"} for number in range(20)], *rows, write=False)
