"""The register: issued from the county alone, one writer, a history that only grows and tells every past day."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import make_aware

from services.foundation.references import is_unit_number
from services.home_equipment import errors, workflow
from services.home_equipment.actions import mending, moving, registering
from services.home_equipment.enums import AssetState, Condition
from services.home_equipment.models import AssetEvent, AssetItem, Repair, ScrapRequest
from services.home_equipment.queries.register import assets_for, idle_since, register_on
from tests.factories.home_equipment import Store, thing

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return Store()


def test_numbers_are_given_once_in_order_and_a_mistyped_digit_is_noticed(store):
    first, second = store.stored(thing(), thing())
    assert first.number != second.number and is_unit_number(first.number)
    assert first.number.startswith("ZC-990001-")
    wrong = first.number[:-3] + ("1" if first.number[-3] != "1" else "2") + first.number[-2:]
    assert not is_unit_number(wrong)


def test_v8_only_the_county_whose_register_it_stands_on_issues_it(store):
    [asset] = store.stored()
    with pytest.raises(errors.NotOnTheCountysRegister):
        moving.move([asset], "issue", home=store.away, by=store.boss, now=store.now)
    AssetItem.objects.unscoped().filter(pk=asset.pk).update(custodian=store.city)
    with pytest.raises(errors.NotOnTheCountysRegister):
        moving.move([asset], "issue", by=store.boss, now=store.now)


def test_issued_and_confirmed_it_is_the_schools_to_use_and_the_countys_to_keep(store):
    [asset] = store.in_use()
    assert asset.state == AssetState.IN_USE and asset.home == store.home
    assert (asset.place, asset.custodian, asset.user_unit) == (store.home.host, store.county, store.home.host)
    assert list(asset.events.order_by("number").values_list("verb", flat=True)) == ["register", "issue", "confirm"]


def test_the_teacher_confirms_what_her_home_was_issued_and_nothing_else(store):
    [asset] = store.stored()
    with pytest.raises(PermissionDenied):
        moving.move([asset], "issue", by=store.teacher, now=store.now)
    moving.move([asset], "issue", by=store.keeper, now=store.now)
    with pytest.raises(PermissionDenied):
        moving.move([asset], "confirm", by=store.other_teacher, now=store.now)
    moving.move([asset], "confirm", by=store.teacher, now=store.now)
    assert store.fresh(asset).state == AssetState.IN_USE


def test_all_are_moved_or_none(store):
    issued, stored = store.in_use()[0], store.stored()[0]
    with pytest.raises(errors.MovedAlready):
        moving.move([stored, issued], "confirm", by=store.keeper, now=store.now)
    with pytest.raises(errors.NoSuchStep):
        moving.move([issued, stored], "send_to_repair", reason="坏", by=store.keeper, now=store.now)
    assert store.fresh(stored).state == AssetState.IN_STOCK


def _at(store, state: str) -> AssetItem:
    """One asset in each state, got there by the steps themselves."""
    [asset] = store.stored() if state in ("in_stock", "issued") else store.in_use()
    steps = {
        "issued": lambda: moving.move([asset], "issue", by=store.keeper, now=store.now),
        "repair": lambda: mending.send_to_repair(asset, fault="坏", on=store.today, by=store.teacher, now=store.now),
        "lost": lambda: moving.move([asset], "lose", reason="找不到", by=store.keeper, now=store.now),
        "scrap_requested": lambda: mending.ask_scrap(asset, reason="报废", by=store.keeper, now=store.now),
    }
    steps.get(state, lambda: None)()
    return store.fresh(asset)


@pytest.mark.parametrize("edge", workflow.ASSET, ids=lambda edge: f"{edge.origin}-{edge.verb}-{edge.target}")
def test_every_edge_of_the_table_is_taken_by_whom_it_names_and_with_a_reason_where_it_asks_for_one(store, edge):
    asset = _at(store, edge.origin)
    by = {workflow.KEEPER: store.keeper, workflow.HOME: store.teacher, workflow.FINANCE: store.finance}[edge.who]
    if edge.who == workflow.HOME and asset.home is None:
        by = store.keeper
    stranger = {"home": store.other_teacher, "keeper": store.teacher, "finance": store.second}[edge.who]
    with pytest.raises(PermissionDenied):
        moving.move([asset], edge.verb, target=edge.target, reason="示例", by=stranger, now=store.now)
    if edge.needs_reason:
        with pytest.raises(errors.ReasonMissing):
            moving.move([asset], edge.verb, target=edge.target, reason=" ", by=by, now=store.now)
    if edge.verb == "refuse_scrap" and edge.target == "in_stock":
        return  # of something that lay in the store: see the test of refusals
    moving.move([asset], edge.verb, target=edge.target, reason="示例", by=by, now=store.now)
    assert store.fresh(asset).state == edge.target


def test_the_table_names_every_state_and_disposed_is_the_end():
    named = {edge.origin for edge in workflow.ASSET} | {edge.target for edge in workflow.ASSET}
    assert named == set(AssetState.values)
    assert not [edge for edge in workflow.ASSET if edge.origin == "disposed"]


def test_the_history_only_grows(store):
    [asset] = store.in_use()
    event = asset.events.first()
    event.reason = "改写"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_d25_the_register_of_any_past_day_is_rebuilt_from_the_history(store):
    def at(days_ago):
        return make_aware(datetime.combine(store.day(days_ago), time(10)))

    long_ago = {"on": store.day(60)}
    computer, shelf = registering.register_gift(
        store.home, [thing("E01", **long_ago), thing("E08", **long_ago)], by=store.keeper, now=at(50)
    )
    moving.move([computer, shelf], "issue", by=store.keeper, now=at(40))
    moving.move([computer, shelf], "confirm", by=store.teacher, now=at(39))
    moving.state_condition(computer, condition="worn", on=store.day(30), by=store.teacher, now=at(30))
    mending.ask_scrap(computer, reason="主板烧坏", by=store.keeper, now=at(20))
    mending.decide_scrap(computer, approve=True, words="同意", by=store.finance, now=at(10))
    moving.move([shelf], "take_back", reason="换新", by=store.keeper, now=at(5))

    def home(days_ago):
        rows = register_on(store.day(days_ago), home=store.home)
        return {row.number: (row.state, row.condition) for row in rows}

    assert register_on(store.day(51), county=store.county) == []
    assert {row.state for row in register_on(store.day(50), county=store.county)} == {AssetState.IN_STOCK}
    assert home(45) == {}
    assert home(40) == {computer.number: ("issued", "good"), shelf.number: ("issued", "good")}
    assert home(25) == {computer.number: ("in_use", "worn"), shelf.number: ("in_use", "good")}
    assert home(15) == {computer.number: ("scrap_requested", "worn"), shelf.number: ("in_use", "good")}
    assert home(7) == {shelf.number: ("in_use", "good")}
    assert home(0) == {}
    assert [row.number for row in register_on(store.today, county=store.county)] == [shelf.number]


def test_todays_register_from_the_history_is_the_register(store):
    store.in_use(thing("E01"), thing("E08"))
    store.stored(thing("E09"))
    live = {a.number: (a.state, a.home_id, a.custodian_id, a.quantity) for a in AssetItem.objects.unscoped()}
    rebuilt = {
        row.number: (row.state, row.home and row.home.pk, row.custodian.pk, row.quantity)
        for row in register_on(store.today, county=store.county)
    }
    assert live == rebuilt


def test_a_repair_is_logged_from_the_day_it_left_to_the_day_it_came_back(store):
    [asset] = store.in_use()
    mending.send_to_repair(
        asset, fault="屏幕不亮", on=store.day(3), repairer="示例维修", by=store.teacher, now=store.now
    )
    with pytest.raises(errors.MovedAlready):
        mending.send_to_repair(asset, fault="又坏", on=store.today, by=store.teacher, now=store.now)
    with pytest.raises(errors.DayTooEarly):
        mending.bring_back(asset, result="换屏", on=store.day(4), by=store.teacher, now=store.now)
    mending.bring_back(asset, result="换屏", on=store.today, cost=200, by=store.teacher, now=store.now)
    repair = Repair.objects.get()
    assert (repair.back_on, repair.result) == (store.today, "换屏")
    assert store.fresh(asset).state == AssetState.IN_USE


def test_scrapping_is_decided_by_the_keeper_of_state_assets_and_never_by_whoever_asked(store):
    [asset] = store.in_use()
    mending.ask_scrap(asset, reason="主板烧坏", by=store.keeper, now=store.now)
    for who in (store.keeper, store.boss, store.teacher, store.auditor):
        with pytest.raises(PermissionDenied):
            mending.decide_scrap(asset, approve=True, words="同意", by=who, now=store.now)
    ScrapRequest.objects.update(asked_by=store.finance)
    with pytest.raises(errors.RequestedHerself):
        mending.decide_scrap(asset, approve=True, words="同意", by=store.finance, now=store.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScrapRequest.objects.update(decided_by=store.finance, decided_at=store.now, approved=True)
    ScrapRequest.objects.update(asked_by=store.keeper)
    mending.decide_scrap(asset, approve=True, words="同意", by=store.finance, now=store.now)
    assert store.fresh(asset).state == AssetState.DISPOSED
    with pytest.raises(errors.MovedAlready):
        mending.decide_scrap(asset, approve=False, words="不同意", by=store.finance, now=store.now)


@pytest.mark.parametrize(
    ("state", "after"),
    [("in_stock", "in_stock"), ("in_use", "in_use"), ("repair", "in_use"), ("lost", "lost")],
)
def test_refused_it_is_what_it_was_before(store, state, after):
    asset = _at(store, state)
    mending.ask_scrap(asset, reason="报废", by=store.keeper, now=store.now)
    mending.decide_scrap(asset, approve=False, words="可以再用", by=store.finance, now=store.now)
    assert store.fresh(asset).state == after
    assert not Repair.objects.filter(back_on__isnull=True).exists()


def test_what_is_disposed_of_is_not_touched_again(store):
    [asset] = store.in_use()
    mending.ask_scrap(asset, reason="报废", by=store.keeper, now=store.now)
    mending.decide_scrap(asset, approve=True, words="同意", by=store.finance, now=store.now)
    for act in (
        lambda: moving.state_condition(asset, condition="good", on=store.today, by=store.keeper, now=store.now),
        lambda: moving.correct(asset, serial="1", value=None, reason="示例", by=store.keeper, now=store.now),
        lambda: moving.move([asset], "issue", home=store.home, by=store.keeper, now=store.now),
    ):
        with pytest.raises(errors.NoSuchStep):
            act()


def test_what_lies_about_for_longer_than_the_city_allows_is_idle(store):
    lying, fresh, unused = store.stored()[0], store.stored()[0], store.in_use()[0]
    AssetItem.objects.unscoped().filter(pk=lying.pk).update(state_since=store.day(91))
    AssetItem.objects.unscoped().filter(pk=unused.pk).update(condition=Condition.UNUSED, condition_on=store.day(95))
    idle = set(AssetItem.objects.unscoped().filter(idle_since(store.day(90))))
    assert idle == {lying, unused} and fresh not in idle


def test_whoever_looks_finds_what_lies_at_or_below_her_post(store):
    [here], [there] = store.in_use(), store.in_use(home=store.away)
    [stored] = store.stored()
    assert set(assets_for(store.teacher)) == {here}
    assert set(assets_for(store.keeper)) == {here, stored}
    assert set(assets_for(store.auditor)) == {here, stored, there}


def test_a_correction_keeps_what_stood_there_before(store):
    [asset] = store.in_use()
    moving.correct(asset, serial="SN-1", value=None, reason="补录", by=store.keeper, now=store.now)
    last, before = asset.events.order_by("-number")[:2]
    assert (last.serial, before.serial) == ("SN-1", "") and last.verb == "correct"


def test_a_hundred_things_come_on_the_register_in_few_statements(store, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        registering.register_gift(store.home, [thing() for _one in range(100)], by=store.keeper, now=store.now)
    assert AssetEvent.objects.count() == 100


def test_a_day_ahead_is_no_day_of_acquisition(store):
    with pytest.raises(errors.DayAhead):
        store.stored(thing(on=store.today + timedelta(days=1)))
