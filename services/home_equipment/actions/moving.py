"""The one writer of an asset's state, place and condition: every step of ``workflow.ASSET`` goes through here, and so
does every line of an asset's history."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.enums import ALIVE
from services.childrens_homes.models import Home
from services.home_equipment import errors, policies, workflow
from services.home_equipment.enums import AssetState, Condition
from services.home_equipment.models import AssetEvent, AssetItem
from services.home_equipment.queries.register import day_of

WRITTEN = (
    *("state", "state_since", "home", "place", "custodian", "meant_for", "condition", "condition_on"),
    *("quantity", "value", "serial", "last_number"),
)


def hold(keys: Sequence[int]) -> list[AssetItem]:
    """Lock these assets in the order of their keys, whoever names them in which.

    Locked first and read afterwards: a row that was moved while it was waited for no longer joins the place it was at,
    and PostgreSQL would leave it out of a locking read with joins.
    """
    rows = AssetItem.objects.unscoped().filter(pk__in=keys).order_by("pk")
    held = list(rows.select_for_update().values_list("pk", flat=True))
    joined = AssetItem.objects.unscoped().filter(pk__in=held).order_by("pk")
    return list(joined.select_related("home__host", "home__county", "custodian", "place", "meant_for__host"))


def events_of(assets: Sequence[AssetItem], verb: str, *, by, now: datetime, reason: str = "") -> list[AssetEvent]:
    """A line of history for each, with how it stands now; ``last_number`` is the line's number."""
    return [
        AssetEvent(
            asset=asset,
            number=asset.last_number,
            verb=verb,
            at=now,
            by=by,
            reason=reason.strip()[:300],
            state=asset.state,
            home_id=asset.home_id,
            custodian_id=asset.custodian_id,
            condition=asset.condition,
            quantity=asset.quantity,
            value=asset.value,
            serial=asset.serial,
        )
        for asset in assets
    ]


def write(assets: Sequence[AssetItem], verb: str, *, by, now: datetime, reason: str = "") -> None:
    """Store assets that the caller holds and has changed, with a line of history each: two statements."""
    for asset in assets:
        asset.last_number += 1
    AssetItem.objects.unscoped().bulk_update(assets, WRITTEN, batch_size=200)
    AssetEvent.objects.bulk_create(events_of(assets, verb, by=by, now=now, reason=reason))


@transaction.atomic
def move(
    assets: Sequence[AssetItem],
    verb: str,
    *,
    by,
    now: datetime,
    reason: str = "",
    home: Home | None = None,
    target: str = "",
) -> list[AssetItem]:
    """Take assets one step on. ``home``: whom they are issued to, else each one's own (``meant_for``). ``target``:
    where a verb with several leads. ``by`` None: the system or the demo.

    All of them or none. Raises ``PermissionDenied``, ``NoSuchStep``, ``MovedAlready``, ``ReasonMissing``, and on issue
    ``NoHomeNamed``, ``NotAlive``, ``NotOnTheCountysRegister`` (V8).
    """
    if not assets:
        raise errors.NothingChosen()
    held = hold([asset.pk for asset in assets])
    for asset in held:
        edge = _edge(asset, verb, target)
        if by is not None:
            policies.may_move(by, asset, edge.who).insist()
        if edge.needs_reason and not reason.strip():
            raise errors.ReasonMissing(field="reason")
        _place(asset, verb, edge.target, home)
        asset.state, asset.state_since = edge.target, day_of(now)
    write(held, verb, by=by, now=now, reason=reason)
    # One line for the log of the desk however many were moved: each has its own history.
    log(held[0], f"home_equipment.{verb}", user=by, data={"reason": reason.strip(), "assets": len(held)})
    return held


def _edge(asset: AssetItem, verb: str, target: str) -> workflow.Edge:
    found = workflow.edge(workflow.ASSET, asset.state, verb, target)
    if found is None:
        words = {"number": asset.number, "state": AssetState(asset.state).label}
        done = asset.state in workflow.targets_of(workflow.ASSET, verb)
        raise errors.MovedAlready(**words) if done else errors.NoSuchStep(**words)
    return found


def _place(asset: AssetItem, verb: str, target: str, home: Home | None) -> None:
    """Where the step leaves it: at the home it is issued to, or back in the county's store."""
    if verb == "issue":
        to = home or asset.meant_for
        if to is None:
            raise errors.NoHomeNamed(number=asset.number, field="home")
        if to.state not in ALIVE:
            raise errors.NotAlive(home=to.code, field="home")
        if not policies.is_custodian(asset.custodian) or to.county_id != asset.custodian_id:
            words = {"number": asset.number, "custodian": asset.custodian.name, "field": "home"}
            raise errors.NotOnTheCountysRegister(**words)
        asset.home, asset.place, asset.meant_for = to, to.host, None
    elif target == AssetState.IN_STOCK:
        asset.home, asset.place = None, asset.custodian


@transaction.atomic
def state_condition(asset: AssetItem, *, condition: str, on: date, by, now: datetime, reason: str = "") -> AssetItem:
    """Note how it was found. Raises ``PermissionDenied``, ``DayAhead``, ``NoSuchStep`` (disposed of)."""
    asset = hold([asset.pk])[0]
    _insist_kept(asset)
    policies.may_move(by, asset, workflow.HOME).insist()
    if on > day_of(now):
        raise errors.DayAhead(field="on")
    asset.condition, asset.condition_on = Condition(condition), on
    write([asset], "state_condition", by=by, now=now, reason=reason)
    log(asset, "home_equipment.state_condition", user=by, data={"reason": reason.strip()})
    return asset


@transaction.atomic
def correct(asset: AssetItem, *, serial: str, value: Decimal | None, reason: str, by, now: datetime) -> AssetItem:
    """Correct what the register says of it; what stood there stays in the history."""
    asset = hold([asset.pk])[0]
    _insist_kept(asset)
    policies.may_keep_register(by, asset.custodian).insist()
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    asset.serial, asset.value = serial.strip()[:60], value
    write([asset], "correct", by=by, now=now, reason=reason)
    log(asset, "home_equipment.correct", user=by, data={"reason": reason.strip()})
    return asset


def _insist_kept(asset: AssetItem) -> None:
    if asset.state == AssetState.DISPOSED:
        raise errors.NoSuchStep(number=asset.number, state=AssetState(asset.state).label)
