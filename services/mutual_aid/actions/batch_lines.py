"""Brings a batch in line with what is known now: findings, states, fees, sums. Part of actions that hold it."""

from collections.abc import Collection
from datetime import datetime

from services.foundation.verdict import Finding
from services.mutual_aid.enums import RowState
from services.mutual_aid.models import EnrolmentBatch, EnrolmentRow
from services.mutual_aid.queries import joining, terms_of
from services.mutual_aid.queries.joining import RECORD
from services.mutual_aid.rules.enrolling import Judged, first_day, judge
from services.mutual_aid.rules.fees import NO_FEE, FeeUnknown, Split, fee
from services.mutual_aid.rules.terms import Terms

_WRITTEN = ("state", "findings", "renewal", "previous", "fee_upper", "fee_unit", "fee_herself")
_CHUNK = 2_000


def judge_rows(batch: EnrolmentBatch, *, workers: Collection[int] | None = None, now: datetime) -> dict[int, Judged]:
    """Judge the lines that are still open (of these women when named) and write what changed; by woman."""
    rows = EnrolmentRow.objects.own(batch=batch, worker__isnull=False).exclude(
        state__in=[RowState.COVERED, RowState.VOID]
    )
    if workers is not None:
        rows = rows.filter(worker__in=workers)
    rows = list(rows.select_related("worker").order_by("position"))
    terms = terms_of(batch.terms)
    found: dict[int, Judged] = {}
    for start in range(0, len(rows), _CHUNK):
        found |= _judge_chunk(batch, terms, rows[start : start + _CHUNK], now=now)
    return found


def _judge_chunk(batch: EnrolmentBatch, terms: Terms, rows: list[EnrolmentRow], *, now: datetime) -> dict[int, Judged]:
    plan = joining.plan_of(batch, terms, now=now)
    known = joining.known_of(batch, [row.worker_id for row in rows])
    split, found, changed = unit_split(batch), {}, []
    for row in rows:
        record = (getattr(row.worker, name) for name in RECORD)
        woman = joining.woman_of(row.worker_id, record, known, retires_at=row.retires_at)
        judged = judge(terms, plan, woman, shares=row.shares, settled=bool(row.settled_because))
        found[row.worker_id] = judged
        before = [getattr(row, name) for name in _STORED]
        fill(row, judged, fee_of(terms, judged, row.shares, split))
        if before != [getattr(row, name) for name in _STORED]:
            changed.append(row)
    EnrolmentRow.objects.unscoped().bulk_update(changed, _WRITTEN, batch_size=500)
    return found


_STORED = ("state", "findings", "renewal", "previous_id", "fee_upper", "fee_unit", "fee_herself")


def fill(row: EnrolmentRow, judged: Judged, parts: Split) -> None:
    """What a judgement says of a line, as it is stored."""
    row.state, row.findings = judged.state, stored(judged.findings)
    row.renewal = bool(judged.span.renewal)
    row.previous_id = judged.previous.key if judged.previous else None
    row.fee_upper, row.fee_unit, row.fee_herself = parts.upper, parts.unit, parts.herself


def stored(findings: Collection[Finding]) -> list | None:
    """Nothing to say is stored as nothing, which needs no sealing."""
    return [one.as_json() for one in findings] or None


def fee_of(terms: Terms, judged: Judged, shares: int, split: Split | None) -> Split:
    """Nothing for whoever can't join, or while the unit hasn't said who pays."""
    if judged.state == RowState.BARRED:
        return NO_FEE
    try:
        return fee(terms, shares, unit_split=split)
    except FeeUnknown:
        return NO_FEE


def unit_split(batch: EnrolmentBatch) -> Split | None:
    parts = (batch.unit_upper, batch.unit_unit, batch.unit_herself)
    return None if None in parts else Split(*parts)


def refresh(batch: EnrolmentBatch, *, now: datetime) -> EnrolmentBatch:
    """The sums are those of the lines that join; the version counts on. Three queries."""
    sums = joining.sums_of(batch)
    plan = joining.plan_of(batch, terms_of(batch.terms), now=now)
    batch.persons, batch.shares = sums["persons"], sums["shares"]
    batch.fee_upper, batch.fee_unit, batch.fee_herself = sums["upper"], sums["unit"], sums["herself"]
    batch.fee_total = sums["upper"] + sums["unit"] + sums["herself"]
    batch.covered_before = joining.covered_before(batch, first_day(plan))
    batch.version += 1
    batch.save(
        update_fields=[
            *("persons", "shares", "fee_total", "fee_upper", "fee_unit", "fee_herself"),
            *("covered_before", "version"),
        ]
    )
    return batch
