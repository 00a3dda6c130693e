"""Recall until closed: who works on it, what may end it, and that a refusal ends it at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.organizations.enums import Role
from services.privacy.actions import withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consent
from services.screening import actions, errors
from services.screening.models import FollowUp
from tests.screening.clinic_world import ABNORMAL, NORMAL, TELLING, clinic_world, helps, set_clock
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    world = clinic_world(monkeypatch)
    world.came()
    world.enter(ABNORMAL)
    return world


@pytest.fixture
def follow_up(world) -> FollowUp:
    return FollowUp.objects.unscoped().get()


def tried(world, follow_up, days: int, outcome="no_answer", by=None):
    moment = world.later + timedelta(days=days)
    return actions.record_attempt(
        follow_up, on=moment.date(), channel="phone", outcome=outcome, by=by or world.nurse, now=moment
    )


def closed(world, follow_up, outcome: str, *, days: int = 5, by=None):
    return actions.close_follow_up(
        follow_up, outcome=outcome, by=by or world.nurse, now=world.later + timedelta(days=days)
    )


def test_it_opens_by_itself_with_the_messages_as_its_first_tries(follow_up):
    assert follow_up.state == "to_notify"
    assert sorted(follow_up.attempts.values_list("channel", "outcome")) == [("portal", "sent"), ("sms", "sent")]


def test_it_cannot_end_without_an_outcome(world, follow_up):
    for nothing in ("", "done", "closed"):
        with pytest.raises(errors.OutcomeMissing):
            closed(world, follow_up, nothing)
    ended = closed(world, follow_up, "seen_by_hospital")
    assert (ended.state, ended.outcome, ended.closed_by) == ("closed", "seen_by_hospital", world.nurse)


def test_unreachable_wants_the_tries_that_the_programme_asks_for(world, follow_up):
    for days in (1, 1, 2):
        tried(world, follow_up, days)
        if days == 1:
            with pytest.raises(errors.TooFewAttempts):
                closed(world, follow_up, "unreachable")
    # The day of the messages, and two days of calls.
    assert closed(world, follow_up, "unreachable").state == "lost"


def test_who_was_reached_is_told_and_who_was_examined_again_has_gone_on(world, follow_up):
    assert tried(world, follow_up, 1, "reached").state == "notified"
    assert tried(world, follow_up, 2, "rechecked").state == "rechecked"
    assert tried(world, follow_up, 3, "no_answer").state == "rechecked"


def test_a_try_lies_neither_ahead_nor_before_the_follow_up(world, follow_up):
    for day in (world.day - timedelta(days=1), world.day + timedelta(days=1)):
        with pytest.raises(errors.AttemptInFuture):
            actions.record_attempt(follow_up, on=day, channel="sms", outcome="sent", by=world.nurse, now=world.later)


def test_her_refusal_ends_it_at_once(world, follow_up):
    client = world.client(world.hers.user)
    client.post(reverse("screening:result_stop", args=[world.booking.token]))
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.outcome) == ("closed", "refused")
    for act in (lambda: tried(world, follow_up, 1), lambda: closed(world, follow_up, "seen_by_hospital")):
        with pytest.raises(errors.FollowUpEnded):
            act()
    with pytest.raises(errors.FollowUpEnded):
        actions.look_at_phone(follow_up, by=world.nurse, reason="打电话")


def test_a_correction_to_normal_ends_it_and_back_to_abnormal_reopens_it(world, follow_up):
    world.enter(NORMAL, reason="录错了人")
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.outcome) == ("closed", "corrected")
    world.enter(ABNORMAL, reason="原来的对")
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.outcome, follow_up.closed_at) == ("to_notify", "", None)


def test_officers_see_it_only_with_her_separate_consent_and_only_above_her_union(world, follow_up):
    tree, hers = world.hers.tree, reverse("screening_desk:follow_up", args=[follow_up.token])
    at = {place: at_desk(tree[place], Role.CASE_OFFICER) for place in ("city", "county_a", "town_a", "county_b")}
    assert {client.get(hers).status_code for client in at.values()} == {404}
    helps(world.hers.user)
    assert [at[place].get(hers).status_code for place in at] == [200, 200, 200, 404]
    for place in ("unit_a",):
        for role in (Role.CASE_OFFICER, Role.FEDERATION_OFFICER, Role.GRASSROOTS_OFFICER):
            assert at_desk(tree[place], role).get(hers).status_code == 403
    withdraw_consent(standing_consent(world.hers.user, Purpose.FOLLOW_UP), by=world.hers.user, now=world.later)
    assert {client.get(hers).status_code for client in at.values()} == {404}


def test_an_officer_reads_what_was_found_for_a_reason_that_she_can_read(world, follow_up):
    helps(world.hers.user)
    client = at_desk(world.hers.tree["county_a"], Role.CASE_OFFICER)
    page = reverse("screening_desk:follow_up", args=[follow_up.token])
    plain = client.get(page).content.decode()
    assert [word for word in (*TELLING, world.hers.worker.name, world.hers.worker.phone) if word in plain] == []
    assert "HSIL" not in client.post(page, {"act": "look", "look_reason": ""}).content.decode()
    shown = client.post(page, {"act": "look", "look_reason": "帮她预约阴道镜"})
    assert "HSIL" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert "HSIL" not in client.get(page).content.decode()
    called = client.post(page, {"act": "call", "look_reason": "电话联系"})
    assert world.hers.worker.phone in called.content.decode()
    looks = world.client(world.hers.user).get(reverse("privacy:my_data")).content.decode()
    assert "帮她预约阴道镜" in looks and "电话联系" in looks


def test_an_officer_begins_what_may_help_her_without_looking_her_up_again(world, follow_up):
    helps(world.hers.user)
    client = at_desk(world.hers.tree["town_a"], Role.CASE_OFFICER)
    page = client.get(reverse("screening_desk:follow_up", args=[follow_up.token]))
    token = world.hers.worker.token
    ways = [way.address for way in page.context["ways"]]
    assert ways == [reverse("relief_desk:begin", args=[token]), reverse("claims_desk:begin", args=[token])]
    assert [client.get(way).status_code for way in ways] == [200, 200]
    closed(world, follow_up, "seen_by_hospital")
    assert client.get(reverse("screening_desk:follow_up", args=[follow_up.token])).context["ways"] == []


def test_an_officer_closes_it_at_the_desk_and_the_list_is_empty(world, follow_up):
    helps(world.hers.user)
    client = at_desk(world.hers.tree["county_a"], Role.CASE_OFFICER)
    page, index = reverse("screening_desk:follow_up", args=[follow_up.token]), reverse("screening_desk:follow_ups")
    assert world.hers.worker.masked_name in client.get(index).content.decode()
    assert "请说明结束的情形" in client.post(page, {"act": "close"}).content.decode()
    early = client.post(page, {"act": "close", "ended": "unreachable"}).content.decode()
    assert "3 个不同的日子" in early
    day = f"{world.day:%Y-%m-%d}"
    client.post(page, {"act": "attempt", "on": day, "channel": "phone", "outcome": "reached"})
    assert client.post(page, {"act": "close", "ended": "seen_by_hospital"}).status_code == 302
    assert world.hers.worker.masked_name not in client.get(index).content.decode()
    assert client.post(page, {"act": "attempt", "on": day, "channel": "phone", "outcome": "sent"}).status_code == 200
    assert client.post(page, {"act": "nonsense"}).status_code == 404


def test_the_site_works_on_it_too(world, follow_up):
    client = world.client()
    page = reverse("screening_clinic:recall", args=[follow_up.token])
    assert world.hers.worker.masked_name in client.get(reverse("screening_clinic:recalls")).content.decode()
    assert "HSIL" in client.post(page, {"act": "look", "look_reason": "通知复查"}).content.decode()
    client.post(page, {"act": "attempt", "on": f"{world.day:%Y-%m-%d}", "channel": "phone", "outcome": "reached"})
    wrong = client.post(page, {"act": "attempt", "on": "", "channel": "pigeon"})
    assert wrong.status_code == 200 and "请填写联系日期" in wrong.content.decode()
    client.post(page, {"act": "close", "ended": "moved_away"})
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.outcome) == ("lost", "moved_away")


def test_the_right_is_asked_again_under_the_lock(world, follow_up):
    officer = post(world.hers.tree["county_a"], Role.CASE_OFFICER)
    with pytest.raises(PermissionDenied):
        closed(world, follow_up, "seen_by_hospital", by=officer)
    helps(world.hers.user)
    assert closed(world, follow_up, "seen_by_hospital", by=officer).closed_by == officer


def test_the_lists_cost_the_same_with_one_woman_and_with_nine(monkeypatch):
    world = clinic_world(monkeypatch, women=8)
    world.came(world.booking, *world.others)
    pages = (
        (at_desk(world.hers.tree["city"]), reverse("screening_desk:follow_ups")),
        (world.client(), reverse("screening_clinic:recalls")),
    )

    def cost() -> list[int]:
        counted = []
        for client, page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).content.decode().count("示例") > 0
            counted.append(len(queries))
        return counted

    def call_back(*bookings) -> None:
        for booking in bookings:
            world.enter(ABNORMAL, booking=booking)
            helps(booking.worker.user)

    call_back(world.booking)
    cost()  # the sessions are opened
    one = cost()
    call_back(*world.others)
    assert cost() == one


def test_who_waits_longest_comes_first_and_the_list_narrows_by_age_and_union(monkeypatch):
    world = clinic_world(monkeypatch, women=1)
    world.came(world.booking, *world.others)
    for number, booking in enumerate([world.booking, *world.others]):
        world.enter(ABNORMAL, booking=booking, now=world.later + timedelta(days=10 * number))
        helps(booking.worker.user)
    set_clock(monkeypatch, world.later + timedelta(days=12))
    officer, page = at_desk(world.hers.tree["city"]), reverse("screening_desk:follow_ups")

    def listed(**narrowed) -> list[str]:
        rows = officer.get(page, narrowed).context["object_list"]
        return [row.result.booking.number for row in rows]

    both = [world.booking.number, world.others[0].number]
    assert listed() == both
    assert listed(age="7") == both[:1]
    assert listed(union=world.hers.tree["county_a"].code) == both
    assert listed(union=world.hers.tree["county_b"].code) == []
    assert officer.get(page).context["object_list"][0].district == world.hers.tree["county_a"].name
