"""The promise as it was kept (D18): which cases it was kept for, and the figure that everybody may read.

Days are those that ``actions.move`` froze at the first decision. Returning, closing and reopening change nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import make_aware

from services.casework.enums import Stage, Verb
from services.casework.models import Case, CaseEvent
from services.casework.rules.measured import DAY_KEYS, MOST_ROUNDS, ROUND_KEYS, SPANS, percentile

FIRST_DECISIONS = (Verb.APPROVE, Verb.REFUSE)
_UNDECIDED = Q(decision_took__isnull=True)
# What became of the promise of every application that was handed in: each is exactly one of these.
OUTCOMES = {
    "in_time": Q(decision_took__lte=F("route__decision_days")),
    "late": Q(decision_took__gt=F("route__decision_days")),
    "open": _UNDECIDED & ~Q(stage=Stage.WITHDRAWN),
    "withdrawn": _UNDECIDED & Q(stage=Stage.WITHDRAWN),
}
MONTHS_LOOKED_AT = 12


def first_decided() -> Subquery:
    """When a case was decided for the first time; an appeal or a reopening changes nothing about it."""
    decisions = CaseEvent.objects.filter(case=OuterRef("pk"), verb__in=FIRST_DECISIONS)
    return Subquery(decisions.order_by("at", "pk").values("at")[:1])


@dataclass(frozen=True, slots=True)
class Measured:
    """Of the cases first decided from ``since`` to ``until``, two ends of months, both days included.

    Days are working days without pauses. ``None`` where fewer than ``SMALL_CELL_THRESHOLD`` cases stand behind it.
    """

    since: date
    until: date
    cases: int
    median: int | None = None
    ninetieth: int | None = None
    in_time: int | None = None
    contact_median: int | None = None
    rounds: int | None = None

    @property
    def told(self) -> bool:
        return self.median is not None

    @property
    def share_in_time(self) -> int:
        """Whole per cent, never rounded up to all."""
        return 100 * self.in_time // self.cases


def measured(service: str, subject_codes: Iterable[str], *, today: date) -> dict[str, Measured]:
    """By subject, of the last twelve months that are over: what is published once stays so. One query."""
    first = today.replace(day=1)
    since, until = _months_before(first, MONTHS_LOOKED_AT), first - timedelta(days=1)
    codes = list(subject_codes)
    rows: dict[str, list] = {code: [] for code in codes}
    found = decided_between(since, until).filter(service=service, subject_code__in=codes)
    for code, *figures in found.values_list(
        "subject_code", "decision_took", "contact_took", "rounds", "route__decision_days"
    ):
        rows[code].append(figures)
    return {code: _measured(figures, since, until) for code, figures in rows.items()}


def _measured(rows: list, since: date, until: date) -> Measured:
    if len(rows) < settings.SMALL_CELL_THRESHOLD:
        return Measured(since, until, len(rows))
    took, contact, rounds, promised = zip(*rows, strict=True)
    return Measured(
        since,
        until,
        len(rows),
        median=percentile(took, 50),
        ninetieth=percentile(took, 90),
        in_time=sum(days <= most for days, most in zip(took, promised, strict=True)),
        contact_median=percentile((days for days in contact if days is not None), 50),
        rounds=percentile(rounds, 50),
    )


def decided_between(since: date, until: date) -> QuerySet[Case]:
    """Cases whose first decision fell on one of these days, both included."""
    begin, end = (make_aware(datetime.combine(day, time())) for day in (since, until + timedelta(days=1)))
    decided = Case.objects.own(decision_took__isnull=False).annotate(first_decided=first_decided())
    return decided.filter(first_decided__gte=begin, first_decided__lt=end)


def among_days(field: str, key: str) -> Q | None:
    """The condition that a key of days stands for; None for one that there isn't."""
    if key not in DAY_KEYS:
        return None
    return Q(**{f"{field}__range": SPANS[key]}) if key in SPANS else Q(**{field: int(key)})


def among_rounds(key: str) -> Q | None:
    if key not in ROUND_KEYS:
        return None
    return Q(rounds__gte=MOST_ROUNDS) if key == ROUND_KEYS[-1] else Q(rounds=int(key))


def _months_before(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
