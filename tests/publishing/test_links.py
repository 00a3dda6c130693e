"""Links that lead nowhere, and the server that asks other sites about theirs without being led astray."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model

from services.publishing.actions import visiting
from services.publishing.actions.expiring import tell_of_ending
from services.publishing.actions.links import check_links
from services.publishing.models import LinkFault
from services.publishing.queries.ending import ending_for
from services.publishing.rules.outside import destination, is_public
from services.publishing.rules.scanning import Place
from services.publishing.wording import place_words
from tests.factories.pages import article
from tests.publishing.test_guard import city, editor, enter, officer, second, staff  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db


def test_each_fault_is_told_with_page_place_and_kind_and_goes_when_it_is_mended():
    hidden, gone = article("要下线的"), article("要删除的")
    paper = get_document_model()(title="x", file=ContentFile(b"x", name="x.txt"))
    paper.save()
    text = (
        f'<p><a linktype="page" id="{hidden.pk}">一</a><a linktype="page" id="{gone.pk}">二</a>'
        f'<a linktype="document" id="{paper.pk}">三</a><a href="/nowhere-at-all/">四</a><a href="/search/">五</a></p>'
    )
    page = article("链接页", body=[("paragraph", "<p>链接</p>"), ("paragraph", text)])
    hidden.unpublish()
    gone.delete()
    paper_pk = paper.pk
    paper.delete()
    assert paper_pk
    now = timezone.now()
    assert check_links(now=now) == check_links(now=timezone.now()) == 4
    faults = LinkFault.objects.filter(page=page)
    assert {fault.kind for fault in faults} == {"page_hidden", "page_gone", "document_gone", "address_unknown"}
    assert {fault.since for fault in faults} == {now}
    place = place_words(Place.from_json(faults[0].place))
    assert "2" in place
    page.body = []
    page.save_revision().publish()
    assert check_links(now=timezone.now()) == LinkFault.objects.count() == 0


def test_other_sites_are_asked_only_where_it_is_permitted(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "services.publishing.actions.links.visit", lambda address: asked.append(address) or "outside_dead"
    )
    body = [("action", {"text": "去", "page": None, "link": "https://example.org/x"})]
    article("一", body=body)
    article("二", body=body)
    assert (check_links(now=timezone.now()), asked) == (0, [])
    settings.LINK_CHECK_OUTSIDE = True
    assert (check_links(now=timezone.now()), asked) == (2, ["https://example.org/x"])


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0x1/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://localhost/",
        "http://metadata.google.internal/",
        "http://example.org:8000/",
        "http://user:pass@example.org/",  # pragma: allowlist secret
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://example.org/a b\r\nHost: x",
        "http:///x",
    ],
)
def test_addresses_that_are_never_visited(address):
    assert destination(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "nonsense",
    ],
)
def test_machines_that_are_never_asked(address):
    assert not is_public(address)


def test_a_name_is_pinned_and_a_way_onward_is_judged_again(monkeypatch):
    names = {"good.example.org": "93.184.216.34", "bad.example.org": "10.0.0.5"}
    monkeypatch.setattr(
        visiting.socket, "getaddrinfo", lambda host, *a, **k: [(0, 0, 0, "", (names[host.rstrip(".")], 0))]
    )
    asked = []

    def ask(where, address):
        asked.append((where.host, address))
        return 302, "http://bad.example.org/latest/meta-data/"

    monkeypatch.setattr(visiting, "_ask", ask)
    assert visiting.visit("https://good.example.org/") == "outside_refused"
    assert asked == [("good.example.org", "93.184.216.34")]
    assert visiting.visit("http://bad.example.org/") == "outside_refused"
    monkeypatch.setattr(visiting, "_ask", lambda where, address: (404, ""))
    assert visiting.visit("https://good.example.org/") == "outside_dead"
    monkeypatch.setattr(visiting, "_ask", lambda where, address: (200, ""))
    assert visiting.visit("https://good.example.org/") is None


def test_a_page_that_ends_is_told_a_week_ahead_once_and_then_says_so(client, editor):  # noqa: F811
    from datetime import timedelta

    from services.messaging.models import Message

    newer = article("新的通知")
    page = article("旧的通知", owner=editor, expire_at=timezone.now() + timedelta(days=5))
    now = timezone.now()
    assert (tell_of_ending(now=now), tell_of_ending(now=now)) == (1, 1)
    assert Message.objects.filter(key="publishing-ends-soon", recipient=editor).count() == 1
    assert list(ending_for(editor, now=now)) == [page.page_ptr]
    old = page.url
    page.unpublish(set_expired=True)
    answer = client.get(old)
    shown = answer.content.decode()
    assert (answer.status_code, newer.url in shown, "旧的通知" in shown) == (410, True, False)
