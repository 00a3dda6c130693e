"""Stock-taking at a home: begun with the book of that moment, counted by scanning, handed in, approved by another."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.models import Home
from services.home_equipment import errors, policies
from services.home_equipment.actions.moving import hold, move, write
from services.home_equipment.enums import AssetState, TakeState
from services.home_equipment.models import AssetItem, StockTake, StockTakeLine
from services.home_equipment.queries.register import assets_called, assets_of
from services.home_equipment.rules import counting as rules
from services.home_equipment.rules.counting import Seen

_IN_THE_BOOK = (AssetState.ISSUED, AssetState.IN_USE)


@transaction.atomic
def begin(home: Home, *, by, now: datetime) -> StockTake:
    """One at a time a home. Lock: the home. Raises ``PermissionDenied``, ``TakeRuns``, ``NothingToCount``."""
    if by is not None:
        policies.may_receive(by, home).insist()
    home = Home.objects.unscoped().select_for_update(of=("self",)).get(pk=home.pk)
    if StockTake.objects.unscoped().filter(home=home).exclude(state=TakeState.APPROVED).exists():
        raise errors.TakeRuns()
    book = list(assets_of(home).filter(state__in=_IN_THE_BOOK))
    if not book:
        raise errors.NothingToCount()
    take = StockTake.objects.create(home=home, begun_by=by, begun_at=now)
    StockTakeLine.objects.bulk_create(StockTakeLine(take=take, asset=asset, book=asset.quantity) for asset in book)
    log(take, "home_equipment.begin_count", user=by, data={"assets": len(book)})
    return take


@transaction.atomic
def count(take: StockTake, seen: Sequence[Seen], *, by, now: datetime) -> list[str]:
    """Take in what a phone has counted, as often as it sends it: of two counts of one item the later one stands.

    Returns what no register knows. Raises ``PermissionDenied``, ``TakeNotOpen``. Lock: the stock-taking.
    """
    if by is not None:
        policies.may_receive(by, take.home).insist()
    take = _counting(take)
    known = assets_called(one.called for one in seen)
    lines = {line.asset_id: line for line in take.lines.all()}
    new, changed = [], []
    for one in sorted(seen, key=lambda one: one.at):
        asset = known.get(one.called)
        if asset is None:
            continue
        line = lines.get(asset.pk)
        if line is None:
            line = lines[asset.pk] = StockTakeLine(take=take, asset=asset, book=0)
            new.append(line)
        elif line.seen_at is not None and line.seen_at > one.at:
            continue
        elif line.pk is not None and line not in changed:
            changed.append(line)
        # A phone whose clock runs ahead doesn't keep everybody else from counting.
        line.actual, line.seen_at = one.pieces, min(one.at, now)
    StockTakeLine.objects.bulk_create(new)
    StockTakeLine.objects.bulk_update(changed, ["actual", "seen_at"])
    return [one.called for one in seen if one.called not in known]


@transaction.atomic
def hand_in(take: StockTake, *, reasons: Mapping[int, str], by, now: datetime) -> StockTake:
    """Finish the count. ``reasons`` by key of the line. Raises ``DifferencesNeedReasons``, ``TakeNotOpen``."""
    if by is not None:
        policies.may_receive(by, take.home).insist()
    take = _counting(take)
    lines = list(take.lines.select_related("asset"))
    for line in lines:
        line.reason = reasons.get(line.pk, line.reason).strip()[:200]
    found = result_of(lines)
    if found.without_reason:
        raise errors.DifferencesNeedReasons(found.without_reason)
    StockTakeLine.objects.bulk_update(lines, ["reason"])
    take.state, take.counted_by, take.counted_at = TakeState.COUNTED, by, now
    take.returned_because = ""
    take.save(update_fields=["state", "counted_by", "counted_at", "returned_because"])
    log(take, "home_equipment.hand_in_count", user=by, data={"missing": found.missing, "surplus": found.surplus})
    return take


@transaction.atomic
def send_back(take: StockTake, *, because: str, by, now: datetime) -> StockTake:
    """Have it counted again. Raises ``ReasonMissing``, ``CountedHerself``, ``TakeNotOpen``."""
    take = _deciding(take, by)
    if not because.strip():
        raise errors.ReasonMissing(field="because")
    take.state, take.returned_because = TakeState.COUNTING, because.strip()[:300]
    take.save(update_fields=["state", "returned_because"])
    log(take, "home_equipment.return_count", user=by, data={"reason": take.returned_because})
    return take


@transaction.atomic
def approve(take: StockTake, *, by, now: datetime) -> StockTake:
    """The books follow the count: what is missing is missing, a lot has what was counted, and each item was seen.

    What turned up and stands in the books of another place stays there: a transfer brings it here.
    Raises ``PermissionDenied``, ``CountedHerself``, ``TakeNotOpen``. Locks the stock-taking, then the assets.
    """
    take = _deciding(take, by)
    lines = {line.asset_id: line for line in take.lines.all()}
    held = [asset for asset in hold(list(lines)) if asset.home_id == take.home_id and asset.state in _IN_THE_BOOK]
    gone = [asset for asset in held if not lines[asset.pk].actual]
    there = [asset for asset in held if lines[asset.pk].actual]
    for asset in there:
        asset.quantity = lines[asset.pk].actual
        asset.condition_on = max(asset.condition_on or take.counted_at.date(), take.counted_at.date())
    for because, some in _by_reason(there, lines).items():
        write(some, "counted", by=by, now=now, reason=because)
    for because, some in _by_reason(gone, lines).items():
        move(some, "lose", reason=because, by=by, now=now)
    take.state, take.approved_by, take.approved_at = TakeState.APPROVED, by, now
    take.save(update_fields=["state", "approved_by", "approved_at"])
    log(take, "home_equipment.approve_count", user=by, data={"missing": len(gone)})
    return take


def _by_reason(assets: Sequence[AssetItem], lines: Mapping[int, StockTakeLine]) -> dict[str, list[AssetItem]]:
    found: dict[str, list[AssetItem]] = {}
    for asset in assets:
        found.setdefault(lines[asset.pk].reason, []).append(asset)
    return found


def result_of(lines: Sequence[StockTakeLine]) -> rules.Result:
    return rules.result(rules.Line(line.pk, line.book, line.actual, line.reason) for line in lines)


def _hold(take: StockTake) -> StockTake:
    rows = StockTake.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("home__host", "home__county").get(pk=take.pk)


def _counting(take: StockTake) -> StockTake:
    take = _hold(take)
    if take.state != TakeState.COUNTING:
        raise errors.TakeNotOpen(state=TakeState(take.state).label)
    return take


def _deciding(take: StockTake, by) -> StockTake:
    policies.may_keep_home(by, take.home).insist()
    take = _hold(take)
    if take.state != TakeState.COUNTED:
        raise errors.TakeNotOpen(state=TakeState(take.state).label)
    if take.counted_by_id is not None and take.counted_by_id == by.pk:
        raise errors.CountedHerself()
    return take
