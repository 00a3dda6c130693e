"""Her inbox: only hers, counted, marked read by post alone."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.messaging import queries
from services.messaging.enums import Channel
from services.messaging.models import Message
from tests.factories.accounts import WorkerUserFactory
from tests.factories.messaging import MessageFactory

pytestmark = pytest.mark.django_db
INBOX = reverse("messaging:inbox")


@pytest.fixture
def user():
    return WorkerUserFactory()


@pytest.fixture
def hers(client, user):
    client.force_login(user, backend="services.accounts.backends.WorkerCode")
    client.get(INBOX)
    return client


def test_she_sees_her_own_messages_in_the_portal_and_nothing_else(hers, user):
    mine = MessageFactory(recipient=user, body="给我的")
    MessageFactory(recipient=user, channel=Channel.SMS, body="短信的话")
    MessageFactory(body="别人的")
    page = hers.get(INBOX)
    assert list(page.context["page"]) == [mine]
    assert "短信的话" not in page.content.decode()
    assert "别人的" not in page.content.decode()


def test_unread_messages_are_counted(user):
    MessageFactory.create_batch(3, recipient=user)
    MessageFactory()
    assert queries.unread_count(user) == 3


def test_opening_marks_read_and_leads_where_it_points(hers, user):
    message = MessageFactory(recipient=user, link="/screening/")
    response = hers.post(reverse("messaging:open", args=[message.token]))
    assert response.url == "/screening/"
    message.refresh_from_db()
    assert message.read_at is not None


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "/\\evil.example", ""])
def test_a_message_never_leads_off_the_site(hers, user, link):
    message = MessageFactory(recipient=user, link=link)
    assert hers.post(reverse("messaging:open", args=[message.token])).url == INBOX


def test_reading_by_get_changes_nothing(hers, user):
    message = MessageFactory(recipient=user)
    assert hers.get(reverse("messaging:open", args=[message.token])).status_code == 405
    assert hers.get(reverse("messaging:read_all")).status_code == 405
    hers.get(INBOX)
    assert queries.unread_count(user) == 1


def test_somebody_elses_message_does_not_exist_for_her(hers):
    theirs = MessageFactory()
    assert hers.post(reverse("messaging:open", args=[theirs.token])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_marking_all_read_touches_hers_alone(hers, user):
    MessageFactory.create_batch(2, recipient=user)
    theirs = MessageFactory()
    hers.post(reverse("messaging:read_all"))
    assert list(Message.objects.filter(read_at__isnull=True)) == [theirs]


def test_a_post_without_token_is_refused(user):
    hers = Client(enforce_csrf_checks=True)
    hers.force_login(user, backend="services.accounts.backends.WorkerCode")
    assert hers.post(reverse("messaging:read_all")).status_code == 403


def test_a_visitor_is_led_to_sign_in(client):
    assert client.get(INBOX).url == f"{reverse('accounts:sign_in')}?next={INBOX}"


def test_one_message_or_thirty_cost_the_same_queries(hers, user):
    MessageFactory(recipient=user)
    with CaptureQueriesContext(connection) as one:
        hers.get(INBOX)
    MessageFactory.create_batch(29, recipient=user)
    with CaptureQueriesContext(connection) as thirty:
        hers.get(INBOX)
    assert len(thirty) == len(one)
