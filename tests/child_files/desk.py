"""Clients at the desk, and a guardian let in by her link."""

from django.test import Client
from django.urls import reverse

from services.child_files.models import GuardianLink


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def let_in(client: Client, link: GuardianLink, *, fact: str) -> None:
    """Through the pages, with the code that the demo shows."""
    from django.test import override_settings

    with override_settings(SHOW_CODES_ON_SCREEN=True):
        client.post(reverse("child_files:start", args=[link.secret]))
        code = client.session["child_code_shown"]
        answer = client.post(reverse("child_files:code", args=[link.secret]), {"code": code, "fact": fact})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == reverse("child_files:home")
