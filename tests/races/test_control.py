"""The negative control: the same race with a read-then-write take and without the constraint must oversell."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from services.bookings.actions import holding
from services.bookings.models import Booking, Session
from services.screening.actions import book
from tests.races.conftest import NOT_OVERSOLD
from tests.races.scene import at_once, scene
from tests.races.unlocked import ask_then_take

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
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


def test_with_the_conditional_update_exactly_the_places_there_are_go():
    assert race() == PLACES


def test_without_it_and_without_the_constraint_places_are_sold_twice(monkeypatch, without_the_constraint):
    monkeypatch.setattr(holding, "take_session_place", ask_then_take)
    assert race() > PLACES


def test_the_constraint_alone_stops_a_blind_take():
    stage = scene(capacity=1)
    blind = Session.objects.filter(pk=stage.session.pk)
    blind.update(taken=F("taken") + 1)
    with pytest.raises(IntegrityError, match=NOT_OVERSOLD), transaction.atomic():
        blind.update(taken=F("taken") + 1)
