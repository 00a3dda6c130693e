"""The outbox: one row a channel, sent once, tried again, held back at night, never telling."""

import json
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection

from services.foundation import clock
from services.messaging import actions
from services.messaging.enums import Channel, MessageState
from services.messaging.errors import Undeliverable
from services.messaging.models import Message, MessageTemplate
from services.messaging.registry import courier
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.messaging import MessageFactory

pytestmark = pytest.mark.django_db
NOON_AWAY_FROM_QUIET = (0, 0)


@pytest.fixture(autouse=True)
def no_quiet_hours(settings):
    settings.QUIET_HOURS = NOON_AWAY_FROM_QUIET


@pytest.fixture
def user():
    return WorkerUserFactory(phone="19900000001", email="a@example.org")


@pytest.fixture
def keeper():
    return StaffFactory(is_superuser=True)


def send(user, key="test_notice", dedupe="booking-1", **context):
    values = {"title": "健康讲座", "date": date(2026, 12, 1)} | context
    return actions.notify(key, to=user, context=values, dedupe_key=dedupe, link="/my/")


class Refusing:
    """A channel that fails as often as it is told to."""

    error: Exception = ConnectionError("19900000001 unreachable")

    def send(self, message):
        raise self.error


def test_one_row_for_each_channel_she_can_be_reached_on(spec, user):
    rows = send(user)
    assert {(m.channel, m.state, m.address) for m in rows} == {
        (Channel.IN_SITE, MessageState.SENT, ""),
        (Channel.SMS, MessageState.WAITING, "19900000001"),
        (Channel.EMAIL, MessageState.WAITING, "a@example.org"),
    }


def test_no_row_for_a_channel_without_an_address(spec):
    rows = send(WorkerUserFactory(phone="", email=""))
    assert [m.channel for m in rows] == [Channel.IN_SITE]


def test_the_words_are_in_her_language(spec, user):
    assert send(user)[0].body == "健康讲座 定于 2026年12月1日。"
    user.language = "en"
    assert send(user, dedupe="booking-2")[0].body == "健康讲座 is on Dec. 1, 2026."


def test_saying_it_twice_says_it_once(spec, user):
    first = send(user)
    second = send(user)
    assert [m.pk for m in first] == [m.pk for m in second]
    assert Message.objects.count() == 3


def test_the_same_occasion_reaches_each_person(spec, user):
    send(user)
    send(WorkerUserFactory(phone="", email=""))
    assert Message.objects.filter(channel=Channel.IN_SITE).count() == 2


def test_a_missing_slot_is_a_programming_error(spec, user):
    with pytest.raises(KeyError):
        actions.notify("test_notice", to=user, context={"title": "x"}, dedupe_key="1")
    with pytest.raises(KeyError):
        actions.notify("unheard_of", to=user, context={}, dedupe_key="1")


def test_user_text_cannot_carry_a_link_a_header_or_a_number(spec, user):
    rows = send(user, title="领奖 https://evil.example\r\nBcc: all 13800138000 990000199001011231")
    for row in rows:
        text = row.subject + row.body
        assert "evil" not in text
        assert "\r" not in text
        assert "\n" not in row.subject
        assert "13800138000" not in text
        assert "990000199001011231" not in text


def test_markup_in_user_text_is_shown_as_text(spec, user, client):
    send(user, title="<script>alert(1)</script>")
    client.force_login(user, backend="services.accounts.backends.WorkerCode")
    body = client.get("/messages/").content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_a_telling_value_stays_inside_the_portal(spec, user):
    by_channel = {m.channel: m.body for m in send(user, title="两癌筛查")}
    assert by_channel[Channel.IN_SITE] == "两癌筛查 定于 2026年12月1日。"
    assert by_channel[Channel.SMS] == by_channel[Channel.EMAIL] == "详见平台 定于 2026年12月1日。"


def test_body_and_address_are_sealed_at_rest(spec, user):
    send(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, body, dedupe_key, subject FROM messaging_message WHERE channel = 'sms'")
        row = cursor.fetchone()
    assert "19900000001" not in str(row)
    assert row[0].startswith("v1:")
    assert row[1].startswith("v1:")


def test_a_number_without_account_does_not_show_in_the_dedupe_key():
    rows = actions.notify(
        "sign_in_code", to=None, phone="19900000001", context={"code": "123456", "minutes": 5}, dedupe_key="c1"
    )
    assert [m.channel for m in rows] == [Channel.SMS]
    assert "19900000001" not in rows[0].dedupe_key


def test_delivery_sends_everything_once(spec, user, settings):
    send(user)
    assert actions.deliver(now=clock.now()) == 2
    assert actions.deliver(now=clock.now()) == 0
    files = list((settings.MESSAGING_FILE_ROOT / "sms").glob("*.json"))
    said = [json.loads(path.read_text()) for path in files]
    assert [s["to"] for s in said if "健康讲座" in s["text"]][-1] == "19900000001"
    assert [m.to for m in mail.outbox] == [["a@example.org"]]
    assert mail.outbox[0].body.endswith("http://127.0.0.1:8000/my/")
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_an_sms_carries_no_link(spec, user):
    sms = next(m for m in send(user) if m.channel == Channel.SMS)
    assert "/my/" not in sms.body
    assert "http" not in sms.body


def test_delivery_follows_the_commit(spec, user, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        send(user)
    assert len(callbacks) == 1
    callbacks[0]()
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.SENT}


def test_a_broken_courier_does_not_break_the_request(spec, user, django_capture_on_commit_callbacks):
    def broken(ids):
        raise ConnectionError

    working = courier._wake
    courier.employ(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            send(user)
    finally:
        courier.employ(working)
    assert Message.objects.filter(state=MessageState.WAITING).count() == 2


class Slow:
    """A provider that takes six minutes for each message; ``left`` is what of the lease each had at its turn."""

    left: list[timedelta] = []

    def send(self, message):
        self.left.append(Message.objects.get(pk=message.pk).next_attempt_at - clock.now())
        later = clock.now() + timedelta(minutes=6)
        clock.now = lambda: later


def test_each_message_has_its_whole_lease_however_long_the_others_took(user, settings, monkeypatch):
    settings.MESSAGING_CHANNELS = settings.MESSAGING_CHANNELS | {"sms": f"{__name__}.Slow"}
    begin = clock.now()
    monkeypatch.setattr(clock, "now", lambda: begin)
    monkeypatch.setattr(Slow, "left", [])
    for _ in range(3):
        MessageFactory(channel=Channel.SMS, state=MessageState.WAITING, address="19900000001", recipient=user)
    assert actions.deliver(now=begin) == 3
    assert Slow.left == [timedelta(minutes=5)] * 3
    sent = Message.objects.order_by("pk").values_list("sent_at", flat=True)
    assert list(sent) == [begin + timedelta(minutes=6 * n) for n in range(3)]


def test_a_failure_is_tried_again_later_and_given_up_in_the_end(user, settings, monkeypatch):
    settings.MESSAGING_CHANNELS = settings.MESSAGING_CHANNELS | {"sms": f"{__name__}.Refusing"}
    message = MessageFactory(channel=Channel.SMS, state=MessageState.WAITING, address="19900000001", recipient=user)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    waits = []
    for _ in range(5):
        assert actions.deliver(now=now) == 0
        message.refresh_from_db()
        if message.next_attempt_at is None:
            break
        waits.append(message.next_attempt_at - now)
        assert actions.deliver(now=message.next_attempt_at - timedelta(seconds=1)) == 0
        now = message.next_attempt_at
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2)]
    assert (message.state, message.attempts, message.error) == (MessageState.GIVEN_UP, 5, "ConnectionError")


def test_an_address_that_can_never_work_is_given_up_at_once(user, settings, monkeypatch):
    monkeypatch.setattr(Refusing, "error", Undeliverable("no-such-number 19900000001"))
    settings.MESSAGING_CHANNELS = settings.MESSAGING_CHANNELS | {"sms": f"{__name__}.Refusing"}
    message = MessageFactory(channel=Channel.SMS, state=MessageState.WAITING, address="19900000001", recipient=user)
    actions.deliver(now=clock.now())
    message.refresh_from_db()
    assert (message.state, message.error) == (MessageState.GIVEN_UP, "no-such-number [phone]")


def test_a_given_up_message_can_be_sent_again(user, keeper):
    message = MessageFactory(channel=Channel.SMS, state=MessageState.GIVEN_UP, address="19900000001", attempts=5)
    now = clock.now()
    actions.retry_message(message, by=keeper, now=now)
    assert actions.deliver(now=now) == 1


def test_at_night_the_phone_stays_silent_and_mail_does_not(spec, user, settings):
    local = clock.timezone.localtime(clock.now())
    settings.QUIET_HOURS = (local.hour, (local.hour + 2) % 24)
    rows = {m.channel: m for m in send(user)}
    assert actions.deliver(now=clock.now()) == 1
    rows[Channel.SMS].refresh_from_db()
    assert rows[Channel.SMS].state == MessageState.WAITING
    morning = rows[Channel.SMS].next_attempt_at
    assert clock.timezone.localtime(morning).hour == settings.QUIET_HOURS[1]
    settings.QUIET_HOURS = NOON_AWAY_FROM_QUIET
    assert actions.deliver(now=morning) == 1


def test_a_message_held_up_until_night_waits_for_morning(user, settings):
    message = MessageFactory(channel=Channel.SMS, state=MessageState.FAILED, address="19900000001")
    local = clock.timezone.localtime(clock.now())
    settings.QUIET_HOURS = (local.hour, (local.hour + 2) % 24)
    assert actions.deliver(now=clock.now()) == 0
    message.refresh_from_db()
    assert message.attempts == 0
    assert message.next_attempt_at > clock.now()


def test_codes_go_out_at_any_hour_and_are_wiped_after(settings):
    local = clock.timezone.localtime(clock.now())
    settings.QUIET_HOURS = (local.hour, (local.hour + 2) % 24)
    row = actions.notify(
        "sign_in_code", to=None, phone="19900000001", context={"code": "123456", "minutes": 5}, dedupe_key="c1"
    )[0]
    assert "123456" in row.body
    assert actions.deliver(now=clock.now()) == 1
    row.refresh_from_db()
    assert row.body == ""


def test_staff_words_replace_the_products_own(spec, user, keeper):
    actions.refresh_templates()
    template = MessageTemplate.objects.get(key="test_notice", channel=Channel.IN_SITE, language="zh-hans")
    actions.edit_template(template, by=keeper, subject="提醒", body="请留意:{title}。", active=True)
    actions.refresh_templates()
    assert {m.channel: m.body for m in send(user)}[Channel.IN_SITE] == "请留意:健康讲座。"
    actions.edit_template(template, by=keeper, subject="", body=" ", active=True)
    assert {m.channel: m.body for m in send(user, dedupe="2")}[Channel.IN_SITE] == "健康讲座 定于 2026年12月1日。"


def test_a_channel_switched_off_sends_nothing(spec, user, keeper):
    actions.refresh_templates()
    sms = MessageTemplate.objects.get(key="test_notice", channel=Channel.SMS, language="zh-hans")
    actions.edit_template(sms, by=keeper, subject=sms.subject, body=sms.body, active=False)
    assert {m.channel for m in send(user)} == {Channel.IN_SITE, Channel.EMAIL}


def test_templates_follow_the_products_words_until_staff_change_them(spec):
    actions.refresh_templates()
    row = MessageTemplate.objects.filter(key="test_notice", channel=Channel.SMS)
    row.filter(language="zh-hans").update(body="旧的字", edited=False)
    row.filter(language="en").update(body="Kept", edited=True)
    MessageTemplate.objects.create(key="gone", channel=Channel.SMS, language="en", body="x")
    actions.refresh_templates()
    assert dict(row.values_list("language", "body")) == {"zh-hans": "{title} 定于 {date}。", "en": "Kept"}
    assert not MessageTemplate.objects.filter(key="gone").exists()
