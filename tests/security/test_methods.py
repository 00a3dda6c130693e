"""Other methods, missing slashes, suffixes and shortened addresses: the same rule as for the page itself (T15)."""

import pytest
from django.template.backends.django import Template
from django.urls import Resolver404, resolve, reverse

from services.organizations.enums import Role
from tests.halves import a_part
from tests.security import world
from tests.security.rows import EVERYBODY
from tests.security.table import ROWS
from tests.security.test_matrix import _client as client_of
from tests.security.test_matrix import _stored as stored
from tests.security.without_a_row import WITHOUT_A_ROW
from tests.security.world import ANONYMOUS, OTHER_WORKER

pytestmark = pytest.mark.parted

METHODS = ("head", "options", "put")
ASKERS = (ANONYMOUS, OTHER_WORKER, world.staff_name(Role.FEDERATION_OFFICER, "foreign"))


@pytest.fixture
def addresses(db, monkeypatch):
    """The address of every row, and who asks."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    built = world.build()
    where = {name: reverse(name, kwargs=ROWS[name].arguments(built)) for name in a_part(ROWS)}
    return where, {persona: client_of(built["people"][persona]) for persona in ASKERS}


def test_another_method_opens_nothing_that_the_page_does_not(addresses):
    where, clients = addresses
    before = stored()
    opened = [
        f"{method.upper()} {name}: {persona} got {answer.status_code}"
        for name, address in where.items()
        for persona, client in clients.items()
        if persona not in ROWS[name].yes
        for method in METHODS
        if not _refused(answer := getattr(client, method)(address), ROWS[name].refusal(persona), method)
    ]
    assert opened == []
    assert [label for label, rows in stored().items() if rows != before[label]] == []


def _refused(answer, status: int, method: str) -> bool:
    if method == "options" and answer.status_code == 200:  # which methods there are, said of any address of this shape
        return answer.content == b"" and "Allow" in answer.headers
    return answer.status_code in {status, 405}


def test_no_other_spelling_of_an_address_answers(addresses):
    where, clients = addresses
    answered = []
    for name, address in where.items():
        for odd in (f"{address.rstrip('/')}.json", f"{address}.json", f"{address}index.html", f"{address}%2e%2e/"):
            if (status := clients[ANONYMOUS].get(odd).status_code) not in {301, 302, 404}:
                answered.append(f"{name} {odd}: {status}")
        bare = clients[ANONYMOUS].get(address.rstrip("/"))
        if address.endswith("/") and address != "/" and bare.status_code == 200:
            answered.append(f"{name} without its slash")
    assert answered == []


def test_what_a_shortened_address_shows_a_stranger_is_open_to_everybody(addresses):
    where, clients = addresses
    shortened = {
        "/".join(parts[:length]) + "/"
        for address in where.values()
        for parts in [address.rstrip("/").split("/")]
        for length in range(1, len(parts))
    }
    shown = [path for path in sorted(shortened) if clients[ANONYMOUS].get(path).status_code == 200]
    assert shown
    assert [path for path in shown if not _open(path)] == []


def _open(path: str) -> bool:
    try:
        name = resolve(path).view_name or ""
    except Resolver404:
        return False
    if name in ROWS:
        return ROWS[name].yes == EVERYBODY
    return name.partition(":")[0].partition("_")[0] in {known.partition("_")[0] for known in WITHOUT_A_ROW}
