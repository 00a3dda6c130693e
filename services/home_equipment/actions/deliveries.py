"""The way of a delivery: ordered by batch, sent, received at the home, verified by the county or put right.

Every verb is one transaction; it holds the order (in the order of keys where there are several) and moves it along
``workflow.DELIVERY``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.childrens_homes.enums import ALIVE
from services.childrens_homes.models import Home, Programme
from services.home_equipment import errors, notifications, policies, workflow
from services.home_equipment.actions import numbers
from services.home_equipment.actions.registering import register_received
from services.home_equipment.enums import DeliveryState, Source, Supplier
from services.home_equipment.models import DeliveryLine, DeliveryOrder, ProcurementBatch
from services.home_equipment.queries.deliveries import brought
from services.home_equipment.queries.standards import asked, in_force
from services.home_equipment.rules import deliveries as rules
from services.home_equipment.rules.standard import required
from services.organizations.models import Organization

_SETTLED = (DeliveryState.VERIFIED, DeliveryState.RESOLVED)
_BROUGHT_BY = {
    Source.PROVINCIAL: Supplier.PROVINCE,
    Source.COUNTY_MATCH: Supplier.COUNTY,
    Source.SITE: Supplier.SITE,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line to be sent to a home."""

    code: str
    name: str
    category: str
    unit: str
    quantity: int
    kind: str = ""
    by_lot: bool = False
    price: Decimal | None = None


def missing_at(homes: Sequence[Home], source: str) -> dict[int, list[Wanted]]:
    """What the standard asks of this supplier and nobody has ordered or brought, by home: four queries."""
    supplier = _BROUGHT_BY[source]
    standards = in_force({home.programme_id for home in homes})
    there = brought(home.pk for home in homes)
    found: dict[int, list[Wanted]] = {}
    for home in homes:
        standard = standards.get((home.programme_id, home.profile))
        lines = [one for one in standard.lines.all() if one.applicable and one.supplier == supplier] if standard else []
        wanted = [one for line in lines for one in _still_missing(line, home, there)]
        if wanted:
            found[home.pk] = wanted
    return found


def _still_missing(line, home: Home, there: Mapping) -> list[Wanted]:
    kinds = line.kinds if line.minimum is None and line.kinds else [""]
    each = line.each_kind if line.minimum is None else required(asked(line))
    found = []
    for kind in kinds:
        short = each - there.get((home.pk, line.code, kind), (0, 0, 0))[0]
        if short > 0:
            found.append(Wanted(line.code, line.name, line.category, line.unit, short, kind, line.by_lot))
    return found


@transaction.atomic
def order_batch(
    programme: Programme,
    *,
    keeper: Organization,
    source: str,
    name: str,
    wanted: Mapping[int, Sequence[Wanted]],
    homes: Sequence[Home],
    ordered_on: date,
    supplier: str = "",
    document: str = "",
    due_on: date | None = None,
    by,
    now: datetime,
) -> ProcurementBatch:
    """A batch with one delivery for each of the homes. ``wanted``: lines by key of the home.

    Lock: the programme, so that two who order what is missing at one moment don't order it twice: callers work out
    ``wanted`` under it (``order_missing``). Raises ``DayAhead``, ``NotAlive``, ``NothingToOrder``.
    """
    if by is not None:
        policies.may_order(by, keeper, source).insist()
    if ordered_on > localdate(now):
        raise errors.DayAhead(field="ordered_on")
    sent_to = [home for home in homes if wanted.get(home.pk)]
    if not sent_to:
        raise errors.NothingToOrder()
    for home in sent_to:
        if home.state not in ALIVE:
            raise errors.NotAlive(home=home.code)
    batch = ProcurementBatch.objects.create(
        number=numbers.take_numbers(numbers.BATCH, keeper, 1, now=now)[0],
        programme=programme,
        keeper=keeper,
        source=source,
        name=name,
        supplier=supplier,
        document=document,
        ordered_on=ordered_on,
        made_by=by,
        made_at=now,
    )
    given = numbers.take_numbers(numbers.DELIVERY, keeper, len(sent_to), now=now)
    orders = [
        DeliveryOrder(number=number, batch=batch, home=home, due_on=due_on, changed_at=now)
        for number, home in zip(given, sent_to, strict=True)
    ]
    DeliveryOrder.objects.unscoped().bulk_create(orders)
    DeliveryLine.objects.bulk_create(_line(order, one) for order in orders for one in wanted[order.home_id])
    log(batch, "home_equipment.order", user=by, data={"deliveries": len(orders)})
    return batch


def _line(order: DeliveryOrder, one: Wanted) -> DeliveryLine:
    return DeliveryLine(
        order=order,
        code=one.code,
        name=one.name,
        kind=one.kind,
        category=one.category,
        unit=one.unit,
        by_lot=one.by_lot,
        price=one.price,
        sent=one.quantity,
    )


@transaction.atomic
def order_missing(programme: Programme, *, homes: Sequence[Home], source: str, by, now: datetime, **details):
    """Order for these homes whatever of the supplier's lines nobody has ordered yet. As ``order_batch``."""
    Programme.objects.unscoped().select_for_update(of=("self",)).get(pk=programme.pk)
    living = [home for home in homes if home.state in ALIVE]
    wanted = missing_at(living, source)
    return order_batch(programme, homes=living, source=source, wanted=wanted, by=by, now=now, **details)


@transaction.atomic
def ship(orders: Sequence[DeliveryOrder], *, on: date, by, now: datetime) -> int:
    """Note that these have been sent; those that were sent already stay as they are. Returns how many are new.

    Raises ``DayAhead``, ``DayTooEarly``.
    """
    held = _hold([order.pk for order in orders])
    for order in held:
        if by is not None:
            policies.may_ship(by, order.batch).insist()
        if on > localdate(now):
            raise errors.DayAhead(field="on")
        if on < order.batch.ordered_on:
            raise errors.DayTooEarly(field="on", day=str(order.batch.ordered_on))
    moved = [order for order in held if workflow.edge(workflow.DELIVERY, order.state, "ship")]
    for order in moved:
        order.state, order.shipped_on, order.changed_at = DeliveryState.SHIPPED, on, now
    DeliveryOrder.objects.unscoped().bulk_update(moved, ["state", "shipped_on", "changed_at"])
    if moved:
        log(moved[0].batch, "home_equipment.ship", user=by, data={"deliveries": [order.number for order in moved]})
    notifications.tell_homes_of(moved)
    return len(moved)


@transaction.atomic
def receive(order: DeliveryOrder, *, said: Mapping[int, tuple[int, str]], on: date, by, now: datetime) -> DeliveryOrder:
    """State what arrived at the home: by key of the line, pieces and the reason where fewer came than were sent.

    Where anything differs the county has to put it right. Raises ``PermissionDenied``, ``DeliveryFaults``,
    ``ReceivedAlready``, ``NoSuchStep``, ``DayAhead``, ``DayTooEarly``.
    """
    if by is not None:
        policies.may_receive(by, order.home).insist()
    order = _hold([order.pk])[0]
    if order.received_on is not None:
        raise errors.ReceivedAlready()
    lines = list(order.lines.all())
    plain = [rules.Line(line.pk, line.sent, *said.get(line.pk, (0, ""))) for line in lines]
    if faults := rules.faults(plain):
        raise errors.DeliveryFaults(faults)
    verb = "receive_short" if rules.differs(plain) else "receive"
    edge = _edge(order, verb)
    _insist_day(order, on, now)
    for line, one in zip(lines, plain, strict=True):
        line.received, line.reason = one.received, one.reason.strip()[:200]
    DeliveryLine.objects.bulk_update(lines, ["received", "reason"])
    order.state, order.received_on, order.received_by, order.changed_at = edge.target, on, by, now
    order.save()
    log(order, f"home_equipment.{verb}", user=by)
    if verb == "receive_short":
        notifications.tell_county_of(order)
    return order


@transaction.atomic
def verify(order: DeliveryOrder, *, by, now: datetime) -> DeliveryOrder:
    """The county has checked what came; it goes on the register. Raises ``SettledAlready``, ``NoSuchStep``."""
    order = _settling(order, "verify", by=by)
    return _settle(order, DeliveryState.VERIFIED, "verify", by=by, now=now)


@transaction.atomic
def object_to(order: DeliveryOrder, *, because: str, by, now: datetime) -> DeliveryOrder:
    """What was reported as complete isn't. Raises ``ReasonMissing``, ``SettledAlready``, ``NoSuchStep``."""
    order = _settling(order, "object", by=by)
    if not because.strip():
        raise errors.ReasonMissing(field="because")
    order.state, order.objection, order.changed_at = DeliveryState.DISCREPANCY, because.strip()[:300], now
    order.save(update_fields=["state", "objection", "changed_at"])
    log(order, "home_equipment.object", user=by, data={"reason": order.objection})
    return order


@transaction.atomic
def resolve(order: DeliveryOrder, *, how: str, said: Mapping[int, tuple[int, str]], by, now: datetime) -> DeliveryOrder:
    """Put a discrepancy right: what is there in the end, and how. What never came is ordered anew.

    Raises ``ReasonMissing``, ``DeliveryFaults``, ``SettledAlready``, ``NoSuchStep``.
    """
    order = _settling(order, "resolve", by=by)
    if not how.strip():
        raise errors.ReasonMissing(field="how")
    lines = list(order.lines.all())
    plain = [rules.Line(line.pk, line.sent, *said.get(line.pk, (line.received or 0, line.reason))) for line in lines]
    if faults := rules.faults(plain):
        raise errors.DeliveryFaults(faults)
    for line, one in zip(lines, plain, strict=True):
        line.received, line.reason = one.received, one.reason.strip()[:200]
    DeliveryLine.objects.bulk_update(lines, ["received", "reason"])
    order.resolution = how.strip()[:300]
    return _settle(order, DeliveryState.RESOLVED, "resolve", by=by, now=now)


def _hold(keys: Sequence[int]) -> list[DeliveryOrder]:
    rows = DeliveryOrder.objects.unscoped().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(rows.select_related("batch__keeper", "home__host", "home__county"))


def _edge(order: DeliveryOrder, verb: str):
    found = workflow.edge(workflow.DELIVERY, order.state, verb)
    if found is None:
        raise errors.NoSuchStep(number=order.number, state=DeliveryState(order.state).label)
    return found


def _settling(order: DeliveryOrder, verb: str, *, by) -> DeliveryOrder:
    if by is not None:
        policies.may_keep_home(by, order.home).insist()
    order = _hold([order.pk])[0]
    if order.state in _SETTLED:
        raise errors.SettledAlready()
    _edge(order, verb)
    return order


def _settle(order: DeliveryOrder, state: str, verb: str, *, by, now: datetime) -> DeliveryOrder:
    order.state, order.settled_by, order.settled_at, order.changed_at = state, by, now, now
    order.save()
    log(order, f"home_equipment.{verb}", user=by, data={"reason": order.resolution})
    register_received([order], by=by, now=now)
    return order


def _insist_day(order: DeliveryOrder, on: date, now: datetime) -> None:
    if on > localdate(now):
        raise errors.DayAhead(field="on")
    if order.shipped_on and on < order.shipped_on:
        raise errors.DayTooEarly(field="on", day=str(order.shipped_on))
