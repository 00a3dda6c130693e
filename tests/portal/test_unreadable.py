"""What was sent and can't be read is answered with 400; what breaks on an ordinary value is ours, and is told so."""

import pytest
from django.test import Client, override_settings
from django.urls import include, path, reverse
from wagtail.admin import urls as wagtailadmin_urls

from portal import urls as portal_urls
from services.accounts.models import User
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db
FAULTS = {"overflow": OverflowError, "recursion": RecursionError, "unicode": UnicodeError}


def breaks(request, kind):
    raise FAULTS[kind](kind)


def looks_up(request):
    return User.objects.get(pk=request.GET["id"])


def asks_wrongly(request):
    return User.objects.get(pk="a word of our own")


urlpatterns = [
    path("admin/breaks/<str:kind>/", breaks),
    path("admin/looks-up/", looks_up),
    path("admin/asks-wrongly/", asks_wrongly),
    path("admin/", include(wagtailadmin_urls)),
    *portal_urls.urlpatterns,
]
handler500 = portal_urls.handler500


@pytest.fixture
def staff():
    client = Client(raise_request_exception=False)
    client.force_login(StaffFactory(is_superuser=True), backend="services.accounts.backends.StaffPassword")
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        yield client


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("odd", ["1e999", "9" * 40, "9999-12-31", "0001-01-01", "字" * 2000, "a\0b"])
def test_a_value_nothing_can_hold_is_the_sender_s_fault(staff, kind, odd):
    assert staff.get(f"/admin/breaks/{kind}/", {"q": odd}).status_code == 400


@pytest.mark.parametrize("kind", FAULTS)
def test_the_same_exception_without_an_odd_value_is_a_defect_and_looks_like_one(staff, kind):
    assert staff.get(f"/admin/breaks/{kind}/", {"q": "2026-11-23", "p": "2", "name": "示例秀英"}).status_code == 500


def test_a_key_that_a_field_refuses_is_unreadable_when_it_was_sent(staff):
    assert staff.get("/admin/looks-up/", {"id": "x"}).status_code == 400
    assert staff.get("/admin/asks-wrongly/", {"id": "x"}).status_code == 500


@pytest.mark.parametrize("sent", [{}, {"url": ""}, {"external-link-chooser-url": ""}])
def test_a_link_without_an_address_is_asked_for_again(client, sent):
    client.force_login(StaffFactory(is_superuser=True), backend="services.accounts.backends.StaffPassword")
    answer = client.post(reverse("wagtailadmin_choose_page_external_link"), sent)
    assert (answer.status_code, answer.json()["step"]) == (200, "external_link")


def test_a_link_with_an_address_is_taken(client):
    client.force_login(StaffFactory(is_superuser=True), backend="services.accounts.backends.StaffPassword")
    sent = {"external-link-chooser-url": "https://www.example.org/", "external-link-chooser-link_text": "示例"}
    answer = client.post(reverse("wagtailadmin_choose_page_external_link"), sent)
    assert answer.json()["result"]["url"] == "https://www.example.org/"
