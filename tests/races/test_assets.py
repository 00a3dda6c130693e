"""Assets at one moment: issued once, counted once, decided once, received once, numbered apart."""

import pytest

from services.home_equipment.actions import counting, deliveries, mending, moving, transferring
from services.home_equipment.enums import AssetState, Source
from services.home_equipment.models import AssetEvent, AssetItem, DeliveryOrder, StockTake, TransferLine
from services.home_equipment.rules.counting import Seen
from services.organizations.enums import Role
from tests.factories.home_equipment import Store, desk_user, thing
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def store():
    return Store()


def test_eight_who_issue_one_asset_issue_it_once(store):
    [asset] = store.stored()
    jobs = [
        lambda home=home: moving.move([asset], "issue", home=home, by=store.keeper, now=store.now)
        for home in (store.home, store.sister) * 4
    ]
    results = at_once(jobs)
    assert results.count("moved_already") == 7
    assert AssetEvent.objects.filter(asset=asset, verb="issue").count() == 1
    assert store.fresh(asset).home_id == AssetEvent.objects.get(verb="issue").home_id


def test_two_who_move_the_same_assets_in_another_order_wait_for_each_other(store):
    assets = store.in_use(*[thing() for _one in range(12)])
    jobs = [
        lambda: moving.move(assets, "take_back", reason="示例", by=store.keeper, now=store.now),
        lambda: moving.move(assets[::-1], "lose", reason="示例", by=store.keeper, now=store.now),
    ] * 3
    results = at_once(jobs)
    # Missing things may be found; taken back ones may go missing: each step was whole.
    assert not [one for one in results if isinstance(one, Exception)]
    assert len({asset.state for asset in AssetItem.objects.unscoped()}) == 1


def test_eight_stock_takings_of_one_home_are_one(store):
    store.in_use()
    results = at_once([lambda: counting.begin(store.home, by=store.teacher, now=store.now)] * 8)
    assert results.count("take_runs") == 7 and StockTake.objects.unscoped().count() == 1


def test_phones_that_send_their_counts_at_once_lose_none(store):
    assets = store.in_use(*[thing() for _one in range(6)])
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    at_once(
        [
            lambda one=one: counting.count(take, [Seen(one.number, 1, store.now)], by=store.teacher, now=store.now)
            for one in assets
        ]
    )
    assert take.lines.filter(actual=1).count() == 6


def test_approved_and_returned_at_one_moment_it_is_one_of_both(store):
    [asset] = store.in_use()
    take = store.counted({}, {asset.number: "丢失"})
    jobs = [
        lambda: counting.approve(take, by=store.keeper, now=store.now),
        lambda: counting.send_back(take, because="重盘", by=store.second, now=store.now),
    ] * 3
    results = at_once(jobs)
    assert sum(isinstance(one, StockTake) for one in results) == 1
    lost = store.fresh(asset).state == AssetState.LOST
    assert lost == (store.fresh(take).state == "approved")


def test_scrapping_approved_and_refused_at_one_moment_is_decided_once(store):
    [asset] = store.in_use()
    mending.ask_scrap(asset, reason="报废", by=store.keeper, now=store.now)
    others = [desk_user(store.county, Role.WF_FINANCE) for _one in range(5)]
    jobs = [
        lambda who=who, yes=yes: mending.decide_scrap(asset, approve=yes, words="示例", by=who, now=store.now)
        for who, yes in zip([store.finance, *others], [True, False] * 3, strict=True)
    ]
    results = at_once(jobs)
    assert results.count("moved_already") == 5
    request = asset.scrap_requests.get()
    assert (store.fresh(asset).state == AssetState.DISPOSED) == request.approved


def test_one_asset_is_asked_for_by_one_of_two_transfers(store):
    [asset] = store.in_use()
    jobs = [
        lambda taker=taker: transferring.ask_transfer(
            store.home, taker, assets=[asset], reason="示例", by=store.keeper, now=store.now
        )
        for taker in (store.sister, store.away) * 3
    ]
    results = at_once(jobs)
    assert results.count("open_elsewhere") == 5
    assert TransferLine.objects.filter(asset=asset, under_way=True).count() == 1


def test_received_twice_at_one_moment_it_is_on_the_register_once(store):
    order = store.shipped()
    said = store.said(order)
    results = at_once(
        [lambda: deliveries.receive(order, said=said, on=store.today, by=store.teacher, now=store.now)] * 4
    )
    assert results.count("received_already") == 3
    results = at_once([lambda: deliveries.verify(order, by=store.keeper, now=store.now)] * 4)
    assert results.count("settled_already") == 3
    assert AssetItem.objects.unscoped().count() == order.lines.count() + 1  # two computers


def test_what_is_missing_is_ordered_once_by_four_who_order_it(store):
    results = at_once([store.ordered] * 4)
    assert results.count("nothing_to_order") == 3 and DeliveryOrder.objects.unscoped().count() == 1


def test_numbers_taken_at_one_moment_differ(store):
    at_once([lambda: store.stored(thing(), thing(source=Source.DONATION))] * 6)
    numbers = list(AssetItem.objects.unscoped().values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 12
