"""Reminders say so once, neutrally, and to nobody who wants no contact; no recall is forgotten."""

from datetime import timedelta

import pytest

from services.bookings.actions import move_booking
from services.messaging.models import Message
from services.messaging.rules import forbidden_words
from services.privacy.actions import withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.screening import actions
from services.screening.models import FollowUp, Programme, Result
from services.screening.rules.results import Findings
from services.screening.tasks import check_recalls, remind_of_appointments, remind_of_next_round, remind_of_unread
from tests.screening.clinic_world import ABNORMAL, NORMAL, TELLING, clinic_world, set_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return clinic_world(monkeypatch)


def told(key: str) -> int:
    return Message.objects.filter(key=key, channel="sms").count()


def test_she_is_reminded_once_so_many_hours_before(world, monkeypatch):
    starts = world.session.starts_at
    for moment, expected in ((25, 0), (23, 1), (22, 1)):
        set_clock(monkeypatch, starts - timedelta(hours=moment))
        remind_of_appointments()
        assert told("screening-appointment") == expected


def test_the_programme_says_how_long_before_and_0_means_never(world, monkeypatch):
    set_clock(monkeypatch, world.session.starts_at - timedelta(hours=40))
    Programme.objects.update(reminder_hours=0)
    assert remind_of_appointments() == 0
    Programme.objects.update(reminder_hours=48)
    assert remind_of_appointments() == 1


def test_a_moved_booking_is_reminded_of_at_its_new_time(world, monkeypatch):
    moment = world.session.starts_at - timedelta(hours=60)
    set_clock(monkeypatch, moment)
    Programme.objects.update(reminder_hours=72)
    assert remind_of_appointments() == 1
    move_booking(world.booking, to=world.hers.sessions[3], by=world.hers.user, now=moment)
    Programme.objects.update(reminder_hours=24)
    set_clock(monkeypatch, world.hers.sessions[3].starts_at - timedelta(hours=20))
    assert remind_of_appointments() == 1
    assert told("screening-appointment") == 2


def test_an_unread_result_is_recalled_to_her_mind_once_after_so_many_days(world, monkeypatch):
    world.came()
    world.enter(ABNORMAL)
    for days, expected in ((6, 0), (8, 1), (20, 0)):
        set_clock(monkeypatch, world.later + timedelta(days=days))
        assert remind_of_unread() == expected
    assert told("screening-unread") == 1


def test_a_result_that_was_read_is_not(world, monkeypatch):
    world.came()
    result = world.enter(NORMAL)
    actions.read_result(result, by=world.hers.user, now=world.later)
    set_clock(monkeypatch, world.later + timedelta(days=30))
    assert remind_of_unread() == 0


def test_who_refused_or_withdrew_hears_nothing_more(world, monkeypatch):
    world.came()
    world.enter(ABNORMAL)
    actions.refuse_follow_up(FollowUp.objects.unscoped().get(), by=world.hers.user, now=world.later)
    set_clock(monkeypatch, world.later + timedelta(days=30))
    assert remind_of_unread() == 0
    FollowUp.objects.unscoped().update(state="to_notify", outcome="")
    withdraw_consent(standing_consent(world.hers.user, Purpose.SCREENING), by=world.hers.user, now=world.later)
    assert remind_of_unread() == 0


def test_the_next_round_is_told_once_when_it_is_near(world, monkeypatch):
    world.came()
    world.enter(Findings(conclusion="normal", items=("hpv",)))
    due = world.later.replace(year=world.later.year + 5)
    for days, expected in ((-60, 0), (-20, 1), (-10, 0)):
        set_clock(monkeypatch, due + timedelta(days=days))
        assert remind_of_next_round() == expected


def test_nobody_who_is_called_back_is_told_of_a_next_round(world, monkeypatch):
    world.came()
    world.enter(ABNORMAL)
    set_clock(monkeypatch, world.later + timedelta(days=3000))
    assert remind_of_next_round() == 0


def test_a_positive_without_follow_up_is_found_and_opened_and_its_number_alone_is_logged(world, monkeypatch, caplog):
    world.came()
    world.enter(ABNORMAL)
    FollowUp.objects.unscoped().get().attempts.all().delete()
    FollowUp.objects.unscoped().delete()
    set_clock(monkeypatch, world.later + timedelta(hours=23))
    assert check_recalls() == 0
    set_clock(monkeypatch, world.later + timedelta(hours=25))
    assert check_recalls() == 1
    assert FollowUp.objects.unscoped().get().result == Result.objects.unscoped().get()
    assert "1 follow-ups were missing" in caplog.text
    assert [word for word in (*TELLING, world.booking.number) if word in caplog.text] == []
    assert check_recalls() == 0


def test_a_normal_one_needs_none(world, monkeypatch):
    world.came()
    world.enter(NORMAL)
    set_clock(monkeypatch, world.later + timedelta(hours=25))
    assert check_recalls() == 0


def test_no_reminder_names_an_illness(world, monkeypatch):
    world.came()
    world.enter(ABNORMAL)
    set_clock(monkeypatch, world.later + timedelta(days=30))
    remind_of_unread()
    for row in Message.objects.filter(key__startswith="screening-"):
        assert forbidden_words(f"{row.subject}{row.body}{row.link}") == []
