"""Things come on the register: received and settled deliveries, donations, what a county's old register lists."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.models import Home
from services.home_equipment import errors, policies
from services.home_equipment.actions import numbers
from services.home_equipment.actions.moving import events_of
from services.home_equipment.enums import AssetState, Condition
from services.home_equipment.models import AssetEvent, AssetItem, DeliveryLine, DeliveryOrder
from services.home_equipment.queries.register import day_of
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Thing:
    """What comes on the register with one number. ``meant_for``: the home that it was brought to."""

    code: str
    name: str
    category: str
    unit: str
    source: str
    acquired_on: date
    kind: str = ""
    quantity: int = 1
    serial: str = ""
    value: Decimal | None = None
    meant_for: Home | None = None
    line: DeliveryLine | None = None


@transaction.atomic
def register(
    custodian: Organization, things: Sequence[Thing], *, by, now: datetime, reason: str = ""
) -> list[AssetItem]:
    """Give each thing its number on the county's register (V8: no other organisation keeps one); it lies in the store.

    A constant number of statements. Raises ``PermissionDenied``, ``DayAhead``.
    """
    if by is not None:
        policies.may_keep_register(by, custodian).insist()
    today = day_of(now)
    if any(thing.acquired_on > today for thing in things):
        raise errors.DayAhead(field="acquired_on")
    given = numbers.take_numbers(numbers.ASSET, custodian, len(things), now=now)
    assets = [_asset(custodian, thing, number, today) for thing, number in zip(things, given, strict=True)]
    AssetItem.objects.unscoped().bulk_create(assets)
    AssetEvent.objects.bulk_create(events_of(assets, "register", by=by, now=now, reason=reason))
    log(custodian, "home_equipment.register", user=by, data={"assets": len(assets)})
    return assets


def _asset(custodian: Organization, thing: Thing, number: str, today: date) -> AssetItem:
    return AssetItem(
        number=number,
        serial=thing.serial.strip()[:60],
        code=thing.code,
        name=thing.name,
        kind=thing.kind,
        category=thing.category,
        unit=thing.unit,
        quantity=thing.quantity,
        custodian=custodian,
        place=custodian,
        meant_for=thing.meant_for,
        source=thing.source,
        line=thing.line,
        value=thing.value,
        acquired_on=thing.acquired_on,
        state=AssetState.IN_STOCK,
        state_since=today,
        condition=Condition.GOOD,
        condition_on=thing.acquired_on,
        last_number=1,
    )


def register_received(orders: Sequence[DeliveryOrder], *, by, now: datetime) -> list[AssetItem]:
    """What was received of settled deliveries, inside the transaction that settled them."""
    rows = DeliveryLine.objects.filter(order__in=[order.pk for order in orders], received__gt=0)
    by_key = {order.pk: order for order in orders}
    things: dict[int, list[Thing]] = defaultdict(list)
    counties: dict[int, Organization] = {}
    for line in rows:
        order = by_key[line.order_id]
        counties[order.home.county_id] = order.home.county
        things[order.home.county_id] += _things(line, order)
    made = []
    for county in sorted(things):
        made += register(counties[county], things[county], by=by, now=now)
    return made


def _things(line: DeliveryLine, order: DeliveryOrder) -> list[Thing]:
    pieces = [line.received] if line.by_lot else [1] * line.received
    return [
        Thing(
            code=line.code,
            name=line.name,
            category=line.category,
            unit=line.unit,
            source=order.batch.source,
            acquired_on=order.received_on,
            kind=line.kind,
            quantity=quantity,
            value=line.price * quantity if line.price is not None else None,
            meant_for=order.home,
            line=line,
        )
        for quantity in pieces
    ]


@transaction.atomic
def register_gift(home: Home, things: Sequence[Thing], *, by, now: datetime, reason: str = "") -> list[AssetItem]:
    """What was given to a home without a delivery of ours: the county puts it on its register first (A1.31)."""
    policies.may_keep_home(by, home).insist()
    meant = [replace(thing, meant_for=home) for thing in things]
    return register(home.county, meant, by=by, now=now, reason=reason)
