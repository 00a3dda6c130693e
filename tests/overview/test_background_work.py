"""What is done in the background, as platform administrators see it: stuck, stopped, started again, never whose."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import vital_signs
from services.casework.enums import ScanState
from services.casework.models import Document
from services.exchange.actions.progress import note_progress
from services.exchange.actions.retrying import retry_export, retry_job
from services.exchange.enums import ExportState, JobState
from services.exchange.errors import AnotherBegun, NotReady
from services.exchange.models import Export, Job
from services.foundation import clock
from services.messaging.enums import Channel, MessageState
from services.messaging.models import Message
from services.organizations.enums import Role
from services.outreach.models import Announcement
from tests.factories.accounts import StaffFactory
from tests.factories.messaging import MessageFactory
from tests.factories.notices import case_with_notice
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory
from tests.messaging.test_desk import desk_of
from tests.screening.her_world import text

pytestmark = pytest.mark.django_db
PAGE = reverse("background_work:list")
NO_LIFE = "超过五分钟没有动静"


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def desk(tree):
    return desk_of(Role.PLATFORM_ADMINISTRATOR, tree["city"])


def an_import(unit, *, state=JobState.FAILED, ago: int = 60, **more) -> Job:
    job = Job(spec="workers", organization=unit, owner=StaffFactory(), state=state, **more)
    job.heartbeat_at = clock.now() - timedelta(minutes=ago)
    job.error_code = "system" if state == JobState.FAILED else ""
    job.source.save("source.xlsx", ContentFile(b"not a workbook"), save=False)
    job.save()
    return job


def an_export(owner, *, state=ExportState.FAILED, ago: int = 60, **more) -> Export:
    at = clock.now() - timedelta(minutes=ago)
    more = {"listing": "workers", "language": "zh-hans", "query": f"n={Export.objects.count()}"} | more
    return Export.objects.create(owner=owner, state=state, created_at=at, heartbeat_at=at, **more)


def officer_at(place):
    return AssignmentFactory(organization=place, role=Role.GRASSROOTS_OFFICER).user


def again(client, kind: str, token: str):
    return client.post(reverse("background_work:again", args=[kind, token]))


def test_only_platform_administrators_watch_it(tree):
    for role in Role.values:
        expected = 200 if role == Role.PLATFORM_ADMINISTRATOR else 403
        client = desk_of(role, tree["city"])
        assert client.get(PAGE).status_code == expected, role
        assert (PAGE in client.get(reverse("wagtailadmin_home")).content.decode()) == (expected == 200)


def test_it_says_what_runs_how_far_it_is_and_what_fell_silent(desk, tree):
    running = an_import(tree["unit_a"], state=JobState.CHECKING, ago=0)
    note_progress(running.token, percent=34, rows=1200, refused=0, now=clock.now())
    body = text(desk.get(PAGE))
    assert "34 % · 1200 行" in body and NO_LIFE not in body
    Job.objects.unscoped().update(heartbeat_at=clock.now() - timedelta(minutes=9))
    assert NO_LIFE not in text(desk.get(PAGE))
    note_progress(running.token, percent=34, rows=1200, refused=0, now=clock.now() - timedelta(minutes=8))
    body = text(desk.get(PAGE))
    assert NO_LIFE in body and "8分钟前" in body.replace(" ", "").replace("\xa0", "")


def test_failures_are_told_in_words_and_nothing_of_a_person(desk, tree):
    an_import(tree["unit_a"], file_name="王小明的名册.xlsx")
    MessageFactory(state=MessageState.GIVEN_UP, channel=Channel.SMS, address="19900000001", body="秘密", error="E42")
    body = text(desk.get(PAGE))
    assert "系统出现故障，没有写入任何数据" in body and "E42" in body
    assert [word for word in ("王小明", "19900000001", "秘密") if word in body] == []


def test_in_english_too(desk, tree):
    an_import(tree["unit_a"])
    desk.cookies["language"] = "en"
    body = text(desk.get(PAGE))
    assert "Background work" in body and "Start again" in body


def test_an_import_that_was_stopped_is_checked_again_and_not_written(desk, tree, django_capture_on_commit_callbacks):
    job = an_import(tree["unit_a"], attempts=3, finished_at=clock.now())
    with django_capture_on_commit_callbacks() as queued:
        assert again(desk, "imports", job.token).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error_code, job.finished_at) == (JobState.QUEUED, 0, "", None)
    assert len(queued) == 1
    assert again(desk, "imports", job.token).status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


def test_one_that_fell_silent_while_it_was_written_goes_on(desk, tree):
    job = an_import(tree["unit_a"], state=JobState.APPLYING, only_clean_rows=True)
    again(desk, "imports", job.token)
    job.refresh_from_db()
    assert (job.state, job.only_clean_rows) == (JobState.APPLYING, True)
    assert clock.now() - job.heartbeat_at < timedelta(minutes=1)


def test_what_lives_is_left_alone(desk, tree):
    job = an_import(tree["unit_a"], state=JobState.CHECKING, ago=0)
    by = AssignmentFactory(organization=tree["city"], role=Role.PLATFORM_ADMINISTRATOR).user
    with pytest.raises(NotReady):
        retry_job(job, by=by, now=clock.now())
    assert reverse("background_work:again", args=["imports", job.token]) not in desk.get(PAGE).content.decode()


def test_another_one_begun_meanwhile_stands_in_its_way_in_words(desk, tree):
    job = an_import(tree["unit_a"])
    an_import(tree["unit_a"], state=JobState.CLEAN)
    by = AssignmentFactory(organization=tree["city"], role=Role.PLATFORM_ADMINISTRATOR).user
    with pytest.raises(AnotherBegun):
        retry_job(job, by=by, now=clock.now())
    assert "期间已重新开始" in text(
        desk.post(reverse("background_work:again", args=["imports", job.token]), follow=True)
    )


def test_an_export_is_made_again_for_its_owner_unless_it_is_in_clear(desk, tree):
    owner = officer_at(tree["unit_a"])
    masked, clear = an_export(owner, expires_at=clock.now()), an_export(owner, opened=True)
    assert again(desk, "exports", masked.token).status_code == 302
    masked.refresh_from_db()
    assert (masked.state, masked.expires_at) == (ExportState.QUEUED, None)
    by = AssignmentFactory(organization=tree["city"], role=Role.PLATFORM_ADMINISTRATOR).user
    with pytest.raises(NotReady):
        retry_export(clear, by=by, now=clock.now())
    assert "请本人重新申请" in text(desk.get(PAGE))


def test_each_sees_and_starts_again_what_her_post_reaches(tree):
    near, far = an_import(tree["unit_a"]), an_import(tree["unit_c"])
    hers, others = an_export(officer_at(tree["unit_a"])), an_export(officer_at(tree["unit_c"]))
    message = MessageFactory(state=MessageState.FAILED, channel=Channel.SMS, address="19900000001")
    client = desk_of(Role.PLATFORM_ADMINISTRATOR, tree["county_a"])
    body = client.get(PAGE).content.decode()
    assert [job.token in body for job in (near, far, hers, others, message)] == [True, False, True, False, False]
    assert again(client, "imports", far.token).status_code == 404
    assert again(client, "exports", others.token).status_code == 404
    assert again(client, "messages", message.token).status_code == 403
    assert again(client, "papers", "all").status_code == 403
    assert again(client, "queues", "bulk").status_code == 404 and again(client, "none", "x").status_code == 404
    assert Job.objects.unscoped().filter(state=JobState.FAILED).count() == 2
    assert Export.objects.filter(state=ExportState.FAILED).count() == 2


def test_a_message_is_tried_again_but_not_one_whose_words_are_wiped(desk):
    failed = MessageFactory(state=MessageState.FAILED, channel=Channel.SMS, attempts=2)
    code = MessageFactory(state=MessageState.GIVEN_UP, channel=Channel.SMS, key="sign_in_code", body="")
    assert again(desk, "messages", failed.token).status_code == 302
    said = text(desk.post(reverse("background_work:again", args=["messages", code.token]), follow=True))
    assert "内容已在放弃发送时清除" in said
    assert Message.objects.get(pk=failed.pk).state == MessageState.WAITING
    assert Message.objects.get(pk=code.pk).state == MessageState.GIVEN_UP
    assert "内容已在放弃发送时清除" in text(desk.post(reverse("messaging_desk:retry", args=[code.token]), follow=True))


def test_papers_that_the_scanner_hasn_t_judged_are_counted_and_asked_about_again(
    desk, tree, settings, django_capture_on_commit_callbacks
):
    settings.CLAMAV_HOST = ""
    case = case_with_notice(WorkerFactory(organization=tree["unit_a"]), tree["town_a"])
    paper = Document(case=case, worker=case.worker, kind="proof", name="诊断书.jpg", extension="jpg", size=3)
    paper.content_type, paper.digest, paper.uploaded_at = "image/jpeg", "d" * 64, case.created_at
    paper.scan = ScanState.QUARANTINED
    paper.file.save("x.jpg", ContentFile(b"abc"), save=True)
    body = text(desk.get(PAGE))
    assert "1 个文件" in body and "任何人都不能打开这些文件" in body and "诊断书" not in body
    settings.CASE_DOCUMENTS_UNSCANNED = True
    with django_capture_on_commit_callbacks(execute=True):
        assert again(desk, "papers", "all").status_code == 302
    paper.refresh_from_db()
    assert paper.scan == ScanState.CLEAN


def test_a_queue_that_nobody_serves_is_told(desk):
    for queue in vital_signs.QUEUES:
        vital_signs.note_beat(queue, now=clock.now())
    assert "一切正常" in text(desk.get(PAGE))
    vital_signs.note_beat("bulk", now=clock.now() - timedelta(hours=3))
    body = text(desk.get(PAGE))
    assert "1 项工作需要处理" in body and "无人应答" in body


def test_its_queries_don_t_grow_with_what_it_shows(desk, tree):
    def one_more(number: int) -> None:
        unit = tree["unit_a" if number % 2 else "unit_b"]
        an_import(unit)
        an_export(officer_at(unit))
        MessageFactory(state=MessageState.GIVEN_UP, channel=Channel.SMS)
        Announcement.objects.create(
            page=number, title="示例", organization=unit, state="sending", made_by=StaffFactory(), made_at=clock.now()
        )

    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(PAGE).status_code == 200
        return len(queries)

    one_more(0)
    counted()
    few = counted()
    for number in range(1, 30):
        one_more(number)
    assert counted() == few <= 40
    assert "另有5项" in text(desk.get(PAGE)).replace(" ", "")
