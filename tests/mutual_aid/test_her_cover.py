"""Am I covered: her own page, her certificate, and what a stranger with the code is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.messaging.models import Message
from services.mutual_aid.actions.covers import declare_void
from services.mutual_aid.actions.reminding import remind_of_renewals
from services.mutual_aid.models import Cover, EnrolmentBatch, SchemeTerms
from tests.factories.accounts import WorkerUserFactory
from tests.factories.enrolment import Unit
from tests.factories.mutual_aid import cover_of
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


def signed_in(worker) -> Client:
    worker.user = WorkerUserFactory()
    worker.save()
    client = Client()
    client.force_login(worker.user, backend="services.accounts.backends.WorkerCode")
    return client


def running(worker=None, **more) -> Cover:
    today = timezone.localdate()
    first = more.pop("first", today - timedelta(days=10))
    return cover_of(worker, first=first, last=more.pop("last", first + timedelta(days=364)), **more)


def check(cover: Cover):
    return Client().get(reverse("certificates:check", args=[cover.token]))


def told(answer) -> str:
    """What the page says, without what surrounds every page."""
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_she_reads_from_when_to_when_how_many_shares_and_where_she_stands_in_the_waiting_period():
    worker = WorkerFactory()
    client = signed_in(worker)
    cover = running(worker, shares=2)
    page = client.get(reverse("mutual_aid:cover")).content.decode()
    until = timezone.localdate() - timedelta(days=10) + timedelta(days=31)
    assert f"{until.year}年{until.month}月{until.day}日" in page
    assert "乳腺癌" in page
    assert reverse("mutual_aid:certificate", args=[cover.token]) in page


def test_who_has_no_cover_reads_whom_to_ask():
    page = signed_in(WorkerFactory()).get(reverse("mutual_aid:cover"))
    assert page.status_code == 200
    assert "c-button" not in page.content.decode()


@pytest.mark.parametrize(("days", "words"), [(30, "前报案"), (5, "报案截止日期为")])
def test_a_day_until_which_to_report_is_told_as_over_when_it_is(days, words):
    worker = WorkerFactory()
    client, today = signed_in(worker), timezone.localdate()
    cover = running(worker, first=today - timedelta(days=200))
    SchemeTerms.objects.filter(pk=cover.versions.get().terms_id).update(notice_days=days, claim_days=days)
    sick = today - timedelta(days=10)
    page = told(client.post(reverse("claims:start"), {"diagnosed": f"{sick:%Y-%m-%d}"}))
    assert words in page
    assert ("现已超过" in page) is (days < 10)


def test_her_certificate_is_hers_alone():
    worker = WorkerFactory()
    mine, other = running(worker), running()
    client = signed_in(worker)
    assert client.get(reverse("mutual_aid:certificate", args=[mine.token])).status_code == 200
    assert client.get(reverse("mutual_aid:certificate", args=[other.token])).status_code == 404


def test_the_public_page_says_valid_and_tells_nothing_of_her():
    worker = WorkerFactory(name="示例秀英")
    cover = running(worker)
    answer = check(cover)
    page = answer.content.decode()
    for secret in ("示例秀英", cover.number, worker.organization.name, worker.id_last4, cover.scheme.name):
        assert secret not in page
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_void_over_ahead_and_never_there_are_one_and_the_same_answer():
    today = timezone.localdate()
    void = running()
    declare_void(void, reason="重复", by=None, now=timezone.now())
    over = running(first=today - timedelta(days=400), last=today - timedelta(days=1))
    ahead = running(first=today + timedelta(days=1))
    pages = {told(check(cover)) for cover in (void, over, ahead)}
    pages.add(told(Client().get(reverse("certificates:check", args=["x" * 22]))))
    assert len(pages) == 1
    assert told(check(running())) not in pages


@pytest.mark.parametrize(("ends", "valid"), [(0, True), (-1, False)])
def test_a_certificate_is_valid_to_the_end_of_its_last_day(ends, valid):
    today = timezone.localdate()
    cover = running(first=today - timedelta(days=90), last=today + timedelta(days=ends))
    good = told(check(running()))
    assert (told(check(cover)) == good) is valid


def test_checking_is_slowed_down_for_whoever_asks_too_often(settings):
    settings.CERTIFICATE_CHECKS_PER_HOUR = 2
    cover = running()
    assert [check(cover).status_code for _ in range(3)] == [200, 200, 429]


def test_messages_of_joining_tell_nothing():
    unit = Unit()
    women = unit.women(2)
    for woman in women:
        signed_in(woman)
    unit.covered(women)
    EnrolmentBatch.objects.unscoped().update(state="effective", last_day=unit.today + timedelta(days=20))
    texts = [f"{one.subject} {one.body}" for one in Message.objects.filter(key__startswith="mutual-aid")]
    assert texts
    for word in ("疾病", "癌", "互助", "保障", "元", "病"):
        assert not [text for text in texts if word in text]


def test_the_unit_and_she_are_reminded_once_before_the_end():
    unit = Unit()
    women = unit.women(2)
    for woman in women:
        signed_in(woman)
    unit.covered(women)
    last = unit.today + timedelta(days=365)
    EnrolmentBatch.objects.unscoped().update(state="effective")
    for _ in range(2):
        remind_of_renewals(today=last - timedelta(days=30), now=unit.now)
        remind_of_renewals(today=last - timedelta(days=14), now=unit.now)
    assert Message.objects.filter(key="mutual-aid-renewal-due").count() == 1
    assert Message.objects.filter(key="mutual-aid-ends-soon", channel="in_site").count() == 2


def test_a_day_without_the_task_is_made_up_and_nobody_is_told_twice():
    unit = Unit()
    women = unit.women(2)
    for woman in women:
        signed_in(woman)
    unit.covered(women)
    last = unit.today + timedelta(days=365)
    for days in (12, 11, 3):
        remind_of_renewals(today=last - timedelta(days=days), now=unit.now)
    assert Message.objects.filter(key="mutual-aid-ends-soon", channel="in_site").count() == 2
