"""Cases that wait for a public notice of the township, and one that stands."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from unittest import mock

from django.test import Client
from django.utils.timezone import localdate

from services.accounts.models import User
from services.casework.actions import objections
from services.casework.actions.notices import publish_notice
from services.casework.models import Case, NoticeLine, Objection, PublicNotice
from services.organizations.actions import sync_groups
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY, World
from tests.factories.workers import WorkerFactory

# The five working days of the route, counted from the day after publication.
LAST_DAY = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
LAST_SECOND = datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Shanghai
MIDNIGHT = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
ALIKE = ("张晓梅", "张小梅", "张雪梅")
FORM = {"about": "income", "text": "她家另有门面房出租。", "contact": "示例丁 19900007777"}


def fields(cases) -> dict:
    return {case.pk: {"category": "相对困难", "programme": "两节送温暖", "amount": "2,000.00 元"} for case in cases}


def waiting(world: World, *names: str, where: str = "unit_a") -> list[Case]:
    """A verified case for each name."""
    women = [
        WorkerFactory(organization=world.tree[where], user=WorkerUserFactory(), name=name) for name in names or ALIKE
    ]
    return [world.verified(her) for her in women]


def published(world: World, cases=None, *, now=MONDAY, by: User | None = None) -> PublicNotice:
    return publish_notice(
        organization=world.tree["town_a"],
        service="allowance",
        cases=cases or waiting(world),
        by=by or world.officers["town"],
        now=now,
    )


def first_line(notice: PublicNotice) -> NoticeLine:
    return notice.lines.select_related("case").first()


def objected(line: NoticeLine, *, form: str = "form-1", now=MONDAY, **said) -> Objection:
    return objections.receive(line, **{**FORM, **said}, form=form, now=now).objection


@contextmanager
def at(moment: datetime):
    """The pages and policies believe that it is this moment."""
    with (
        mock.patch("services.foundation.clock.now", lambda: moment),
        mock.patch("services.foundation.clock.today", lambda: localdate(moment)),
    ):
        yield


def signed_in(user: User) -> Client:
    if not user.is_worker:
        sync_groups(user)
    client = Client()
    way = "WorkerCode" if user.is_worker else "StaffPassword"
    client.force_login(user, backend=f"services.accounts.backends.{way}")
    return client


def days(count: int) -> timedelta:
    return timedelta(days=count)
