"""Stock-taking, transfers between homes and counties, and what inspections leave to be mended."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.childrens_homes.enums import HomeState
from services.childrens_homes.registry import Shortfall, facts_of, home_panels, shortfall_closed, shortfall_opened
from services.childrens_homes.registry import obstacles as home_obstacles
from services.home_equipment import errors
from services.home_equipment.actions import counting, deliveries, moving, tasks, transferring
from services.home_equipment.enums import AssetState, TakeState, TaskState, TransferState
from services.home_equipment.models import AssetItem, RepairTask, StockTake
from services.home_equipment.queries.tasks import open_tasks
from services.home_equipment.rules.counting import Seen
from services.home_equipment.told import facts as equipment_facts
from services.messaging.models import Message
from tests.factories.home_equipment import Store, thing

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return Store()


def test_a_count_begins_with_the_book_and_one_runs_at_a_time(store):
    with pytest.raises(errors.NothingToCount):
        counting.begin(store.home, by=store.teacher, now=store.now)
    assets = store.in_use(thing("E01"), thing("E06", quantity=300))
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    assert {(line.asset, line.book) for line in take.lines.all()} == {(assets[0], 1), (assets[1], 300)}
    with pytest.raises(errors.TakeRuns):
        counting.begin(store.home, by=store.keeper, now=store.now)


def test_what_a_phone_sends_twice_or_late_counts_once_and_the_later_count_stands(store):
    [asset] = store.in_use(thing("E06", quantity=300))
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    later, sooner = Seen(asset.number, 290, store.now), Seen(asset.number, 10, store.now - timedelta(hours=1))
    for seen in ([later], [sooner], [later], [sooner, later]):
        assert counting.count(take, seen, by=store.teacher, now=store.now) == []
    assert take.lines.get().actual == 290


def test_a_label_counts_as_its_number_does_and_what_no_register_knows_is_told(store):
    [asset] = store.in_use()
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    unknown = counting.count(
        take, [Seen(asset.token, 1, store.now), Seen("ZC-0", 1, store.now)], by=store.teacher, now=store.now
    )
    assert unknown == ["ZC-0"] and take.lines.get().actual == 1


def test_a_clock_that_runs_ahead_does_not_keep_others_from_counting(store):
    [asset] = store.in_use()
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    counting.count(take, [Seen(asset.number, 5, store.now + timedelta(days=9))], by=store.teacher, now=store.now)
    after = store.now + timedelta(minutes=1)
    counting.count(take, [Seen(asset.number, 1, after)], by=store.teacher, now=after)
    assert take.lines.get().actual == 1


def test_differences_need_reasons_and_what_was_not_counted_is_one(store):
    seen, unseen = store.in_use(thing("E01"), thing("E08"))
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    counting.count(take, [Seen(seen.number, 1, store.now)], by=store.teacher, now=store.now)
    line = take.lines.get(asset=unseen)
    with pytest.raises(errors.DifferencesNeedReasons) as refused:
        counting.hand_in(take, reasons={}, by=store.teacher, now=store.now)
    assert refused.value.lines == [line.pk]
    counting.hand_in(take, reasons={line.pk: "借给校办"}, by=store.teacher, now=store.now)
    with pytest.raises(errors.TakeNotOpen):
        counting.count(take, [Seen(unseen.number, 1, store.now)], by=store.teacher, now=store.now)


def test_approved_by_another_the_register_follows_the_count(store):
    there, lot, gone = store.in_use(thing("E01"), thing("E06", quantity=300), thing("E08"))
    take = store.counted({there.number: 1, lot.number: 280}, {lot.number: "破损20种", gone.number: "丢失"})
    StockTake.objects.unscoped().update(counted_by=store.keeper)
    with pytest.raises(errors.CountedHerself):
        counting.approve(take, by=store.keeper, now=store.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockTake.objects.unscoped().update(approved_by=store.keeper)
    with pytest.raises(PermissionDenied):
        counting.approve(take, by=store.teacher, now=store.now)
    counting.approve(take, by=store.second, now=store.now)
    assert store.fresh(gone).state == AssetState.LOST
    assert store.fresh(lot).quantity == 280
    assert there.events.first().verb == "counted" and lot.events.first().reason == "破损20种"


def test_what_turned_up_from_elsewhere_is_on_record_and_stays_in_its_own_books(store):
    [mine], [theirs] = store.in_use(), store.in_use(home=store.sister)
    take = store.counted({mine.number: 1, theirs.number: 1}, {theirs.number: "从兄弟学校借来"})
    counting.approve(take, by=store.keeper, now=store.now)
    assert take.lines.get(asset=theirs).book == 0
    assert store.fresh(theirs).home == store.sister


def test_returned_it_is_counted_again(store):
    [asset] = store.in_use()
    take = store.counted({asset.number: 1})
    with pytest.raises(errors.ReasonMissing):
        counting.send_back(take, because="", by=store.keeper, now=store.now)
    take = counting.send_back(take, because="请核对型号", by=store.keeper, now=store.now)
    assert take.state == TakeState.COUNTING and take.returned_because == "请核对型号"
    counting.hand_in(take, reasons={}, by=store.teacher, now=store.now)
    counting.approve(take, by=store.keeper, now=store.now)
    counting.begin(store.home, by=store.teacher, now=store.now)


def test_what_left_while_it_was_counted_is_left_alone(store):
    [asset] = store.in_use()
    take = store.counted({}, {asset.number: "没找到"})
    moving.move([asset], "take_back", reason="换新", by=store.keeper, now=store.now)
    counting.approve(take, by=store.second, now=store.now)
    assert store.fresh(asset).state == AssetState.IN_STOCK


def _transfer(store, taker=None):
    assets = store.in_use(thing("E01"))
    by = store.keeper
    return assets, transferring.ask_transfer(
        store.home, taker or store.sister, assets=assets, reason="余缺调剂", by=by, now=store.now
    )


def test_both_sides_confirm_a_transfer(store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        [asset], transfer = _transfer(store)
    told = set(Message.objects.filter(key="equipment-transfer").values_list("recipient", flat=True))
    assert told == {store.teacher.pk, store.other_teacher.pk}
    with pytest.raises(errors.NotGivenYet):
        transferring.take_over(transfer, by=store.other_teacher, now=store.now)
    with pytest.raises(PermissionDenied):
        transferring.hand_over(transfer, by=store.other_teacher, now=store.now)
    transferring.hand_over(transfer, by=store.teacher, now=store.now)
    transferring.take_over(transfer, by=store.other_teacher, now=store.now)
    asset = store.fresh(asset)
    assert (asset.home, asset.place, asset.state) == (store.sister, store.sister.host, AssetState.IN_USE)
    assert asset.events.first().verb == "transfer"
    with pytest.raises(errors.TransferOver):
        transferring.take_over(transfer, by=store.other_teacher, now=store.now)


def test_nobody_confirms_both_sides(store):
    _assets, transfer = _transfer(store)
    transferring.hand_over(transfer, by=store.keeper, now=store.now)
    with pytest.raises(errors.BothSides):
        transferring.take_over(transfer, by=store.keeper, now=store.now)
    transferring.take_over(transfer, by=store.second, now=store.now)


def test_between_counties_the_register_changes_hands(store):
    [asset], transfer = _transfer(store, store.away)
    transferring.hand_over(transfer, by=store.teacher, now=store.now)
    with pytest.raises(PermissionDenied):
        transferring.take_over(transfer, by=store.other_teacher, now=store.now)
    transferring.take_over(transfer, by=store.boss, now=store.now)
    assert store.fresh(asset).custodian == store.tree["county_b"]


def test_an_asset_is_in_one_transfer_and_in_nothing_else_meanwhile(store):
    [asset], transfer = _transfer(store)
    again = {"assets": [asset], "reason": "示例", "by": store.keeper, "now": store.now}
    with pytest.raises(errors.OpenElsewhere):
        transferring.ask_transfer(store.home, store.sister, **again)
    with pytest.raises(errors.NotAtThisHome):
        transferring.ask_transfer(store.sister, store.home, **again)
    with pytest.raises(errors.SameHome):
        transferring.ask_transfer(store.home, store.home, **again)
    transferring.call_off(transfer, because="不再需要", by=store.keeper, now=store.now)
    assert store.fresh(transfer).state == TransferState.CALLED_OFF
    transferring.ask_transfer(store.home, store.sister, **again)


def test_what_left_the_giving_home_meanwhile_goes_nowhere(store):
    [asset], transfer = _transfer(store)
    transferring.hand_over(transfer, by=store.teacher, now=store.now)
    moving.move([asset], "take_back", reason="另有安排", by=store.keeper, now=store.now)
    with pytest.raises(errors.NotAtThisHome):
        transferring.take_over(transfer, by=store.other_teacher, now=store.now)
    assert (store.fresh(asset).state, store.fresh(asset).home) == (AssetState.IN_STOCK, None)


def test_nothing_goes_to_a_home_that_is_closed(store):
    store.sister.state = HomeState.CLOSED
    store.sister.save()
    with pytest.raises(errors.NotAlive):
        _transfer(store)
    [asset] = store.stored(thing("E01"))
    with pytest.raises(errors.NotAlive):
        moving.move([asset], "issue", home=store.sister, by=store.keeper, now=store.now)


def _shortfall(store, key="s-1", criterion="5.1", **more) -> Shortfall:
    return Shortfall(key, store.home.pk, criterion, "书架只有1个", store.day(-30), **more)


def test_d25_a_failed_criterion_of_equipment_makes_one_task_and_others_make_none(store):
    for tell in shortfall_opened:
        for criterion, key in (("5.1", "s-1"), ("5.1", "s-1"), ("4.1", "s-2"), ("R9.4", "s-3")):
            tell(_shortfall(store, key, criterion), store.keeper)
    assert set(RepairTask.objects.unscoped().values_list("key", flat=True)) == {"s-1", "s-3"}


def test_d25_it_stays_open_until_its_evidence_is_accepted(store):
    tasks.open_task(_shortfall(store), store.keeper)
    task = RepairTask.objects.unscoped().get()
    with pytest.raises(errors.ReasonMissing):
        tasks.answer(task, words=" ", by=store.teacher, now=store.now)
    with pytest.raises(PermissionDenied):
        tasks.answer(task, words="已补", by=store.other_teacher, now=store.now)
    tasks.answer(task, words="已补1个书架", by=store.teacher, now=store.now)
    assert [one.state for one in open_tasks([store.home.pk])[store.home.pk]] == [TaskState.ANSWERED]
    for tell in shortfall_closed:
        tell("s-1", store.keeper)
        tell("s-1", store.keeper)
    assert open_tasks([store.home.pk]) == {}
    with pytest.raises(errors.TaskClosed):
        tasks.answer(task, words="再来", by=store.teacher, now=store.now)


def test_facts_of_a_home_say_each_line_and_the_whole(store):
    store.in_use(thing("E01"), thing("E08"), thing("E08"))
    tasks.open_task(_shortfall(store), store.keeper)
    facts = facts_of([store.home, store.nursery], store.today)
    school, nursery = facts[store.home.pk], facts[store.nursery.pk]
    assert school["equipment_E01"].value is False and school["equipment_E01_held"].value == 1
    assert school["equipment_E01_gap"].value == 1 and school["equipment_E08"].value is True
    assert school["equipment_complete"].value is False and school["equipment_open_tasks"].value == 1
    assert school["equipment_gap"].value == 10
    assert "equipment_E01" not in nursery and nursery["equipment_E04"].value is False
    assert school["equipment_last_count"].value is None


def test_facts_of_a_past_day_are_those_of_that_day(store):
    store.in_use(thing("E08"), thing("E08"), now=store.now - timedelta(days=10))
    assert facts_of([store.home], store.day(11))[store.home.pk]["equipment_E08"].value is False
    moved = list(AssetItem.objects.unscoped())
    moving.move(moved, "take_back", reason="示例", by=store.keeper, now=store.now)
    assert facts_of([store.home], store.day(5))[store.home.pk]["equipment_E08"].value is True
    assert facts_of([store.home], store.today)[store.home.pk]["equipment_E08"].value is False


def test_without_a_list_in_force_nothing_is_known():
    store = Store(lists=False)
    facts = facts_of([store.home], store.today)[store.home.pk]
    assert facts["equipment_complete"].value is None and facts["equipment_gap"].value is None


def test_facts_cost_the_same_for_one_home_and_for_many(store, django_assert_num_queries):
    store.in_use()
    with django_assert_num_queries(5):
        equipment_facts([store.home], store.today)
    with django_assert_num_queries(5):
        equipment_facts([store.home, store.sister, store.nursery, store.away], store.today)


def test_the_home_s_page_says_what_waits(store):
    deliveries.verify(store.received(), by=store.keeper, now=store.now)
    tasks.open_task(_shortfall(store), store.keeper)
    panel = home_panels["home_equipment"](store.home, store.keeper)
    assert len(panel.lines) == 3 and store.home.code in panel.url
    assert home_panels["home_equipment"](store.home, None) is None


def test_a_home_is_not_declared_equipped_before_it_is(store):
    ask = home_obstacles["home_equipment"]
    assert ask(store.home, "declare_equipped") and ask(store.home, "suspend") == []
    order = deliveries.verify(store.received(), by=store.keeper, now=store.now)
    county = store.stored(*[thing(code) for code, n in (("E08", 2), ("E09", 10), ("E10", 20)) for _one in range(n)])
    assets = list(AssetItem.objects.unscoped().filter(line__order=order)) + county
    moving.move(assets, "issue", by=store.keeper, now=store.now)
    assert ask(store.home, "declare_equipped") == []
