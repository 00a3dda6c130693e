"""What a woman has going on across all services, and what of it needs her now."""

from dataclasses import dataclass, field
from datetime import datetime

from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, DrawEntry, WaitingEntry
from services.bookings.queries import with_ahead
from services.bookings.queries.draws import own_draws_ahead
from services.messaging.queries import unread_count
from services.workers.enums import ClaimState
from services.workers.models import RecordClaim, Worker
from services.workers.queries import latest_claim, worker_of

PAST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class HerServices:
    """``offers`` and ``holds`` wait for her answer, ``results`` to be read for the first time; ``upcoming`` is booked;
    ``past`` holds the newest few."""

    worker: Worker | None
    claim: RecordClaim | None
    unread: int
    offers: list[Booking] = field(default_factory=list)
    holds: list[Booking] = field(default_factory=list)
    results: list[Booking] = field(default_factory=list)
    upcoming: list[Booking] = field(default_factory=list)
    past: list[Booking] = field(default_factory=list)
    waiting: list[WaitingEntry] = field(default_factory=list)
    draws: list[DrawEntry] = field(default_factory=list)

    @property
    def needs_record(self) -> bool:
        """She is tied to no record and no officer is looking for it."""
        return self.worker is None and (self.claim is None or self.claim.state != ClaimState.WAITING)

    @property
    def needs_her(self) -> bool:
        return bool(self.offers or self.holds or self.results or self.needs_record)


def services_of(user, *, now: datetime) -> HerServices:
    """Her services in at most six queries, however many bookings she has."""
    worker = worker_of(user)
    unread = unread_count(user)
    if worker is None:
        return HerServices(worker=None, claim=latest_claim(user), unread=unread)
    live, past = _bookings_of(worker, now)
    return HerServices(
        worker=worker,
        claim=None,
        unread=unread,
        offers=[b for b in live if b.state == BookingState.OFFERED and b.held_until > now],
        holds=[b for b in live if b.state == BookingState.HELD and b.held_until > now],
        results=[b for b in past if _unread(b)],
        upcoming=[b for b in live if b.state == BookingState.CONFIRMED],
        past=past,
        waiting=list(
            with_ahead(WaitingEntry.objects.own(worker=worker))
            .filter(state=WaitingState.WAITING)
            .select_related("offering", "session__venue")
        ),
        draws=list(
            own_draws_ahead(worker)
            .filter(offering__screening_programme__isnull=False)
            .select_related("offering__screening_programme")
        ),
    )


def _unread(booking: Booking) -> bool:
    """Of an examination whose result is here and was never opened. What it says isn't looked at."""
    result = getattr(booking, "screening_result", None)
    return result is not None and result.read_at is None


def _bookings_of(worker: Worker, now: datetime) -> tuple[list[Booking], list[Booking]]:
    """Bookings still ahead of her, soonest first, and the newest of those behind her; lapsed holds are no news."""
    hers = Booking.objects.own(worker=worker).select_related("offering", "session__venue", "screening_result")
    ahead = hers.filter(
        state__in=(BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED), session__ends_at__gt=now
    )
    behind = hers.exclude(pk__in=ahead.values("pk")).exclude(state__in=(BookingState.HELD, BookingState.EXPIRED))
    return list(ahead.order_by("session__starts_at")), list(behind.order_by("-session__starts_at")[:PAST_SHOWN])
