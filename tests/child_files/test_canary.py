"""A child whose name occurs nowhere else: it stands on the pages that are meant to show it, and nowhere besides."""

import json
import re

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.urls import reverse

from services.child_files.actions import granting, links, requests
from services.child_files.enums import Purpose
from services.foundation.scope import unscoped
from services.messaging.models import Message
from tests.child_files.desk import let_in, signed_in
from tests.factories.child_files import CANARY, MOTHER, Nursery, Stated

pytestmark = pytest.mark.django_db
MAMA = "金丝雀妈妈示例"
TITLE = re.compile(r"<title>(.*?)</title>|<h1[^>]*>(.*?)</h1>", re.DOTALL)


@pytest.fixture
def nursery():
    return Nursery()


def test_a_childs_name_is_in_no_address_title_log_message_or_plain_column(nursery, client, caplog):
    child = nursery.child(name=CANARY, agreed=list(Purpose))
    nursery.entrust(child)
    pages = []
    for user in (nursery.teacher, nursery.officer, nursery.leader, nursery.town, nursery.city, nursery.privacy):
        desk = signed_in(user)
        for name, *arguments in (
            *(("list",), ("overdue",), ("approvals",), ("report",), ("privacy",), ("concerns",)),
            *(("file", child.token), ("add", child.token, "basics"), ("exit", child.token), ("ask", child.token)),
        ):
            address = reverse(f"child_files_desk:{name}", args=arguments)
            pages.append((user, name, desk.get(address)))
    glass = granting.break_glass(child, reason="示例原因", hours=1, by=nursery.town, now=nursery.now)
    granting.review_emergency(glass, judged="justified", note="示例", by=nursery.privacy, now=nursery.now)
    granting.ask(child, of=nursery.leader, purpose="help", reason="示例", by=nursery.officer, now=nursery.now)
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    pages += [(None, "start", client.get(reverse("child_files:start", args=[link.secret])))]
    let_in(client, link, fact=child.birth_date)
    pages += [(None, name, client.get(reverse(f"child_files:{name}"))) for name in ("home", "data", "looks", "stop")]
    requests.receive(nursery.guardian(child), kind="copy", words="", now=nursery.now)
    for user, name, page in pages:
        text = page.content.decode()
        meant = name == "data" or (user == nursery.teacher and name in ("file", "add"))
        assert (CANARY in text) == meant, (user, name)
        told = "".join("".join(found) for found in TITLE.findall(text))
        assert CANARY not in told
        assert CANARY not in "".join(page.headers.values())
    assert CANARY not in caplog.text
    letters = Message.objects.all()
    assert letters.exists()
    assert CANARY not in "".join(f"{one.subject}{one.body}{one.link}{one.dedupe_key}" for one in letters)


def test_no_table_holds_the_name_in_clear(nursery):
    from django.db import connection

    child = nursery.child(name=CANARY)
    signed_in(nursery.teacher).get(reverse("child_files_desk:file", args=[child.token]))
    holding = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            if CANARY in str(cursor.fetchall()):
                holding.append(table)
    assert holding == []


def test_however_a_record_is_printed_it_names_nobody(nursery):
    child = nursery.child(name=CANARY, agreed=list(Purpose))
    nursery.entrust(child)
    nursery.absence(child)
    links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    nursery.draft(Stated(MAMA, MOTHER.phone, "mother", "parent"))
    with unscoped():
        for model in apps.get_app_config("child_files").get_models():
            for row in model._base_manager.all():
                assert not {CANARY, MAMA, MOTHER.name, MOTHER.phone} & set(re.split(r"[\s·:]", f"{row} {row!r}"))
                assert CANARY not in f"{row}{row!r}"


def test_what_wagtail_logs_of_a_file_is_a_bare_key(nursery):
    from wagtail.models import ModelLogEntry

    nursery.child(name=CANARY)
    entries = ModelLogEntry.objects.filter(action__startswith="child_files.")
    assert entries.count() >= 3
    assert CANARY not in json.dumps(json.loads(serialize("json", entries)), ensure_ascii=False)


def test_the_site_history_names_no_child_and_fetches_none(nursery):
    from django.utils import timezone

    from tests.factories.accounts import StaffFactory

    nursery.child(name=CANARY)
    superuser = StaffFactory(is_superuser=True, password_changed_at=timezone.now())
    page = signed_in(superuser).get(reverse("wagtailadmin_reports:site_history"))
    assert page.status_code == 200
    assert CANARY not in page.content.decode()
