"""Women of programmes that are long over, and whether something still keeps what they had there."""

from datetime import date

from django.db.models import Max
from django.utils.timezone import localdate

from services.bookings.models import Booking, DrawEntry, WaitingEntry
from services.privacy.rules import ended_by
from services.screening.models import EnrolmentRow, FollowUp, HistoryStatement, Programme, ResidenceStatement
from services.screening.rules.retention import YEARS, kept_from
from services.workers.enums import NOBODY


def due(today: date) -> list[tuple[int, int]]:
    """Programme and woman, by key, the oldest programme first. Seven queries a programme that has somebody left."""
    day = ended_by(today, YEARS)
    found = []
    for programme in _ended(day):
        women = _women(programme)
        ends = _follow_ups(programme, women)
        found += [(programme.pk, her) for her in sorted(women) if _is_over(programme, ends.get(her, []), day)]
    return found


def is_due(programme: Programme, worker: int, today: date) -> bool:
    """Whether this woman's part of a programme is due now: asked again under the lock."""
    day = ended_by(today, YEARS)
    known = _ended(day).filter(pk=programme.pk).first()
    return known is not None and _is_over(known, _follow_ups(known, {worker}).get(worker, []), day)


def _ended(day: date):
    ends = Programme.objects.annotate(last=Max("offering__sessions__ends_at"))
    return ends.filter(last__date__lte=day).order_by("last", "pk")


def _women(programme: Programme) -> set[int]:
    offered = [rows.objects.own(offering=programme.offering_id) for rows in (Booking, WaitingEntry, DrawEntry)]
    said = [rows.objects.filter(programme=programme) for rows in (HistoryStatement, ResidenceStatement)]
    groups = EnrolmentRow.objects.own(enrolment__programme=programme, worker__isnull=False)
    women: set[int] = set()
    for rows in (*offered, *said, groups):
        women |= set(rows.exclude(worker__state=NOBODY).order_by().values_list("worker", flat=True))
    return women


def _follow_ups(programme: Programme, women: set[int]) -> dict[int, list[date | None]]:
    """By woman: the day on which each follow-up of hers in it ended, None for one that is open."""
    rows = FollowUp.objects.own(result__booking__offering=programme.offering_id)
    found: dict[int, list[date | None]] = {}
    for worker, ended in rows.values_list("result__booking__worker", "closed_at"):
        if worker in women:
            found.setdefault(worker, []).append(localdate(ended) if ended else None)
    return found


def _is_over(programme: Programme, follow_ups: list[date | None], day: date) -> bool:
    over = localdate(programme.last)
    starts = [kept_from(over, followed_up=True, follow_up_ended=ended) for ended in follow_ups]
    starts = starts or [kept_from(over, followed_up=False, follow_up_ended=None)]
    return all(start is not None and start <= day for start in starts)
