"""Reads of the bookings app: what has room, what she can draw, where she stands, who is expected today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from services.bookings import rules
from services.bookings.enums import (
    LIVE,
    BookingState,
    ScanOutcome,
    WaitingState,
)
from services.bookings.models import (
    Allocation,
    Booking,
    BookingEvent,
    CheckInScan,
    MissedPlace,
    Offering,
    Session,
    Venue,
    WaitingEntry,
)
from services.bookings.rules import Fulfils, Pot
from services.foundation.gathered import gathered
from services.foundation.prepared import Prepared
from services.foundation.references import is_human_number
from services.foundation.verdict import Finding

ABSENCES_LOOK_BACK = timedelta(days=31)  # attendance that is taken later than that is for the desk to enter


def live_booking(offering_id: int, worker) -> Booking | None:
    """Her booking that takes a place in the offering, with session, site and offering."""
    return (
        Booking.objects.own(worker=worker, offering_id=offering_id, state__in=LIVE)
        .select_related("session__venue", "offering", "worker__organization")
        .first()
    )


def pots_for(offering: Offering, path: str) -> list[Pot]:
    """The allocations on which women of the organisation at ``path`` may draw, in order. One query.

    Those of pools with conditions too: ``rules.hers`` says which of them are hers.
    """
    lines = rules.lineage(path) if offering.remainder_open else [path]
    given = {f"line{level}": line for level, line in enumerate(lines)}
    rows = _pots(len(lines)).rows(offering=offering.pk, **given)
    return rules.payers(path, (pot_of(row) for row in rows), remainder_open=offering.remainder_open)


POT = (
    *("pk", "organization__path", F("slots") - F("used") - F("passed_down")),
    *("pool", "pool__position", "pool__conditions", "pool__assigned_only", "parent"),
)


def pot_of(row: tuple) -> Pot:
    """A row of the ``POT`` columns as the rules see it."""
    *known, assigned_only, parent = row
    return Pot(*known, withheld=assigned_only and parent is None)


@cache
def _pots(levels: int) -> Prepared:
    """The allocations of so many organisations, compiled: asked for every place taken."""

    def rows(*, offering: int, **lines: str):
        given = Allocation.objects.unscoped().filter(offering=offering, organization__path__in=list(lines.values()))
        return given.values_list(*POT)

    return Prepared(rows, keys=("offering",), texts=tuple(f"line{level}" for level in range(levels)))


def places_for(offering: Offering, organization, *, fulfils: Fulfils = rules.unconditional) -> int:
    """How many places women of the organisation could still draw, whatever the sessions hold.

    ``fulfils`` says which conditions of pools are met; without it only pools without any count.
    """
    return sum(pot.left for pot in rules.hers(pots_for(offering, organization.path), fulfils))


def payers_by_path(offering: Offering, paths: Iterable[str]) -> dict[str, list[Pot]]:
    """As ``pots_for``, for the organisations at many paths at once: who may draw on what, in order. One query."""
    paths = set(paths)
    lines = {line for path in paths for line in (rules.lineage(path) if offering.remainder_open else [path])}
    given = Allocation.objects.unscoped().filter(offering=offering, organization__path__in=lines).order_by("pk")
    pots = [pot_of(row) for row in given.values_list(*POT)]
    return {path: rules.payers(path, pots, remainder_open=offering.remainder_open) for path in sorted(paths)}


def sessions_ahead(offering: Offering, now: datetime) -> QuerySet[Session]:
    """Sessions that lie ahead and have places at all, full ones too, with their sites."""
    return offering.sessions.filter(starts_at__gt=now, capacity__gt=0).select_related("venue", "offering")


def sessions_with_room(offering: Offering, worker, now: datetime) -> list[Session]:
    """Sessions she could book now. With ``worker`` it is empty when her union can draw no place. Two queries."""
    if worker is not None and places_for(offering, worker.organization) < 1:
        return []
    return list(sessions_ahead(offering, now).filter(taken__lt=F("capacity")))


def places_left(offering: Offering, now: datetime | None = None) -> int:
    """The public number: places nobody has taken, both in allocations and in the sessions ahead. Two queries."""
    now = now or timezone.now()
    given = Allocation.objects.unscoped().filter(offering=offering)
    unused = given.aggregate(left=Sum(F("slots") - F("passed_down") - F("used")))["left"] or 0
    seats = sessions_ahead(offering, now).aggregate(left=Sum(F("capacity") - F("taken")))["left"] or 0
    return min(unused, seats)


def waiting_list(offering: Offering) -> QuerySet[WaitingEntry]:
    """Those who wait, in the order in which they are promoted. Unscoped: narrow it to a viewer or a session."""
    return (
        WaitingEntry.objects.filter(offering=offering, state=WaitingState.WAITING)
        .select_related("session__venue", "worker__organization")
        .order_by("-priority", "created_at", "pk")
    )


def with_ahead(entries: QuerySet[WaitingEntry]) -> QuerySet[WaitingEntry]:
    """``ahead`` on each entry: how many women who wait for the same offering come before her.

    Women waiting for another session only are not counted: they can't be served before her.
    """
    before = Q(priority__gt=OuterRef("priority")) | Q(priority=OuterRef("priority")) & (
        Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), pk__lt=OuterRef("pk"))
    )
    rivals = Q(hers__isnull=True) | Q(session__isnull=True) | Q(session_id=F("hers"))
    rows = (
        WaitingEntry.objects.unscoped()
        .alias(hers=ExpressionWrapper(OuterRef("session_id"), output_field=BigIntegerField(null=True)))
        .filter(before, rivals, offering=OuterRef("offering"), state=WaitingState.WAITING)
        .order_by()
        .values("offering")
    )
    return entries.annotate(ahead=Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0))


def waiting_position(entry: WaitingEntry) -> int:
    """Her place among those who wait for the same offering, from 1; 0 when she doesn't wait any more."""
    hers = WaitingEntry.objects.unscoped().filter(pk=entry.pk, state=WaitingState.WAITING)
    ahead = with_ahead(hers).values_list("ahead", flat=True).first()
    return 0 if ahead is None else ahead + 1


def names_in(text: str, entry: WaitingEntry) -> bool:
    """Does the text name another woman who waits or has a booking in the same offering? Two queries."""
    said = Value(text, output_field=TextField())
    for rows in (WaitingEntry.objects.unscoped(), Booking.objects.unscoped()):
        others = rows.filter(offering=entry.offering_id).exclude(worker=entry.worker_id).order_by()
        if others.annotate(said=said).filter(said__contains=F("worker__name")).exists():
            return True
    return False


def own_waiting(offering: Offering, worker) -> WaitingEntry | None:
    return (
        WaitingEntry.objects.own(
            offering=offering, worker=worker, state__in=[WaitingState.WAITING, WaitingState.OFFERED]
        )
        .select_related("session__venue", "booking")
        .first()
    )


def booking_by_code(code: str) -> Booking | None:
    """The booking of a scanned token, or of a human number typed by hand (any case, check digit verified)."""
    code = code.strip()
    rows = Booking.objects.unscoped().select_related("session__venue", "offering", "worker")
    if is_human_number(code):
        found = rows.filter(pk=int(code.split("-")[2])).first()
        return found if found and found.number == code.upper() else None
    return rows.filter(token=code).first() if code else None


def booking_by_token(token: str) -> Booking | None:
    return Booking.objects.unscoped().select_related("session__venue", "offering", "worker").filter(token=token).first()


def expected_outcome(booking: Booking, venue: Venue, now: datetime) -> ScanOutcome:
    """What a scan of the booking at the site would mean now."""
    return ScanOutcome(
        rules.scan_outcome(
            booking.state,
            booked_venue=booking.session.venue_id,
            venue=venue.pk,
            session_day=timezone.localdate(booking.session.starts_at),
            last_day=timezone.localdate(booking.session.ends_at),
            today=timezone.localdate(now),
            attended=BookingState.ATTENDED,
            expected=BookingState.CONFIRMED,
        )
    )


@dataclass(frozen=True, slots=True)
class DoorSession:
    """One session at the door: how many are expected, how many have come."""

    session: Session
    expected: int
    arrived: int


def sessions_on(venue: Venue, day: date) -> list[DoorSession]:
    """Sessions at the site on a day (local), with counts. One query."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    rows = (
        Session.objects.filter(venue=venue, starts_at__gte=begin, starts_at__lt=begin + timedelta(days=1))
        .select_related("offering")
        .annotate(
            expected=Count("bookings", Q(bookings__state__in=[BookingState.CONFIRMED, BookingState.ATTENDED])),
            arrived=Count("bookings", Q(bookings__state=BookingState.ATTENDED)),
        )
    )
    return [DoorSession(row, row.expected, row.arrived) for row in rows]


def venues_operated_by(user) -> QuerySet[Venue]:
    return Venue.objects.filter(operators__user=user).select_related("provider").order_by("pk")


def checked_in_at(booking: Booking) -> datetime | None:
    """When she was checked in, as the first good scan says."""
    scans = CheckInScan.objects.filter(booking=booking, outcome=ScanOutcome.CHECKED_IN)
    return scans.order_by("at").values_list("at", flat=True).first()


def scans_at(venues: Iterable[Venue]) -> QuerySet[CheckInScan]:
    """Every scan at these sites, the latest first."""
    return (
        CheckInScan.objects.filter(venue__in=list(venues))
        .select_related("venue", "booking__worker", "booking__session", "by")
        .defer("booking__worker__id_number", "booking__worker__note")
        .order_by("-pk")
    )


def recent_scans(venues: Iterable[Venue], *, limit: int = 20) -> list[CheckInScan]:
    """The latest scans at these sites. One query."""
    return list(scans_at(venues)[:limit])


def missed_days(worker) -> list[date]:
    """The days of the places she missed, as far as they are remembered. One query."""
    return list(MissedPlace.objects.own(worker=worker).order_by("on").values_list("on", flat=True))


def conduct_of(worker, offering: Offering, *, on: date, besides: Iterable[date] = ()) -> Finding:
    """What her missed places mean for a booking in the offering; ``besides`` as if these were missed too. One query."""
    return rules.conduct([*missed_days(worker), *besides], offering, on=on)


def missed_column(worker: int) -> Subquery:
    """``missed_days`` as a column of any query; read it with ``days_of``."""
    return gathered(MissedPlace.objects.unscoped().filter(worker=worker), "worker", F("on"))


def days_of(column: list[str] | None) -> list[date]:
    return [date.fromisoformat(day) for day in column or ()]


def absences_due(midnight: datetime) -> QuerySet[Booking]:
    """Confirmed bookings of earlier days at sites where somebody was checked in on that day."""
    came = Booking.objects.unscoped().filter(
        state=BookingState.ATTENDED,
        session__venue=OuterRef("session__venue"),
        session__starts_at__date=OuterRef("session__starts_at__date"),
    )
    booked = Booking.objects.unscoped().filter(
        Exists(came),
        state=BookingState.CONFIRMED,
        session__ends_at__lte=midnight,
        session__ends_at__gt=midnight - ABSENCES_LOOK_BACK,
    )
    return booked.select_related("session__offering", "worker__organization").order_by("session_id", "pk")


def reminded_since(bookings: Iterable[int], moment: datetime) -> set[int]:
    """The keys of those bookings whose women staff have reminded since then. One query."""
    events = BookingEvent.objects.filter(booking__in=list(bookings), verb=rules.REMINDED, at__gt=moment)
    return set(events.values_list("booking_id", flat=True))


def missed_among(bookings: Iterable[int]) -> set[int]:
    """The keys of those bookings whose missed place still counts. One query."""
    rows = MissedPlace.objects.unscoped().filter(booking__in=list(bookings))
    return set(rows.values_list("booking_id", flat=True))
