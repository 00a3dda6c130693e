"""The city officer divides the places into pools; a woman of the group books from hers, another learns why not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings.models import Booking, Pool
from services.bookings.queries.auditing import audit
from services.organizations.enums import Role
from tests.screening.her_world import CODE, her_world
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME = "新就业形态专用"


def desk(name, *args) -> str:
    return reverse(f"screening_desk:{name}", args=[CODE, *args])


def send(walker) -> None:
    walker.go(walker.page.locator("form[method=post] .desk-actions button[type=submit]"))


def make_pool(walker) -> Pool:
    page, day = walker.page, timezone.localtime() + timedelta(days=9)
    walker.open(desk("places"))
    walker.follow("新建名额池", "New pool")
    page.fill("[name=name]", NAME)
    page.check("[name=employment_types][value=new_form]")
    page.fill("[name=position]", "5")
    page.fill("[name=returns_at]", f"{day:%Y-%m-%d %H:%M}")
    page.keyboard.press("Escape")
    page.locator("h2.w-h1").first.click()
    send(walker)
    assert page.locator(".error-message").count() == 1
    assert page.input_value("[name=name]") == NAME
    walker.look("desk-pool-repair")
    page.locator("[name=returns_to]").select_option(index=1)
    send(walker)
    page.wait_for_url("**/places/?pool=*")
    walker.look("desk-pool-empty")
    return Pool.objects.get(name=NAME)


def move_all(walker, pool: Pool) -> None:
    page = walker.page
    walker.open(desk("transfer", "T"))
    page.locator("[name=to]").select_option(value=str(pool.pk))
    page.fill("[name=count]", "6")
    page.fill("[name=reason]", "名额分配方案")
    send(walker)
    assert page.locator(".error-message").count() == 1
    page.fill("[name=count]", "5")
    walker.look("desk-transfer")
    send(walker)
    page.wait_for_url("**/places/at/T/")
    walker.open(f"{desk('places')}?pool={pool.token}")
    walker.look("desk-places-of-pool")


def book(walker) -> None:
    walker.open(f"/screening/{CODE}/book/")
    walker.page.locator("input[name=session]:enabled").first.check()
    walker.look("book-from-pool")
    walker.press("下一步：核对信息", "Next: check your answers")
    walker.press("确认预约", "Confirm the booking")
    walker.heading("预约成功", "You are booked")


def test_places_are_divided_and_each_woman_draws_on_what_is_hers(walker):
    world = her_world(slots=5)
    rider = world.woman(employment_type="new_form")
    walker.sign_in(post(world.tree["city"], Role.FEDERATION_OFFICER))
    pool = make_pool(walker)
    move_all(walker, pool)
    walker.sign_out()
    walker.open(f"/screening/{CODE}/")
    walker.page.get_by_text(NAME).first.wait_for()
    walker.sign_in(rider.user)
    book(walker)
    assert Booking.objects.unscoped().get(worker=rider).allocation.pool == pool
    walker.sign_in(world.user)
    walker.open(f"/screening/{CODE}/book/")
    walker.page.get_by_text(NAME).first.wait_for()
    walker.look("book-pool-not-hers")
    walker.sign_in(post(world.tree["city"], Role.FEDERATION_OFFICER))
    walker.open(desk("ledger"))
    walker.look("desk-ledger")
    assert walker.page.locator(".screening-ledger tbody tr").count() == 3
    assert audit(world.programme.offering) == []
