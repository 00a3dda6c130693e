"""A woman sees her place move and why; an officer moves her with a reason; a late cancellation is explained first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings import actions as places
from services.bookings.models import MissedPlace, Offering, PriorityChange
from services.screening import actions
from tests.journeys.conftest import Walker
from tests.screening.her_world import booked, her_world, url
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def waiting_in_line(world):
    """All places are taken; two wait, she is the second."""
    now = timezone.now()
    holders = [booked(world, world.woman(), session=session) for session in world.sessions]
    entries = [
        actions.join_waiting_list(world.programme, worker=her, by=her.user, now=now + timedelta(seconds=n))
        for n, her in enumerate((world.woman(), world.worker))
    ]
    return holders, entries[1]


def test_an_officer_moves_her_and_she_reads_why(walker: Walker):
    world = her_world(capacity=1)
    holders, hers = waiting_in_line(world)
    officer = post(world.tree["city"])
    walker.sign_in(officer)
    walker.open(reverse("screening_desk:waiting"))
    walker.look("desk-waiting")
    walker.go(walker.page.locator(f"a[href='{reverse('screening_desk:priority', args=[hers.token])}']"))
    walker.page.check("[name=to][value='2']")
    walker.page.select_option("[name=reason]", "organiser_cancelled")
    walker.page.fill("[name=text]", "电话 19900001234")
    walker.press("调整顺序", "Change the order")
    assert walker.page.locator(".error-message").count() == 1
    walker.look("desk-order-repair")
    walker.page.fill("[name=text]", "原定场次因设备检修取消")
    walker.press("调整顺序", "Change the order")
    assert PriorityChange.objects.unscoped().get().by == officer
    walker.open(reverse("screening_desk:changes"))
    walker.look("desk-order-changes")
    walker.sign_in(world.user)
    walker.open(url("waiting", hers.token))
    walker.heading("最近一次变动", "What moved you last")
    walker.page.get_by_text("原定场次因设备检修取消").wait_for()
    assert officer.username not in walker.page.content()
    walker.look("waiting-moved")
    places.cancel_booking(holders[0], by=holders[0].worker.user, now=timezone.now())
    walker.open(url("waiting", hers.token))
    walker.heading("有名额给您了", "A place is free for you")
    walker.look("waiting-offered")


def test_a_late_cancellation_is_explained_and_a_pause_says_until_when(walker: Walker):
    world = her_world()
    Offering.objects.update(late_cancel_hours=24 * 30, consequence="pause", missed_limit=1, conduct_source="《示例》")
    booking = booked(world)
    walker.sign_in(world.user)
    walker.open(url("programme"))
    walker.heading("不能前来怎么办", "If you can't come")
    walker.look("programme-conduct")
    walker.open(url("cancel", booking.token))
    walker.page.locator(".notice.is-needs").wait_for()
    walker.look("cancel-late")
    walker.press("确定取消", "Yes, cancel it")
    assert MissedPlace.objects.unscoped().count() == 1
    walker.open(url("book"))
    walker.heading("您暂时不能自行预约", "You can't book by yourself for the moment")
    walker.look("paused")


def test_the_form_of_a_new_programme_asks_what_belongs_to_its_kind(walker: Walker):
    world = her_world()
    walker.sign_in(post(world.tree["city"]))
    walker.open("/admin/screening/add/")
    assert walker.page.locator("[name=terms-membership_required]").count() == 1
    walker.go(walker.page.locator("a[href='?kind=employer_duty']"))
    assert walker.page.locator("[name=terms-region]").count() == 1
    assert walker.page.locator("[name=terms-membership_required]").count() == 0
    walker.look("desk-programme-employer")
