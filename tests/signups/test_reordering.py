"""An officer moves a woman on an activity's waiting list: with a reason she reads, as in screening (decision 11)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from services.bookings import errors
from services.bookings.actions import cancel_booking, change_priority
from services.bookings.models import PriorityChange, WaitingEntry
from services.messaging.models import Message
from services.organizations.enums import Role
from services.signups import actions
from tests.factories.signups import SignupWorld
from tests.screening.people import post

pytestmark = pytest.mark.django_db
SAID = {"to": "1", "reason": "our_mistake", "text": "报名时系统出错，应当在前"}


@pytest.fixture
def world():
    return SignupWorld(capacity=(1,))


def waits(world, her) -> WaitingEntry:
    return actions.join_waiting_list(
        world.activity, session=None, answers=world.answers(), worker=her, by=her.user, now=world.now
    )


def at(user, door: str = "StaffPassword") -> Client:
    client = Client()
    client.force_login(user, backend=f"services.accounts.backends.{door}")
    return client


def order_of(entry) -> str:
    return reverse("signups_desk:waiting_order", args=[entry.token])


def test_she_moves_ahead_and_reads_why_and_by_which_post(world):
    _first, second = waits(world, world.woman()), waits(world, world.woman())
    desk = at(world.officer)
    listed = desk.get(reverse("signups_desk:waiting")).content.decode()
    assert order_of(second) in listed
    answer = desk.post(order_of(second), SAID)
    assert (answer.status_code, "state=waiting" in answer["Location"]) == (302, True)
    second.refresh_from_db()
    change = PriorityChange.objects.unscoped().get()
    assert (second.priority, change.entry, change.by, change.text) == (1, second, world.officer, SAID["text"])
    assert Message.objects.filter(key="bookings-reordered", channel="in_site").count() == 1
    her = at(second.worker.user, "WorkerCode").get(reverse("signups:waiting", args=[second.token])).content.decode()
    assert SAID["text"] in her
    assert str(Role.FEDERATION_OFFICER.label) in her
    assert world.officer.username not in her
    assert SAID["text"] in desk.get(order_of(second)).content.decode()


def test_the_place_that_becomes_free_is_hers_who_was_put_ahead(world):
    taken = world.signed_up()
    first, second = waits(world, world.woman()), waits(world, world.woman())
    at(world.officer).post(order_of(second), SAID)
    cancel_booking(taken, by=taken.worker.user, now=world.now)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == "waiting"
    assert second.state in ("offered", "promoted")


@pytest.mark.parametrize(
    ("said", "field"), [({"text": ""}, "text"), ({"text": "请打 13900000000"}, "text"), ({"to": "0"}, "to")]
)
def test_without_a_reason_in_words_that_names_nobody_nothing_is_moved(world, said, field):
    entry = waits(world, world.woman())
    page = at(world.officer).post(order_of(entry), SAID | said)
    assert field in page.context["form"].errors
    assert not PriorityChange.objects.unscoped().exists()


def test_only_officers_of_the_activity_move_anybody(world):
    entry = waits(world, world.woman())
    reader = post(world.tree["unit_a"], Role.GRASSROOTS_OFFICER)
    desk = at(reader)
    assert order_of(entry) not in desk.get(reverse("signups_desk:waiting")).content.decode()
    assert (desk.get(order_of(entry)).status_code, desk.post(order_of(entry), SAID).status_code) == (403, 403)
    stranger = post(world.tree["unit_b"], Role.GRASSROOTS_OFFICER)
    assert at(stranger).get(order_of(entry)).status_code == 404
    with pytest.raises(PermissionDenied):
        change_priority(entry, to=1, reason="our_mistake", text="应当在前", by=reader, now=world.now)


def test_who_waits_no_longer_is_refused_in_words(world):
    entry = waits(world, world.woman())
    WaitingEntry.objects.unscoped().filter(pk=entry.pk).update(state="left")
    page = at(world.officer).post(order_of(entry), SAID)
    assert errors.NotWaiting().message(staff=True) in page.content.decode()
