"""The negative control: the same race with a read-then-write take and without the constraint must oversell."""

import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from services.bookings.actions import holding
from services.bookings.models import Booking, Session
from services.screening.actions import book
from tests.races.scene import at_once, scene

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CONSTRAINT = "bookings_session_not_oversold"
WOMEN, PLACES = 24, 6


def race():
    stage, now = scene(capacity=PLACES), timezone.now()
    women = stage.women(WOMEN)
    jobs = [
        lambda her=her: book(stage.programme, session=stage.session, worker=her, by=her.user, now=now) for her in women
    ]
    results = at_once(jobs)
    assert [result for result in results if isinstance(result, Exception)] == []
    return Booking.objects.unscoped().filter(session=stage.session).count()


@pytest.fixture
def without_the_constraint():
    constraint = next(c for c in Session._meta.constraints if c.name == CONSTRAINT)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Session, constraint)
    yield
    Booking.objects.unscoped().filter(session__taken__gt=0).update(state="cancelled")
    Session.objects.update(taken=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(Session, constraint)


def ask_then_take(key: int) -> bool:
    """What the conditional UPDATE replaces: read, think, write."""
    session = Session.objects.get(pk=key)
    if session.taken >= session.capacity:
        return False
    time.sleep(0.05)
    Session.objects.filter(pk=key).update(taken=session.taken + 1)
    return True


def test_with_the_conditional_update_exactly_the_places_there_are_go():
    assert race() == PLACES


def test_without_it_and_without_the_constraint_places_are_sold_twice(monkeypatch, without_the_constraint):
    monkeypatch.setattr(holding, "take_session_place", ask_then_take)
    assert race() > PLACES


def test_the_constraint_alone_stops_a_blind_take():
    stage = scene(capacity=1)
    blind = Session.objects.filter(pk=stage.session.pk)
    blind.update(taken=F("taken") + 1)
    with pytest.raises(IntegrityError, match=CONSTRAINT), transaction.atomic():
        blind.update(taken=F("taken") + 1)
