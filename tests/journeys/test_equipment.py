"""A teacher confirms a delivery on her phone that came short, the county puts it right, issues it and prints labels,
the keeper of state assets decides on what is to be scrapped."""

import pytest
from django.urls import reverse

from services.home_equipment.actions import mending
from services.home_equipment.enums import AssetState, DeliveryState
from services.home_equipment.models import AssetItem
from tests.factories.home_equipment import Store

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def store():
    return Store()


def _url(name: str, *args) -> str:
    return reverse(f"home_equipment_desk:{name}", args=args)


def _send(walker) -> None:
    walker.go(
        walker.page.locator("main form[method=post] button[type=submit], main form[method=post] button.button").first
    )


def test_from_the_lorry_to_the_scrap_heap(walker, store):
    order = store.shipped()
    _receive(walker, store, order)
    walker.sign_out()
    _put_right_and_issue(walker, store, order)
    walker.sign_out()
    _count(walker, store)
    walker.sign_out()
    _scrap(walker, store)


def _receive(walker, store, order) -> None:
    walker.sign_in(store.teacher)
    page = walker.open(_url("delivery", order.token))
    walker.look("equipment-delivery")
    walker.go(page.locator(".equipment-next a.button").first)
    for line in order.lines.all():
        page.fill(f"[name=received_{line.pk}]", str(line.sent))
    computers = order.lines.get(code="E01")
    page.fill(f"[name=received_{computers.pk}]", "5")
    _send(walker)
    walker.look("equipment-more-than-sent")
    page.fill(f"[name=received_{computers.pk}]", "1")
    page.fill(f"[name=reason_{computers.pk}]", "1台运输途中损坏")
    _send(walker)
    assert store.fresh(order).state == DeliveryState.DISCREPANCY
    walker.look("equipment-received-short")


def _put_right_and_issue(walker, store, order) -> None:
    walker.sign_in(store.keeper)
    page = walker.open(_url("delivery", order.token))
    walker.go(page.locator(".equipment-next a.button").first)
    page.fill("[name=how]", "供货方退款，1台另行采购")
    _send(walker)
    walker.look("equipment-home-to-issue")
    walker.go(page.locator(".equipment-next a.button").first)
    walker.look("equipment-issue")
    _send(walker)
    assert {one.state for one in AssetItem.objects.unscoped()} == {AssetState.ISSUED}
    walker.open(_url("home", store.home.code))
    walker.look("equipment-home")
    walker.open(_url("home_labels", store.home.code))
    walker.look("equipment-labels")
    walker.open(_url("home_booklet", store.home.code))
    walker.look("equipment-booklet")
    walker.open(_url("progress"))
    walker.look("equipment-progress")
    walker.open(_url("standards"))
    walker.look("equipment-standards")


def _count(walker, store) -> None:
    """What is counted without a network stays on the phone and is sent when the network is back."""
    walker.sign_in(store.teacher)
    page = walker.open(_url("home", store.home.code))
    walker.go(page.locator("form.equipment-inline button"))
    walker.look("equipment-count")
    asset = AssetItem.objects.unscoped().get(code="E02")
    page.context.set_offline(True)
    page.fill("#scan-number", asset.number)
    page.press("#scan-number", "Enter")
    page.locator(".equipment-state.is-wrong").wait_for()
    page.context.set_offline(False)
    page.locator(".equipment-state:not(.is-wrong)").wait_for()
    page.wait_for_function("() => Object.keys(localStorage).filter(key => key.startsWith('count:')).length === 0")
    assert store.home.stock_takes.get().lines.get(asset=asset).actual == 1


def _scrap(walker, store) -> None:
    [broken] = store.in_use()
    mending.ask_scrap(broken, reason="主板烧坏", by=store.keeper, now=store.now)
    walker.sign_in(store.finance)
    page = walker.open(_url("asset", broken.token))
    walker.look("equipment-scrapping")
    walker.go(page.locator(".equipment-next a.button").first)
    page.locator("input[name=approve][value=yes]").check()
    page.fill("[name=words]", "同意报废")
    walker.look("equipment-decide")
    _send(walker)
    assert store.fresh(broken).state == AssetState.DISPOSED
    walker.open(_url("register"))
    walker.look("equipment-register")
