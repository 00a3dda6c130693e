"""Figures folded while bookings change and branches move: no change is lost, none is counted twice."""

import random

import pytest

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.figures.actions import fold
from services.figures.models import Mark
from services.figures.queries import differences
from services.organizations.actions import move_branch
from services.organizations.models import Organization
from tests.factories.organizations import small_tree
from tests.races.scene import at_once
from tests.screening.people import booked, programme_at

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_folding_beside_writers_loses_nothing():
    tree = small_tree()
    _programme, session, root = programme_at(tree["city"], year=2026)
    women = [booked(session, tree[place], root) for place in ("unit_a", "unit_b", "unit_c") * 4]

    def changing(seed: int):
        def change() -> None:
            dice = random.Random(seed)
            for _ in range(25):
                state = dice.choice([BookingState.ATTENDED, BookingState.CANCELLED, BookingState.CONFIRMED])
                Booking.objects.unscoped().filter(pk=dice.choice(women).pk).update(state=state)

        return change

    def folding() -> None:
        for _ in range(15):
            fold()

    def moving() -> None:
        for county in ("T-B", "T-A", "T-B"):
            to = Organization.objects.get(code=county)
            move_branch(Organization.objects.get(code="T-A-1"), to=to, by=None, reason="检验")

    results = at_once([*(changing(seed) for seed in range(4)), folding, folding, moving])

    assert [result for result in results if isinstance(result, str | Exception)] == []
    fold()
    assert not Mark.objects.exists()
    assert differences() == []
