"""Reads of the bookings app: what has room, what she can draw, where she stands, who is expected today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from services.bookings import rules
from services.bookings.enums import LIVE, BookingState, ScanOutcome, WaitingState
from services.bookings.models import (
    Allocation,
    AllocationEntry,
    Booking,
    CheckInScan,
    Offering,
    Session,
    Venue,
    WaitingEntry,
)
from services.bookings.rules import Pot
from services.foundation.references import is_human_number


def live_booking(offering_id: int, worker) -> Booking | None:
    """Her booking that takes a place in the offering, with session, site and offering."""
    return (
        Booking.objects.own(worker=worker, offering_id=offering_id, state__in=LIVE)
        .select_related("session__venue", "offering", "worker__organization")
        .first()
    )


def pots_for(offering: Offering, path: str) -> list[Pot]:
    """The allocations on which women of the organisation at ``path`` may draw, in order. One query."""
    lines = rules.lineage(path) if offering.remainder_open else [path]
    rows = (
        Allocation.objects.unscoped()
        .filter(offering=offering, organization__path__in=lines)
        .values_list("pk", "organization__path", F("slots") - F("used") - F("passed_down"))
    )
    return rules.payers(path, (Pot(*row) for row in rows), remainder_open=offering.remainder_open)


def places_for(offering: Offering, organization) -> int:
    """How many places women of the organisation could still draw, whatever the sessions hold."""
    return sum(pot.left for pot in pots_for(offering, organization.path))


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


def recent_scans(venue: Venue, *, limit: int = 10) -> QuerySet[CheckInScan]:
    return CheckInScan.objects.filter(venue=venue).select_related("booking__worker", "by")[:limit]


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter that doesn't agree with what it counts."""

    kind: str
    key: int
    counter: str
    stored: int
    counted: int


def audit(offering: Offering) -> list[Difference]:
    """Recompute every counter of an offering from bookings, transfers and the ledger; [] when all agree. Four queries.

    ``taken`` and ``used`` are live bookings, ``passed_down`` is what the rows below received, and the balances
    after the last ledger line are the present ones.
    """
    live = Booking.objects.unscoped().filter(offering=offering, state__in=LIVE).order_by()
    by_session = dict(live.values("session").annotate(n=Count("pk")).values_list("session", "n"))
    by_allocation = dict(live.values("allocation").annotate(n=Count("pk")).values_list("allocation", "n"))
    found = [
        Difference("session", key, "taken", taken, by_session.get(key, 0))
        for key, taken in offering.sessions.order_by("pk").values_list("pk", "taken")
        if taken != by_session.get(key, 0)
    ]
    rows = Allocation.objects.unscoped().filter(offering=offering)
    rows = list(
        rows.annotate(lines=Count("entries"), ledger=_balance("slots_after"), given=_balance("passed_down_after"))
    )
    received: dict[int, int] = {}
    for row in rows:
        if row.parent_id:
            received[row.parent_id] = received.get(row.parent_id, 0) + row.slots
    for row in rows:
        for counter, stored, counted in (
            ("used", row.used, by_allocation.get(row.pk, 0)),
            ("passed_down", row.passed_down, received.get(row.pk, 0)),
            ("slots in the ledger", row.slots, row.ledger if row.lines else 0),
            ("passed_down in the ledger", row.passed_down, row.given if row.lines else 0),
        ):
            if stored != counted:
                found.append(Difference("allocation", row.pk, counter, stored, counted))
    return found


def _balance(column: str) -> Subquery:
    return Subquery(AllocationEntry.objects.filter(allocation=OuterRef("pk")).order_by("-pk").values(column)[:1])
