"""A list costs the same at one row and at thirty."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.views.generic.list import MultipleObjectMixin

from services.organizations.actions import assign_staff
from services.organizations.enums import Kind
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import UnionFactory
from tests.house.lists import COUNTED, COUNTED_ELSEWHERE
from tests.house.sources import ROOT


def _routes(resolver, namespace: str = ""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name or ''}", pattern.callback
        else:
            yield from _routes(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)


def _is_list_of_ours(name: str, callback) -> bool:
    """A list by its view or by its name. Results come from the list's own view, and choosers are Wagtail's."""
    if name.endswith("_results") or name.startswith("wagtailsnippetchoosers"):
        return False
    view = getattr(callback, "view_class", callback)
    ours = view.__module__.startswith(("services.", "cms_pages."))
    listing = isinstance(view, type) and issubclass(view, MultipleObjectMixin)
    return (ours and listing) or (name.endswith(":list") and not name.startswith("wagtail"))


def test_every_list_page_is_counted_somewhere():
    lists = {name for name, callback in _routes(get_resolver()) if _is_list_of_ours(name, callback)}
    assert lists - set(COUNTED) - set(COUNTED_ELSEWHERE) == set()
    assert (set(COUNTED) | set(COUNTED_ELSEWHERE)) - {name for name, _callback in _routes(get_resolver())} == set()


def test_every_test_named_elsewhere_exists():
    missing = [
        place
        for place in set(COUNTED_ELSEWHERE.values())
        if f"def {place.partition('::')[2]}(" not in (ROOT / "tests" / place.partition("::")[0]).read_text()
    ]
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", COUNTED)
def test_one_row_and_thirty_cost_the_same(name):
    role, add = COUNTED[name]
    city, client = UnionFactory(kind=Kind.CITY_UNION), Client()
    if role:
        officer = StaffFactory()
        assign_staff(officer, organization=city, role=role, by=None, valid_from=date(2020, 1, 1))
        client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    address = reverse(name)
    add(city, 1)
    _queries(client, address)  # what a first visit notes about her session is not the list's
    alone = _queries(client, address)
    for number in range(2, 31):
        add(city, number)
    assert _queries(client, address) == alone


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_no_list_of_ours_leaves_as_wagtails_plain_workbook():
    """It says nothing of filters, scope and time: lists leave through ``services.foundation.exports``."""
    plain = {
        name
        for name, callback in _routes(get_resolver())
        if _is_list_of_ours(name, callback) and getattr(getattr(callback, "view_class", None), "list_export", None)
    }
    assert plain == set()
