"""``SignupWorld()``: a training class of a city, open, with two sessions and three questions; officers and women."""

from datetime import datetime, time, timedelta

from django.test import Client
from django.utils import timezone

from services.bookings.actions import check_in, confirm_booking
from services.bookings.models import Booking, Session
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.signups import actions
from services.signups.models import Activity, Question
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory
from tests.midnight import unhurried_now

HALL = {"name": "示例报告厅", "address": "示例路1号", "directions": ""}


def officer(organization, role=Role.FEDERATION_OFFICER):
    """Somebody who holds a post there and may enter the desk."""
    user = AssignmentFactory(organization=organization, role=role, user__password_changed_at=timezone.now()).user
    sync_groups(user)
    return user


def client_of(user) -> Client:
    client, door = Client(), "WorkerCode" if user.is_worker else "StaffPassword"
    client.force_login(user, backend=f"services.accounts.backends.{door}")
    return client


class SignupWorld:
    """Sessions lie ``days`` ahead, at nine, for three hours; ``now`` is the moment the world was made."""

    def __init__(self, *, organization="city", capacity=(10, 2), days=10, questions=True, is_open=True, **basics):
        self.now = unhurried_now()
        self.tree = small_tree()
        self.home = self.tree[organization]
        self.officer = officer(self.home)
        self.activity = self.create(**basics)
        if questions:
            self.ask("choice", "职务", ["主任", "委员"])
            self.ask("yes_no", "是否住宿", [])
            self.ask("short_text", "想听什么", [], required=False)
        for number, places in enumerate(capacity):
            self.session(days=days + number, capacity=places)
        if is_open:
            actions.open_activity(self.activity, by=self.officer, now=self.now)
        self.activity = self.fresh()

    def create(self, **basics) -> Activity:
        plain = {"title": "示例女工干部培训班", "kind": "training", "form": "class", "hours": 16, "certificates": True}
        return actions.create_activity(
            organization=self.home,
            basics=plain | {"year": timezone.localdate(self.now).year} | basics,
            window={"opens_at": self.now - timedelta(days=1), "closes_at": self.now + timedelta(days=9)},
            by=self.officer,
        )

    def fresh(self) -> Activity:
        return Activity.objects.select_related("offering__organization", "organization").get(pk=self.activity.pk)

    def ask(self, kind, words, choices, **more) -> Question:
        return actions.add_question(self.activity, kind=kind, words=words, choices=choices, by=self.officer, **more)

    def session(self, *, days: int, capacity: int = 10, place=HALL) -> Session:
        day = timezone.localdate(self.now) + timedelta(days=days)
        starts = timezone.make_aware(datetime.combine(day, time(9)))
        return actions.add_session(
            self.activity,
            place=place,
            starts_at=starts,
            ends_at=starts + timedelta(hours=3),
            capacity=capacity,
            by=self.officer,
            now=self.now,
        )

    @property
    def sessions(self) -> list[Session]:
        rows = self.activity.offering.sessions.filter(capacity__gt=0)
        return list(rows.select_related("venue__organization", "venue__provider", "offering__organization"))

    def answers(self, **said) -> dict:
        """Good answers to what is asked; ``said`` replaces those of a kind."""
        good = {"choice": "委员", "yes_no": "no", "number": 1} | said
        return {q.token: good[q.kind] for q in self.activity.questions.filter(retired=False) if q.kind in good}

    def woman(self, unit: str = "unit_a", *, account: bool = True, **fields) -> Worker:
        user = WorkerUserFactory() if account else None
        return WorkerFactory(organization=self.tree[unit], user=user, **fields)

    def signed_up(self, worker: Worker | None = None, *, session: Session | None = None, at=None) -> Booking:
        """A woman with a confirmed place."""
        worker = worker or self.woman()
        by, moment = worker.user or self.officer, at or self.now
        booking = actions.sign_up(
            self.activity,
            session=session or self.sessions[0],
            answers=self.answers(),
            worker=worker,
            by=by,
            now=moment,
        )
        return confirm_booking(booking, by=by, now=moment)

    def came(self, worker: Worker | None = None, *, session: Session | None = None) -> Booking:
        """A woman who was checked in at the beginning of the session."""
        booking = self.signed_up(worker, session=session)
        shown = session or self.sessions[0]
        check_in(token=booking.token, venue=shown.venue, by=self.officer, now=shown.starts_at)
        return Booking.objects.own(pk=booking.pk).select_related("session", "offering__activity", "worker__user").get()

    def after(self, session: Session | None = None, **later) -> datetime:
        """A moment after the session."""
        return (session or self.sessions[0]).ends_at + timedelta(**(later or {"hours": 1}))
