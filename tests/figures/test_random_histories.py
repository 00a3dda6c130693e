"""Whatever happens in whatever order: after folding, every cell equals its recount."""

import random

import pytest
from django.utils import timezone

from services.bookings.actions.pools import general_pool
from services.bookings.enums import BookingState
from services.bookings.models import Allocation, Booking, PriorityChange, WaitingEntry
from services.figures.actions import fold
from services.figures.queries import differences
from services.organizations.actions import move_branch
from services.organizations.enums import Kind
from services.organizations.errors import WouldBeCircular
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import UnionFactory
from tests.factories.workers import WorkerFactory
from tests.screening.people import programme_at

pytestmark = pytest.mark.django_db


class History:
    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.city = UnionFactory(kind=Kind.CITY_UNION)
        for _ in range(3):
            UnionFactory(parent=self.city, kind=Kind.COUNTY_UNION)
        self.officer = StaffFactory()
        self.session, self.root = programme_at(self.city, year=2026)[1:]

    def any(self, rows):
        return self.dice.choice(list(rows.order_by("pk")))

    def unions(self):
        return Organization.objects.exclude(pk=self.city.pk)

    def adds_a_union(self):
        UnionFactory(parent=self.any(self.unions()))

    def books(self):
        now = timezone.now()
        Booking.objects.create(
            offering=self.session.offering,
            session=self.session,
            allocation=self.root,
            worker=WorkerFactory(organization=self.any(Organization.objects.all())),
            state=self.dice.choice(BookingState.values),
            created_at=now,
            changed_at=now,
        )

    def changes_a_state(self):
        if Booking.objects.unscoped().exists():
            booking = self.any(Booking.objects.unscoped())
            Booking.objects.unscoped().filter(pk=booking.pk).update(state=self.dice.choice(BookingState.values))

    def changes_her_union(self):
        if Worker.objects.unscoped().exists():
            her = self.any(Worker.objects.unscoped())
            Worker.objects.unscoped().filter(pk=her.pk).update(organization=self.any(Organization.objects.all()))

    def moves_a_branch(self):
        try:
            branch = self.any(self.unions().filter(kind=Kind.GRASSROOTS_UNION))
            move_branch(branch, to=self.any(self.unions()), by=None, reason="合并")
        except (IndexError, WouldBeCircular):
            return

    def allots(self):
        Allocation.objects.unscoped().update_or_create(
            offering=self.session.offering,
            pool=general_pool(self.session.offering),
            organization=self.any(self.unions()),
            defaults={"slots": self.dice.randint(0, 9)},
        )

    def moves_somebody_on_the_waiting_list(self):
        now = timezone.now()
        entry = WaitingEntry.objects.create(
            offering=self.session.offering,
            worker=WorkerFactory(organization=self.any(Organization.objects.all())),
            created_at=now,
            changed_at=now,
        )
        by = self.dice.choice([None, self.officer])
        reason = self.dice.choice(["urgent", "other"])
        PriorityChange.objects.create(entry=entry, before=0, after=2, reason=reason, by=by, at=now)

    def folds(self):
        fold()

    def goes_on(self):
        steps = [self.books, self.books, self.adds_a_union, self.changes_a_state, self.changes_her_union]
        self.dice.choice(
            [*steps, self.moves_a_branch, self.allots, self.moves_somebody_on_the_waiting_list, self.folds]
        )()


@pytest.mark.parametrize("seed", range(12))
def test_every_cell_equals_its_recount_after_a_random_history(seed):
    history = History(seed)
    for _ in range(40):
        history.goes_on()
    fold()
    assert differences() == []
