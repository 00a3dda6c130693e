"""A delivery from order to register: what is refused with words, what each state leads to."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.foundation.references import is_unit_number
from services.home_equipment import errors, policies, workflow
from services.home_equipment.actions import deliveries
from services.home_equipment.enums import AssetState, DeliveryState, Source
from services.home_equipment.models import AssetItem, DeliveryLine, DeliveryOrder, StandardLine
from services.home_equipment.queries.deliveries import progress
from services.messaging.models import Message
from tests.factories.home_equipment import Store

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return Store()


def test_what_the_province_brings_is_ordered_as_the_standard_asks(store):
    order = store.ordered()
    sent = {(line.code, line.kind): line.sent for line in order.lines.all()}
    assert sent[("E01", "")] == 2 and sent[("E06", "")] == 300 and sent[("E07", "篮球")] == 1
    assert {code for code, _kind in sent} == {"E01", "E02", "E03", "E04", "E05", "E06", "E07", "E14"}
    assert is_unit_number(order.number) and is_unit_number(order.batch.number)


def test_what_the_county_matches_is_ordered_by_the_county_alone(store):
    order = store.ordered(source=Source.COUNTY_MATCH)
    assert {line.code: line.sent for line in order.lines.all()} == {"E08": 2, "E09": 10, "E10": 20}
    with pytest.raises(errors.NothingToOrder):
        store.ordered(source=Source.COUNTY_MATCH, home=store.nursery)


def test_what_the_school_owes_itself_is_ordered_like_the_rest_and_by_the_county(store):
    with pytest.raises(errors.NothingToOrder):
        store.ordered(source=Source.SITE)
    StandardLine.objects.filter(code="E10", standard__profile="school").update(supplier="site")
    order = store.ordered(source=Source.SITE)
    assert {line.code: line.sent for line in order.lines.all()} == {"E10": 20}
    assert {line.code for line in store.ordered(source=Source.COUNTY_MATCH).lines.all()} == {"E08", "E09"}
    assert policies.may_order(store.keeper, order.batch.keeper, Source.SITE)


def test_what_is_ordered_already_is_not_ordered_again(store):
    store.ordered()
    with pytest.raises(errors.NothingToOrder):
        store.ordered()


def test_what_never_came_is_ordered_anew_once_the_delivery_is_settled(store):
    order = store.received(E01=(1, "运输破损"))
    with pytest.raises(errors.NothingToOrder):
        store.ordered()
    deliveries.resolve(order, how="供货方退款", said={}, by=store.keeper, now=store.now)
    assert {line.code: line.sent for line in store.ordered().lines.all()} == {"E01": 1}


def test_the_home_learns_that_it_is_on_its_way_and_the_county_that_it_differs(
    store, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        store.received(E01=(1, "运输破损"))
    told = set(Message.objects.values_list("key", "recipient"))
    assert ("equipment-sent", store.teacher.pk) in told
    assert ("equipment-discrepancy", store.keeper.pk) in told
    assert not any(who == store.other_teacher.pk for _key, who in told)


def test_v8_five_computers_received_of_two_sent_are_refused(store):
    order = store.shipped()
    with pytest.raises(errors.DeliveryFaults) as refused:
        deliveries.receive(order, said=store.said(order, E01=(5, "")), on=store.today, by=store.teacher, now=store.now)
    fault = refused.value.faults[0]
    assert (fault.code, fault.sent, fault.received) == ("more_than_sent", 2, 5)
    assert store.fresh(order).state == DeliveryState.SHIPPED


def test_v8_the_database_refuses_it_too(store):
    line = store.shipped().lines.get(code="E01")
    for wrong in ({"received": 5}, {"received": 1, "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeliveryLine.objects.filter(pk=line.pk).update(**wrong)


def test_less_than_was_sent_needs_a_reason_and_waits_for_the_county(store):
    order = store.shipped()
    with pytest.raises(errors.DeliveryFaults):
        deliveries.receive(order, said=store.said(order, E01=(1, " ")), on=store.today, by=store.teacher, now=store.now)
    order = deliveries.receive(
        order, said=store.said(order, E01=(1, "运输破损")), on=store.today, by=store.teacher, now=store.now
    )
    assert order.state == DeliveryState.DISCREPANCY and not AssetItem.objects.unscoped().exists()


def test_verified_it_is_on_the_countys_register_and_waits_in_its_store(store):
    order = deliveries.verify(store.received(), by=store.keeper, now=store.now)
    assert order.state == DeliveryState.VERIFIED
    assets = list(AssetItem.objects.unscoped())
    # Two computers, one each of E02-E05, three hundred titles and eight kinds as lots, the plaque.
    assert len(assets) == 2 + 4 + 1 + 8 + 1
    assert {asset.custodian for asset in assets} == {store.county}
    assert {asset.state for asset in assets} == {AssetState.IN_STOCK}
    assert all(asset.meant_for == store.home and is_unit_number(asset.number) for asset in assets)
    assert AssetItem.objects.unscoped().get(code="E06").quantity == 300


def test_resolved_it_holds_what_is_there_in_the_end(store):
    order = store.received(E01=(1, "运输破损"))
    line = order.lines.get(code="E01")
    order = deliveries.resolve(order, how="供货方补发1台", said={line.pk: (2, "")}, by=store.keeper, now=store.now)
    assert order.state == DeliveryState.RESOLVED
    assert AssetItem.objects.unscoped().filter(code="E01").count() == 2
    with pytest.raises(errors.SettledAlready):
        deliveries.resolve(order, how="再次", said={}, by=store.keeper, now=store.now)


def test_the_county_objects_with_a_reason_to_what_was_reported_complete(store):
    order = store.received()
    with pytest.raises(errors.ReasonMissing):
        deliveries.object_to(order, because=" ", by=store.keeper, now=store.now)
    order = deliveries.object_to(order, because="琴键不响", by=store.keeper, now=store.now)
    assert order.state == DeliveryState.DISCREPANCY and order.objection == "琴键不响"
    with pytest.raises(errors.NoSuchStep):
        deliveries.verify(order, by=store.keeper, now=store.now)


def test_days_that_cannot_be_are_refused(store):
    order = store.shipped(ago=5)
    for day, error in ((store.day(-1), errors.DayAhead), (store.day(6), errors.DayTooEarly)):
        with pytest.raises(error):
            deliveries.receive(order, said=store.said(order), on=day, by=store.teacher, now=store.now)


def test_received_twice_it_stays_as_it_was_received_first(store):
    order = store.received()
    with pytest.raises(errors.ReceivedAlready):
        deliveries.receive(order, said=store.said(order), on=store.today, by=store.teacher, now=store.now)


@pytest.mark.parametrize("who", ["other_teacher", "auditor", "finance"])
def test_only_her_own_home_or_those_above_it_confirm_a_receipt(store, who):
    order = store.shipped()
    with pytest.raises(PermissionDenied):
        deliveries.receive(order, said=store.said(order), on=store.today, by=getattr(store, who), now=store.now)


def test_the_teacher_does_not_verify_and_the_county_does_not_order_for_the_province(store):
    order = store.received()
    with pytest.raises(PermissionDenied):
        deliveries.verify(order, by=store.teacher, now=store.now)
    with pytest.raises(PermissionDenied):
        deliveries.order_missing(
            store.programme,
            homes=[store.sister],
            source=Source.PROVINCIAL,
            keeper=store.city,
            name="示例",
            ordered_on=store.today,
            by=store.keeper,
            now=store.now,
        )


def test_nothing_is_sent_to_a_home_that_is_closed(store):
    store.home.state = "closed"
    store.home.save()
    with pytest.raises(errors.NothingToOrder):
        store.ordered()


def test_every_edge_of_the_table_leads_on_or_ends(store):
    states = {edge.origin for edge in workflow.DELIVERY} | {edge.target for edge in workflow.DELIVERY}
    assert states == set(DeliveryState.values)
    assert not [edge for edge in workflow.DELIVERY if edge.origin in ("verified", "resolved")]


def test_progress_counts_what_is_required_sent_and_received(store):
    store.received(E01=(1, "运输破损"))
    lines = {one.code: one for one in progress([store.home])}
    assert (lines["E01"].required, lines["E01"].sent, lines["E01"].received, lines["E01"].gap) == (2, 2, 1, 1)
    assert (lines["E08"].required, lines["E08"].sent, lines["E08"].gap) == (2, 0, 2)
    assert lines["E07"].required == 8 and lines["E07"].received == 8
    assert "E01" not in {one.code for one in progress([store.nursery])}


def test_an_order_that_has_not_left_is_not_sent(store):
    store.ordered()
    assert all(one.sent == 0 for one in progress([store.home]))
    assert DeliveryOrder.objects.unscoped().get().state == DeliveryState.ORDERED
