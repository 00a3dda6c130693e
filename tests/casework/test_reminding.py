"""Whoever's turn it is hears of it once: she after a week, staff when a case in her hands becomes overdue."""

from datetime import timedelta

import pytest

from services.casework import actions, tasks
from services.casework.actions.reminding import remind_of_her_turn, tell_of_overdue
from services.casework.enums import Stage
from services.messaging.models import Message
from tests.factories.casework import MONDAY, case_at

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_monday(today_is):
    return today_is


def told(key: str, capture, act, now) -> int:
    """How many messages of this key there are after ``act``."""
    with capture(execute=True):
        act(now=now)
    return Message.objects.filter(key=key, channel="in_site").count()


def test_she_is_reminded_once_after_a_week_and_anew_when_it_comes_back_again(
    world, allowance, django_capture_on_commit_callbacks
):
    case = case_at(world, Stage.RETURNED)

    def letters(now) -> int:
        return told("casework-your-turn", django_capture_on_commit_callbacks, remind_of_her_turn, now)

    assert letters(MONDAY + 6 * DAY) == 0
    assert letters(MONDAY + 8 * DAY) == letters(MONDAY + 9 * DAY) == 1
    message = Message.objects.get(key="casework-your-turn", channel="in_site")
    assert message.recipient == world.her.user and case.number in message.body
    later = MONDAY + 10 * DAY
    actions.mark_supplied(case.requested.get(), by=world.her.user, now=later)
    actions.resubmit(case, by=world.her.user, now=later)
    assert letters(later + 8 * DAY) == 1
    again = [actions.AskedItem("income", "请再补充", again_because="看不清")]
    case.refresh_from_db()
    actions.return_case(case, items=again, by=world.officers["union"], now=later)
    assert letters(later + 8 * DAY) == 2


def test_what_has_waited_for_months_is_not_written_about_any_more(world, django_capture_on_commit_callbacks):
    case_at(world, Stage.RETURNED)
    now = MONDAY + 90 * DAY
    assert told("casework-your-turn", django_capture_on_commit_callbacks, remind_of_her_turn, now) == 0


def test_whoever_has_an_overdue_case_in_hand_is_told_once_until_another_one_is(
    world, django_capture_on_commit_callbacks
):
    officer = world.officers["union"]
    actions.claim(world.submitted(), by=officer, now=MONDAY)
    world.submitted()  # nobody's: it stands on the desk as overdue

    def letters(now) -> int:
        return told("casework-overdue", django_capture_on_commit_callbacks, tell_of_overdue, now)

    assert letters(MONDAY) == 0
    assert letters(MONDAY + 8 * DAY) == letters(MONDAY + 9 * DAY) == 1
    assert Message.objects.get(key="casework-overdue").recipient == officer
    world.now = MONDAY + 9 * DAY
    actions.claim(world.submitted(), by=officer, now=world.now)
    assert letters(MONDAY + 18 * DAY) == 2


def test_the_daily_task_does_both():
    assert tasks.remind() == 0
