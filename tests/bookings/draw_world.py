"""An offering whose places are drawn, with women who entered, and the moments at which its steps are due."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from services.accounts.models import User
from services.bookings import actions
from services.bookings.enums import AfterDraw, DrawOutcome, OfferingState, SignUpMode
from services.bookings.models import Allocation, Draw, DrawEntry, DrawLine, Offering, Session
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

NUMBER = "387637"


@dataclass
class DrawWorld:
    tree: dict
    offering: Offering
    session: Session
    root: Allocation
    officer: User
    second: User
    draw: Draw
    now: datetime
    entries: list[DrawEntry] = field(default_factory=list)

    @property
    def freezes_at(self) -> datetime:
        return self.draw.freezes_at

    @property
    def day(self) -> datetime:
        """A moment on the day of the public number."""
        return timezone.make_aware(datetime.combine(self.draw.number_on, datetime.min.time())) + timedelta(hours=16)

    def fresh(self) -> Draw:
        self.offering = Offering.objects.get(pk=self.offering.pk)
        self.draw = self.offering.draws.select_related("offering__organization").order_by("-number").first()
        return self.draw

    def woman(self, unit: str = "unit_a", **fields):
        return WorkerFactory(organization=self.tree[unit], user=WorkerUserFactory(), **fields)

    def enter(self, count: int = 1, *, unit: str = "unit_a", choices=(), any_session: bool = True) -> list[DrawEntry]:
        made = []
        for _ in range(count):
            worker = self.woman(unit)
            made.append(
                actions.enter_draw(
                    self.offering, worker=worker, choices=choices, any_session=any_session, by=worker.user, now=self.now
                )
            )
        self.entries += made
        return made

    def freeze(self) -> Draw:
        actions.freeze_draw(self.draw, by=None, now=self.freezes_at)
        return self.fresh()

    def number(self, typed: str = NUMBER, *, by=None) -> Draw:
        actions.enter_number(self.draw, typed=typed, by=by or self.officer, now=self.day)
        return self.fresh()

    def start(self) -> Draw:
        """Begin to give; the worker is told only after commit, so tests give the places themselves."""
        actions.start_giving(self.draw, by=self.officer, now=self.day)
        return self.fresh()

    def give(self) -> Draw:
        actions.give_drawn_places(self.draw.pk, now=self.day)
        return self.fresh()

    def run(self) -> Draw:
        self.freeze()
        self.number()
        self.start()
        return self.give()

    def lines(self) -> list[DrawLine]:
        rows = DrawLine.objects.unscoped().filter(draw=self.draw).order_by("place")
        return list(rows.select_related("entry__worker", "booking", "waiting"))

    def outcomes(self) -> list[str]:
        return [line.outcome for line in self.lines()]

    def placed(self) -> list[int]:
        return [line.place for line in self.lines() if line.outcome == DrawOutcome.PLACE]


def draw_world(
    *,
    capacity: int = 3,
    slots: int = 100,
    mode: str = SignUpMode.DRAW,
    after_draw: str = AfterDraw.FIRST_COME,
    now: datetime | None = None,
    **offering,
) -> DrawWorld:
    """Sign-up opened a moment ago; the list closes in a day, the number comes out two days later."""
    now = now or timezone.now()
    tree = small_tree()
    offering, session, root = offering_with_places(
        tree["city"],
        capacity=capacity,
        slots=slots,
        state=OfferingState.DRAFT,
        opens_at=now - timedelta(minutes=5),
        closes_at=now + timedelta(days=20),
        **offering,
    )
    Session.objects.filter(pk=session.pk).update(
        starts_at=now + timedelta(days=10), ends_at=now + timedelta(days=10, hours=3)
    )
    session.refresh_from_db()
    officer, second = (AssignmentFactory(organization=tree["city"], role="federation_officer").user for _ in "ab")
    draw = announce(
        offering,
        officer,
        now=now - timedelta(hours=1),
        freezes_at=now + timedelta(days=1),
        mode=mode,
        after_draw=after_draw,
    )
    offering.refresh_from_db()
    offering.state = OfferingState.OPEN
    offering.save()
    return DrawWorld(tree, offering, session, root, officer, second, draw, now)


def announce(offering, by, *, now, freezes_at, number_on: date | None = None, **fields) -> Draw:
    fields = {"mode": SignUpMode.DRAW, "after_draw": AfterDraw.FIRST_COME, "digits": 6} | fields
    number_on = number_on or timezone.localdate(freezes_at) + timedelta(days=2)
    source = {"source": "上证综合指数收盘点位", "where": "上海证券交易所网站"}
    return actions.announce_draw(
        offering, freezes_at=freezes_at, number_on=number_on, by=by, now=now, **source | fields
    )


def later_session(world: DrawWorld, *, days: int = 11, capacity: int = 3) -> Session:
    starts = world.now + timedelta(days=days)
    return SessionFactory(
        offering=world.offering, starts_at=starts, ends_at=starts + timedelta(hours=3), capacity=capacity
    )
