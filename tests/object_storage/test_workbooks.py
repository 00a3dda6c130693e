"""Workbooks in the private bucket: a roster loaded, its marked copy fetched, deleted; and the store goes away."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.exchange import actions
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.foundation import clock
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.workers.models import Worker
from tests.exchange.workbooks import workbook
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import identity_number
from tests.screening.her_world import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]
HEAD = ("姓名", "身份证号", "手机号码")
GOOD = [("示例乙", identity_number(date(1990, 1, 1), n), f"1990000000{n}") for n in range(3)]
BAD = ("示例丙", identity_number(date(1990, 1, 1), 9), "123")


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def officer(tree, client):
    user = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    client.force_login(user)
    return user


def send(client, tree, *rows):
    file = workbook([HEAD, *rows])
    file.name = "名册.xlsx"
    return client.post(reverse("imports:upload"), {"sheet": "workers", "unit": tree["unit_a"].code, "file": file})


@pytest.fixture
def uploaded(client, officer, tree, django_capture_on_commit_callbacks):
    """A workbook with one faulty row; ``checked`` says whether the worker has had its turn."""

    def upload(checked: bool = True) -> Job:
        with django_capture_on_commit_callbacks(execute=checked):
            assert send(client, tree, *GOOD, BAD).status_code == 302
        return Job.objects.unscoped().get()

    return upload


def test_a_roster_is_read_from_the_bucket_and_its_marked_copy_fetched_from_there(
    client, uploaded, officer, tree, server, django_capture_on_commit_callbacks
):
    job = uploaded()
    assert (job.state, job.refused) == (JobState.FAULTY, 1)
    assert sorted(server.names()) == [f"exchange/{job.token}/{name}.xlsx" for name in ("result", "source")]
    answer = client.get(reverse("imports:download", args=[job.token]))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book["花名册"]["C5"].fill.fgColor.rgb == "00FFC7CE"
    with django_capture_on_commit_callbacks(execute=True):
        actions.apply_job(job, by=officer, only_clean_rows=True, now=clock.now())
    assert Worker.objects.unscoped().count() == 3
    other = AssignmentFactory(organization=tree["unit_b"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(other)
    client.force_login(other)
    assert client.get(reverse("imports:download", args=[job.token])).status_code == 404


def test_workbooks_leave_the_bucket_when_their_time_is_over(uploaded, server, settings):
    uploaded()
    assert actions.expire_files(now=clock.now() + timedelta(days=settings.EXCHANGE_FILE_DAYS + 1)) == 1
    assert server.names() == []


def test_while_the_store_is_gone_a_workbook_is_refused_with_words_beside_the_form(client, officer, tree, server):
    server.stop()
    answer = send(client, tree, *GOOD)
    assert (answer.status_code, Job.objects.unscoped().count()) == (200, 0)
    assert "刚才没能保存" in text(answer)


def test_an_import_waits_until_the_store_is_there_again(uploaded, server, django_capture_on_commit_callbacks):
    job = uploaded(checked=False)
    server.stop()
    assert actions.run_job(job, now=clock.now()).state == JobState.CHECKING
    server.start()
    later = clock.now() + timedelta(hours=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.resume_stale_jobs(now=later) == [job]
    job.refresh_from_db()
    assert (job.state, job.refused) == (JobState.FAULTY, 1)


def test_while_the_store_is_gone_the_job_s_page_stands_and_the_download_says_why(client, uploaded, server):
    job = uploaded()
    server.stop()
    assert client.get(reverse("imports:one", args=[job.token])).status_code == 200
    answer = client.get(reverse("imports:download", args=[job.token]))
    assert (answer.status_code, "暂时读不到文件" in text(answer)) == (503, True)


def test_a_job_thrown_away_while_the_store_is_gone_loses_its_files_in_time(
    client, uploaded, server, settings, django_capture_on_commit_callbacks
):
    job = uploaded()
    server.stop()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("imports:discard", args=[job.token])).status_code == 302
    server.start()
    assert server.names() != []
    actions.expire_files(now=clock.now() + timedelta(days=settings.EXCHANGE_FILE_DAYS + 1))
    assert server.names() == []
