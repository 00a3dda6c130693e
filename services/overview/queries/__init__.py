"""What a woman has going on across all services, and what of it needs her now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import models

from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, DrawEntry, WaitingEntry
from services.bookings.queries import with_ahead
from services.bookings.queries.draws import own_draws_ahead
from services.casework.enums import Stage
from services.casework.models import Case
from services.casework.queries import her_open_cases
from services.casework.registry import services
from services.casework.wording import in_short
from services.foundation.openings import Suggestion
from services.messaging.queries import unread_count
from services.outreach.queries import readings_for
from services.outreach.registry import Reading
from services.overview.queries.openings import suggestions_for
from services.payments.enums import PayableState
from services.payments.models import Payable
from services.payments.queries import payments_of
from services.workers.enums import ClaimState
from services.workers.models import RecordClaim, Worker
from services.workers.queries import latest_claim, worker_of

PAST_SHOWN = 10
CASES_SHOWN = 20
ASKED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class HerServices:
    """``offers`` and ``holds`` wait for her answer, ``results`` to be read for the first time; ``upcoming`` is booked;
    ``past`` holds the newest few. ``cases`` aren't over; ``payments`` aren't known to have arrived. ``suggestions`` and
    ``readings`` are for her, each with its reason."""

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
    cases: list["HerCase"] = field(default_factory=list)
    payments: list[Payable] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)

    @property
    def needs_record(self) -> bool:
        """She is tied to no record and no officer is looking for it."""
        return self.worker is None and (self.claim is None or self.claim.state != ClaimState.WAITING)

    @property
    def needs_her(self) -> bool:
        waits = self.offers or self.holds or self.results or self.returned or self.failed
        return bool(waits or self.needs_record)

    @property
    def returned(self) -> list["HerCase"]:
        """Something more is asked of her."""
        return [one for one in self.cases if one.case.stage == Stage.RETURNED]

    @property
    def failed(self) -> list[Payable]:
        """The bank sent it back, or nobody knows where to pay it: her account is needed."""
        return [one for one in self.payments if one.state == PayableState.FAILED or one.account_id is None]


@dataclass(frozen=True, slots=True)
class HerCase:
    """An application of hers: what it is for, and where it stands in a sentence."""

    case: Case
    title: str
    stands: str


def services_of(user, *, now: datetime) -> HerServices:
    """Her services in a number of queries that doesn't grow with them."""
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
            .select_related("offering__activity", "session__venue")
        ),
        draws=list(
            own_draws_ahead(worker)
            .filter(offering__screening_programme__isnull=False)
            .select_related("offering__screening_programme")
        ),
        cases=_cases_of(worker),
        payments=_payments_of(worker, now),
        suggestions=suggestions_for(worker, now=now),
        readings=readings_for(worker, now=now),
    )


def _payments_of(worker: Worker, now: datetime) -> list[Payable]:
    """What hasn't reached her as far as we know, what needs her first; after two months nobody asks any more whether it
    arrived."""
    open_ones = payments_of(worker).exclude(received=True).exclude(state=PayableState.CANCELLED)
    asked = open_ones.exclude(received__isnull=True, paid_at__lt=now - ASKED_FOR)
    needs_her = models.Q(state=PayableState.FAILED) | models.Q(account__isnull=True)
    first = models.Case(models.When(needs_her, then=0), default=1)
    return list(asked.order_by(first, "-raised_at", "-pk")[:CASES_SHOWN])


def _cases_of(worker: Worker) -> list[HerCase]:
    """Those that aren't over: what more is asked of her first, then the newest."""
    hers = her_open_cases(worker).prefetch_related("route__steps")
    first = models.Case(models.When(stage=Stage.RETURNED, then=0), default=1)
    found = list(hers.order_by(first, "-pk")[:CASES_SHOWN])
    titles = {}
    for service in services:
        if mine := [case for case in found if case.service == service.code]:
            titles |= service.titles(mine)
    return [HerCase(case, titles.get(case.pk, ""), in_short(case)) for case in found]


def _unread(booking: Booking) -> bool:
    """Of an examination whose result is here and was never opened. What it says isn't looked at."""
    result = getattr(booking, "screening_result", None)
    return result is not None and result.read_at is None


def _bookings_of(worker: Worker, now: datetime) -> tuple[list[Booking], list[Booking]]:
    """Bookings still ahead of her, soonest first, and the newest of those behind her; lapsed holds are no news."""
    hers = Booking.objects.own(worker=worker).select_related("offering__activity", "session__venue", "screening_result")
    ahead = hers.filter(
        state__in=(BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED), session__ends_at__gt=now
    )
    behind = hers.exclude(pk__in=ahead.values("pk")).exclude(state__in=(BookingState.HELD, BookingState.EXPIRED))
    return list(ahead.order_by("session__starts_at")), list(behind.order_by("-session__starts_at")[:PAST_SHOWN])
