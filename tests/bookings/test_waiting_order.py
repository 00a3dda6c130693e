"""The place shown on the waiting list is the order in which places are given (T52), in random histories."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from services.bookings import actions
from services.bookings.enums import LIVE, WaitingState
from services.bookings.models import Booking, WaitingEntry
from services.bookings.queries import waiting_list, waiting_position
from services.bookings.rules import waiting_order
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(12))
def test_whoever_is_first_for_a_session_gets_its_place(seed):
    dice, now, tree = random.Random(seed), timezone.now(), small_tree()
    offering, first, _root = offering_with_places(tree["city"], capacity=1, offer_hours=dice.choice([0, 24]))
    sessions = [first, SessionFactory(offering=offering, capacity=1)]
    women = [WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory()) for _ in range(9)]
    for session in sessions:
        her = women.pop()
        held = actions.hold_place(session, worker=her, by=her.user, now=now)
        actions.confirm_booking(held, by=her.user, now=now)
    for her in women:
        moment = now + timedelta(minutes=dice.randint(0, 3))
        wanted, priority = dice.choice([None, *sessions]), dice.randint(0, 1)
        actions.join_waiting_list(offering, worker=her, session=wanted, priority=priority, by=her.user, now=moment)
    later = now + timedelta(minutes=5)
    for _ in range(6):
        session = dice.choice(sessions)
        expected = _first_for(offering, session)
        booking = (
            Booking.objects.unscoped()
            .select_related("worker__user", "worker__organization")
            .filter(session=session, state__in=LIVE)
            .first()
        )
        if booking is None:
            continue
        actions.cancel_booking(booking, by=booking.worker.user, now=later)
        if expected is None:
            continue
        expected.refresh_from_db()
        assert expected.state in (WaitingState.OFFERED, WaitingState.PROMOTED)
        assert expected.booking.session_id == session.pk


def _first_for(offering, session) -> WaitingEntry | None:
    """The head as the page shows it: nobody who waits for this session stands before her."""
    everybody = list(waiting_list(offering).unscoped())
    entries = [e for e in everybody if e.session_id in (None, session.pk)]
    assert entries == sorted(entries, key=waiting_order)
    for place, entry in enumerate(everybody, start=1):
        if entry.session_id is None:  # who takes any session competes with all
            assert waiting_position(entry) == place
    for place, entry in enumerate(entries, start=1):
        if entry.session_id:
            assert waiting_position(entry) == place
    return entries[0] if entries else None


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
