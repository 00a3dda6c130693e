"""Message texts and the delivery log on the desk."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.foundation import clock
from services.messaging import actions
from services.messaging.enums import Channel, MessageState
from services.messaging.models import MessageTemplate
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from tests.factories.accounts import StaffFactory
from tests.factories.messaging import MessageFactory
from tests.factories.organizations import UnionFactory, small_tree

pytestmark = pytest.mark.django_db
TEXTS, LOG = reverse("messaging_desk:texts"), reverse("messaging_desk:log")


def desk_of(role, organization=None) -> Client:
    user = StaffFactory()
    user.groups.add(Group.objects.get(name=role))
    place = organization or UnionFactory()
    StaffAssignment.objects.create(user=user, organization=place, role=role, valid_from=clock.today())
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


@pytest.fixture
def desk():
    client = desk_of(Role.PLATFORM_ADMINISTRATOR)
    client.get(TEXTS)
    return client


@pytest.fixture
def text(spec):
    actions.refresh_templates()
    return MessageTemplate.objects.get(key="test_notice", channel=Channel.SMS, language="zh-hans")


def edit(desk, text, **data):
    return desk.post(reverse("messaging_desk:text", args=[text.pk]), {"subject": "", "active": "on"} | data)


def test_only_platform_administrators_look_after_messages(text):
    message = MessageFactory(state=MessageState.GIVEN_UP, channel=Channel.SMS, address="19900000001")
    urls = [TEXTS, LOG, reverse("messaging_desk:text", args=[text.pk])]
    for role in Role.values:
        client = desk_of(role)
        expected = 200 if role == Role.PLATFORM_ADMINISTRATOR else 403
        assert {client.get(url).status_code for url in urls} == {expected}, role
        retry = client.post(reverse("messaging_desk:retry", args=[message.token])).status_code
        assert retry == (302 if role == Role.PLATFORM_ADMINISTRATOR else 403)


@pytest.mark.parametrize("place", ["county_a", "town_a", "unit_a"])
def test_an_administrator_further_down_neither_words_messages_nor_reads_their_log(text, place):
    client = desk_of(Role.PLATFORM_ADMINISTRATOR, small_tree()[place])
    for address in (TEXTS, LOG, reverse("messaging_desk:text", args=[text.pk])):
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    assert TEXTS not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_staff_change_the_words_and_get_the_originals_back(desk, text):
    assert edit(desk, text, body="请留意 {title}").status_code == 302
    text.refresh_from_db()
    assert (text.body, text.edited) == ("请留意 {title}", True)
    edit(desk, text, body="")
    text.refresh_from_db()
    assert (text.body, text.edited) == ("{title} 定于 {date}。", False)


@pytest.mark.parametrize(
    "body",
    [
        "{name} 您好",
        "{title",
        "{title.__class__}",
        "您的HPV结果已出",
        "困难职工请注意 {title}",
        "详见 https://evil.example",
        "详见 evil.com",
    ],
)
def test_unknown_slots_telling_words_and_links_are_refused(desk, text, body):
    response = edit(desk, text, body=body)
    assert response.context["form"].errors["body"]
    assert response.context["form"]["body"].value() == body
    text.refresh_from_db()
    assert not text.edited


def test_the_log_masks_addresses_and_shows_no_words(desk):
    MessageFactory(channel=Channel.SMS, address="19900000001", subject="机密题", body="机密的话 654321")
    body = desk.get(LOG).content.decode()
    assert "199****0001" in body
    for leaked in ("19900000001", "机密", "654321"):
        assert leaked not in body


def test_a_given_up_message_is_tried_again_by_post_only(desk):
    message = MessageFactory(channel=Channel.SMS, address="19900000001", state=MessageState.GIVEN_UP)
    url = reverse("messaging_desk:retry", args=[message.token])
    body = desk.get(LOG).content.decode()
    assert url in body
    assert "csrfmiddlewaretoken" in body.split(url)[1][:200]
    assert desk.get(url).status_code == 405
    desk.post(url)
    message.refresh_from_db()
    assert message.state == MessageState.WAITING


def test_one_message_or_thirty_cost_the_same_queries(desk):
    MessageFactory()
    with CaptureQueriesContext(connection) as one:
        desk.get(LOG)
    MessageFactory.create_batch(29)
    with CaptureQueriesContext(connection) as thirty:
        desk.get(LOG)
    assert len(thirty) == len(one)
