"""A canary: a person whose every number is known. None of them, and not her name, is ever in a public byte."""

import re
from datetime import date

import pytest
from django.urls import reverse

from services.casework.models import NoticeLine
from tests.casework.notice_world import at, fields, objected, published, signed_in
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY
from tests.factories.workers import WorkerFactory, identity_number

pytestmark = pytest.mark.django_db

NAME, PHONE, BORN = "欧阳示范梅", "19900008642", date(1983, 7, 19)
NUMBER = identity_number(BORN, 271)
CANARIES = (
    NAME,
    NUMBER,
    NUMBER[6:14],
    NUMBER[-6:],
    PHONE,
    PHONE[-6:],
    "1983-07-19",
    "1983年7月19日",
)
NOT_PAGES = ("//", "/static", "/media", "/admin")
_LINK = re.compile(rb"(?:href|action|src)=\"([^\"#]+)")
SEEDS = ("/", "/notices/", "/sitemap.xml", "/robots.txt", "/screening/", f"/search/?q={NAME}", f"/search/?q={NUMBER}")


@pytest.fixture(autouse=True)
def shown(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)


@pytest.fixture
def canary(noticed):
    her = WorkerFactory(
        organization=noticed.tree["unit_a"],
        user=WorkerUserFactory(phone=PHONE),
        name=NAME,
        id_number=NUMBER,
        phone=PHONE,
        birth_date=BORN,
    )
    return noticed.verified(her)


def crawl(client, *, most: int = 150) -> dict[str, bytes]:
    """Every page that a stranger reaches by following links, with its headers."""
    waiting, seen = list(SEEDS), {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[address] = body + str(dict(answer.headers)).encode()
        found = {link.decode().replace("&amp;", "&") for link in _LINK.findall(body)}
        waiting += sorted(
            link
            for link in found
            if link.startswith("/") and not link.startswith(("//", "/static", "/media", "/admin"))
        )
    return seen


def without_the_question(address: str, body: bytes) -> str:
    """A search page repeats what was typed: that is the asker's own."""
    text = body.decode("utf-8", "replace")
    if address.startswith("/search/"):
        text = text.replace(NAME, "").replace(NUMBER, "")
    return text


def tells(pages: dict[str, bytes]) -> list[tuple[str, str]]:
    return [
        (address, canary)
        for address, body in pages.items()
        for canary in CANARIES
        if canary in without_the_question(address, body)
    ]


def test_no_public_byte_holds_a_canary_at_any_time_of_a_notice(noticed, canary, client):
    with at(MONDAY):
        assert tells(crawl(client)) == []
        notice = published(noticed, [canary])
        pages = crawl(client)
        page = reverse("notices:notice", args=[notice.token])
        assert {page, f"{page}1/"} <= set(pages)  # the notice and the form of its line were among them
        assert tells(pages) == []
        objected(notice.lines.first(), text=f"{NAME} 另有收入", contact="")
        assert tells(crawl(client)) == []


def test_the_stored_line_and_the_preview_hold_no_canary(noticed, canary):
    address = reverse("casework_notices:publish", args=[noticed.tree["town_a"].code, "allowance"])
    with at(MONDAY):
        desk = signed_in(noticed.officers["town"])
        preview = desk.post(address, {"case": [canary.token]}).content.decode()
        published(noticed, [canary])
    lines = preview[preview.index("notice-preview") :]
    stored = str(list(NoticeLine.objects.values()))
    assert [one for one in CANARIES if one in lines or one in stored] == []
    assert "欧**" in lines and "欧**" in stored
