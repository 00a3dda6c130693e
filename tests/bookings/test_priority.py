"""Officers move women on the waiting list: with a reason, kept for good, never naming anybody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from services.bookings import actions, errors
from services.bookings.enums import Priority, PriorityReason, WaitingState
from services.bookings.models import MissedPlace, Offering, PriorityChange, WaitingEntry
from services.bookings.queries import waiting_position
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import SessionFactory, offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    tree, now = small_tree(), timezone.now()
    offering, session, _root = offering_with_places(tree["city"], capacity=1)
    officer = AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user
    women = [WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory()) for _ in range(4)]
    holder = women.pop()
    held = actions.hold_place(session, worker=holder, by=holder.user, now=now)
    booking = actions.confirm_booking(held, by=holder.user, now=now)
    entries = [
        actions.join_waiting_list(offering, worker=her, by=her.user, now=now + timedelta(seconds=n))
        for n, her in enumerate(women)
    ]
    return SimpleNamespace(
        tree=tree, offering=offering, session=session, officer=officer, booking=booking, entries=entries, now=now
    )


def move(world, entry, to=Priority.NEXT, reason="urgent", text="不宜久等", by=None, now=None):
    return actions.change_priority(entry, to=to, reason=reason, text=text, by=by or world.officer, now=now or world.now)


def places(world) -> list[int]:
    return [waiting_position(entry) for entry in world.entries]


def test_the_change_moves_her_is_kept_and_she_is_told_without_a_name(world):
    entry, change = move(world, world.entries[2])
    assert places(world) == [2, 3, 1]
    kept = (change.before, change.after, change.reason, change.text, change.by, change.by_role)
    assert kept == (0, 2, "urgent", "不宜久等", world.officer, Role.FEDERATION_OFFICER)
    message = Message.objects.get(key="bookings-reordered", recipient=entry.worker.user)
    assert world.officer.username not in message.body and "不宜久等" not in message.body


def test_the_place_that_becomes_free_goes_by_the_new_order(world):
    move(world, world.entries[2])
    actions.cancel_booking(world.booking, by=world.booking.worker.user, now=world.now)
    states = [WaitingEntry.objects.unscoped().get(pk=entry.pk).state for entry in world.entries]
    assert states == ["waiting", "waiting", "offered"]


def test_only_federation_officers_at_or_above_the_offering_move_anybody(world):
    strangers = [
        AssignmentFactory(organization=world.tree["county_a"], role=Role.FEDERATION_OFFICER).user,
        AssignmentFactory(organization=world.tree["city"], role=Role.CASE_OFFICER).user,
        AssignmentFactory(organization=world.tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user,
        world.entries[0].worker.user,
    ]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            move(world, world.entries[2], by=stranger)
    assert not PriorityChange.objects.unscoped().exists()


@pytest.mark.parametrize("text", ["优先于{other}", "电话 199 0000 0001", "见 990000198001010021"])
def test_the_words_name_no_other_woman_and_no_number(world, text):
    other = world.entries[0].worker.name
    with pytest.raises(errors.NamesSomebody):
        move(world, world.entries[2], text=text.format(other=other))
    assert places(world) == [1, 2, 3]


def test_there_is_no_change_without_words_without_effect_or_after_the_waiting(world):
    with pytest.raises(errors.TextMissing):
        move(world, world.entries[2], text="  ")
    with pytest.raises(errors.SamePriority):
        move(world, world.entries[2], to=Priority.NORMAL)
    actions.leave_waiting_list(world.entries[2], by=world.entries[2].worker.user, now=world.now)
    with pytest.raises(errors.NotWaiting):
        move(world, world.entries[2])
    for rule_made in (PriorityReason.SERVED_FIRST, PriorityReason.MISSED_PLACES):
        with pytest.raises(ValueError, match="rule"):
            move(world, world.entries[1], reason=rule_made)


def test_a_change_is_never_rewritten(world):
    _entry, change = move(world, world.entries[2])
    change.reason = "other"
    with pytest.raises(errors.WrittenOnce):
        change.save()
    with pytest.raises(errors.WrittenOnce):
        change.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE bookings_prioritychange SET reason = 'other'")
    change.refresh_from_db()
    assert change.reason == "urgent"


def test_rules_that_change_the_order_write_it_down_too(world):
    Offering.objects.filter(pk=world.offering.pk).update(consequence="behind", missed_limit=1)
    world.offering.refresh_from_db()
    past = SessionFactory(offering=world.offering, starts_at=world.now - timedelta(days=9))
    her, other = (WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory()) for _ in range(2))
    booking = world.booking.__class__.objects.create(
        offering=world.offering,
        session=past,
        allocation=world.booking.allocation,
        worker=her,
        state="no_show",
        created_at=world.now,
        changed_at=world.now,
    )
    MissedPlace.objects.create(worker=her, booking=booking, kind="no_show", on=timezone.localdate(past.starts_at))
    behind = actions.join_waiting_list(world.offering, worker=her, priority=1, by=her.user, now=world.now)
    first = actions.join_waiting_list(world.offering, worker=other, priority=1, by=other.user, now=world.now)
    assert (waiting_position(behind), waiting_position(first)) == (5, 1)
    written = PriorityChange.objects.unscoped().values_list("entry", "before", "after", "reason", "by")
    assert list(written) == [
        (behind.pk, 0, 1, PriorityReason.SERVED_FIRST, None),
        (behind.pk, 1, -1, PriorityReason.MISSED_PLACES, None),
        (first.pk, 0, 1, PriorityReason.SERVED_FIRST, None),
    ]


def test_an_offer_that_lapses_passes_on_within_a_minute(world):
    actions.cancel_booking(world.booking, by=world.booking.worker.user, now=world.now)
    offered = WaitingEntry.objects.unscoped().get(pk=world.entries[0].pk)
    schedule = settings.CELERY_BEAT_SCHEDULE["expire-holds"]
    assert (schedule["task"], schedule["schedule"] <= 60) == ("services.bookings.tasks.expire_holds", True)
    actions.expire_due(offered.booking.held_until - timedelta(seconds=1))
    assert WaitingEntry.objects.unscoped().get(pk=offered.pk).state == WaitingState.OFFERED
    actions.expire_due(offered.booking.held_until)
    states = WaitingEntry.objects.unscoped().order_by("pk").values_list("state", flat=True)
    assert list(states) == ["lapsed", "offered", "waiting"]
