"""The place shown on the waiting list is the order in which places are given (T52), in random histories.

WAITING_HISTORIES sets how many; a hundred take about a quarter of a minute.
"""

import os
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from services.accounts.models import User
from services.bookings import actions
from services.bookings.enums import LIVE, STAFF_REASONS, Priority, PriorityReason, WaitingState
from services.bookings.models import Booking, Offering, PriorityChange, Session, WaitingEntry
from services.bookings.queries import waiting_position
from services.bookings.rules import waiting_order
from services.organizations.enums import Role
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
HISTORIES, AT_ONCE, STEPS = int(os.environ.get("WAITING_HISTORIES", "100")), 50, 4


@dataclass
class Stage:
    """Two sessions of one place each, taken by two women; seven more who will wait."""

    offering: Offering
    sessions: list[Session]
    women: list[Worker]
    now: datetime
    officer: User


@pytest.fixture
def stage() -> Stage:
    now, tree = timezone.now(), small_tree()
    offering, first, _root = offering_with_places(tree["city"], capacity=1)
    sessions = [first, SessionFactory(offering=offering, capacity=1)]
    women = [WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory()) for _ in range(9)]
    for session in sessions:
        her = women.pop()
        held = actions.hold_place(session, worker=her, by=her.user, now=now)
        actions.confirm_booking(held, by=her.user, now=now)
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    return Stage(offering, sessions, women, now, officer)


@pytest.mark.parametrize("first_seed", range(0, HISTORIES, AT_ONCE))
def test_whoever_is_first_for_a_session_gets_its_place(stage, first_seed):
    for seed in range(first_seed, first_seed + AT_ONCE):
        before = transaction.savepoint()
        try:
            _live_through(stage, random.Random(seed))
        except AssertionError as wrong:
            raise AssertionError(f"history {seed}: {wrong}") from wrong
        transaction.savepoint_rollback(before)


def _live_through(stage: Stage, dice: random.Random) -> None:
    """Women wait, then places are given up, women leave the list and come back; the order is kept in mind here."""
    Offering.objects.filter(pk=stage.offering.pk).update(offer_hours=dice.choice([0, 24]))
    waiting = _those_who_wait(stage, dice)
    _shown_where_she_stands(waiting, dice.choice(waiting))
    for step in range(STEPS):
        moment = stage.now + timedelta(minutes=5 + step)
        if waiting and dice.random() < 0.4:
            _an_officer_moves_somebody(stage, dice, waiting, moment)
        if waiting and dice.random() < 0.2:
            left = waiting.pop(dice.randrange(len(waiting)))
            actions.leave_waiting_list(left, by=left.worker.user, now=moment)
        gone = _give_a_place_up(dice.choice(stage.sessions), waiting, moment)
        if waiting:
            _shown_where_she_stands(waiting, dice.choice(waiting))
        _nobody_overtook_without_a_reason(stage)
        if gone is not None and dice.random() < 0.5:
            priority = dice.randint(0, 1)
            join = {"worker": gone, "priority": priority, "by": gone.user, "now": moment}
            waiting.append(actions.join_waiting_list(stage.offering, **join))
    still = WaitingEntry.objects.unscoped().filter(offering=stage.offering, state=WaitingState.WAITING)
    assert set(still.values_list("pk", flat=True)) == {entry.pk for entry in waiting}


def _those_who_wait(stage: Stage, dice: random.Random) -> list[WaitingEntry]:
    """Some since the same minute, some served first, some for one session only."""
    entries = WaitingEntry.objects.bulk_create(
        WaitingEntry(
            offering=stage.offering,
            worker=her,
            session=dice.choice([None, *stage.sessions]),
            priority=dice.randint(0, 1),
            created_at=stage.now + timedelta(minutes=dice.randint(0, 3)),
            changed_at=stage.now,
        )
        for her in stage.women
    )
    PriorityChange.objects.bulk_create(
        PriorityChange(entry=entry, before=0, after=1, reason=PriorityReason.SERVED_FIRST, at=entry.created_at)
        for entry in entries
        if entry.priority
    )
    return entries


def _an_officer_moves_somebody(
    stage: Stage, dice: random.Random, waiting: list[WaitingEntry], moment: datetime
) -> None:
    place = dice.randrange(len(waiting))
    to = dice.choice([step for step in Priority if step != waiting[place].priority])
    said = {"reason": dice.choice(STAFF_REASONS), "text": "按规定调整", "by": stage.officer, "now": moment}
    waiting[place], _change = actions.change_priority(waiting[place], to=to, **said)


def _nobody_overtook_without_a_reason(stage: Stage) -> None:
    """Of two women on the list the later one stands ahead only where one of them was moved, and it says why."""
    entries = list(WaitingEntry.objects.unscoped().filter(offering=stage.offering, state=WaitingState.WAITING))
    moved = PriorityChange.objects.unscoped().filter(entry__in=entries).exclude(reason="").order_by("at", "pk")
    last = {change.entry_id: change.after for change in moved}
    assert all(entry.priority == last.get(entry.pk, 0) for entry in entries)


def _shown_where_she_stands(waiting: list[WaitingEntry], entry: WaitingEntry) -> None:
    """Before her on the page stand those before her in order who could take what she waits for."""
    rivals = [e for e in waiting if entry.session_id is None or e.session_id in (None, entry.session_id)]
    assert waiting_position(entry) == sorted(rivals, key=waiting_order).index(entry) + 1


def _give_a_place_up(session: Session, waiting: list[WaitingEntry], moment: datetime) -> Worker | None:
    """Cancel the session's booking, if there is one, and see that the first in order has its place; who gave it up."""
    live = Booking.objects.unscoped().filter(session=session, state__in=LIVE)
    booking = live.select_related("worker__user", "worker__organization").first()
    if booking is None:
        return None
    could = [entry for entry in waiting if entry.session_id in (None, session.pk)]
    actions.cancel_booking(booking, by=booking.worker.user, now=moment)
    if could:
        first = min(could, key=waiting_order)
        waiting.remove(first)
        got = WaitingEntry.objects.unscoped().values_list("state", "booking__session").get(pk=first.pk)
        assert got in {(WaitingState.OFFERED, session.pk), (WaitingState.PROMOTED, session.pk)}
    return booking.worker


def test_the_newest_entry_never_overtakes_and_leaving_moves_the_others_up():
    now, tree = timezone.now(), small_tree()
    offering, _session, _root = offering_with_places(tree["city"], capacity=0)
    SessionFactory(offering=offering)
    entries = []
    for n in range(4):
        her = WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory())
        entries.append(actions.join_waiting_list(offering, worker=her, by=her.user, now=now + timedelta(seconds=n)))
    assert [waiting_position(entry) for entry in entries] == [1, 2, 3, 4]
    actions.leave_waiting_list(entries[1], by=entries[1].worker.user, now=now)
    for entry in entries:
        entry.refresh_from_db()
    assert [waiting_position(entry) for entry in entries] == [1, 0, 2, 3]
