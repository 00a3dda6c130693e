"""A woman signs up for a training on her phone, the officer checks women in by code and by list, she gets her
certificate, and a stranger verifies it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings.models import Booking, Session
from services.signups.models import Certificate
from tests.factories.signups import SignupWorld

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def world():
    return SignupWorld(capacity=(10,))


def moved(world, by: timedelta) -> None:
    """The session as if it had been planned that much earlier."""
    session = world.sessions[0]
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at - by, ends_at=session.ends_at - by)


def test_from_signing_up_to_a_certificate_that_anybody_verifies(walker, world):
    her, other = world.woman(name="示例桂兰"), world.signed_up().worker
    signs_up(walker, world, her)
    booking = Booking.objects.own(worker=her).get()
    moved(world, world.sessions[0].starts_at - timezone.now())
    is_checked_in(walker, world, booking, other)
    moved(world, timedelta(hours=4))
    gets_her_certificate(walker, world, booking)
    certificate = Certificate.objects.own(worker=her).get()
    walker.sign_out()
    walker.open(reverse("signups:check", args=[certificate.token]))
    assert certificate.number in walker.page.content() and her.name not in walker.page.content()
    walker.look("activity-certificate-check")


def signs_up(walker, world, her):
    page = walker.page
    walker.open(reverse("signups:list"))
    walker.look("activities")
    walker.go(page.get_by_role("link", name=world.activity.title))
    walker.look("activity")
    walker.sign_in(her.user)
    walker.open(reverse("signups:activity", args=[world.activity.code]))
    walker.follow("我要报名", "Sign up")
    walker.press("下一步：核对信息", "Next: check your answers")
    assert page.locator(".error-summary").count() == 1
    walker.look("activity-sign-up-missing")
    selects = page.locator("main select")
    selects.nth(0).select_option("委员")
    selects.nth(1).select_option("no")
    walker.press("下一步：核对信息", "Next: check your answers")
    walker.look("activity-check")
    walker.press("确认报名", "Sign up now")
    walker.look("activity-done")
    walker.follow("查看签到码", "Show my code")
    walker.look("activity-mine")


def is_checked_in(walker, world, booking, other):
    """She by her code, another woman by the list."""
    page = walker.page
    walker.sign_out()
    walker.sign_in(world.officer)
    walker.open(reverse("signups:today"))
    walker.look("activity-door-today")
    walker.open(reverse("signups:door", args=[booking.token]))
    walker.look("activity-door")
    walker.press("签到", "Check in")
    walker.follow("按名单签到", "By list")
    page.get_by_role("checkbox", name=other.name).check()
    walker.look("desk-activity-attendance")
    walker.press("登记到场", "Record who came")
    assert set(Booking.objects.unscoped().values_list("state", flat=True)) == {"attended"}


def gets_her_certificate(walker, world, booking):
    page = walker.page
    walker.open(reverse("signups_desk:activity", args=[world.activity.code]))
    walker.look("desk-activity")
    walker.follow("发放证书", "Issue certificates")
    walker.press("发放证书", "Issue certificates")
    walker.look("desk-activity-certificates")

    walker.sign_out()
    walker.sign_in(booking.worker.user)
    walker.open(reverse("signups:booking", args=[booking.token]))
    walker.follow("评一评（匿名）", "What did you think of it? (anonymous)")
    for name in ("content", "speakers", "organizing"):
        page.locator(f"input[name={name}]").first.check()
    page.locator("input[name=again]").first.check()
    walker.look("activity-evaluate")
    walker.press("提交", "Hand in")
    walker.follow("我的证书", "My certificate")
    walker.look("activity-certificate")
    walker.open(reverse("signups:hours"))
    walker.look("activity-hours")
