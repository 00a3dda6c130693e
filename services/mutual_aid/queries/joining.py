"""What is known of the women of a batch beside their own records: covers, earlier claims, batches of other units."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.timezone import localdate

from services.casework.enums import ScanState, Stage
from services.mutual_aid.enums import BatchKind, BatchState, BenefitState, CoverState, EffectiveRule, Reason, RowState
from services.mutual_aid.models import Assessment, BatchPaper, Benefit, CoverVersion, EnrolmentBatch, EnrolmentRow
from services.mutual_aid.queries.covers import known
from services.mutual_aid.rules.enrolling import HeldCover, Plan, Woman
from services.mutual_aid.rules.terms import Terms
from services.mutual_aid.rules.typed import NOT_ON_THE_LIST
from services.workers.enums import WorkerState

# Handed in, and therefore before whoever hands the same woman in later.
_HANDED_IN = (BatchState.SUBMITTED,)
# Refusals that say nothing of an illness of hers.
_NO_ILLNESS = frozenset({Reason.NOT_LISTED, Reason.FRAUD, Reason.MISDIAGNOSIS, Reason.DOCS_MISSING})
JOINING = (RowState.READY, RowState.LOOK)
# What of a record a line is judged by, in the order of ``woman_of``.
RECORD = ("birth_date", "state", "employment_type", "hired_on")


@dataclass(frozen=True, slots=True)
class Known:
    """By key of the woman's record."""

    covers: dict[int, tuple[HeldCover, ...]]
    claimed: frozenset[int]
    ill: frozenset[int]
    told: frozenset[int]
    elsewhere: frozenset[int]


def known_of(batch: EnrolmentBatch, workers: Collection[int]) -> Known:
    """Four queries, whatever their number."""
    covers: dict[int, list[HeldCover]] = {}
    versions = CoverVersion.objects.own(worker__in=workers, scheme=batch.scheme_id, state=CoverState.IN_FORCE)
    fields = ("worker_id", "cover_id", "first_day", "last_day", "shares")
    for worker, cover, first, last, shares in known(versions).order_by("-first_day", "-pk").values_list(*fields):
        covers.setdefault(worker, []).append(HeldCover(cover, first, last, shares))
    paid = Benefit.objects.own(worker__in=workers).exclude(state=BenefitState.CANCELLED)
    claims = list(paid.order_by().values_list("worker_id", "scheme_id"))
    rows = EnrolmentRow.objects.own(worker__in=workers, batch__scheme=batch.scheme_id, batch__state__in=_HANDED_IN)
    others = rows.exclude(batch=batch.pk).filter(state__in=JOINING)
    if batch.submitted_at:
        others = others.filter(batch__submitted_at__lt=batch.submitted_at)
    return Known(
        covers={worker: tuple(found) for worker, found in covers.items()},
        claimed=frozenset(worker for worker, scheme in claims if scheme == batch.scheme_id),
        ill=frozenset(worker for worker, scheme in claims if scheme != batch.scheme_id),
        told=_told_of_an_illness(workers),
        elsewhere=frozenset(others.order_by().values_list("worker_id", flat=True)),
    )


def _told_of_an_illness(workers: Collection[int]) -> frozenset[int]:
    """Women of whom a refused claim, of whatever scheme, was decided on a listed disease that nobody doubted: diagnosed
    in the waiting period, before joining, reported or claimed too late."""
    rows = Assessment.objects.filter(
        decisive=True,
        claim__case__worker__in=workers,
        claim__case__stage=Stage.REFUSED,
        claim__decided_on__isnull=False,
    ).select_related("claim__case")
    newest = {one.claim_id: one for one in rows.order_by("pk")}
    return frozenset(
        one.claim.case.worker_id
        for one in newest.values()
        if one.claim.reason not in _NO_ILLNESS and one.inputs.get("disease") not in ("", None, NOT_ON_THE_LIST)
    )


def woman_of(key: int, record: Iterable, found: Known, *, retires_at: int | None) -> Woman:
    """``record``: the values of ``RECORD``."""
    birth_date, state, employment_type, hired_on = record
    return Woman(
        birth_date=birth_date,
        employed=state == WorkerState.ACTIVE,
        employment_type=employment_type,
        hired_on=hired_on,
        retires_at=retires_at,
        ill=key in found.ill,
        told=key in found.told,
        claimed=key in found.claimed,
        elsewhere=key in found.elsewhere,
        covers=found.covers.get(key, ()),
    )


def plan_of(batch: EnrolmentBatch, terms: Terms, *, now: datetime) -> Plan:
    """What holds for all lines of a batch. An addition's ``renews`` is the batch whose period runs."""
    running = batch.renews if batch.kind == BatchKind.ADDITION else None
    return Plan(
        kind=batch.kind,
        today=localdate(now),
        paid=batch.paid_on,
        papers=batch.papers_on,
        unified=batch.unified_from if terms.effective_rule == EffectiveRule.UNIFIED else None,
        unit_began=running.effective_from if running else None,
        unit_last=running.last_day if running else None,
    )


def covered_before(batch: EnrolmentBatch, on: date) -> int:
    """Women of the unit who are covered on a day and don't stand in the batch: they count for the threshold."""
    rows = EnrolmentRow.objects.own(batch=batch, worker__isnull=False)
    versions = CoverVersion.objects.own(
        cover__path__startswith=batch.path,
        scheme=batch.scheme_id,
        state=CoverState.IN_FORCE,
        first_day__lte=on,
        last_day__gte=on,
        worker__state=WorkerState.ACTIVE,
    )
    return known(versions).exclude(worker__in=rows.values("worker")).order_by().values("worker").distinct().count()


def sums_of(batch: EnrolmentBatch) -> dict:
    """Persons, shares and fees of the lines that join, and how many need a look or can't join. One query."""
    joins = Q(state__in=[*JOINING, RowState.COVERED])
    rows = EnrolmentRow.objects.own(batch=batch).order_by()
    return rows.aggregate(
        persons=Count("pk", filter=joins),
        shares=Sum("shares", filter=joins, default=0),
        upper=Sum("fee_upper", filter=joins, default=0),
        unit=Sum("fee_unit", filter=joins, default=0),
        herself=Sum("fee_herself", filter=joins, default=0),
        look=Count("pk", filter=Q(state=RowState.LOOK)),
        barred=Count("pk", filter=Q(state=RowState.BARRED)),
        lines=Count("pk"),
    )


def papers_of(batch: EnrolmentBatch) -> QuerySet[BatchPaper]:
    return BatchPaper.objects.filter(batch=batch, removed_at__isnull=True).select_related("added_by")


def all_papers() -> QuerySet[BatchPaper]:
    return BatchPaper.objects.select_related("batch", "added_by")


def paper_kinds(batch: EnrolmentBatch) -> set[str]:
    """What is there; a paper that was harmful is not."""
    there = papers_of(batch).exclude(scan=ScanState.INFECTED)
    return set(there.order_by().values_list("kind", flat=True))


def rows_of(batch: EnrolmentBatch) -> QuerySet[EnrolmentRow]:
    """In the order of the list, with the women's records."""
    return EnrolmentRow.objects.own(batch=batch).select_related("worker", "cover").order_by("position", "pk")


def batches_for(user) -> QuerySet[EnrolmentBatch]:
    """What she may see, newest first, with what every page shows of them."""
    return EnrolmentBatch.objects.visible_to(user).select_related(
        "scheme", "terms", "organization", "made_by", "submitted_by", "decided_by", "renews"
    )


def running_batch(organization, scheme, on: date) -> EnrolmentBatch | None:
    """The unit's own period that runs on a day, to which somebody may be added."""
    rows = EnrolmentBatch.objects.own(
        organization=organization, scheme=scheme, state__in=[BatchState.EFFECTIVE, BatchState.CONFIRMED]
    )
    rows = rows.exclude(kind=BatchKind.ADDITION).filter(effective_from__lte=on, last_day__gte=on)
    return rows.order_by("-effective_from").first()


def renewals_due(on: date, until: date) -> QuerySet[EnrolmentBatch]:
    """Periods that end by ``until``, or ended within half a year before ``on``, and that no later batch renews."""
    rows = EnrolmentBatch.objects.unscoped().filter(
        state__in=[BatchState.EFFECTIVE, BatchState.EXPIRED],
        kind__in=[BatchKind.NEW, BatchKind.RENEWAL],
        last_day__lte=until,
        last_day__gte=date.fromordinal(on.toordinal() - 180),
    )
    renewing = EnrolmentBatch.objects.unscoped().filter(kind=BatchKind.RENEWAL).exclude(state=BatchState.DROPPED)
    return rows.exclude(pk__in=renewing.filter(renews__isnull=False).values("renews")).annotate(
        grace=F("terms__renewal_grace_days")
    )
