"""Nothing that is logged while people use the product tells who they are."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from services.organizations.enums import Role
from tests.security import world
from tests.security.table import GROUPS

SECRETS = ("id_number", "phone", "name")


@pytest.fixture
def built(db):
    return world.build()


@pytest.fixture
def everything_logged(caplog):
    caplog.set_level(logging.DEBUG)
    for name in ("django.request", "django.security", "services", "portal"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def _records(caplog) -> str:
    """Messages as the loggers were handed them, before any redaction; SQL is the database's own affair."""
    return "\n".join(r.getMessage() for r in caplog.records if not r.name.startswith("django.db"))


def test_an_officer_s_day_at_the_desk_leaves_no_personal_data_in_the_log(built, everything_logged):
    worker, client = built["worker"], Client(raise_request_exception=False)
    officer = built["people"][world.staff_name(Role.FEDERATION_OFFICER, "own")]
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    for name, row in (GROUPS["records"] | GROUPS["programmes"]).items():
        client.get(reverse(name, kwargs=row.arguments(built)), {"q": worker.phone})
    client.post(reverse("workers_desk:find"), {"id_number": worker.id_number})
    client.get("/no-such-page/", {"id": worker.id_number})
    assert everything_logged.records
    logged = _records(everything_logged)
    assert [field for field in SECRETS if getattr(worker, field) in logged] == []


def test_her_own_way_in_and_through_leaves_no_personal_data_in_the_log(built, everything_logged):
    worker, client = built["worker"], Client(raise_request_exception=False)
    client.post(reverse("accounts:sign_in"), {"phone": worker.phone})
    client.post(reverse("accounts:enter_code"), {"code": "000000"})
    client.force_login(built["people"][world.OWNER], backend="services.accounts.backends.WorkerCode")
    for name, row in GROUPS["hers"].items():
        client.get(reverse(name, kwargs=row.arguments(built)))
    client.get("/no-such-page/", {"phone": worker.phone})
    assert everything_logged.records
    logged = _records(everything_logged)
    assert [field for field in SECRETS if getattr(worker, field) in logged] == []


def test_no_address_of_ours_has_room_for_a_number_that_tells_who_she_is(built):
    worker = built["worker"]
    addresses = [reverse(name, kwargs=row.arguments(built)) for group in GROUPS.values() for name, row in group.items()]
    told = [a for a in addresses if any(getattr(worker, field) in a for field in SECRETS)]
    assert told == []
    by_key = [a for a in addresses if f"/{worker.pk}/" in a and "/admin/workers/" in a]
    assert by_key == []
