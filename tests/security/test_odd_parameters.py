"""Odd parameters at every address: refused or ignored, never a broken page. Asked by somebody who may open the page."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.models import Page

from tests.halves import a_part
from tests.security import world
from tests.security.table import GROUPS, ROWS
from tests.security.test_matrix import _addresses as addresses
from tests.security.world import SUPERUSER

pytestmark = pytest.mark.parted

_FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"')
_GENERAL = frozenset(
    {"p", "q", "ordering", "export", "next", "is_searching", "id", "date", "session", "union", "sheet"}
)
_NOT_OURS = frozenset({"csrfmiddlewaretoken"})

# One value goes into every field of a page at once; a few also field by field, since one bad field hides the others.
TOGETHER = (
    *("-1", "1e999", "²", "9999-12-31", "0001-01-01", "2026-13-45", "\ud800", "a\0b"),
    *("<script>", "xlsx", "字" * 2000),
)
TYPED = ("1e999", "a\0b", "字" * 2000)
NARROWING = ("p", "q", "union", "session", "ordering")
ALONE = ("9" * 40, f"TJ-26-{'1' * 5000}-7")


def _client(person) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        way = "WorkerCode" if person.is_worker else "StaffPassword"
        client.force_login(person, backend=f"services.accounts.backends.{way}")
    return client


def _asking(row) -> str:
    """Somebody who may open it, an officer at the place itself rather than another."""
    return min(row.yes, key=lambda persona: (persona == SUPERUSER, "officer own" not in persona, persona))


def _encodable(value: str) -> str:
    return value.encode("utf-8", "surrogatepass").decode("latin-1") if "\ud800" in value else value


def _broken(client: Client, address: str) -> list[str]:
    page = client.get(address)
    words = "" if page.streaming else page.content.decode("utf-8", "replace")
    fields = (set(_FIELD.findall(words)) | _GENERAL) - _NOT_OURS
    tried = [(client.get, value, fields) for value in TOGETHER]
    tried += [(client.post, value, fields) for value in TYPED]
    if page.status_code == 200:
        tried += [(client.get, value, {field}) for value in ALONE for field in NARROWING]
    return [
        f"{how.__name__} {address} {sorted(names)[:3]} = {value[:20]!r}: {answer.status_code}"
        for how, value, names in tried
        if (answer := how(address, dict.fromkeys(names, _encodable(value)))).status_code >= 500
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("group", GROUPS)
def test_odd_parameters_break_no_page(group):
    built = world.build()
    broken = []
    for name in a_part(GROUPS[group]):
        row = ROWS[name]
        if row.yes:
            client = _client(built["people"][_asking(row)])
            broken += _broken(client, reverse(name, kwargs=row.arguments(built)))
    assert broken == []


# Breaks by design: it shows an administrator what a broken page looks like.
_BROKEN_ON_PURPOSE = frozenset({"wagtailadmin_error_test"})
_WAGTAILS_DATES = tuple(
    f"{name}_{side}" for name in ("timestamp", "latest_revision_created_at", "created_at") for side in ("from", "to")
)
_WAGTAILS_FIELDS = (*_GENERAL, *_WAGTAILS_DATES, "collection_id", "user", "owner", "content_type", "object_type")


@pytest.mark.django_db
def test_odd_parameters_break_no_page_of_wagtails_own():
    """Explorer, search, choosers, reports and histories, asked by a superuser, who may open all of them."""
    client = _client(world.build()["people"][SUPERUSER])
    page = Page.objects.last().pk
    broken = []
    for name in a_part(set(addresses(get_resolver())) - set(ROWS) - _BROKEN_ON_PURPOSE):
        for arguments in ({}, {"parent_page_id": page}, {"page_id": page}):
            try:
                address = reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
            if not address.startswith("/admin/") or client.get(address).status_code != 200:
                continue
            asked = [(value, _WAGTAILS_FIELDS) for value in TOGETHER]
            asked += [(value, (field,)) for value in ("0001-01-01", "9999-12-31") for field in _WAGTAILS_DATES]
            asked += [("字" * 2000, ("q",)), ("a\0b", ("q",)), ("a\0b", ("id",)), ("x", ("id",))]
            broken += [
                f"{name} {fields[:1]} = {value[:12]!r}: {answer.status_code}"
                for value, fields in asked
                if (answer := client.get(address, dict.fromkeys(fields, _encodable(value)))).status_code >= 500
            ]
    assert broken == []


@pytest.mark.django_db
def test_odd_addresses_are_not_found():
    """A null character, a very long or a foreign token in the path, where an address takes one."""
    built = world.build()
    broken = []
    for name in a_part(ROWS):
        row = ROWS[name]
        given = row.arguments(built)
        client = _client(built["people"][_asking(row)] if row.yes else None)
        for odd in ("a\0b", "字" * 300, "-1", "..", "9" * 60):
            for key in (key for key, value in given.items() if isinstance(value, str)):
                try:
                    address = reverse(name, kwargs=given | {key: odd})
                except NoReverseMatch:  # this address takes no such text at all
                    continue
                if (answer := client.get(address)).status_code >= 500:
                    broken.append(f"{name} {odd[:9]!r}: {answer.status_code}")
    assert broken == []
