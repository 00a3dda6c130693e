"""Repairs and scrapping: what is broken goes away and comes back, or is given up with the approval of a second one."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from services.home_equipment import errors, notifications, policies
from services.home_equipment.actions.moving import hold, move
from services.home_equipment.enums import AssetState
from services.home_equipment.models import AssetItem, Repair, ScrapRequest, TransferLine
from services.home_equipment.queries.register import day_of


@transaction.atomic
def send_to_repair(asset: AssetItem, *, fault: str, on: date, repairer: str = "", by, now: datetime) -> Repair:
    """Raises what ``move`` raises, ``DayAhead``, ``OpenElsewhere``."""
    if on > day_of(now):
        raise errors.DayAhead(field="on")
    asset = _free(asset)
    move([asset], "send_to_repair", reason=fault, by=by, now=now)
    return Repair.objects.create(
        asset=asset, fault=fault.strip()[:300], sent_on=on, repairer=repairer.strip()[:80], noted_by=by
    )


@transaction.atomic
def bring_back(asset: AssetItem, *, result: str, on: date, cost: Decimal | None = None, by, now: datetime) -> Repair:
    """Raises what ``move`` raises, ``DayAhead``, ``DayTooEarly``."""
    asset = hold([asset.pk])[0]
    repair = asset.repairs.filter(back_on__isnull=True).first()
    if repair is None:
        raise errors.NoSuchStep(number=asset.number, state=AssetState(asset.state).label)
    if on > day_of(now):
        raise errors.DayAhead(field="on")
    if on < repair.sent_on:
        raise errors.DayTooEarly(field="on", day=str(repair.sent_on))
    move([asset], "bring_back", reason=result, by=by, now=now)
    repair.back_on, repair.result, repair.cost = on, result.strip()[:300], cost
    repair.save(update_fields=["back_on", "result", "cost"])
    return repair


@transaction.atomic
def ask_scrap(asset: AssetItem, *, reason: str, by, now: datetime) -> ScrapRequest:
    """Ask that it be scrapped; the keeper of state assets decides. Raises what ``move`` raises, ``OpenElsewhere``."""
    asset = _free(asset)
    before = asset.state
    move([asset], "ask_scrap", reason=reason, by=by, now=now)
    asset.repairs.filter(back_on__isnull=True).update(back_on=day_of(now), result=reason.strip()[:300])
    request = ScrapRequest.objects.create(
        asset=asset, before=before, reason=reason.strip()[:300], asked_by=by, asked_at=now
    )
    notifications.tell_finance_of(asset)
    return request


@transaction.atomic
def decide_scrap(asset: AssetItem, *, approve: bool, words: str, by, now: datetime) -> ScrapRequest:
    """Approve, and it is disposed of; refuse, and it is what it was before. Never by whoever asked.

    Raises ``PermissionDenied``, ``RequestedHerself``, ``ReasonMissing``, ``MovedAlready``, ``NoSuchStep``.
    """
    policies.may_decide_scrap(by, asset).insist()
    asset = hold([asset.pk])[0]
    request = asset.scrap_requests.select_for_update(of=("self",)).filter(approved__isnull=True).first()
    if request is None:
        words_of = {"number": asset.number, "state": AssetState(asset.state).label}
        raise errors.MovedAlready(**words_of)
    if request.asked_by_id is not None and request.asked_by_id == by.pk:
        raise errors.RequestedHerself()
    if not words.strip():
        raise errors.ReasonMissing(field="words")
    if approve:
        move([asset], "dispose", reason=words, by=by, now=now)
    else:
        # What was away for repair was called back when scrapping was asked for.
        target = AssetState.IN_USE if request.before == AssetState.REPAIR else request.before
        move([asset], "refuse_scrap", target=target, reason=words, by=by, now=now)
    request.approved, request.decided_by, request.decided_at = approve, by, now
    request.words = words.strip()[:300]
    request.save(update_fields=["approved", "decided_by", "decided_at", "words"])
    return request


def _free(asset: AssetItem) -> AssetItem:
    """Held, and in no transfer that isn't finished."""
    asset = hold([asset.pk])[0]
    if TransferLine.objects.filter(asset=asset, under_way=True).exists():
        raise errors.OpenElsewhere(number=asset.number)
    return asset
