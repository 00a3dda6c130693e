"""Giving the places of a draw in the drawn order: in batches, each whole or not at all, so that a killed run goes on.

Locks of a batch: draw → sessions → allocations → waiting entries → draw entries; new rows are inserted last. What a
batch has decided stands in its lines, written in the same transaction: the next run begins after them.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.bookings import errors, rules
from services.bookings.actions import promotion
from services.bookings.actions.conditions import fulfils_of
from services.bookings.actions.locking import lock_allocations, lock_draw, lock_sessions, places_transaction
from services.bookings.actions.timeline import record, tell
from services.bookings.enums import LIVE, BookingState, DrawOutcome, DrawState, EntryState, OfferingState, WaitingState
from services.bookings.models import Booking, Draw, DrawEntry, DrawLine, Offering, Session, WaitingEntry
from services.bookings.policies import may_run
from services.bookings.registry import watchers
from services.bookings.rules.draw import DRAWN_FIRST
from services.foundation.background import after_commit
from services.messaging.actions import notify

logger = logging.getLogger(__name__)
BATCH = 25  # women a transaction: its sessions are locked that long, and others wait three seconds at most
TASK = "services.bookings.tasks.give_drawn_places"
_STANDING = (WaitingState.WAITING, WaitingState.OFFERED)


def start_giving(draw: Draw, *, by, now: datetime) -> Draw:
    """Begin to give the places; a worker goes on with it after commit. Repeating it changes nothing.

    Raises ``DrawNotThere`` before the order is drawn, ``WindowClosed`` while sign-up is closed. Lock: the draw.
    """
    may_run(by, draw.offering).insist()
    with places_transaction():
        draw = lock_draw(draw.pk)
        if draw.state in (DrawState.GIVING, DrawState.DONE):
            return draw
        if draw.state != DrawState.ORDERED:
            raise errors.DrawNotThere()
        if draw.offering.state != OfferingState.OPEN:
            raise errors.WindowClosed()
        draw.state, draw.started_at, draw.started_by = DrawState.GIVING, now, by
        draw.save(update_fields=["state", "started_at", "started_by"])
        log(draw, "bookings.draw_started", user=by)
        after_commit(TASK, draw.pk)
        return draw


def carry_on_giving(now: datetime) -> int:
    """Go on with every draw whose places are being given; returns how many were finished here."""
    running = Draw.objects.filter(state=DrawState.GIVING, offering__state=OfferingState.OPEN).order_by("pk")
    done = 0
    for key in running.values_list("pk", flat=True):
        try:
            done += give_drawn_places(key, now=now)
        except errors.Busy:
            logger.info("draw %s is busy and goes on in the next run", key)
    return done


def give_drawn_places(key: int, *, now: datetime) -> bool:
    """Walk the order from the first undecided line to the end. Two may run at once: each batch is decided by one.

    Returns whether this call finished the draw; a draw that isn't being given is left alone. Raises ``Busy``.
    """
    while True:
        with places_transaction():
            draw = lock_draw(key)
            if draw.state != DrawState.GIVING or draw.offering.state != OfferingState.OPEN:
                return False
            lines = _undecided(draw)
            if not lines:
                _finish(draw, now=now)
                return True
            _Batch(draw, lines, now=now).give()


def _undecided(draw: Draw) -> list[DrawLine]:
    rows = DrawLine.objects.unscoped().filter(draw=draw, outcome=DrawOutcome.PENDING).order_by("place")
    rows = rows.select_related("entry__worker__organization", "entry__worker__user")
    return list(rows.prefetch_related("entry__choices")[:BATCH])


def _finish(draw: Draw, *, now: datetime) -> None:
    """Open what is left, and pass it to those who joined the list after it was frozen before anybody else sees it."""
    offering, room = draw.offering, _room(draw.offering, now=now)
    draw.state, draw.done_at = DrawState.DONE, now
    draw.save(update_fields=["state", "done_at"])
    offering.drawn_at = now
    offering.save(update_fields=["drawn_at"])
    plan = promotion.plan(offering, room, now=now)
    lock_allocations(plan.allocations)
    promotion.carry_out(plan, offering, room, now=now)
    log(draw, "bookings.draw_done", user=draw.started_by)


def _room(offering: Offering, *, now: datetime) -> dict[Session, int]:
    ahead = offering.sessions.filter(starts_at__gt=now, capacity__gt=0).values_list("pk", flat=True)
    return {session: session.left for session in lock_sessions(ahead).values()}


@dataclass(frozen=True, slots=True)
class _Wish:
    """What one line may be given: sessions in her order, and the allocations that her union reaches, in theirs."""

    sessions: list[Session]
    pots: list[rules.Pot]


class _Batch:
    """The next lines of a draw, decided inside the caller's ``places_transaction``."""

    def __init__(self, draw: Draw, lines: list[DrawLine], *, now: datetime):
        self.draw, self.offering, self.lines, self.now = draw, draw.offering, lines, now

    def give(self) -> None:
        """Places that came back meanwhile go to those drawn before; then each line in order."""
        self.room = _room(self.offering, now=self.now)
        self.in_time = sorted(self.room, key=lambda session: (session.starts_at, session.pk))
        before = promotion.plan(self.offering, self.room, now=self.now)
        pots = promotion.open_pots(self.offering)
        reached = {line.pk: self._reached(line, pots) for line in self.lines}
        lock_allocations(before.allocations.union(pot.pk for found in reached.values() for pot in found))
        promotion.carry_out(before, self.offering, self.room, now=self.now)
        workers = [line.entry.worker_id for line in self.lines]
        self.waiting = self._waiting(workers)
        self.entered = self._entered()
        live = Booking.objects.unscoped().filter(offering=self.offering, worker__in=workers, state__in=LIVE)
        self.booked = set(live.values_list("worker", flat=True))
        for line in self.lines:
            self._decide(line, reached[line.pk])
            line.decided_at = self.now
        DrawLine.objects.unscoped().bulk_update(self.lines, ["outcome", "booking", "waiting", "decided_at"])

    def _reached(self, line: DrawLine, pots: list[rules.Pot]) -> list[rules.Pot]:
        path = line.entry.worker.organization.path
        return rules.payers(path, pots, remainder_open=self.offering.remainder_open)

    def _waiting(self, workers: list[int]) -> dict[int, WaitingEntry]:
        rows = WaitingEntry.objects.unscoped().select_for_update(no_key=True).filter(offering=self.offering)
        return {row.worker_id: row for row in rows.filter(worker__in=workers, state__in=_STANDING).order_by("pk")}

    def _entered(self) -> set[int]:
        """Who is still in, locked: a withdrawal under way comes before us, a later one finds what we decided."""
        keys = [line.entry_id for line in self.lines]
        rows = DrawEntry.objects.unscoped().select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        return {row.pk for row in rows if row.state == EntryState.ENTERED}

    def _decide(self, line: DrawLine, pots: list[rules.Pot]) -> None:
        worker = line.entry.worker
        if line.entry_id not in self.entered:
            line.outcome = DrawOutcome.WITHDRAWN
            return
        if worker.pk in self.booked:
            line.outcome = DrawOutcome.HAS_PLACE
            return
        wanted = self._wanted(line.entry)
        days = self._days(worker, wanted)
        admitted = [session for session in wanted if _day(session) in days]
        if not admitted:
            line.outcome = DrawOutcome.INELIGIBLE
            self._say(line, "bookings-draw-passed")
            return
        line.booking = self._place(line, _Wish(admitted, pots))
        line.outcome = DrawOutcome.PLACE if line.booking else DrawOutcome.WAITING
        if line.booking is None:
            line.waiting = self._wait(line, admitted)
            self._say(line, "bookings-drawn-waiting")

    def _wanted(self, entry: DrawEntry) -> list[Session]:
        """Her times in order, then all others if she takes any. Times that were taken away leave her any."""
        known = {session.pk: session for session in self.room}
        chosen = [known[choice.session_id] for choice in entry.choices.all() if choice.session_id in known]
        if chosen and not entry.any_session:
            return chosen
        return chosen + [session for session in self.in_time if session not in chosen]

    def _days(self, worker, wanted: list[Session]) -> frozenset[date]:
        days = frozenset(_day(session) for session in wanted)
        for watcher in watchers:
            days = watcher.admitted_days(self.offering, worker, days=days, now=self.now)
        return days

    def _place(self, line: DrawLine, wish: _Wish) -> Booking | None:
        for session in wish.sessions:
            payers = self._payers(line, session, wish.pots) if self.room[session] > 0 else []
            if payers and (booking := self._take(line, session, payers)):
                self.room[session] -= 1
                return booking
        return None

    def _payers(self, line: DrawLine, session: Session, pots: list[rules.Pot]) -> list[int]:
        """Those whose conditions she fulfils on the day of the session."""
        fulfils = fulfils_of(self.offering, line.entry.worker, at=session.starts_at, now=self.now)
        return [pot.pk for pot in rules.hers(pots, fulfils)]

    def _take(self, line: DrawLine, session: Session, payers: list[int]) -> Booking | None:
        try:
            with transaction.atomic():
                booking = promotion.take_for(line.entry.worker, payers, self.offering, session, now=self.now)
                if standing := self.waiting.get(line.entry.worker_id):
                    standing.state, standing.booking, standing.changed_at = WaitingState.PROMOTED, booking, self.now
                    standing.save(update_fields=["state", "booking", "changed_at"])
                for watcher in watchers:
                    watcher.promoted(booking, now=self.now)
                event = record(booking, "drawn", by=None, now=self.now, entry=line.entry.number)
                if booking.state == BookingState.OFFERED:
                    tell(event, "bookings-drawn-offered", until=booking.held_until, entry=line.entry.number)
                else:
                    tell(event, "bookings-drawn-booked", entry=line.entry.number)
                return booking
        except (promotion.NothingLeftError, IntegrityError):  # the last one went, or she got one this moment
            return None

    def _wait(self, line: DrawLine, admitted: list[Session]) -> WaitingEntry:
        """Behind those drawn before her and ahead of everybody who joins later.

        The time she waits since says her place in the order: a microsecond each, ending when the list was frozen.
        """
        since = self.draw.frozen_at - timedelta(microseconds=self.draw.entries_count + 1 - line.place)
        place = {
            "session": None if line.entry.any_session else admitted[0],
            "priority": DRAWN_FIRST,
            "created_at": since,
            "changed_at": self.now,
        }
        if standing := self.waiting.get(line.entry.worker_id):
            for name, value in place.items():
                setattr(standing, name, value)
            standing.save(update_fields=list(place))
            return standing
        return WaitingEntry.objects.create(offering=self.offering, worker=line.entry.worker, **place)

    def _say(self, line: DrawLine, key: str) -> None:
        worker = line.entry.worker
        notify(
            key,
            to=worker.user,
            phone="" if worker.user_id else worker.phone,
            context={"title": self.offering.title, "entry": line.entry.number, "place": line.place},
            dedupe_key=f"{key}:{line.pk}",
            link=next((link for watcher in watchers if (link := watcher.draw_link(self.offering))), ""),
        )


def _day(session: Session) -> date:
    return timezone.localdate(session.starts_at)
