"""The pages on which a woman claims her record."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.organizations.enums import Branch
from services.organizations.models import Organization
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.workers.models import RecordClaim
from services.workers.queries import worker_of
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
PHONE = "19900001234"


@pytest.fixture
def her():
    return WorkerUserFactory(phone=PHONE)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def client(her):
    client = Client()
    client.force_login(her, backend="services.accounts.backends.WorkerCode")
    return client


def answers(**changes) -> dict:
    notice = current_notice(Purpose.ROSTER)
    return {"name": "示例桂兰", "last4": "0000", "agree": "on", "notice": notice.digest} | changes


def steady(response) -> str:
    """The page without the token that differs in every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def test_every_miss_looks_the_same_to_the_byte(client, tree):
    url = reverse("workers:claim")
    nobody = client.post(url, answers())
    record = WorkerFactory(organization=tree["unit_a"], name="示例桂兰", phone=PHONE)
    wrong_number = client.post(url, answers(last4="0000" if record.id_last4 != "0000" else "1111"))
    record.name = "示例别人"
    record.save()
    wrong_name = client.post(url, answers(last4="0000"))
    record.user = WorkerUserFactory()
    record.name = "示例桂兰"
    record.save()
    taken = client.post(url, answers(last4="0000"))
    assert {r.status_code for r in (nobody, wrong_number, wrong_name, taken)} == {200}
    assert steady(nobody) == steady(wrong_name) == steady(taken)
    assert len(steady(wrong_number)) == len(steady(nobody))


def test_a_match_leads_on_to_where_she_was_going(client, tree, her):
    record = WorkerFactory(organization=tree["unit_a"], name="示例桂兰", phone=PHONE)
    client.get(reverse("workers:claim"), {"next": "/screening/"})
    response = client.post(reverse("workers:claim"), answers(last4=record.id_last4))
    assert response["Location"] == "/screening/"
    assert worker_of(her) == record


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_on_never_leaves_the_site(client, tree, target):
    record = WorkerFactory(organization=tree["unit_a"], name="示例桂兰", phone=PHONE)
    client.get(reverse("workers:claim"), {"next": target})
    response = client.post(reverse("workers:claim"), answers(last4=record.id_last4))
    assert response["Location"] == reverse("overview:home")


def test_without_her_agreement_nothing_is_looked_up(client, tree, her):
    record = WorkerFactory(organization=tree["unit_a"], name="示例桂兰", phone=PHONE)
    data = answers(last4=record.id_last4)
    del data["agree"]
    assert "agree" in client.post(reverse("workers:claim"), data).context["form"].errors
    assert worker_of(her) is None


def test_what_she_typed_is_still_there_after_an_error(client):
    page = client.post(reverse("workers:claim"), answers(last4="12")).content.decode()
    assert "示例桂兰" in page and 'value="12"' in page


def test_a_request_goes_its_way_and_shows_how_it_stands(client, tree, her):
    Organization.objects.filter(pk=tree["unit_a"].pk).update(officer_contact="0990-0000009")
    ask = reverse("workers:ask_union", args=[tree["unit_a"].code])
    assert "0990-0000009" in client.get(ask).content.decode()
    faulty = client.post(ask, answers(id_number="123"))
    assert "id_number" in faulty.context["form"].errors
    number = WorkerFactory.build(organization=None).id_number
    assert client.post(ask, answers(id_number=number))["Location"] == reverse("workers:request")
    page = client.get(reverse("workers:request")).content.decode()
    assert "0990-0000009" in page and number not in page
    assert client.post(reverse("workers:withdraw")).status_code == 302
    assert RecordClaim.objects.own(user=her).get().state == "withdrawn"


def test_only_open_trade_unions_can_be_asked(client, tree):
    url = reverse("workers:ask_union", args=[tree["unit_a"].code])
    Organization.objects.filter(pk=tree["unit_a"].pk).update(closed_on=timezone.localdate() - timedelta(days=1))
    assert client.get(url).status_code == 404
    Organization.objects.filter(pk=tree["unit_a"].pk).update(closed_on=None, branch=Branch.WOMENS_FEDERATION)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("q", ["", "东", "x" * 200, "\x00东河", "%%", "东河' OR 1=1"])
def test_odd_searches_are_answered_politely(client, tree, q):
    response = client.get(reverse("workers:unions"), {"q": q})
    assert response.status_code == 200 and response.context["found"] == []


@pytest.mark.parametrize("name", ["claim", "unions", "request"])
def test_staff_and_visitors_are_kept_out(name):
    visitor = Client().get(reverse(f"workers:{name}"))
    assert visitor.status_code == 302 and visitor["Location"].startswith(reverse("accounts:sign_in"))
    staff = Client()
    staff.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    assert staff.get(reverse(f"workers:{name}")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["-1", "accounts:sign_out", "//evil.example", "javascript:alert(1)"])
def test_she_is_led_on_only_to_a_path_of_this_site(client, target):
    worker = WorkerFactory(user=WorkerUserFactory())
    client.force_login(worker.user, backend="services.accounts.backends.WorkerCode")
    answer = client.get(reverse("workers:claim"), {"next": target})
    assert (answer.status_code, answer.url) == (302, reverse("overview:home"))
