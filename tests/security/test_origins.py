"""Where a request says it comes from, and where it says it goes to: neither is believed (T65, T66)."""

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from cms_pages.models import HomePage
from tests.factories.accounts import StaffFactory
from tests.house.test_lists import _routes as routes

# Anonymous pages are cached and carry no token: these two ask the browser where the form was (tests/portal).
GUARDED_BY_ORIGIN = {"preferences:language", "preferences:display"}
# Pressed by a mail program without any form (RFC 8058): the signed link is all it takes, and all it can do is leave.
GUARDED_BY_SIGNATURE = {"outreach:leave"}
# Wagtail's own: the framework behind them asks for the token once it knows whose session it is.
GUARDED_BY_SESSION = "wagtailadmin_api:"


def test_every_address_that_takes_a_post_asks_for_the_form_s_token():
    exempt = {name for name, view in routes(get_resolver()) if getattr(view, "csrf_exempt", False)}
    ours = {name for name in exempt if not name.startswith(GUARDED_BY_SESSION)}
    assert ours == GUARDED_BY_ORIGIN | GUARDED_BY_SIGNATURE


@pytest.mark.django_db
def test_the_editor_s_interface_for_scripts_takes_no_post_without_a_token():
    page = HomePage.objects.get()
    client = Client(enforce_csrf_checks=True)
    client.force_login(StaffFactory(is_superuser=True), backend="services.accounts.backends.StaffPassword")
    answer = client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "unpublish"]))
    assert answer.status_code == 403
    page.refresh_from_db()
    assert page.live


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["mumian.example"])
@pytest.mark.parametrize("address", ["/", "/accounts/sign-in/", "/staff/login/", "/screening/", "/sitemap.xml"])
def test_a_host_that_is_not_ours_is_refused_and_a_forwarded_one_is_ignored(address):
    client = Client(raise_request_exception=False)
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400
    forwarded = {"x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    answer = client.get(address, headers={"host": "mumian.example"} | forwarded)
    assert answer.status_code in {200, 302}
    assert "evil.example" not in answer.content.decode() + str(answer.headers)
