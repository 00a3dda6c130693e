"""The steps of a draw only go forward, each at its time and by whom it may; what was published stays published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.bookings import actions, errors
from services.bookings.enums import AfterDraw, DrawState, OfferingState, SignUpMode
from services.bookings.models import Draw, Offering
from services.bookings.rules.draw import digest
from tests.bookings.draw_world import NUMBER, announce, draw_world
from tests.factories.bookings import offering_with_places
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db


def again(world, *, by=None, now=None, reason="指数当日停牌", days=5, **fields):
    freezes_at = (now or world.now) + timedelta(days=days)
    wanted = {
        "source": "双色球开奖号码",
        "where": "中国福彩网",
        "digits": 14,
        "number_on": timezone.localdate(freezes_at) + timedelta(days=1),
    }
    by, now = by or world.officer, now or world.now
    return actions.announce_again(world.draw, reason=reason, freezes_at=freezes_at, by=by, now=now, **wanted | fields)


@pytest.fixture
def unopened():
    """(offering, officer): sign-up opens in a day."""
    tree, now = small_tree(), timezone.now()
    offering, _session, _root = offering_with_places(
        tree["city"], opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=20)
    )
    return offering, AssignmentFactory(organization=tree["city"], role="federation_officer").user


def test_the_mode_is_chosen_before_sign_up_begins(unopened):
    offering, officer = unopened
    Offering.objects.filter(pk=offering.pk).update(opens_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(errors.SignUpBegan):
        announce(offering, officer, now=timezone.now(), freezes_at=timezone.now() + timedelta(days=2))


def test_only_officers_of_the_organisation_announce(unopened):
    offering, _officer = unopened
    other = AssignmentFactory(role="federation_officer").user
    with pytest.raises(PermissionDenied):
        announce(offering, other, now=timezone.now(), freezes_at=timezone.now() + timedelta(days=2))


@pytest.mark.parametrize("days", [0.5, 21])
def test_the_list_closes_while_sign_up_is_open(unopened, days):
    offering, officer = unopened
    with pytest.raises(errors.ListClosesOutside):
        announce(offering, officer, now=timezone.now(), freezes_at=timezone.now() + timedelta(days=days))


def test_the_number_comes_out_on_a_later_day_than_the_list_closes(unopened):
    offering, officer = unopened
    freezes_at = timezone.now() + timedelta(days=2)
    with pytest.raises(errors.NumberTooEarly):
        announce(offering, officer, now=timezone.now(), freezes_at=freezes_at, number_on=timezone.localdate(freezes_at))
    assert not Draw.objects.exists()


def test_a_draw_needs_a_waiting_list_and_a_window(unopened):
    offering, officer = unopened
    freezes_at = timezone.now() + timedelta(days=2)
    Offering.objects.filter(pk=offering.pk).update(waiting_list=False)
    with pytest.raises(errors.DrawNeedsWaitingList):
        announce(offering, officer, now=timezone.now(), freezes_at=freezes_at)
    Offering.objects.filter(pk=offering.pk).update(closes_at=None)
    with pytest.raises(errors.DrawNeedsWindow):
        announce(offering, officer, now=timezone.now(), freezes_at=freezes_at)


def test_what_is_announced_stands_once_a_woman_has_entered():
    world = draw_world()
    world.enter(1)
    with pytest.raises(errors.DrawFixed):
        announce(world.offering, world.officer, now=world.now, freezes_at=world.now + timedelta(days=2))
    with pytest.raises(errors.DrawFixed):
        actions.choose_first_come(world.offering, by=world.officer, now=world.now)


def test_before_anybody_entered_the_draw_can_be_called_off_and_stays_published():
    world = draw_world()
    actions.choose_first_come(world.offering, by=world.officer, now=world.now)
    assert world.fresh().state == DrawState.VOID
    assert world.offering.mode == SignUpMode.FIRST_COME
    assert not world.offering.draw_ahead


def test_a_draw_that_was_called_off_can_be_announced_and_corrected_again(unopened):
    offering, officer = unopened
    now, freezes_at = timezone.now(), timezone.now() + timedelta(days=2)
    announce(offering, officer, now=now, freezes_at=freezes_at)
    actions.choose_first_come(offering, by=officer, now=now)
    announce(offering, officer, now=now, freezes_at=freezes_at)
    again = announce(offering, officer, now=now, freezes_at=freezes_at + timedelta(days=1))
    assert list(offering.draws.order_by("number").values_list("number", "state", "reason", "replaces")) == [
        (1, DrawState.VOID, "", None),
        (2, DrawState.ANNOUNCED, "", None),
    ]
    assert again.freezes_at == freezes_at + timedelta(days=1)


def test_the_clock_freezes_at_the_announced_moment_and_once():
    world = draw_world()
    world.enter(2)
    assert actions.freeze_due(world.freezes_at - timedelta(seconds=1)) == 0
    assert actions.freeze_due(world.freezes_at) == 1
    first = world.fresh()
    assert actions.freeze_due(world.freezes_at + timedelta(minutes=1)) == 0
    actions.freeze_draw(world.draw, by=world.officer, now=world.freezes_at + timedelta(minutes=2))
    assert (world.fresh().frozen_at, world.draw.frozen_by) == (first.frozen_at, None)
    assert digest(world.draw.frozen_text) == world.draw.frozen_digest


def test_the_frozen_list_names_nobody():
    world = draw_world()
    (entry,) = world.enter(1)
    text = world.freeze().frozen_text
    assert entry.number in text
    assert entry.worker.name not in text
    assert str(entry.pk) not in text.splitlines()


def test_the_list_is_not_closed_early():
    world = draw_world()
    with pytest.raises(errors.TooEarlyToFreeze):
        actions.freeze_draw(world.draw, by=world.officer, now=world.freezes_at - timedelta(minutes=1))


def test_a_list_that_was_not_closed_before_the_number_is_never_drawn():
    world = draw_world()
    assert actions.freeze_due(world.day) == 0
    with pytest.raises(errors.NumberKnown):
        actions.freeze_draw(world.draw, by=world.officer, now=world.day)


def test_the_number_waits_for_its_day_and_for_the_list():
    world = draw_world()
    with pytest.raises(errors.DrawNotThere):
        world.number()
    world.freeze()
    with pytest.raises(errors.TooEarlyForNumber):
        actions.enter_number(world.draw, typed=NUMBER, by=world.officer, now=world.freezes_at)


def test_the_number_has_the_announced_digits():
    world = draw_world()
    world.freeze()
    with pytest.raises(errors.NumberMalformed):
        world.number("3876")
    assert world.fresh().public_number == ""


def test_the_number_is_entered_once():
    world = draw_world()
    world.enter(3)
    world.freeze()
    world.number("3,876.37")
    order = [line.entry_id for line in world.lines()]
    world.number(by=world.second)
    with pytest.raises(errors.NumberFixed):
        world.number("111111", by=world.second)
    assert (world.fresh().public_number, world.draw.numbered_by) == (NUMBER, world.officer)
    assert [line.entry_id for line in world.lines()] == order


def test_who_froze_the_list_by_hand_does_not_enter_the_number():
    world = draw_world()
    actions.freeze_draw(world.draw, by=world.officer, now=world.freezes_at)
    world.fresh()
    with pytest.raises(errors.SecondPersonNeeded):
        world.number()
    assert world.number(by=world.second).numbered_by == world.second


def test_places_are_given_only_after_the_order_is_drawn():
    world = draw_world()
    world.freeze()
    with pytest.raises(errors.DrawNotThere):
        world.start()


def test_places_are_not_given_while_sign_up_is_closed():
    world = draw_world()
    world.freeze()
    world.number()
    Offering.objects.filter(pk=world.offering.pk).update(state=OfferingState.CLOSED)
    with pytest.raises(errors.WindowClosed):
        world.start()


def test_a_new_draw_has_a_number_and_a_reason_and_keeps_who_entered():
    world = draw_world()
    entries = world.enter(2)
    after = again(world)
    assert (after.number, after.reason, after.replaces.state) == (2, "指数当日停牌", DrawState.VOID)
    world.fresh()
    world.enter(1)
    actions.freeze_draw(world.draw, by=None, now=world.draw.freezes_at)
    numbers = world.fresh().frozen_text.splitlines()[-3:]
    assert {entry.number for entry in entries} < set(numbers)


def test_a_new_draw_without_a_reason_is_refused():
    world = draw_world()
    with pytest.raises(errors.ReasonMissing):
        again(world, reason="  ")


def test_once_the_order_is_drawn_nobody_can_draw_anew():
    world = draw_world()
    world.enter(2)
    world.freeze()
    world.number()
    for by in (world.officer, world.second):
        with pytest.raises(errors.PlacesGiven):
            again(world, by=by, now=world.day)


def test_from_the_day_of_the_number_on_another_officer_must_announce_anew():
    world = draw_world()
    world.freeze()
    with pytest.raises(errors.SecondPersonNeeded):
        again(world, now=world.day)
    assert again(world, by=world.second, now=world.day).number == 2


def test_a_mistyped_number_is_corrected_in_a_new_draw_over_the_same_list():
    world = draw_world(capacity=1)
    world.enter(5)
    world.freeze()
    wrong = world.number("387673")
    with pytest.raises(errors.SecondPersonNeeded):
        actions.correct_number(world.draw, typed=NUMBER, reason="末两位输反", by=world.officer, now=world.day)
    actions.correct_number(world.draw, typed=NUMBER, reason="末两位输反", by=world.second, now=world.day)
    right = world.fresh()
    assert (right.number, right.frozen_digest, right.public_number) == (2, wrong.frozen_digest, NUMBER)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.public_number) == (DrawState.VOID, "387673")
    assert wrong.lines.unscoped().filter(place__isnull=False).count() == 5
    world.start()
    world.give()
    assert len(world.placed()) == 1


def test_a_number_is_not_corrected_once_places_are_given():
    world = draw_world()
    world.enter(1)
    world.run()
    with pytest.raises(errors.DrawNotThere):
        actions.correct_number(world.draw, typed="111111", reason="输错", by=world.second, now=world.day)


def test_the_same_number_is_no_correction():
    world = draw_world()
    world.freeze()
    world.number()
    with pytest.raises(errors.NumberFixed):
        actions.correct_number(world.draw, typed=NUMBER, reason="输错", by=world.second, now=world.day)


def test_every_step_stands_in_the_log():
    world = draw_world()
    world.enter(1)
    world.run()
    steps = ("announced", "frozen", "numbered", "started", "done")
    logged = ModelLogEntry.objects.filter(object_id=str(world.draw.pk), action__startswith="bookings.draw_")
    assert sorted(logged.values_list("action", flat=True)) == sorted(f"bookings.draw_{step}" for step in steps)


def test_the_database_keeps_one_draw_in_force_and_a_reason_for_each_next_one():
    world = draw_world()
    copy = {name: getattr(world.draw, name) for name in ("offering", "source", "where", "number_on", "digits")}
    copy |= {"freezes_at": world.freezes_at, "announced_at": world.now, "number": 2}
    for fields in ({"reason": "x"}, {"reason": "", "state": DrawState.VOID, "replaces": world.draw}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.create(**copy | fields)


def test_an_order_without_list_or_number_is_refused_by_the_database():
    world = draw_world(after_draw=AfterDraw.WAITING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=world.draw.pk).update(state=DrawState.ORDERED)
