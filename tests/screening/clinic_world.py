"""After the examination: a site with staff, women who came, and officers above and beside them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.test import Client
from django.utils import timezone

from services.accounts.models import User
from services.bookings.actions import record_attendance
from services.bookings.models import Booking, Session, Venue, VenueOperator
from services.foundation import clock
from services.organizations.enums import Role
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.screening import actions
from services.screening.rules.results import Findings
from tests.factories.organizations import AssignmentFactory
from tests.screening.her_world import HerWorld, booked, her_world

STAFF_BACKEND = "services.accounts.backends.StaffPassword"
NORMAL = Findings(conclusion="normal", items=("tct", "hpv", "breast_ultrasound"), tbs="nilm", birads="1")
ABNORMAL = Findings(
    conclusion="abnormal_need_diagnosis",
    items=("tct", "hpv"),
    tbs="hsil",
    hpv=("16",),
    note="转诊某某门诊丙号窗",
)
# Words and codes that betray ABNORMAL wherever they turn up.
TELLING = ("abnormal_need_diagnosis", "hsil", "HSIL", "转诊某某门诊丙号窗", "有异常", "colposcopy", "阴道镜")


@dataclass
class ClinicWorld:
    hers: HerWorld
    booking: Booking
    nurse: User
    during: datetime
    later: datetime
    others: list[Booking] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.booking.session

    @property
    def venue(self) -> Venue:
        return self.booking.session.venue

    @property
    def day(self) -> date:
        return timezone.localdate(self.during)

    def came(self, *bookings: Booking) -> None:
        """These women (she, when none is named) are checked in."""
        listed = bookings or (self.booking,)
        record_attendance(self.venue, listed, by=self.nurse, now=self.during)
        for booking in listed:
            booking.refresh_from_db(fields=["state"])

    def enter(self, findings: Findings = ABNORMAL, **kwargs):
        given = {"booking": self.booking, "by": self.nurse, "now": self.later} | kwargs
        booking = given.pop("booking")
        return actions.enter_result(booking, findings=findings, **given)

    def client(self, user: User | None = None) -> Client:
        client = Client()
        user = user or self.nurse
        door = "WorkerCode" if user.is_worker else "StaffPassword"
        client.force_login(user, backend=f"services.accounts.backends.{door}")
        return client


def nurse_of(venue: Venue) -> User:
    user = AssignmentFactory(role=Role.CLINIC_OPERATOR).user
    user.password_changed_at = timezone.now()
    user.save()
    VenueOperator.objects.create(venue=venue, user=user)
    return user


def clinic_world(monkeypatch, *, women: int = 0, **kwargs) -> ClinicWorld:
    """One woman booked (and ``women`` others), the clock standing on the evening of the day."""
    world = her_world(capacity=women + 3, **kwargs)
    booking = booked(world)
    others = [booked(world, world.woman()) for _ in range(women)]
    during = booking.session.starts_at + timedelta(minutes=10)
    later = booking.session.ends_at + timedelta(hours=2)
    set_clock(monkeypatch, later)
    return ClinicWorld(world, booking, nurse_of(booking.session.venue), during, later, others)


def set_clock(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)
    monkeypatch.setattr(clock, "today", lambda: timezone.localdate(moment))


def helps(user: User, *, now: datetime | None = None) -> None:
    """She agrees that officers of the federation help."""
    give_consent(
        user,
        purpose=Purpose.FOLLOW_UP,
        notice=current_notice(Purpose.FOLLOW_UP),
        language="zh-hans",
        now=now or clock.now(),
    )


def confirmed(client: Client) -> Client:
    """A browser in which she has just given the code."""
    session = client.session
    session["confirmed_at"] = clock.now().timestamp()
    session.save()
    return client
