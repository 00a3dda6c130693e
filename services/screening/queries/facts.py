"""What is known of one woman for the rules: her roster, what she said, what this system has seen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.utils import timezone

from services.bookings.enums import BookingState
from services.bookings.models import Allocation, Booking
from services.foundation.gathered import gathered
from services.foundation.prepared import Prepared
from services.privacy.enums import Purpose
from services.privacy.queries import paper_consents, standing_consents
from services.screening.enums import HistorySource
from services.screening.models import HistoryStatement, PastScreening, Programme, ProgrammeTerms, ResidenceStatement
from services.screening.queries.programmes import published_terms
from services.screening.rules import KINDS, Facts, Past, counts, deciding
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
        worker=worker.pk,
        unit=worker.organization_id,
        user=worker.user_id,
        record="" if worker.user_id else worker.token,
        programme=programme.pk,
        offering=programme.offering_id,
        now=now,
    )
    if terms is None:
        return None
    recorded = Recorded(*(getattr(terms, name) for name in Recorded.COLUMNS))
    return Basis(terms, _facts(worker, programme, terms, recorded), terms.consents)


def _basis(
    *, worker: int, unit: int, user: int, record: str, programme: int, offering: int, now: datetime
) -> QuerySet[ProgrammeTerms]:
    consents = _consents(user, record, now=now)
    her, its = Worker(pk=worker, organization_id=unit), Programme(pk=programme, offering_id=offering)
    return published_terms(its).annotate(consents=consents, **_recorded(her, its))[:1]


# Asked twice for every booking, and as wide as six queries.
_BASIS = Prepared(_basis, keys=("worker", "unit", "user", "programme", "offering"), texts=("record",), moment="now")


def _consents(user, record, *, now: datetime):
    """Agreed online, or on paper as long as she has no account."""
    online = standing_consents(user, Purpose.SCREENING, now=now)
    return Exists(online) | Exists(paper_consents(record, Purpose.SCREENING, now=now))


def facts_of(worker: Worker, programme: Programme, terms: ProgrammeTerms) -> Facts:
    """Her facts for one programme, as its terms count them. One query. A value the roster leaves open stays unknown."""
    row = Worker.objects.own(pk=worker.pk).order_by().annotate(**_recorded(worker, programme))
    return _facts(worker, programme, terms, Recorded(*row.values_list(*Recorded.COLUMNS).get()))


@dataclass(frozen=True, slots=True)
class Known:
    """One woman of a group: her record, her facts, and whether her consent stands (``on_paper``: only there)."""

    worker: Worker
    facts: Facts
    consents: bool
    on_paper: bool = False


def facts_of_many(
    workers: QuerySet[Worker], programme: Programme, terms: ProgrammeTerms, *, now: datetime
) -> list[Known]:
    """As ``basis_of``, for any number of women in one query; the caller has named the scope and the order."""
    her, user = Worker(pk=OuterRef("pk"), organization_id=OuterRef("organization_id")), OuterRef("user_id")
    rows = workers.select_related("organization").annotate(
        online=Exists(standing_consents(user, Purpose.SCREENING, now=now)),
        on_paper=Exists(paper_consents(OuterRef("token"), Purpose.SCREENING, now=now)),
        **_recorded(her, programme),
    )
    return [
        Known(
            worker,
            _facts(worker, programme, terms, Recorded(*(getattr(worker, name) for name in Recorded.COLUMNS))),
            worker.online or (worker.user_id is None and worker.on_paper),
            worker.user_id is None and worker.on_paper,
        )
        for worker in rows
    ]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What this system has seen or was told of her, as the columns give it.

    ``past`` holds rows of day, source, kind, method; ``said``: she was asked about it for this programme; with nothing
    in ``past`` that counts, it means never. ``booked`` holds rows of moment and kind of her live bookings in
    other programmes; ``resides`` is what she stated.
    """

    past: list | None
    said: bool
    booked: list | None
    resides: bool | None
    takes_part: bool

    COLUMNS = ("past", "said", "booked", "resides", "takes_part")


def _recorded(worker: Worker, programme: Programme) -> dict:
    past = PastScreening.objects.unscoped().filter(worker=worker.pk)
    hers = {"programme": programme, "worker": worker.pk}
    units = Allocation.objects.unscoped().filter(
        offering=programme.offering_id, organization=worker.organization_id, slots__gt=0
    )
    columns = (
        gathered(past, "worker", JSONArray("screened_on", "source", "kind", "method")),
        Exists(HistoryStatement.objects.filter(**hers)),
        gathered(
            _elsewhere(worker, programme),
            "worker",
            JSONArray("session__starts_at", "offering__screening_programme__kind"),
        ),
        Subquery(ResidenceStatement.objects.filter(**hers).values("resident")[:1]),
        Exists(units),
    )
    return dict(zip(Recorded.COLUMNS, columns, strict=True))


def _facts(worker: Worker, programme: Programme, terms: ProgrammeTerms, recorded: Recorded) -> Facts:
    past = [Past(date.fromisoformat(on), kind, method, source) for on, source, kind, method in recorded.past or ()]
    last = deciding(past, terms, own=programme.kind)
    never = True if last is None and recorded.said else None
    other_on, other_kind = _other(recorded.booked, programme, terms)
    return Facts(
        birth_date=worker.birth_date,
        member=True if worker.joined_on else None,
        member_since=worker.joined_on,
        marital_status=None if worker.marital_status == MaritalStatus.UNKNOWN else worker.marital_status,
        employment_type=worker.employment_type or None,
        last_screening=last.on if last else None,
        last_kind=last.kind if last else "",
        last_method=last.method if last else "",
        never_screened=never,
        active=worker.state == WorkerState.ACTIVE if KINDS[programme.kind].employed else None,
        other_booking=other_on,
        other_kind=other_kind,
        resident=recorded.resides,
        on_roster=recorded.takes_part,
        origins=_origins(last.source if last else None, never),
    )


def _other(rows: list | None, programme: Programme, terms: ProgrammeTerms) -> tuple[date | None, str]:
    """Day and kind of the latest of her live bookings elsewhere that counts here."""
    moments = ((datetime.fromisoformat(at), kind) for at, kind in rows or () if counts(kind, terms, programme.kind))
    aware = [(at if timezone.is_aware(at) else at.replace(tzinfo=UTC), kind) for at, kind in moments]
    if not aware:
        return None, ""
    at, kind = max(aware)
    return timezone.localdate(at), kind


def _elsewhere(worker: Worker, programme: Programme) -> QuerySet[Booking]:
    """Her live bookings in other screening programmes."""
    return (
        Booking.objects.unscoped()
        .filter(worker=worker.pk, state__in=_AHEAD, offering__screening_programme__isnull=False)
        .exclude(offering_id=programme.offering_id)
    )


def _origins(last_source: str | None, never: bool | None) -> dict[str, str]:
    origins = dict.fromkeys(("age", "membership", "active", "marital", "employment"), "roster")
    origins |= {"roster": "roster", "residence": "answer", "other_booking": "history"}
    if never or last_source == HistorySource.DECLARED:
        origins["interval"] = "answer"
    elif last_source:
        origins["interval"] = "history"
    return origins
