"""What every answer says to the browser, and what an error page keeps to itself."""

import logging

import pytest
from django.test import Client, override_settings
from django.urls import path

from portal import urls as portal_urls
from services.foundation.redaction import RedactingFilter

HER_PHONE, HER_NUMBER = "19900001234", "990000198503120043"


def fails(request):
    raise RuntimeError(f"could not reach {HER_PHONE} of {HER_NUMBER}")


urlpatterns = [path("fails/", fails), *portal_urls.urlpatterns]
handler500 = getattr(portal_urls, "handler500", "django.views.defaults.server_error")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/sign-in/", "/screening/", "/staff/login/", "/no-such-page/"])
def test_public_answers_allow_only_our_own_scripts_and_styles(client, address):
    response = client.get(address)
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accounts/sign-in/", "/staff/login/", "/no-such-page/", "/admin/login/"])
def test_every_answer_guards_type_referrer_and_frames(client, address):
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@override_settings(
    SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True
)
def test_production_insists_on_https_and_guards_its_cookies():
    client = Client()
    assert client.get("/accounts/sign-in/")["Location"].startswith("https://")
    response = client.get("/accounts/sign-in/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert response.cookies
    for cookie in response.cookies.values():
        assert (cookie["secure"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/staff/login/", "/accounts/sign-in/", "/my/"])
def test_pages_about_one_person_are_kept_by_nobody(client, address):
    response = client.get(address)
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_an_error_page_and_its_log_line_show_nothing_of_her(caplog):
    client = Client(raise_request_exception=False)
    response = client.get(f"/fails/?phone={HER_PHONE}", {"id_number": HER_NUMBER})
    assert response.status_code == 500
    page = response.content.decode()
    assert [secret for secret in (HER_PHONE, HER_NUMBER, "Traceback", "RuntimeError") if secret in page] == []
    assert [secret for secret in (HER_PHONE, HER_NUMBER) if secret in _logged(caplog)] == []


def _logged(caplog) -> str:
    """The records as the console handler writes them: past the redacting filter."""
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    lines = []
    for record in caplog.records:
        RedactingFilter().filter(record)
        lines.append(formatter.format(record))
    return "\n".join(lines)
