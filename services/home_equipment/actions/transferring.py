"""Assets change homes: asked for by a county, handed over by the giving side, taken by the other."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.enums import ALIVE
from services.childrens_homes.models import Home
from services.home_equipment import errors, notifications, policies
from services.home_equipment.actions.moving import hold, write
from services.home_equipment.enums import TRANSFER_OPEN, AssetState, TransferState
from services.home_equipment.models import AssetItem, AssetTransfer, TransferLine
from services.home_equipment.queries.register import day_of


@transaction.atomic
def ask_transfer(
    giver: Home, taker: Home, *, assets: Sequence[AssetItem], reason: str, by, now: datetime
) -> AssetTransfer:
    """Asked for by the giving home's county. Raises ``SameHome``, ``NothingChosen``, ``ReasonMissing``,
    ``NotAtThisHome``, ``OpenElsewhere``, ``NotAlive``. Locks the assets."""
    policies.may_keep_home(by, giver).insist()
    if giver.pk == taker.pk:
        raise errors.SameHome(field="taker")
    if taker.state not in ALIVE:
        raise errors.NotAlive(home=taker.code, field="taker")
    if not assets:
        raise errors.NothingChosen(field="assets")
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    held = hold([asset.pk for asset in assets])
    away = set(TransferLine.objects.filter(asset__in=held, under_way=True).values_list("asset_id", flat=True))
    for asset in held:
        if asset.home_id != giver.pk or asset.state != AssetState.IN_USE:
            raise errors.NotAtThisHome(number=asset.number, field="assets")
        if asset.pk in away:
            raise errors.OpenElsewhere(number=asset.number, field="assets")
    transfer = AssetTransfer.objects.create(
        giver=giver, taker=taker, reason=reason.strip()[:300], asked_by=by, asked_at=now
    )
    TransferLine.objects.bulk_create(TransferLine(transfer=transfer, asset=asset) for asset in held)
    log(transfer, "home_equipment.ask_transfer", user=by, data={"reason": transfer.reason, "assets": len(held)})
    notifications.tell_sides_of(transfer)
    return transfer


@transaction.atomic
def hand_over(transfer: AssetTransfer, *, by, now: datetime) -> AssetTransfer:
    """The giving side confirms. Raises ``PermissionDenied``, ``TransferOver``."""
    policies.may_receive(by, transfer.giver).insist()
    transfer = _hold(transfer)
    if transfer.state != TransferState.ASKED:
        raise errors.TransferOver(state=TransferState(transfer.state).label)
    transfer.state, transfer.given_by, transfer.given_at = TransferState.HANDED_OVER, by, now
    transfer.save(update_fields=["state", "given_by", "given_at"])
    log(transfer, "home_equipment.hand_over", user=by)
    return transfer


@transaction.atomic
def take_over(transfer: AssetTransfer, *, by, now: datetime) -> AssetTransfer:
    """The taking side confirms; between counties the register changes hands with it. What was taken back, lost or sent
    to repair meanwhile goes nowhere: the transfer is called off and asked for anew.

    Raises ``PermissionDenied``, ``BothSides``, ``NotGivenYet``, ``TransferOver``, ``NotAtThisHome``.
    """
    policies.may_receive(by, transfer.taker).insist()
    transfer = _hold(transfer)
    if transfer.state == TransferState.ASKED:
        raise errors.NotGivenYet()
    if transfer.state != TransferState.HANDED_OVER:
        raise errors.TransferOver(state=TransferState(transfer.state).label)
    if transfer.given_by_id is not None and transfer.given_by_id == by.pk:
        raise errors.BothSides()
    held = hold(list(transfer.lines.values_list("asset_id", flat=True)))
    for asset in held:
        if asset.home_id != transfer.giver_id or asset.state != AssetState.IN_USE:
            raise errors.NotAtThisHome(number=asset.number)
    for asset in held:
        asset.home, asset.place = transfer.taker, transfer.taker.host
        asset.custodian, asset.state_since = transfer.taker.county, day_of(now)
    write(held, "transfer", by=by, now=now, reason=transfer.reason)
    transfer.lines.update(under_way=False)
    transfer.state, transfer.taken_by, transfer.taken_at = TransferState.TAKEN, by, now
    transfer.save(update_fields=["state", "taken_by", "taken_at"])
    log(transfer, "home_equipment.take_over", user=by)
    return transfer


@transaction.atomic
def call_off(transfer: AssetTransfer, *, because: str, by, now: datetime) -> AssetTransfer:
    """Nothing moves. By the giving or the taking county. Raises ``ReasonMissing``, ``TransferOver``."""
    may = policies.may_keep_home(by, transfer.giver) or policies.may_keep_home(by, transfer.taker)
    may.insist()
    if not because.strip():
        raise errors.ReasonMissing(field="because")
    transfer = _hold(transfer)
    if transfer.state not in TRANSFER_OPEN:
        raise errors.TransferOver(state=TransferState(transfer.state).label)
    transfer.lines.update(under_way=False)
    transfer.state, transfer.called_off_because = TransferState.CALLED_OFF, because.strip()[:300]
    transfer.save(update_fields=["state", "called_off_because"])
    log(transfer, "home_equipment.call_off_transfer", user=by, data={"reason": transfer.called_off_because})
    return transfer


def _hold(transfer: AssetTransfer) -> AssetTransfer:
    rows = AssetTransfer.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("giver__host", "giver__county", "taker__host", "taker__county").get(pk=transfer.pk)
