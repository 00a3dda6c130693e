"""Every address × every role × own and foreign records. What is refused changes nothing and sends nothing."""

import pytest
from django.apps import apps
from django.core import mail
from django.core.cache import cache
from django.core.serializers import serialize
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from services.foundation.scope import unscoped
from services.organizations.enums import Role
from tests.halves import a_part
from tests.security import world
from tests.security.table import GROUPS, ROWS
from tests.security.without_a_row import WITHOUT_A_ROW

pytestmark = pytest.mark.parted

# Written by signing in and by reading, whoever does it.
NOT_COUNTED = {"accounts.SignInEvent", "accounts.User"}


def _addresses(resolver, namespace: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or ''}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _addresses(pattern, inner)


def _excused(name: str) -> bool:
    family = name.partition(":")[0]
    return any(family == known or family.startswith(f"{known}_") for known in WITHOUT_A_ROW)


def test_every_address_has_a_row_or_a_reason():
    nameless = {""}  # redirects, the page tree, files
    assert {name for name in _addresses(get_resolver()) if not _excused(name)} - set(ROWS) - nameless == set()


def test_every_row_has_an_address():
    assert set(ROWS) - set(_addresses(get_resolver())) == set()


def test_addresses_without_a_name_are_these():
    """Nothing of ours hides behind a nameless address: redirects to the one sign-in, media, Wagtail's page tree."""
    modules = {
        pattern.callback.__module__
        for pattern in _nameless(get_resolver())
        if pattern.callback.__module__.startswith(("services", "portal", "cms_pages"))
    }
    assert modules == set()


def _nameless(resolver):
    for pattern in resolver.url_patterns:
        if not isinstance(pattern, URLPattern):
            yield from _nameless(pattern)
        elif not pattern.name:
            yield pattern


@pytest.fixture
def everybody(db):
    """The records and a signed-in client for each persona. Built once: all rows are asked in one test."""
    built = world.build()
    return built, {persona: _client(person) for persona, person in built["people"].items()}


def _client(person) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        backend = "WorkerCode" if person.is_worker else "StaffPassword"
        client.force_login(person, backend=f"services.accounts.backends.{backend}")
    return client


@pytest.fixture
def nothing_drawn(monkeypatch):
    """Who may open a page is decided before it is drawn; the crawl of ``tests/house`` draws every one of them."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")


def _askers(row, clients: dict) -> dict:
    """Everybody, but of a role that has no right here only those who stand at the very place."""
    rightless = {role for role in Role.values if not any(world.staff_name(role, p) in row.yes for p in world.POSITIONS)}
    left_out = {world.staff_name(role, position) for role in rightless for position in world.POSITIONS[1:]}
    return {persona: client for persona, client in clients.items() if persona not in left_out}


@pytest.mark.usefixtures("nothing_drawn")
def test_who_may_open_what(everybody):
    built, clients = everybody
    wrong = [fault for rows in GROUPS.values() for fault in _undone(lambda rows=rows: _faults(rows, built, clients))]
    assert "\n".join(wrong) == ""


def _undone(act):
    """What ``act`` returns; what it wrote, and how often it asked, is gone before the next group is asked."""
    cache.clear()
    with transaction.atomic():
        result = act()
        transaction.set_rollback(True)
    return result


def _faults(rows: dict, built: dict, clients: dict) -> list[str]:
    asked = [
        (name, row, reverse(name, kwargs=row.arguments(built)), persona, client)
        for name in a_part(rows)
        for row in [rows[name]]
        for persona, client in _askers(row, clients).items()
    ]
    before = _stored()
    refusals = [
        f"{name}: {persona} may not ({row.refusal(persona)}), but got {_say(response)}"
        for name, row, address, persona, client in asked
        if persona not in row.yes
        for response in (client.get(address), client.post(address, {}))
        if not _refused(response, row.refusal(persona))
    ]
    changed = [f"a refused request changed {label}" for label, rows in _stored().items() if rows != before[label]]
    sent = [f"a refused request sent {len(mail.outbox)} letters"] if mail.outbox else []
    openings = [
        f"{name}: {persona} may, but got {_say(response)}"
        for name, row, address, persona, client in asked
        if persona in row.yes and not _opened(response := client.get(address), row.rest)
    ]
    return refusals + changed + sent + openings


def _say(response) -> str:
    return f"{response.status_code} {response.headers.get('Location', '')}".strip()


def _opened(response, refusal: int) -> bool:
    """Shown, asked to post instead, or moved on; but not to a sign-in, nor home where that is how one is refused."""
    if response.status_code != 302:
        return response.status_code in {200, 204, 405}  # 204: nothing new to tell
    target = response["Location"].partition("?")[0]
    return not target.endswith(("/sign-in/", "/staff/login/")) and not (refusal == 302 and target == "/admin/")


def _refused(response, status: int) -> bool:
    # A page that only takes posts says so before it asks who it is: nothing is told by that.
    return response.status_code in {status, 405}


def _stored() -> dict[str, str]:
    """Every row of ours, as text: what a refused request must not change."""
    with unscoped():
        return {
            model._meta.label: serialize("json", model._base_manager.order_by("pk"))
            for model in apps.get_models()
            if model.__module__.startswith("services.") and model._meta.label not in NOT_COUNTED
        }
