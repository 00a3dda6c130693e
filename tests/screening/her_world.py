"""A programme that is open, with sites, sessions and places, and a woman who may take part in it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.accounts.models import User
from services.bookings.models import Booking, Session
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.screening import actions
from services.screening.models import Programme
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import AllocationFactory, OfferingFactory, SessionFactory, VenueFactory, opened
from tests.factories.organizations import small_tree
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.factories.workers import WorkerFactory

CODE = "screening-2026"


@dataclass
class HerWorld:
    tree: dict
    programme: Programme
    sessions: list[Session]
    user: User
    worker: Worker

    def woman(self, *, unit: str = "unit_a", consents: bool = True, **details) -> Worker:
        """A woman of a unit with an account, 40 years old, screened three years ago."""
        user = WorkerUserFactory()
        details.setdefault("birth_date", date(timezone.localdate().year - 40, 1, 15))
        worker = WorkerFactory(organization=self.tree[unit], user=user, **details)
        worker.past_screenings.model.objects.unscoped().create(
            worker=worker, screened_on=timezone.localdate() - timedelta(days=3 * 365), source="imported"
        )
        if consents:
            agree(user)
        return worker


def agree(user: User) -> None:
    """Her consent to the screening notice in force."""
    give_consent(
        giver=user,
        purpose=Purpose.SCREENING,
        notice=current_notice(Purpose.SCREENING),
        language="zh-hans",
        now=timezone.now(),
    )


def at(days: int, hour: int) -> datetime:
    """So many days from today at an hour of local time."""
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(hour)))


def her_world(*, slots: int = 100, capacity: int = 3, consents: bool = True, **offering_fields) -> HerWorld:
    """Two sites with two sessions each, in 10 to 12 days; the city keeps all places open to every union."""
    tree = small_tree()
    offering = OfferingFactory(organization=tree["city"], **offering_fields)
    programme = ProgrammeFactory(
        code=CODE,
        offering=offering,
        instructions="请避开经期前后 3 天。\n检查前 48 小时不要用药。",
        contact="0990-0000000",
    )
    TermsFactory(programme=programme, marital_rule="any")
    opened(AllocationFactory(offering=offering, organization=tree["city"], slots=slots))
    first = VenueFactory(name="东院体检中心", address="示例路 1 号", phone="0990-0000001")
    second = VenueFactory(name="西院体检中心", address="示例路 99 号")
    sessions = [
        SessionFactory(offering=offering, venue=venue, starts_at=at(days, hour), capacity=capacity)
        for venue, days, hour in ((first, 10, 8), (first, 10, 14), (second, 11, 8), (second, 12, 8))
    ]
    world = HerWorld(tree=tree, programme=programme, sessions=sessions, user=None, worker=None)
    world.worker = world.woman(consents=consents)
    world.user = world.worker.user
    return world


def signed_in(user: User) -> Client:
    """A browser in which she is signed in."""
    client = Client()
    client.force_login(user, backend="services.accounts.backends.WorkerCode")
    return client


def url(name: str, key: str = CODE) -> str:
    return reverse(f"screening:{name}", args=[key])


def text(response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def booked(world: HerWorld, worker: Worker | None = None, *, session: Session | None = None) -> Booking:
    """A confirmed booking, hers unless another woman is named."""
    worker = worker or world.worker
    now = timezone.now()
    held = actions.book(world.programme, session=session or world.sessions[0], worker=worker, by=worker.user, now=now)
    return actions.confirm(held, by=worker.user, now=now)
