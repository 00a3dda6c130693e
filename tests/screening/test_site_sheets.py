"""A site's day by workbook and by list: who came, what was found, and which rows are refused."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from services.bookings.actions import mark_no_show, record_attendance
from services.bookings.enums import BookingState
from services.bookings.models import Booking, MissedPlace
from services.bookings.queries.auditing import audit
from services.screening.models import PastScreening, Result
from services.screening.queries.results import current_version
from tests.screening.clinic_world import NORMAL, clinic_world, nurse_of, set_clock
from tests.screening.her_world import booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return clinic_world(monkeypatch, women=2)


def address(world, name: str, kind: str = "", *, venue=None) -> str:
    given = [(venue or world.venue).token, world.day, *([kind] if kind else [])]
    return reverse(f"screening_clinic:{name}", args=given)


def template(world, kind: str):
    """The downloaded workbook and its first sheet."""
    answer = world.client().get(address(world, "sheet", kind))
    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    return book, book.worksheets[0]


def sent(world, kind: str, book, *, venue=None, user=None, **fields):
    stream = BytesIO()
    book.save(stream)
    file = SimpleUploadedFile("表格.xlsx", stream.getvalue())
    return world.client(user).post(address(world, "upload", kind, venue=venue), {"file": file, **fields})


def fill(page, number: str, **cells: str) -> None:
    """Write into the line of a booking; cells by heading."""
    places = {cell.value: cell.column for cell in page[1]}
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, 1).value == number)
    for heading, value in cells.items():
        page.cell(row, places[heading], value)


def states(*bookings) -> list[str]:
    return [Booking.objects.unscoped().get(pk=booking.pk).state for booking in bookings]


def test_the_template_holds_the_women_of_the_day_and_comes_back_filled_in(world):
    book, page = template(world, "attendance")
    first, second = world.others
    listed = {page.cell(row, 1).value for row in range(2, 5)}
    assert listed == {world.booking.number, first.number, second.number}
    fill(page, world.booking.number, 已到="是")
    fill(page, first.number, 已到="否")
    answer = sent(world, "attendance", book)
    assert "已处理 2 行" in answer.content.decode()
    assert states(world.booking, first, second) == ["attended", "no_show", "confirmed"]
    assert PastScreening.objects.own(worker=world.hers.worker, booking=world.booking).exists()


def test_results_by_workbook_reach_those_who_came_and_name_those_who_did_not(world):
    first, second = world.others
    world.came(world.booking, first)
    book, page = template(world, "results")
    fill(page, world.booking.number, 结论="未见异常", 检查项目="TCT、HPV", **{"细胞学（TBS）": "NILM"})
    fill(page, first.number, 结论="未见异常", **{"检出的高危型 HPV": "16，52"})
    page.append([second.number, second.worker.name, "未见异常", "HPV"])
    answer = sent(world, "results", book).content.decode()
    assert "已处理 1 行" in answer
    assert "没有在这次检查中签到" in answer and "这个结论与下面的内容不符" in answer
    result = Result.objects.unscoped().get()
    assert result.booking == world.booking
    assert current_version(result).values() == {
        "conclusion": "normal",
        "items": ["hpv", "tct"],
        "tbs": "nilm",
        "hpv": [],
        "birads": "",
        "note": "",
        "next_due": f"{world.day.year + 5}-{world.day:%m-%d}",
    }


def test_the_same_workbook_twice_changes_nothing_and_other_values_want_a_reason(world):
    world.came()
    book, page = template(world, "results")
    fill(page, world.booking.number, 结论="未见异常", 检查项目="HPV")
    sent(world, "results", book)
    sent(world, "results", book)
    result = Result.objects.unscoped().get()
    assert result.versions.count() == 1
    fill(page, world.booking.number, 结论="良性，定期随访")
    assert "请写明更正原因" in sent(world, "results", book).content.decode()
    sent(world, "results", book, reason="复核报告")
    assert [v.values()["conclusion"] for v in result.versions.order_by("number")] == ["normal", "benign_follow_up"]


def test_a_workbook_of_another_site_is_refused_whole(world):
    elsewhere = booked(world.hers, world.hers.woman(), session=world.hers.sessions[2])
    world.came()
    book, page = template(world, "results")
    fill(page, world.booking.number, 结论="未见异常", 检查项目="HPV")
    page.append([elsewhere.number, elsewhere.worker.name, "未见异常", "HPV"])
    answer = sent(world, "results", book)
    assert "其他体检点" in answer.content.decode()
    assert f"第 {page.max_row} 行" in answer.content.decode()
    assert not Result.objects.unscoped().exists()


def test_a_workbook_of_another_day_is_refused_whole(world):
    world.came()
    book = Workbook()
    book.active.append(["预约号", "姓名", "结论"])
    book.active.append(["TJ-26-999999-9", "示例某", "未见异常"])
    assert "没有一行属于" in sent(world, "results", book).content.decode()


def test_refused_rows_stand_in_the_order_of_the_workbook_whatever_was_wrong_with_them(world):
    book, page = template(world, "attendance")
    fill(page, world.booking.number, 已到="也许")
    page.append(["TJ-26-999999-9", "示例某", "是"])
    refused = sent(world, "attendance", book).context["taken"].refused
    assert [number for number, _words in refused] == sorted(number for number, _words in refused)
    assert len(refused) == 2


def test_a_line_that_slipped_is_noticed_by_the_name(world):
    world.came()
    book, page = template(world, "results")
    fill(page, world.booking.number, 姓名="别人", 结论="未见异常", 检查项目="HPV")
    assert "错行" in sent(world, "results", book).content.decode()
    assert not Result.objects.unscoped().exists()


@pytest.mark.parametrize(
    ("heading", "value"),
    [("结论", "不知道"), ("下次检查时间", "2026年"), ("检出的高危型 HPV", "17"), ("医院说明", "=1+1")],
)
def test_a_cell_that_cannot_be_read_is_said_without_its_value(world, heading, value):
    world.came()
    book, page = template(world, "results")
    fill(page, world.booking.number, **({"结论": "未见异常", "检查项目": "HPV"} | {heading: value}))
    answer = sent(world, "results", book)
    assert answer.status_code == 200 and "未通过的行" in answer.content.decode()
    assert not Result.objects.unscoped().exists()


def test_what_was_entered_never_leaves_again_as_a_workbook(world):
    world.came()
    world.enter(NORMAL)
    _book, page = template(world, "results")
    assert all(page.cell(row, 1).value is None for row in range(2, page.max_row + 1))


def test_no_workbook_at_all_is_a_message_beside_the_field(world):
    client = world.client()
    nothing = client.post(address(world, "upload", "results"))
    assert nothing.status_code == 200 and "请选择表格" in nothing.content.decode()
    text = SimpleUploadedFile("结果.xlsx", b"not a workbook")
    assert "Excel" in client.post(address(world, "upload", "results"), {"file": text}).content.decode()


def test_staff_of_another_site_find_neither_list_nor_workbook(world):
    other = nurse_of(world.hers.sessions[2].venue)
    client = world.client(other)
    for name, kind in (("day", ""), ("absent", ""), ("sheet", "results"), ("upload", "results")):
        target = address(world, name, kind)
        answers = {client.get(target).status_code, client.post(target).status_code}
        assert answers <= {404, 405}, name
    assert client.get(reverse("screening_clinic:result", args=[world.booking.token])).status_code == 404


def test_ticked_women_are_checked_in_and_the_others_marked_after_the_day(world, monkeypatch):
    client = world.client()
    first, second = world.others
    ticked = {"came": [world.booking.token, first.token]}
    assert client.post(address(world, "day"), ticked).status_code == 302
    assert states(world.booking, first, second) == ["attended", "attended", "confirmed"]
    set_clock(monkeypatch, world.during)
    client.post(address(world, "absent"))
    assert states(second) == [BookingState.CONFIRMED]
    set_clock(monkeypatch, world.later)
    client.post(address(world, "absent"))
    assert states(second) == [BookingState.NO_SHOW]


def absent_after(world, monkeypatch, *women) -> None:
    """They are marked as not come on the evening of the day."""
    set_clock(monkeypatch, world.later)
    for booking in women:
        mark_no_show(booking, by=world.nurse, now=world.later)


def offers(page, booking) -> bool:
    """Can she be named as come on this page?"""
    return f'name="came" value="{booking.token}"' in page.content.decode()


def test_a_wrong_did_not_come_is_corrected_on_the_list(world, monkeypatch):
    absent_after(world, monkeypatch, world.booking)
    client = world.client()
    assert offers(client.get(address(world, "day")), world.booking)
    for _ in range(2):
        assert client.post(address(world, "day"), {"came": [world.booking.token]}).status_code in (200, 302)
    assert states(world.booking) == [BookingState.ATTENDED]
    assert not MissedPlace.objects.unscoped().exists()
    assert PastScreening.objects.own(worker=world.booking.worker).exists()


def test_after_the_days_of_correction_the_list_offers_it_no_more_and_says_why(world, monkeypatch):
    absent_after(world, monkeypatch, world.booking)
    set_clock(monkeypatch, world.later + timedelta(days=8))
    client = world.client()
    assert not offers(client.get(address(world, "day")), world.booking)
    late = client.post(address(world, "day"), {"came": [world.booking.token]})
    assert late.context["form"].errors["came"]
    assert states(world.booking) == [BookingState.NO_SHOW]


def test_the_workbook_corrects_it_too_and_refuses_the_line_when_it_is_too_late(world, monkeypatch):
    first, second = world.others
    absent_after(world, monkeypatch, world.booking, first)
    book, page = template(world, "attendance")
    for booking in (world.booking, second):
        fill(page, booking.number, 已到="是")
    assert sent(world, "attendance", book).context["taken"].refused == []
    assert states(world.booking, first, second) == ["attended", "no_show", "attended"]
    fill(page, first.number, 已到="是")
    set_clock(monkeypatch, world.later + timedelta(days=8))
    assert len(sent(world, "attendance", book).context["taken"].refused) == 1
    assert states(first) == [BookingState.NO_SHOW]


def test_one_list_names_those_who_are_expected_and_those_marked_by_mistake(world, monkeypatch):
    first, second = world.others
    absent_after(world, monkeypatch, first)
    named = [world.booking, first, second]
    assert record_attendance(world.venue, named, by=world.nurse, now=world.later) == 3
    assert record_attendance(world.venue, named, by=world.nurse, now=world.later) == 0
    assert states(*named) == ["attended"] * 3
    assert audit(world.hers.programme.offering) == []


def test_nobody_is_checked_in_before_the_day(world, monkeypatch):
    set_clock(monkeypatch, world.during - timedelta(days=1))
    answer = world.client().post(address(world, "day"), {"came": [world.booking.token]})
    assert answer.status_code == 200 and "还没有到" in answer.content.decode()
    assert states(world.booking) == [BookingState.CONFIRMED]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2026-02-30", "2999-12-31"])
@pytest.mark.parametrize("name", ["day", "absent", "sheet", "upload"])
def test_a_day_at_the_end_of_the_calendar_is_no_fault(world, day, name):
    target = address(world, name, "attendance" if name in ("sheet", "upload") else "").replace(f"{world.day}", day)
    client = world.client()
    assert {client.get(target).status_code, client.post(target).status_code} <= {200, 302, 404, 405}


def test_the_lists_cost_the_same_with_one_woman_and_with_many(monkeypatch, django_assert_max_num_queries):
    world = clinic_world(monkeypatch, women=12)
    world.came(world.booking, *world.others[:6])
    client = world.client()
    client.get(reverse("bookings:today"))  # the session is opened
    for target in (address(world, "day"), reverse("screening_clinic:days")):
        with django_assert_max_num_queries(12):
            assert client.get(target).status_code == 200
