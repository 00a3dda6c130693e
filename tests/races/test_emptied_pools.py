"""Her union's pool goes empty while she waits for it: another may pay, and nobody is caught in a ring of locks."""

import threading
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from services.bookings import actions
from services.bookings.actions.locking import lock_allocations
from services.bookings.models import Booking
from tests.factories.bookings import SessionFactory
from tests.races.scene import at_once, scene
from tests.races.test_withdrawing import uncommitted, until_locks_are_waited_for

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_the_city_pays_and_who_locks_both_pools_in_order_is_not_in_her_way():
    stage, now = scene(capacity=5, slots=3), timezone.now()
    own = stage.give("unit_a", 1)
    elsewhere = SessionFactory(offering=stage.offering, capacity=5, starts_at=stage.session.starts_at + timedelta(1))
    first, second = stage.women(2)
    results: dict[str, object] = {}

    def hold():
        results["her"] = at_once([lambda: actions.hold_place(elsewhere, worker=second, by=second.user, now=now)])[0]

    def lock_both():
        with transaction.atomic():
            return sorted(lock_allocations([own.pk, stage.root.pk]))

    def lock():
        results["both"] = at_once([lock_both])[0]

    threads = [threading.Thread(target=hold), threading.Thread(target=lock)]
    with uncommitted(lambda: actions.hold_place(stage.session, worker=first, by=first.user, now=now)):
        for place, thread in enumerate(threads, start=1):
            thread.start()
            until_locks_are_waited_for(thread, by=place)
    for thread in threads:
        thread.join(timeout=30)
    assert results["both"] == sorted([own.pk, stage.root.pk])
    assert isinstance(results["her"], Booking)
    assert results["her"].allocation_id == stage.root.pk
    assert stage.differences() == []
