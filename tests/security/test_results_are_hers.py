"""What an examination found is looked for everywhere it must not be: lists, exports, logs, caches, mails, tables."""

import logging
import sys
from io import BytesIO

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry, PageLogEntry

from services.bookings.enums import BookingState
from services.exchange.models import Export
from services.messaging.models import Message
from services.organizations.enums import Role
from services.screening import actions
from services.screening.models import FollowUp, Result
from tests.screening.clinic_world import ABNORMAL, TELLING, clinic_world, confirmed, helps
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db

PAGES = (
    "/admin/",
    "/admin/reports/site-history/",
    "screening_desk:bookings",
    "screening_desk:programmes",
    "screening_desk:waiting",
    "workers_desk:list",
    "figures:index",
    "messaging_desk:log",
    "privacy_desk:looks",
    "screening_desk:follow_ups",
)
SEARCHES = ("HSIL", "abnormal_need_diagnosis", "异常", "转诊某某门诊丙号窗", "to_notify")


@pytest.fixture
def world(monkeypatch, caplog):
    """The whole way: entered, corrected nothing, told, looked at, read, called back."""
    world = clinic_world(monkeypatch, women=1)
    caplog.set_level(logging.DEBUG)
    world.came(world.booking, *world.others)
    page = reverse("screening_clinic:result", args=[world.booking.token])
    found = {"conclusion": ABNORMAL.conclusion, "items": ["tct", "hpv"], "tbs": "hsil", "hpv": ["16"]}
    sent = world.client().post(page, found | {"note": ABNORMAL.note})
    assert sent.status_code == 302
    result = Result.objects.unscoped().get()
    actions.look_for_correction(result, by=world.nurse, reason="核对报告单")
    read = confirmed(world.client(world.hers.user)).get(reverse("screening:result", args=[world.booking.token]))
    assert ABNORMAL.note in read.content.decode()
    return world


def telling(text: str) -> list[str]:
    return [word for word in TELLING if word in text]


def desks(world) -> dict[str, Client]:
    """Everybody at a desk, at her unit and above it."""
    tree = world.hers.tree
    return {f"{role} at {place}": at_desk(tree[place], role) for role in Role.values for place in ("unit_a", "city")}


def test_no_page_of_any_desk_tells_it_whatever_is_searched(world):
    for who, client in desks(world).items():
        for page in PAGES:
            address = page if page.startswith("/") else reverse(page)
            assert telling(client.get(address, follow=True).content.decode()) == [], f"{who}: {page}"


def test_a_search_finds_the_same_women_whether_or_not_there_is_a_finding(world):
    client = at_desk(world.hers.tree["city"])
    for page in ("screening_desk:bookings", "workers_desk:list", "screening_desk:waiting"):
        for text in SEARCHES:
            found = client.get(reverse(page), {"q": text, "state": text, "result": text, "conclusion": text})
            assert world.booking.number not in found.content.decode(), f"{page}: {text}"
    everything = client.get(reverse("screening_desk:bookings")).content.decode()
    assert world.booking.number in everything and world.others[0].number in everything


def test_the_bookings_workbook_says_attended_of_both(world):
    client = at_desk(world.hers.tree["city"])
    client.post(reverse("exports:ask", args=["bookings"]))
    answer = client.get(reverse("exports:download", args=[Export.objects.get().token]))
    sheets = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    rows = [[str(cell.value) for cell in row] for sheet in sheets for row in sheet.iter_rows()]
    said = [row for row in rows if row[0] in (world.booking.number, world.others[0].number)]
    assert len(said) == 2 and all(str(BookingState.ATTENDED.label) in row for row in said)
    assert telling(str(rows)) == []


def test_an_employers_officer_finds_nothing_by_guessing_addresses(world):
    helps(world.hers.user)
    follow_up = FollowUp.objects.unscoped().get()
    guessed = [
        reverse("screening_desk:follow_up", args=[follow_up.token]),
        reverse("screening_clinic:recall", args=[follow_up.token]),
        reverse("screening_clinic:result", args=[world.booking.token]),
        reverse("screening:result", args=[world.booking.token]),
    ]
    for role in Role.values:
        client = at_desk(world.hers.tree["unit_a"], role)
        for address in guessed:
            for answer in (client.get(address), client.post(address, {"act": "look", "look_reason": "想知道"})):
                assert answer.status_code in (403, 404, 405), f"{role}: {address}"
                assert telling(answer.content.decode()) == []


def test_no_role_reads_it_through_an_action(world):
    follow_up, result = FollowUp.objects.unscoped().get(), Result.objects.unscoped().get()
    for client in desks(world).values():
        with pytest.raises(PermissionDenied):
            actions.look_at_result(follow_up, by=client.user, reason="想知道")
        with pytest.raises(PermissionDenied):
            actions.look_for_correction(result, by=client.user, reason="想知道")
        assert not Result.objects.visible_to(client.user).exists()
        assert not FollowUp.objects.visible_to(client.user).exists()


def test_neither_wagtails_history_nor_the_log_nor_any_message_holds_it(world, caplog):
    entries = [str((e.action, e.label, e.data)) for kind in (ModelLogEntry, PageLogEntry) for e in kind.objects.all()]
    messages = [f"{m.subject} {m.body} {m.link} {m.dedupe_key} {m.error}" for m in Message.objects.all()]
    assert messages
    assert telling("\n".join([*entries, *messages])) == []
    assert telling(caplog.text) == []


def test_no_table_holds_it_in_clear(world):
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models()}:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- names of our own tables
            assert telling(str(cursor.fetchall())) == [], table


def test_nothing_that_was_shown_lies_in_a_cache(world):
    for name in ("default", "pages"):
        assert telling(str(caches[name]._cache)) == []
    for address in (
        reverse("screening:result", args=[world.booking.token]),
        reverse("screening_clinic:result", args=[world.booking.token]),
    ):
        client = world.client(world.nurse if "clinic" in address else world.hers.user)
        assert "no-store" in confirmed(client).get(address)["Cache-Control"]


@pytest.mark.parametrize("breaks", ["services.screening.actions.enter_result", "services.screening.wording.meaning"])
def test_an_error_page_and_an_error_mail_hold_nothing_of_it(world, monkeypatch, caplog, breaks):
    caught = {}

    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    def keep(sender, request=None, **kwargs):
        caught["info"], caught["request"] = sys.exc_info(), request

    got_request_exception.connect(keep)
    monkeypatch.setattr(breaks, fail)
    data = {"conclusion": "abnormal_need_diagnosis", "items": ["tct"], "tbs": "hsil", "note": ABNORMAL.note}
    client = Client(raise_request_exception=False)
    if "enter" in breaks:
        client.force_login(world.nurse, backend="services.accounts.backends.StaffPassword")
        answer = client.post(reverse("screening_clinic:result", args=[world.others[0].token]), data)
    else:
        client.force_login(world.hers.user, backend="services.accounts.backends.WorkerCode")
        answer = confirmed(client).get(reverse("screening:result", args=[world.booking.token]))
    got_request_exception.disconnect(keep)
    assert answer.status_code == 500
    reporter = ExceptionReporter(caught["request"], *caught["info"], is_email=True)
    # The words of the source itself are in every report: only what a person wrote can betray her.
    written = (ABNORMAL.note, world.hers.worker.name)
    for text in (answer.content.decode(), reporter.get_traceback_text(), reporter.get_traceback_html(), caplog.text):
        assert [word for word in written if word in text] == []


def test_a_stranger_signs_in_first(world):
    stranger = Client().get(reverse("screening:result", args=[world.booking.token]))
    assert stranger.status_code == 302 and "sign-in" in stranger.url
