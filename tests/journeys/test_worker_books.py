"""A woman books a screening on her phone: claims her record, books, moves, waits, is promoted, cancels."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone

from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, WaitingEntry
from services.screening import actions
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.workers import WorkerFactory, identity_number
from tests.journeys.conftest import Walker
from tests.screening.her_world import CODE, her_world, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def booking_of(worker) -> Booking:
    return Booking.objects.own(worker=worker).select_related("session").latest("pk")


def test_a_visitor_learns_whether_she_can_take_part(walker):
    her_world()
    walker.open("/screening/")
    walker.look("screening-list")
    walker.go(walker.page.locator("a.card").first)
    walker.look("screening-programme")
    walker.follow("我能参加吗？", "Can I take part?")
    walker.press("查看结果", "Show the answer")
    walker.look("eligibility-errors")
    walker.page.locator("#id_age").fill("30")
    walker.page.locator("input[name=member][value=yes]").check()
    walker.page.locator("input[name=screened][value=unknown]").check()
    walker.press("查看结果", "Show the answer")
    walker.heading("您可以这样做", "What you can do")
    walker.look("eligibility-refused")
    walker.follow("重新填写", "Answer again")
    walker.page.locator("#id_age").fill("41")
    walker.page.locator("input[name=member][value=yes]").check()
    walker.page.locator("input[name=screened][value=never]").check()
    walker.press("查看结果", "Show the answer")
    walker.page.locator(".notice.is-good").wait_for()
    walker.look("eligibility-passed")


def test_she_claims_her_record_agrees_books_moves_and_cancels(walker):
    world = her_world()
    user = WorkerUserFactory(phone="19900004321")
    record = WorkerFactory(organization=world.tree["unit_a"], phone="19900004321", name="示例桂兰")
    walker.sign_in(user)
    walker.open("/screening/screening-2026/book/")
    walker.look("claim")
    walker.page.locator("#id_name").fill("示例桂兰")
    walker.page.locator("#id_last4").fill("0000" if record.id_last4 != "0000" else "1111")
    walker.page.locator("#id_agree").check()
    walker.press("查找我的档案", "Find my record")
    walker.page.locator(".error-summary").wait_for()
    walker.look("claim-missed")
    walker.page.locator("#id_last4").fill(record.id_last4.lower())
    walker.page.locator("#id_agree").check()
    walker.press("查找我的档案", "Find my record")
    walker.heading("征得您的同意", "Your agreement")
    walker.look("consent")
    walker.follow("暂不同意", "I don't agree")
    walker.look("consent-refused")
    walker.follow("重新阅读告知", "Read the notice again")
    walker.page.locator("#id_agree").check()
    walker.press("继续", "Go on")
    walker.heading("上次筛查时间", "Your last screening")
    walker.look("history")
    walker.page.locator("input[name=screened][value=never]").check()
    walker.press("继续", "Go on")
    walker.heading("选择体检时间", "Choose a time")
    walker.look("book")
    walker.page.locator("input[name=session]:enabled").first.check()
    walker.press("下一步：核对信息", "Next: check your answers")
    walker.heading("核对预约信息", "Check your answers")
    walker.look("check-answers")
    walker.press("确认预约", "Confirm the booking")
    walker.heading("预约成功", "You are booked")
    walker.look("booked")
    worker = Worker.objects.own(user=user).get()
    booking = booking_of(worker)
    assert walker.page.get_by_text(booking.number).count() == 1
    walker.follow("查看签到码", "Show my code")
    walker.look("booking")
    first = booking.session_id
    walker.follow("改期", "Move to another time")
    walker.look("move")
    walker.page.locator("input[name=session]:enabled").last.check()
    walker.press("确认改期", "Move my booking")
    walker.page.locator("ul.messages").wait_for()
    walker.look("booking-moved")
    assert booking_of(worker).session_id != first
    walker.follow("取消预约", "Cancel the booking")
    walker.look("cancel")
    walker.press("确定取消", "Yes, cancel it")
    walker.page.locator("ul.messages").wait_for()
    walker.look("booking-cancelled")
    assert booking_of(worker).state == BookingState.CANCELLED


def test_she_waits_and_is_promoted_when_another_woman_cancels(walker):
    world = her_world(capacity=1, slots=4)
    others = [world.woman(unit=unit) for unit in ("unit_a", "unit_b", "unit_c", "unit_c")]
    taken = []
    for other, session in zip(others, world.sessions, strict=True):
        held = actions.book(world.programme, session=session, worker=other, by=other.user, now=timezone.now())
        taken.append(actions.confirm(held, by=other.user, now=timezone.now()))
    walker.sign_in(world.user)
    walker.open("/screening/screening-2026/book/")
    walker.look("book-full")
    walker.follow("加入候补", "Join the waiting list")
    walker.look("join")
    walker.press("加入候补", "Join the waiting list")
    walker.heading("怎样会往前排", "What moves you up")
    walker.look("waiting")
    entry = WaitingEntry.objects.own(worker=world.worker).get()
    assert entry.state == WaitingState.WAITING
    actions.cancel(taken[0], by=others[0].user, now=timezone.now())
    walker.open("/my/")
    walker.look("my-offer")
    walker.follow("查看并答复", "See the place and answer")
    walker.look("offer")
    walker.press("接受名额", "Take the place")
    walker.heading("预约成功", "You are booked")
    assert booking_of(world.worker).state == BookingState.CONFIRMED
    walker.open("/my/")
    walker.look("my")
    walker.press("显示我的信息", "Show my details")
    assert world.worker.id_number in re.sub(r"\s", "", walker.page.locator("dl").inner_text())
    walker.look("my-details")


def test_a_woman_without_a_match_asks_her_union(walker):
    her_world()
    walker.sign_in(WorkerUserFactory())
    walker.open("/my/")
    walker.heading("查找我的职工档案", "Find your record")
    walker.follow("请工会帮我查找档案", "Ask my union to find my record")
    walker.page.locator("#id_q").fill("东河")
    walker.press("搜索", "Search")
    walker.look("unions")
    walker.go(walker.page.get_by_role("link", name=re.compile("第1中学")))
    walker.look("ask-union")
    walker.page.locator("#id_name").fill("示例秀英")
    walker.page.locator("#id_id_number").fill("123")
    walker.page.locator("#id_agree").check()
    walker.press("提交申请", "Send the request")
    walker.look("ask-union-error")
    walker.page.locator("#id_id_number").fill(identity_number(date(1984, 5, 6), 1))
    walker.page.locator("#id_agree").check()
    walker.press("提交申请", "Send the request")
    walker.heading("您向工会提交的申请", "Your request to your union")
    walker.look("request")
    walker.open("/my/")
    walker.look("my-claim-waiting")


def enter(context, user, live_server) -> None:
    """Give a browser context the session of ``user``."""
    key = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])


@pytest.mark.parametrize("path", ["/screening/", f"/screening/{CODE}/", f"/screening/{CODE}/book/", "/my/"])
def test_nothing_is_cut_off_on_the_narrowest_phone(page, live_server, path):
    enter(page.context, her_world().user, live_server)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_server.url}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_it_all_works_without_javascript(browser, live_server):
    world = her_world()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    enter(context, world.user, live_server)
    page = context.new_page()
    walker = Walker(page, live_server.url, "phone", "zh-hans")
    walker.open("/screening/screening-2026/book/")
    page.locator("input[name=session]:enabled").first.check()
    walker.press("下一步：核对信息", "Next: check your answers")
    walker.press("确认预约", "Confirm the booking")
    walker.follow("查看签到码", "Show my code")
    walker.follow("改期", "Move to another time")
    page.locator("input[name=session]:enabled").last.check()
    walker.press("确认改期", "Move my booking")
    walker.follow("取消预约", "Cancel the booking")
    walker.press("确定取消", "Yes, cancel it")
    page.get_by_text("该预约已取消").wait_for()
    context.close()
    assert booking_of(world.worker).state == BookingState.CANCELLED
