"""What is known of one woman for the rules: her roster, what she said, what this system has seen."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, QuerySet, Subquery
from django.utils import timezone

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session
from services.foundation.prepared import Prepared, converted
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consents
from services.screening.enums import HistorySource
from services.screening.models import HistoryStatement, PastScreening, Programme, ProgrammeTerms
from services.screening.queries.programmes import published_terms
from services.screening.rules import Facts
from services.workers.enums import MaritalStatus, WorkerState
from services.workers.models import Worker

_AHEAD = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)


def past_screenings(worker: Worker) -> QuerySet[PastScreening]:
    """Her screenings on record, the latest first."""
    return PastScreening.objects.own(worker=worker).order_by("-screened_on")


@dataclass(frozen=True, slots=True)
class Basis:
    """What an admission rests on: the terms in force, her facts, and whether her consent stands."""

    terms: ProgrammeTerms
    facts: Facts
    consents: bool


def basis_of(worker: Worker, programme: Programme, *, now: datetime) -> Basis | None:
    """Everything about her admission in one query; None while the programme has no published terms."""
    terms = _BASIS.first(
        worker=worker.pk, user=worker.user_id, programme=programme.pk, offering=programme.offering_id, now=now
    )
    if terms is None:
        return None
    last_on, last_source, said_never, elsewhere_at = (getattr(terms, name) for name in _RECORDED)
    last_on = converted(PastScreening._meta.get_field("screened_on"), last_on)
    elsewhere_at = converted(Session._meta.get_field("starts_at"), elsewhere_at)
    return Basis(terms, _facts(worker, last_on, last_source, bool(said_never), elsewhere_at), bool(terms.consents))


def _basis(*, worker: int, user: int, programme: int, offering: int, now: datetime) -> QuerySet[ProgrammeTerms]:
    consents = Exists(standing_consents(user, Purpose.SCREENING, now=now))
    her, its = Worker(pk=worker), Programme(pk=programme, offering_id=offering)
    return published_terms(its).annotate(consents=consents, **_recorded(her, its))


# Asked twice for every booking, and as wide as five queries.
_BASIS = Prepared(_basis, keys=("worker", "user", "programme", "offering"), moment="now")


def facts_of(worker: Worker, programme: Programme) -> Facts:
    """Her facts for one programme. One query. A value the roster leaves open stays unknown."""
    row = Worker.objects.own(pk=worker.pk).order_by().annotate(**_recorded(worker, programme))
    return _facts(worker, *row.values_list(*_RECORDED).get())


_RECORDED = ("last_on", "last_source", "said_never", "elsewhere_at")


def _recorded(worker: Worker, programme: Programme) -> dict:
    """What this system has seen or was told of her, as columns for any query."""
    past = PastScreening.objects.unscoped().filter(worker=worker.pk).order_by("-screened_on")
    never = HistoryStatement.objects.filter(programme=programme, worker=worker.pk, last_screened_on__isnull=True)
    columns = (
        Subquery(past.values("screened_on")[:1]),
        Subquery(past.values("source")[:1]),
        Exists(never),
        Subquery(_elsewhere(worker, programme).values("session__starts_at")[:1]),
    )
    return dict(zip(_RECORDED, columns, strict=True))


def _facts(
    worker: Worker, last_on: date | None, last_source: str | None, said_never: bool, elsewhere_at: datetime | None
) -> Facts:
    never = True if last_on is None and said_never else None
    return Facts(
        birth_date=worker.birth_date,
        member=True if worker.joined_on else None,
        member_since=worker.joined_on,
        marital_status=None if worker.marital_status == MaritalStatus.UNKNOWN else worker.marital_status,
        employment_type=worker.employment_type or None,
        last_screening=last_on,
        never_screened=never,
        active=worker.state == WorkerState.ACTIVE,
        other_booking=timezone.localdate(elsewhere_at) if elsewhere_at else None,
        origins=_origins(last_source, never),
    )


def _elsewhere(worker: Worker, programme: Programme) -> QuerySet[Booking]:
    """Her live bookings in other screening programmes, the latest day first."""
    return (
        Booking.objects.unscoped()
        .filter(worker=worker.pk, state__in=_AHEAD, offering__screening_programme__isnull=False)
        .exclude(offering_id=programme.offering_id)
        .order_by("-session__starts_at")
    )


def _origins(last_source: str | None, never: bool | None) -> dict[str, str]:
    origins = dict.fromkeys(("age", "membership", "active", "marital", "employment"), "roster")
    origins["other_booking"] = "history"
    if never or last_source == HistorySource.DECLARED:
        origins["interval"] = "answer"
    elif last_source:
        origins["interval"] = "history"
    return origins
