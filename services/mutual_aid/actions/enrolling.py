"""A unit puts a batch together: begins it, chooses the women, says how many they are and what was paid.

Every step judges the lines it touches and brings the sums in line; nothing of it covers anybody. Lock: the batch.
"""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.casework.actions.numbers import next_number
from services.mutual_aid import errors, policies, queries
from services.mutual_aid.actions.batch_lines import judge_rows, refresh
from services.mutual_aid.enums import BatchKind, BatchState, EffectiveRule, FeeSplit, MidTerm, RowState
from services.mutual_aid.models import EnrolmentBatch, EnrolmentRow, SchemeTerms
from services.mutual_aid.queries import joining
from services.organizations.models import Organization
from services.workers.enums import WorkerState
from services.workers.models import Worker

LETTERS = "CB"
PREPARED = (BatchState.DRAFT, BatchState.RETURNED)


def hold_batch(batch: EnrolmentBatch, *, seen: int | None = None, states=PREPARED) -> EnrolmentBatch:
    """The batch under its lock. Raises ``BatchClosed`` in any other state, ``BatchMoved`` when the page that was seen
    is an older version."""
    held = EnrolmentBatch.objects.unscoped().select_for_update(of=("self",)).get(pk=batch.pk)
    if held.state not in states:
        raise errors.BatchClosed()
    if seen is not None and held.version != seen:
        raise errors.BatchMoved()
    return held


@transaction.atomic
def begin_batch(
    terms: SchemeTerms, *, organization: Organization, kind: str = BatchKind.NEW, by, now: datetime
) -> EnrolmentBatch:
    """An empty batch of a unit under the terms in force; a renewal begins with the women of the period before.

    Raises ``PermissionDenied``, ``SchemeNotOpen``, ``BatchOpen`` (the database admits one of a kind),
    ``NothingToRenew``, ``NobodyMayBeAdded``, ``NoRunningPeriod``.
    """
    policies.may_prepare_batch(by, organization).insist()
    if not queries.in_force_for(organization).filter(pk=terms.pk).exists():
        raise errors.SchemeNotOpen()
    renews = _before(terms, organization, kind, localdate(now))
    batch = EnrolmentBatch(
        number=next_number(LETTERS, organization, now=now),
        scheme=terms.scheme,
        terms=terms,
        organization=organization,
        path=organization.path,
        kind=kind,
        renews=renews,
        made_by=by,
        made_at=now,
    )
    try:
        with transaction.atomic():
            batch.save()
    except IntegrityError as error:
        if "mutual_aid_one_batch_being_prepared" not in str(error) and "UNIQUE" not in str(error):
            raise
        raise errors.BatchOpen(number=open_batch_of(terms, organization, kind).number) from None
    log(batch, "mutual_aid.begin_batch", user=by)
    if kind == BatchKind.RENEWAL:
        _bring_over(batch, now=now)
    return batch


def open_batch_of(terms: SchemeTerms, organization: Organization, kind: str) -> EnrolmentBatch | None:
    rows = EnrolmentBatch.objects.own(organization=organization, scheme=terms.scheme, kind=kind)
    return rows.filter(state__in=[*PREPARED, BatchState.SUBMITTED]).first()


def _before(terms: SchemeTerms, organization: Organization, kind: str, today: date) -> EnrolmentBatch | None:
    if kind == BatchKind.ADDITION:
        if terms.mid_term not in (MidTerm.NEW_HIRES, MidTerm.ANYBODY):
            raise errors.NobodyMayBeAdded()
        running = joining.running_batch(organization, terms.scheme, today)
        if running is None:
            raise errors.NoRunningPeriod()
        return running
    if kind == BatchKind.RENEWAL:
        earlier = EnrolmentBatch.objects.own(
            organization=organization,
            scheme=terms.scheme,
            kind__in=[BatchKind.NEW, BatchKind.RENEWAL],
            state__in=[BatchState.EFFECTIVE, BatchState.EXPIRED],
        )
        last = earlier.order_by("-last_day", "-pk").first()
        if last is None:
            raise errors.NothingToRenew()
        return last
    return None


def _bring_over(batch: EnrolmentBatch, *, now: datetime) -> None:
    """The women of the period before who are still on the roster, additions included, with their shares."""
    rows = EnrolmentRow.objects.own(
        batch__scheme=batch.scheme_id,
        batch__organization=batch.organization_id,
        state=RowState.COVERED,
        worker__state=WorkerState.ACTIVE,
        worker__organization=batch.organization_id,
    ).filter(batch__in=EnrolmentBatch.objects.unscoped().filter(pk=batch.renews_id) | _additions(batch.renews))
    found: dict[int, tuple] = {}
    fields = ("worker_id", "shares", "retires_at")
    for worker, shares, retires_at in rows.order_by("worker__name", "worker_id").values_list(*fields):
        found[worker] = (min(shares, batch.terms.max_shares), retires_at)
    _insert(batch, found)
    judge_rows(batch, now=now)
    refresh(batch, now=now)


def _additions(renewed: EnrolmentBatch):
    return EnrolmentBatch.objects.unscoped().filter(renews=renewed, kind=BatchKind.ADDITION)


def _insert(batch: EnrolmentBatch, women: dict[int, tuple]) -> None:
    """``women``: shares and retirement age by key."""
    last = EnrolmentRow.objects.own(batch=batch).aggregate(last=Max("position"))["last"] or 0
    EnrolmentRow.objects.bulk_create(
        EnrolmentRow(
            batch=batch,
            position=last + place,
            worker_id=worker,
            shares=shares,
            most_shares=batch.terms.max_shares,
            retires_at=retires_at,
        )
        for place, (worker, (shares, retires_at)) in enumerate(women.items(), 1)
    )


@transaction.atomic
def put_women(
    batch: EnrolmentBatch, *, women: Collection[Worker], shares: int = 1, by, now: datetime
) -> EnrolmentBatch:
    """Women of the roster go into the batch; who stands in it already stays as she stands.

    Raises ``PermissionDenied``, ``BatchClosed``, ``SharesOverLimit``, ``TooManyInBatch``.
    """
    policies.may_prepare_batch(by, batch.organization).insist()
    batch = hold_batch(batch)
    if not 1 <= shares <= batch.terms.max_shares:
        raise errors.SharesOverLimit(most=batch.terms.max_shares)
    there = set(EnrolmentRow.objects.own(batch=batch).values_list("worker_id", flat=True))
    new = {one.pk: (shares, None) for one in women if one.pk not in there and _of(batch, one)}
    limit = settings.MUTUAL_AID_MAX_ROWS
    if len(there) + len(new) > limit:
        raise errors.TooManyInBatch(limit=limit)
    _insert(batch, new)
    judge_rows(batch, workers=list(new), now=now)
    return refresh(batch, now=now)


def _of(batch: EnrolmentBatch, worker: Worker) -> bool:
    return worker.organization.path.startswith(batch.path)


@transaction.atomic
def take_out(batch: EnrolmentBatch, *, rows: Collection[EnrolmentRow], by, now: datetime) -> int:
    """Lines leave the batch; gives how many. Raises ``PermissionDenied``, ``BatchClosed``."""
    policies.may_prepare_batch(by, batch.organization).insist()
    batch = hold_batch(batch)
    gone, _by_model = EnrolmentRow.objects.own(batch=batch, pk__in=[row.pk for row in rows]).delete()
    refresh(batch, now=now)
    return gone


@transaction.atomic
def change_line(row: EnrolmentRow, *, shares: int, retires_at: int | None = None, by, now: datetime) -> EnrolmentRow:
    """Her shares, and at which age her post retired before 2025. What was settled above is looked at anew.

    Raises ``PermissionDenied``, ``BatchClosed``, ``SharesOverLimit``.
    """
    policies.may_prepare_batch(by, row.batch.organization).insist()
    batch = hold_batch(row.batch)
    if not 1 <= shares <= batch.terms.max_shares:
        raise errors.SharesOverLimit(most=batch.terms.max_shares)
    changed = EnrolmentRow.objects.own(batch=batch, pk=row.pk)
    changed.update(shares=shares, retires_at=retires_at, settled_by=None, settled_because="")
    judge_rows(batch, workers=[row.worker_id], now=now)
    refresh(batch, now=now)
    return changed.get()


@transaction.atomic
def state_headcount(
    batch: EnrolmentBatch,
    *,
    women: int,
    staff: int | None,
    on: date,
    stated: bool = False,
    by,
    now: datetime,
) -> EnrolmentBatch:
    """Of how many the group's share is taken, and of which day. ``stated``: the unit's own word is all that shows it.

    Raises ``PermissionDenied``, ``BatchClosed``, ``HeadcountImpossible``, ``DateAhead``.
    """
    policies.may_prepare_batch(by, batch.organization).insist()
    if staff is not None and women > staff:
        raise errors.HeadcountImpossible()
    if on > localdate(now):
        raise errors.DateAhead()
    batch = hold_batch(batch)
    batch.headcount_women, batch.headcount_staff, batch.headcount_on = women, staff, on
    batch.headcount_stated = stated
    batch.save()
    return refresh(batch, now=now)


@transaction.atomic
def state_payment(
    batch: EnrolmentBatch,
    *,
    paid_on: date | None,
    unified_from: date | None = None,
    split: tuple | None = None,
    by,
    now: datetime,
) -> EnrolmentBatch:
    """When the fee was paid; the first day where one counts for all; who pays, where the terms
    leave that to the unit (upper union, unit, herself: yuan of one share).

    Raises ``PermissionDenied``, ``BatchClosed``, ``DateAhead``, ``FirstDayTooEarly``, ``SplitDiffers``.
    """
    policies.may_prepare_batch(by, batch.organization).insist()
    if paid_on and paid_on > localdate(now):
        raise errors.DateAhead()
    batch = hold_batch(batch)
    terms = batch.terms
    if terms.effective_rule == EffectiveRule.UNIFIED:
        if unified_from and paid_on and unified_from < paid_on:
            raise errors.FirstDayTooEarly()
        batch.unified_from = unified_from
    if terms.fee_split == FeeSplit.BY_UNIT and split is not None:
        if sum(split) != terms.fee_per_share or min(split) < 0:
            raise errors.SplitDiffers(fee=terms.fee_per_share)
        batch.unit_upper, batch.unit_unit, batch.unit_herself = split
    batch.paid_on = paid_on
    batch.save()
    judge_rows(batch, now=now)
    return refresh(batch, now=now)
