"""A batch is handed in by the unit and decided on by a federation: returned with all reasons at once, or covered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.foundation.verdict import Finding, Outcome
from services.mutual_aid import errors, notifications, policies
from services.mutual_aid.actions.batch_lines import judge_rows, refresh
from services.mutual_aid.actions.covers import Opening, add_shares, declare_void, open_covers, take_out
from services.mutual_aid.actions.enrolling import PREPARED, hold_batch
from services.mutual_aid.enums import (
    BatchKind,
    BatchState,
    CoverChange,
    CoverState,
    Duplicates,
    EffectiveRule,
    FeeSplit,
    PaperKind,
    RowState,
)
from services.mutual_aid.models import Cover, CoverVersion, EnrolmentBatch, EnrolmentRow
from services.mutual_aid.queries import joining, terms_of
from services.mutual_aid.queries.group import threshold_of
from services.mutual_aid.rules.enrolling import Judged
from services.workers.models import Worker

_RUNNING = (BatchState.CONFIRMED, BatchState.EFFECTIVE)


@transaction.atomic
def hand_in(batch: EnrolmentBatch, *, healthy: bool, by, now: datetime) -> EnrolmentBatch:
    """The unit hands its batch in; the papers count as complete today. Every line is judged once more.

    ``healthy``: each woman has stated that she is healthy. Raises ``PermissionDenied``, ``BatchClosed``,
    ``NotReadyToHandIn`` with everything that is missing; then nothing changes. Lock: the batch.
    """
    policies.may_prepare_batch(by, batch.organization).insist()
    batch = hold_batch(batch)
    today = localdate(now)
    batch.papers_on = today
    judge_rows(batch, now=now)
    refresh(batch, now=now)
    if lacks := lacking(batch, healthy=healthy):
        raise errors.NotReadyToHandIn(lacks)
    EnrolmentRow.objects.own(batch=batch).update(health_stated=True)
    batch.state, batch.submitted_by, batch.submitted_at = BatchState.SUBMITTED, by, now
    batch.reason = ""
    batch.save(update_fields=["state", "papers_on", "submitted_by", "submitted_at", "reason"])
    log(batch, "mutual_aid.hand_in", user=by)
    return batch


def lacking(batch: EnrolmentBatch, *, healthy: bool = True) -> list[Finding]:
    """Everything that keeps the batch from being handed in, as findings: papers, money, lines, the group's share."""
    terms, sums, papers = terms_of(batch.terms), joining.sums_of(batch), joining.paper_kinds(batch)
    shown = {PaperKind.CHANGES if batch.kind == BatchKind.ADDITION else PaperKind.HEADCOUNT}
    if batch.headcount_stated and batch.kind != BatchKind.ADDITION:
        papers |= shown
    asked = {
        "nobody": not sums["persons"],
        "lines_barred": bool(sums["barred"]),
        "no_headcount": batch.headcount_women is None,
        "no_evidence": not (papers & shown),
        "no_split": terms.fee_split == FeeSplit.BY_UNIT and batch.unit_upper is None,
        "not_paid": batch.paid_on is None,
        "no_voucher": PaperKind.VOUCHER not in papers,
        "no_first_day": terms.effective_rule == EffectiveRule.UNIFIED and batch.unified_from is None,
        "health_not_stated": not healthy,
    }
    figures = {"lines": sums["barred"]} | ({"addition": True} if batch.kind == BatchKind.ADDITION else {})
    found = [Finding(code, Outcome.FAILED, figures) for code, lacks in asked.items() if lacks]
    if batch.kind != BatchKind.ADDITION:
        found += [one for one in threshold_of(batch, terms).findings if not one.passed]
    return found


@transaction.atomic
def return_batch(batch: EnrolmentBatch, *, reason: str, by, now: datetime, seen: int | None = None) -> EnrolmentBatch:
    """Back to the unit, with all reasons at once; whoever handed it in is told.

    Raises ``PermissionDenied``, ``ReasonNeeded``, ``BatchClosed``, ``BatchMoved``. Lock: the batch.
    """
    policies.may_decide_batch(by, batch).insist()
    words = reason.strip()
    if not words:
        raise errors.ReasonNeeded()
    batch = hold_batch(batch, seen=seen, states=(BatchState.SUBMITTED,))
    batch.state, batch.reason, batch.papers_on = BatchState.RETURNED, words, None
    batch.decided_by, batch.decided_at = by, now
    batch.version += 1
    batch.save(update_fields=["state", "reason", "papers_on", "decided_by", "decided_at", "version"])
    log(batch, "mutual_aid.return_batch", user=by)
    notifications.tell_unit(notifications.RETURNED, batch, to=batch.submitted_by)
    return batch


@transaction.atomic
def settle_line(row: EnrolmentRow, *, joins: bool, because: str, by, now: datetime) -> EnrolmentRow:
    """Somebody above has looked at a line: she may join, or she can't. The words stay above.

    Raises ``PermissionDenied``, ``ReasonNeeded``, ``BatchClosed``, ``NotToSettle``. Lock: the batch.
    """
    policies.may_decide_batch(by, row.batch).insist()
    if not because.strip():
        raise errors.ReasonNeeded()
    batch = hold_batch(row.batch, states=(BatchState.SUBMITTED,))
    row = EnrolmentRow.objects.own(batch=batch).get(pk=row.pk)
    if row.state != RowState.LOOK:
        raise errors.NotToSettle()
    row.settled_by, row.settled_because = by, because.strip()[:200]
    row.state = RowState.READY if joins else RowState.VOID
    if not joins:
        row.fee_upper = row.fee_unit = row.fee_herself = 0
    row.save()
    refresh(batch, now=now)
    log(batch, "mutual_aid.settle_line", user=by)
    return row


def approve_batch(batch: EnrolmentBatch, *, by, now: datetime, seen: int | None = None) -> EnrolmentBatch:
    """A second person confirms: every line that joins is covered, with a certificate, from its own first day on.

    Whoever is covered since the batch was handed in, or needs a look still, keeps all of it back: raises
    ``LinesChanged`` with the lines marked, ``NotReadyToHandIn`` for the group's share, ``PermissionDenied``,
    ``BatchClosed``, ``BatchMoved``. Locks: the scheme's approvals, then the batch.
    """
    policies.may_decide_batch(by, batch).insist()
    with transaction.atomic():
        hold(f"mutual_aid.approve:{batch.scheme_id}")
        batch = hold_batch(batch, seen=seen, states=(BatchState.SUBMITTED,))
        judged = judge_rows(batch, now=now)
        refresh(batch, now=now)
        held_up = _held_up(batch)
        if not held_up:
            _insist_on_share(batch)
            return _cover(batch, judged, by=by, now=now)
    # The marks on the lines stay, so that the page shows which they are.
    raise errors.LinesChanged(lines=held_up)


def _held_up(batch: EnrolmentBatch) -> int:
    rows = EnrolmentRow.objects.own(batch=batch, state__in=[RowState.LOOK, RowState.BARRED])
    return rows.count()


def _insist_on_share(batch: EnrolmentBatch) -> None:
    terms = terms_of(batch.terms)
    lacks = [one for one in threshold_of(batch, terms).findings if not one.passed]
    if lacks and batch.kind != BatchKind.ADDITION:
        raise errors.NotReadyToHandIn(lacks)


def _cover(batch: EnrolmentBatch, judged: dict[int, Judged], *, by, now: datetime) -> EnrolmentBatch:
    rows = list(EnrolmentRow.objects.own(batch=batch, state=RowState.READY).order_by("position"))
    women = Worker.objects.unscoped().select_related("organization").in_bulk([row.worker_id for row in rows])
    taken = _renewed_already(row.previous_id for row in rows)
    openings = [(row, _opening(batch, row, judged[row.worker_id], women[row.worker_id], taken)) for row in rows]
    held = _held_covers(batch, openings)
    fresh = [(row, one) for row, one in openings if row.pk not in held]
    for (row, _one), cover in zip(fresh, open_covers([one for _row, one in fresh], by=by, now=now), strict=True):
        row.state, row.cover = RowState.COVERED, cover
    for row, one in openings:
        if row.pk in held:
            add_shares(held[row.pk], one, by=by, now=now)
            row.state, row.adds_to = RowState.COVERED, held[row.pk]
    EnrolmentRow.objects.unscoped().bulk_update(rows, ["state", "cover", "adds_to"], batch_size=500)
    spans = [judged[row.worker_id].span for row in rows]
    batch.effective_from = min(one.effective for one in spans)
    batch.last_day = max(one.last for one in spans)
    batch.state = BatchState.EFFECTIVE if batch.effective_from <= localdate(now) else BatchState.CONFIRMED
    batch.decided_by, batch.decided_at = by, now
    batch.save(update_fields=["effective_from", "last_day", "state", "decided_by", "decided_at"])
    log(batch, "mutual_aid.approve_batch", user=by)
    notifications.tell_unit(notifications.CONFIRMED, batch, to=batch.submitted_by)
    notifications.tell_women(
        notifications.COVERED, [women[row.worker_id].user_id for row in rows], about=f"batch-{batch.pk}"
    )
    return batch


def _held_covers(batch: EnrolmentBatch, openings: Sequence[tuple[EnrolmentRow, Opening]]) -> dict[int, Cover]:
    """Where shares add up: by line, the cover of the period that she has already. One query."""
    if terms_of(batch.terms).duplicates != Duplicates.ADD_UP:
        return {}
    women = [row.worker_id for row, _one in openings]
    versions = CoverVersion.objects.own(
        scheme=batch.scheme_id, worker__in=women, known_until=None, state=CoverState.IN_FORCE
    )
    covers: dict[int, list[CoverVersion]] = {}
    for version in versions.select_related("cover"):
        covers.setdefault(version.worker_id, []).append(version)
    return {
        row.pk: version.cover
        for row, one in openings
        for version in covers.get(row.worker_id, ())
        if version.first_day <= one.last_day and version.last_day >= one.first_day
    }


def _renewed_already(previous) -> set[int]:
    keys = [key for key in previous if key]
    return set(Cover.objects.unscoped().filter(renews__in=keys).values_list("renews_id", flat=True))


_CHANGES = {
    BatchKind.NEW: CoverChange.ENROLLED,
    BatchKind.RENEWAL: CoverChange.RENEWED,
    BatchKind.ADDITION: CoverChange.ADDED,
}


def _opening(batch: EnrolmentBatch, row: EnrolmentRow, judged: Judged, worker: Worker, taken: set[int]) -> Opening:
    renews = row.previous_id if judged.span.renewal and row.previous_id not in taken else None
    return Opening(
        scheme=batch.scheme,
        terms=batch.terms,
        worker=worker,
        organization=worker.organization,
        number=f"{batch.number}-{row.position:04d}",
        first_day=judged.span.effective,
        last_day=judged.span.last,
        shares=row.shares,
        renewal=bool(judged.span.renewal),
        renews=Cover(pk=renews) if renews else None,
        batch=batch.pk,
        change=_CHANGES[batch.kind],
    )


@transaction.atomic
def drop_batch(batch: EnrolmentBatch, *, reason: str, by, now: datetime) -> EnrolmentBatch:
    """The unit gives a batch up before anybody is covered; once confirmed, only while its first day lies ahead.

    What was paid is then the finance office's to give back; after the first day nothing is (§1.4). Raises
    ``PermissionDenied``, ``ReasonNeeded``, ``BatchClosed``, ``NoWayBack``. Lock: the batch, then its covers.
    """
    policies.may_prepare_batch(by, batch.organization).insist()
    if not reason.strip():
        raise errors.ReasonNeeded()
    batch = hold_batch(batch, states=(*PREPARED, BatchState.SUBMITTED, *_RUNNING))
    if batch.state in _RUNNING:
        if batch.effective_from <= localdate(now):
            raise errors.NoWayBack()
        rows = EnrolmentRow.objects.own(batch=batch, state=RowState.COVERED)
        covers = Cover.objects.unscoped().filter(Q(row__in=rows) | Q(added_rows__in=rows)).distinct()
        for cover in covers.order_by("pk"):
            take_out(cover, batch=batch.pk, reason=reason.strip()[:200], by=by, now=now)
    batch.state, batch.reason = BatchState.DROPPED, reason.strip()
    batch.version += 1
    batch.save(update_fields=["state", "reason", "version"])
    log(batch, "mutual_aid.drop_batch", user=by)
    return batch


@dataclass(frozen=True, slots=True)
class Advanced:
    begun: int
    ended: int


def advance_batches(*, today: date) -> Advanced:
    """Confirmed batches whose first day has come are in force, those whose last day is over have expired."""
    rows = EnrolmentBatch.objects.unscoped()
    begun = rows.filter(state=BatchState.CONFIRMED, effective_from__lte=today).update(state=BatchState.EFFECTIVE)
    ended = rows.filter(state=BatchState.EFFECTIVE, last_day__lt=today).update(state=BatchState.EXPIRED)
    return Advanced(begun, ended)


@transaction.atomic
def withdraw_cover(cover: Cover, *, reason: str, by, now: datetime) -> CoverVersion:
    """One woman steps back before her cover begins. Raises ``PermissionDenied``, ``ReasonNeeded``, ``NoWayBack``."""
    policies.may_change_cover(by, cover).insist()
    if not reason.strip():
        raise errors.ReasonNeeded()
    version = CoverVersion.objects.own(cover=cover).get(known_until=None)
    if version.first_day <= localdate(now):
        raise errors.NoWayBack()
    log(cover, "mutual_aid.withdraw_cover", user=by)
    return declare_void(cover, reason=reason.strip()[:200], by=by, now=now)
