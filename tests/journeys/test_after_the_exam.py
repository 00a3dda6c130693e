"""After the exam: the site notes who came and what was found, she reads it, an officer closes the recall."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.organizations.enums import Role
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.screening.models import FollowUp
from tests.screening.clinic_world import clinic_world, nurse_of, set_clock
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(monkeypatch):
    world = clinic_world(monkeypatch)
    # The browser's session and its codes live by the real clock: the examination lies in the past instead.
    back = world.later - timezone.now() + timedelta(hours=1)
    session = world.session
    type(session).objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - back, ends_at=session.ends_at - back
    )
    set_clock(monkeypatch, timezone.now())
    monkeypatch.setattr("services.foundation.clock.now", timezone.now)
    monkeypatch.setattr("services.foundation.clock.today", timezone.localdate)
    session.refresh_from_db()
    return world


def test_from_the_list_of_the_day_to_the_closed_recall(walker, world, settings):
    settings.SHOW_CODES_ON_SCREEN = True
    _the_site_notes_it(walker, world)
    _she_reads_it(walker, world)
    _the_officer_closes_it(walker, world)
    _she_sees_who_looked(walker, world)


def _the_site_notes_it(walker, world) -> None:
    walker.sign_in(world.nurse)
    page = walker.open(reverse("bookings:today"))
    walker.go(page.get_by_role("link", name=walker.in_language("检查之后", "After the examination")))
    walker.look("clinic-days")
    walker.go(page.get_by_role("link", name=world.venue.name))
    walker.look("clinic-day")
    page.check(f"[value='{world.booking.token}']")
    walker.press("为勾选的人签到", "Check in the ticked women")
    walker.look("clinic-day-came")
    walker.go(page.get_by_role("link", name=world.hers.worker.name))
    walker.look("clinic-result")
    walker.press("保存结果", "Keep the result")
    walker.look("clinic-result-wrong")
    page.check("[name=conclusion][value=normal]")
    for item in ("tct", "hpv"):
        page.check(f"[name=items][value={item}]")
    page.select_option("[name=tbs]", "hsil")
    walker.press("保存结果", "Keep the result")
    page.get_by_text(walker.in_language("这个结论与下面的内容不符", "This conclusion doesn't fit")).first.wait_for()
    page.check("[name=conclusion][value=abnormal_need_diagnosis]")
    walker.press("保存结果", "Keep the result")
    walker.look("clinic-day-entered")
    assert FollowUp.objects.unscoped().get().state == "to_notify"


def _she_reads_it(walker, world) -> None:
    walker.sign_in(world.hers.user)
    page = walker.open(reverse("screening:booking", args=[world.booking.token]))
    walker.look("her-booking-news")
    walker.follow("查看", "Read it")
    walker.look("her-confirm")
    walker.press("发送验证码", "Send me the code")
    walker.look("her-code")
    page.fill("[name=code]", page.locator("[data-demo-code]").inner_text())
    walker.press("继续", "Go on")
    walker.heading("您的检查结果", "What the examination found")
    page.get_by_text("HSIL").first.wait_for()
    walker.look("her-result")
    walker.follow("了解并同意", "Read about it and agree")
    walker.look("her-help-notice")
    walker.press("我已阅读并同意", "I have read this and agree")
    assert standing_consent(world.hers.user, Purpose.FOLLOW_UP)


def _the_officer_closes_it(walker, world) -> None:
    officer = post(world.hers.tree["county_a"], Role.CASE_OFFICER)
    walker.sign_in(officer)
    page = walker.open(reverse("screening_desk:follow_ups"))
    walker.look("desk-follow-ups")
    walker.go(page.get_by_role("link", name=world.hers.worker.masked_name))
    walker.look("desk-follow-up")
    page.fill("[name=look_reason]", "帮她预约")
    walker.press("查看检查所见", "Show what was found")
    page.get_by_text("HSIL").first.wait_for()
    walker.look("desk-follow-up-shown")
    page.check("[name=ended][value=seen_by_hospital]")
    walker.press("结束随访", "Close the follow-up")
    walker.look("desk-follow-ups-closed")
    assert FollowUp.objects.unscoped().get().outcome == "seen_by_hospital"


def _she_sees_who_looked(walker, world) -> None:
    walker.sign_in(world.hers.user)
    page = walker.open(reverse("privacy:my_data"))
    page.get_by_text("帮她预约").first.wait_for()
    walker.look("her-looks")


def test_the_recalls_of_a_site_on_a_phone(walker, world):
    walker.sign_in(nurse_of(world.venue))
    walker.open(reverse("screening_clinic:recalls"))
    walker.look("clinic-recalls-none")
    walker.open(reverse("screening_clinic:upload", args=[world.venue.token, timezone.localdate(), "results"]))
    walker.look("clinic-upload")
