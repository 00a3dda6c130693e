"""Telling women of a page: only those who agreed, each once, not at night, and leaving takes one tap."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_pages.models import Topic
from services.foundation import clock
from services.messaging.enums import Channel, MessageState
from services.messaging.models import Message
from services.organizations.actions.posts import assign_staff
from services.organizations.enums import Role
from services.outreach import actions, errors, queries, tasks
from services.outreach.enums import State
from services.outreach.models import Announcement, Interest
from services.outreach.notifications import PUBLISHED, leave_path
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.models import Consent
from services.privacy.queries import current_notice
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.pages import article
from tests.factories.workers import WorkerFactory
from tests.screening.her_world import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return small_tree()


@pytest.fixture
def officer(world):
    user = StaffFactory()
    assign_staff(user, organization=world["city"], role=Role.FEDERATION_OFFICER, by=None, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def woman(union, *, agrees: bool = True, topics=()):
    worker = WorkerFactory(organization=union, user=WorkerUserFactory())
    if agrees:
        now = clock.now()
        notice = current_notice(Purpose.NEWS, now=now)
        give_consent(worker.user, purpose=Purpose.NEWS, notice=notice, language="zh-hans", now=now)
    for topic in topics:
        Interest.objects.create(user=worker.user, topic=topic)
    return worker


def told(page) -> set[int]:
    rows = Message.objects.filter(key=PUBLISHED, channel=Channel.IN_SITE, link=f"/p/{page.pk}/")
    return set(rows.values_list("recipient_id", flat=True))


def announce(page, world, officer, commit, *, topic: str = "", at: str = "city"):
    with commit():
        return actions.announce(page.pk, organization=world[at], topic=topic, by=officer, now=clock.now())


def test_only_women_there_who_agreed_are_told_and_each_once(world, officer, commit):
    page = article("体检通知")
    inside, below = woman(world["city"]), woman(world["town_a"])
    woman(world["city"], agrees=False)
    woman(UnionFactory(name="别处的工会"))
    gone = woman(world["city"])
    gone.user.is_active = False
    gone.user.save()
    made = announce(page, world, officer, commit)
    assert told(page) == {inside.user_id, below.user_id}
    made.refresh_from_db()
    assert (made.state, made.reached) == (State.SENT, 2)
    with pytest.raises(errors.NobodyToTell):
        announce(page, world, officer, commit)
    late = woman(world["city"])
    announce(page, world, officer, commit)
    assert told(page) == {inside.user_id, below.user_id, late.user_id}
    assert Message.objects.filter(key=PUBLISHED, channel=Channel.IN_SITE).count() == 3


def test_a_topic_reaches_those_who_chose_it_and_those_who_chose_none(world, officer, commit):
    Topic.objects.create(name="健康示例", slug="health-x")
    page = article("体检通知")
    chose, none, other = (woman(world["city"], topics=topics) for topics in (["health-x"], [], ["rights-x"]))
    announce(page, world, officer, commit, topic="health-x")
    assert told(page) == {chose.user_id, none.user_id}
    assert other.user_id not in told(page)


def test_what_is_counted_before_is_whom_it_reaches(world, officer, commit):
    page = article("体检通知")
    for _number in range(3):
        woman(world["town_a"])
    woman(world["town_a"], agrees=False)
    WorkerFactory(organization=world["town_a"])
    counted = queries.reach_of(world["city"], "", page=page.pk, now=clock.now())
    assert (counted.women, counted.accounts, counted.agreed, counted.left) == (5, 4, 3, 3)
    announce(page, world, officer, commit)
    assert len(told(page)) == counted.left
    assert queries.reach_of(world["city"], "", page=page.pk, now=clock.now()).left == 0


def test_a_draft_is_announced_when_it_is_published_and_not_before(world, officer, commit):
    page = article("体检通知", live=False)
    her = woman(world["city"])
    made = announce(page, world, officer, commit)
    assert (made.state, told(page)) == (State.WAITING, set())
    with pytest.raises(errors.AnnouncedAlready):
        announce(page, world, officer, commit)
    with commit():
        page.save_revision().publish()
    assert told(page) == {her.user_id}


def test_a_page_that_goes_away_stops_the_sending(world, officer, commit, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    page = article("体检通知")
    women = [woman(world["city"]) for _number in range(3)]
    made = actions.announce(page.pk, organization=world["city"], topic="", by=officer, now=clock.now())
    assert actions._send_batch(made.pk, now=clock.now()) == 1  # a sender that dies here leaves a whole batch
    page.unpublish()
    tasks.send_rest()
    made.refresh_from_db()
    assert (made.state, made.reached, len(told(page))) == (State.STOPPED, 1, 1)
    assert len(women) == 3


def test_a_sender_that_died_is_followed_by_another(world, officer, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    page = article("体检通知")
    for _number in range(3):
        woman(world["city"])
    made = actions.announce(page.pk, organization=world["city"], topic="", by=officer, now=clock.now())
    actions._send_batch(made.pk, now=clock.now())
    assert tasks.send_rest() == 2
    assert tasks.send_rest() == 0
    made.refresh_from_db()
    assert (made.state, made.reached, len(told(page))) == (State.SENT, 3, 3)


def test_who_withdraws_while_it_is_sent_is_not_told(world, officer, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    page = article("体检通知")
    first, second = woman(world["city"]), woman(world["city"])
    made = actions.announce(page.pk, organization=world["city"], topic="", by=officer, now=clock.now())
    actions._send_batch(made.pk, now=clock.now())
    actions.leave(second.user, now=clock.now())
    tasks.send_rest()
    assert told(page) == {first.user_id}


def test_no_text_message_rings_at_night(world, officer, commit, monkeypatch, settings):
    night = timezone.make_aware(datetime(2026, 12, 1, 23, 30))
    monkeypatch.setattr(clock, "now", lambda: night)
    settings.QUIET_HOURS = (21, 8)
    page = article("体检通知")
    woman(world["city"])
    announce(page, world, officer, commit)
    text_message = Message.objects.get(key=PUBLISHED, channel=Channel.SMS)
    assert text_message.state == MessageState.WAITING
    assert timezone.localtime(text_message.next_attempt_at).hour == 8


def test_an_illness_in_a_title_is_for_her_inbox_alone(world, officer, commit):
    page = article("宫颈癌筛查开始预约")
    woman(world["city"])
    announce(page, world, officer, commit)
    bodies = dict(Message.objects.filter(key=PUBLISHED).values_list("channel", "body"))
    assert "宫颈癌" in bodies[Channel.IN_SITE]
    assert "癌" not in bodies[Channel.SMS]


def test_every_message_carries_the_way_out_and_a_look_at_it_changes_nothing(world, officer, commit, settings):
    page = article("体检通知")
    her = woman(world["city"], topics=["health-x"])
    announce(page, world, officer, commit)
    path = Message.objects.get(key=PUBLISHED, channel=Channel.IN_SITE).leave_link
    sent = Message.objects.get(key=PUBLISHED, channel=Channel.SMS)
    Message.objects.filter(pk=sent.pk).update(next_attempt_at=None)
    from services.messaging.actions import deliver

    deliver([sent.pk], now=timezone.make_aware(datetime(2026, 12, 1, 12)))
    written = json.loads((settings.MESSAGING_FILE_ROOT / "sms" / f"{sent.pk:010d}.json").read_text())
    assert written["text"].endswith(path)
    stranger = Client(enforce_csrf_checks=True)
    look = stranger.get(path)
    assert look.status_code == 200
    assert her.user.phone not in look.content.decode() and her.name not in look.content.decode()
    assert Consent.objects.filter(giver=her.user, withdrawn_at__isnull=True).exists()
    assert stranger.post(path).status_code == 200
    assert not Consent.objects.filter(giver=her.user, withdrawn_at__isnull=True).exists()
    assert not Interest.objects.filter(user=her.user).exists()
    assert stranger.post(path).status_code == 200  # again: nothing more happens
    assert stranger.get(path[:-2] + "x/").status_code == 404
    assert "Cookie" not in look.get("Set-Cookie", "")


def test_a_mail_has_the_button_of_mail_programs(world):
    from django.core import mail

    from services.messaging.channels import EmailChannel

    her = woman(world["city"])
    message = Message(
        recipient=her.user,
        address="a@example.org",
        subject="s",
        body="b",
        link="/p/1/",
        leave_link=leave_path(her.user),
    )
    EmailChannel().send(message)
    (sent,) = mail.outbox
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert leave_path(her.user) in sent.extra_headers["List-Unsubscribe"]
    assert leave_path(her.user) in sent.body


def test_she_chooses_topics_and_sees_whether_she_is_told(world):
    Topic.objects.create(name="健康示例", slug="health-x")
    her = woman(world["city"], agrees=False)
    browser = signed_in(her.user)
    assert "/privacy/notice/news/" in browser.get("/my/news/").content.decode()
    assert browser.post("/my/news/", {"topics": ["health-x"]}).status_code == 302
    assert queries.interests_of(her.user) == {"health-x"}
    assert browser.post("/my/news/", {"topics": ["nonsense"]}).status_code == 200
    assert queries.interests_of(her.user) == {"health-x"}
    browser.post("/my/news/", {})
    assert queries.interests_of(her.user) == set()


def test_her_own_page_shows_what_is_for_her_and_why(world):
    Topic.objects.create(name="健康示例", slug="health-x")
    her = woman(world["city"], topics=["health-x"])
    page = article("她关注的体检通知")
    page.topics.add(Topic.objects.get(slug="health-x"))
    page.save_revision().publish()
    article("她工会的通知", organization=world["city"])
    article("别人的通知", organization=UnionFactory(name="别处的工会"))
    article("很久以前的通知", organization=world["city"], date=timezone.localdate() - timedelta(days=200))
    shown = text(signed_in(her.user).get("/my/"))
    assert "她关注的体检通知" in shown and "健康示例" in shown
    assert "她工会的通知" in shown and world["city"].name in shown
    assert "别人的通知" not in shown and "很久以前的通知" not in shown


def enter(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def test_at_the_desk_the_first_press_counts_and_the_second_sends(world, officer, commit):
    page = article("体检通知", organization=world["city"])
    her = woman(world["city"])
    desk, address = enter(officer), reverse("outreach_desk:announce", args=[page.pk])
    chosen = {"organization": world["city"].code, "topic": ""}
    shown = desk.get(address)
    assert world["city"].code in shown.content.decode()
    assert [crumb["label"] for crumb in shown.context["breadcrumbs_items"]][1:] == [page.title, "通知女职工"]
    with commit():
        counted = desk.post(address, chosen)
    assert counted.context["reach"].left == 1
    assert told(page) == set()
    with commit():
        assert desk.post(address, chosen | {"send": "1"}).status_code == 302
    assert told(page) == {her.user_id}
    assert address in desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_nobody_writes_beyond_her_reach_or_without_the_right(world, officer):
    page = article("体检通知")
    elsewhere = UnionFactory(name="别处的工会")
    woman(elsewhere)
    desk, address = enter(officer), reverse("outreach_desk:announce", args=[page.pk])
    refused = desk.post(address, {"organization": elsewhere.code, "topic": "", "send": "1"})
    assert refused.status_code == 200 and refused.context["form"].errors
    editor = StaffFactory()
    assign_staff(
        editor, organization=world["city"], role=Role.COMMUNICATIONS_EDITOR, by=None, valid_from=date(2020, 1, 1)
    )
    assert enter(editor).get(address).status_code == 403
    assert desk.get(reverse("outreach_desk:announce", args=[99_999_999])).status_code == 404


def test_what_waits_is_called_off(world, officer, commit):
    page = article("体检通知", live=False)
    woman(world["city"])
    made = announce(page, world, officer, commit)
    desk = enter(officer)
    assert desk.post(reverse("outreach_desk:call_off", args=[page.pk, made.pk])).status_code == 302
    with commit():
        page.save_revision().publish()
    assert told(page) == set()
    assert Announcement.objects.unscoped().get().state == State.STOPPED
