"""One password tried for many names: the network that tries is stopped, and nobody elsewhere (T63)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db
PASSWORD = "Kapok-2026-flower"  # pragma: allowlist secret


def sign_in(client: Client, name: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def test_ten_wrong_passwords_for_ten_names_stop_their_network_and_no_other(client):
    officer = StaffFactory(username="liming")
    officer.set_password(PASSWORD)
    officer.save()
    for number in range(10):
        sign_in(client, f"nobody-{number}", "wrong")
    assert sign_in(client, "liming").status_code == 200
    assert "_auth_user_id" not in client.session
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert sign_in(elsewhere, "liming").status_code == 302
    assert "_auth_user_id" in elsewhere.session
