"""The life of an import: checked, decided, written exactly once, whatever is killed or repeated; and its pages."""

import io
import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from services.exchange import actions, errors
from services.exchange.actions import jobs
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.foundation import clock
from services.foundation.sheets import sheets
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.exchange.workbooks import workbook
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import identity_number

pytestmark = pytest.mark.django_db
HEAD = ("姓名", "身份证号", "手机号码")
GOOD = [("示例乙", identity_number(date(1990, 1, 1), n), f"1990000000{n}") for n in range(3)]
BAD = ("示例丙", identity_number(date(1990, 1, 1), 9), "123")


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def officer(tree):
    user = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    return user


@pytest.fixture
def upload(tree, officer, django_capture_on_commit_callbacks):
    def start(*rows, run=True, unit="unit_a"):
        spec, stream = sheets["workers"], workbook([HEAD, *rows])
        with django_capture_on_commit_callbacks(execute=run):
            job = actions.upload_sheet(
                spec=spec, organization=tree[unit], by=officer, upload=stream, file_name="名册.xlsx", now=clock.now()
            )
        job.refresh_from_db()
        return job

    return start


@pytest.fixture
def apply(officer, django_capture_on_commit_callbacks):
    def go(job, *, only_clean_rows=False, run=True):
        with django_capture_on_commit_callbacks(execute=run):
            actions.apply_job(job, by=officer, only_clean_rows=only_clean_rows, now=clock.now())
        job.refresh_from_db()
        return job

    return go


def people():
    return Worker.objects.unscoped().count()


def account(job):
    return (job.total, job.new, job.changed, job.same, job.refused)


def test_a_clean_file_is_checked_then_written_and_again_changes_nothing(upload, apply):
    job = upload(*GOOD)
    assert (job.state, account(job), people()) == (JobState.CLEAN, (3, 3, 0, 0, 0), 0)
    assert (apply(job).state, people()) == (JobState.DONE, 3)
    again = upload(*GOOD)
    assert (again.state, account(again)) == (JobState.CLEAN, (3, 0, 0, 3, 0))


def test_a_faulty_file_is_not_written_whole_but_its_clean_rows_can_be(upload, apply):
    job = upload(*GOOD, BAD)
    assert (job.state, account(job)) == (JobState.FAULTY, (4, 3, 0, 0, 1))
    with pytest.raises(errors.RowsRefused):
        apply(job)
    assert people() == 0
    assert (apply(job, only_clean_rows=True).state, people()) == (JobState.DONE, 3)


def test_her_own_workbook_comes_back_with_the_cell_coloured_and_the_reason_beside_it(upload):
    job = upload(GOOD[0], BAD, ("=1+1", *GOOD[2][1:]))
    book = load_workbook(job.result.open("rb"))
    assert book.sheetnames == ["导入汇总", "花名册"]
    page = book["花名册"]
    assert page["D1"].value == "导入说明"
    assert "手机号" in page["D3"].value
    assert page["D2"].value is None
    assert page["C3"].fill.fgColor.rgb == "00FFC7CE"
    assert (page["B3"].value, page["B3"].fill.fill_type) == (BAD[1], None)
    assert (page["A4"].value, page["A4"].data_type) == ("=1+1", "s") or page["A4"].quotePrefix


def test_the_summary_in_front_names_each_row_that_needs_repair(upload):
    job = upload(GOOD[0], BAD, ("", *GOOD[2][1:]))
    summary = load_workbook(job.result.open("rb")).worksheets[0]
    lines = {row[0]: row[1] for row in summary.iter_rows(values_only=True)}
    assert lines["需要修改的行"] == 2
    assert "手机号" in lines["第 3 行"] and "姓名" in lines["第 4 行"]
    assert "第 2 行" not in lines


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_of_a_returned_workbook_repaired_in_part_only_what_is_still_faulty_stays_red(upload, officer, tree, language):
    book = load_workbook(upload(BAD, ("", *GOOD[2][1:])).result.open("rb"))
    page = book["花名册"]
    hers = PatternFill("solid", fgColor="FFFF00")
    page["C2"].value, page["B2"].fill = "19900000004", hers
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    Job.objects.unscoped().delete()
    with translation.override(language):
        again = actions.upload_sheet(
            spec=sheets["workers"],
            organization=tree["unit_a"],
            by=officer,
            upload=stream,
            file_name="a",
            now=clock.now(),
        )
        actions.run_job(again, now=clock.now())
        again.refresh_from_db()
    assert (account(again), again.report["unknown"]) == ((2, 1, 0, 0, 1), [])
    page = load_workbook(again.result.open("rb"))["花名册"]
    head = [cell.value for cell in page[1]]
    assert len(head) == 4
    assert (page["C2"].fill.fill_type, page["D2"].value, page["D2"].fill.fill_type) == (None, None, None)
    assert page["B2"].fill.fgColor.rgb == "00FFFF00"
    assert page["A3"].fill.fgColor.rgb == "00FFC7CE"


def test_the_roster_is_what_an_upload_offers_first(client, officer):
    client.force_login(officer)
    page = client.get(reverse("imports:upload")).content.decode()
    offered = re.search(r'<select name="sheet".*?</select>', page, re.DOTALL).group()
    assert re.findall(r'value="(\w+)"', offered)[0] == "workers"


def test_stored_faults_show_no_personal_number(upload):
    job = upload(BAD)
    assert BAD[1] not in str(job.faults)
    assert [(f["row"], f["column"], f["code"]) for f in job.faults] == [(2, "phone", "short_phone")]


def test_two_rosters_at_once_for_one_unit_are_refused_and_the_open_one_is_named(upload):
    first = upload(*GOOD, run=False)
    with pytest.raises(errors.JobOpen) as refused:
        upload(*GOOD)
    assert refused.value.context == {"file": "名册.xlsx", "token": first.token}


def test_only_who_holds_a_post_there_may_import(upload):
    with pytest.raises(PermissionDenied):
        upload(*GOOD, unit="unit_b")
    assert Job.objects.unscoped().count() == 0


def test_a_worker_killed_midway_leaves_nothing_and_the_job_is_taken_up_again(upload, apply, monkeypatch, officer):
    job = apply(upload(*GOOD), run=False)

    class Killed(BaseException):
        pass

    read = jobs.read_through

    def killed(*args, **kwargs):
        read(*args, **kwargs)
        assert people() == 3
        raise Killed

    monkeypatch.setattr(jobs, "read_through", killed)
    with pytest.raises(Killed):
        actions.run_job(job, now=clock.now())
    job.refresh_from_db()
    assert (job.state, people()) == (JobState.APPLYING, 0)
    monkeypatch.setattr(jobs, "read_through", read)
    assert actions.resume_stale_jobs(now=clock.now()) == []
    later = clock.now() + timedelta(minutes=6)
    assert [resumed.pk for resumed in actions.resume_stale_jobs(now=later)] == [job.pk]
    for _ in range(2):
        job.refresh_from_db()
        actions.run_job(job, now=later)
    job.refresh_from_db()
    assert (job.state, people()) == (JobState.DONE, 3)


def test_a_job_that_keeps_dying_is_recorded_as_failed(upload):
    job = upload(*GOOD, run=False)
    Job.objects.unscoped().filter(pk=job.pk).update(attempts=jobs.MOST_ATTEMPTS)
    actions.resume_stale_jobs(now=clock.now() + timedelta(hours=1))
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "system")


def test_a_vanished_file_is_said_so(upload):
    job = upload(*GOOD, run=False)
    job.source.storage.delete(job.source.name)
    job = actions.run_job(job, now=clock.now())
    assert (job.state, job.error_code) == (JobState.REFUSED, "file_gone")


def test_a_discarded_job_loses_its_files_and_writes_nothing(upload, officer, django_capture_on_commit_callbacks):
    job = upload(*GOOD, BAD)
    storage, name = job.result.storage, job.result.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_job(job, by=officer, now=clock.now())
    job.refresh_from_db()
    assert (job.state, bool(job.source), storage.exists(name), people()) == (JobState.DISCARDED, False, False, 0)


def test_files_are_deleted_when_their_time_is_over(upload):
    job = upload(*GOOD)
    assert actions.expire_files(now=clock.now()) == 0
    assert actions.expire_files(now=job.expires_at) == 1
    job.refresh_from_db()
    assert not job.source


def test_the_workbook_goes_to_its_owner_alone_as_an_attachment(client, upload, officer, tree):
    job = upload(BAD)
    address = reverse("imports:download", args=[job.token])
    client.force_login(officer)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    for place, status in (("unit_a", 403), ("unit_b", 404)):
        other = AssignmentFactory(organization=tree[place], role=Role.GRASSROOTS_OFFICER).user
        sync_groups(other)
        client.force_login(other)
        assert client.get(address).status_code == status


def test_an_officer_goes_from_upload_to_written_rows_on_the_desk(
    client, officer, tree, django_capture_on_commit_callbacks
):
    client.force_login(officer)
    assert client.get(reverse("imports:upload")).status_code == 200
    file = workbook([HEAD, *GOOD])
    file.name = "名册.xlsx"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("imports:upload"), {"sheet": "workers", "unit": tree["unit_a"].code, "file": file})
    job = Job.objects.unscoped().get()
    page = reverse("imports:one", args=[job.token])
    assert (answer.status_code, answer.headers.get("Location")) == (302, page)
    assert "检查完毕：全部合格" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("imports:apply", args=[job.token]))
    assert people() == 3
    shown = client.get(page).content.decode()
    assert "已完成" in shown and GOOD[0][1] not in shown
    assert "名册.xlsx" in client.get(reverse("imports:list")).content.decode()


def test_a_file_refused_whole_is_explained_beside_the_field(client, officer, tree):
    client.force_login(officer)
    file = workbook([("今天天气很好",)])
    file.name = "x.xlsx"
    answer = client.post(reverse("imports:upload"), {"sheet": "workers", "unit": tree["unit_a"].code, "file": file})
    assert (answer.status_code, Job.objects.unscoped().count()) == (200, 0)
    assert "没有找到表头" in answer.content.decode()


def test_the_template_downloaded_and_filled_in_is_taken_in(client, officer, tree):
    from io import BytesIO

    client.force_login(officer)
    answer = client.get(reverse("imports:template", args=["workers"]))
    book = load_workbook(BytesIO(answer.content))
    page = book.worksheets[0]
    headings = [cell.value for cell in page[1]]
    for heading, value in (("姓名", "示例乙"), ("身份证号码", GOOD[0][1])):
        page.cell(2, headings.index(heading) + 1, value)
    assert page.cell(3, headings.index("身份证号码") + 1).number_format == "@"
    filled = BytesIO()
    book.save(filled)
    done = actions.import_file(
        sheets["workers"], filled, organization=tree["unit_a"], today=clock.today(), now=clock.now()
    )
    assert (done.rows, done.refused, people()) == (1, 0, 1)


def test_of_a_workbook_too_long_to_be_copied_only_the_faulty_rows_go_back(upload, settings):
    settings.IMPORT_COPY_ROWS = 2
    job = upload(*GOOD, BAD, ("=1+1", identity_number(date(1990, 1, 1), 7), "19900000007"))
    with job.result.open("rb") as stream:
        book = load_workbook(stream)
    assert book.sheetnames == ["需要修改的行"]
    head, *rows = book.active.iter_rows()
    assert [cell.value for cell in head] == ["姓名", "身份证号码", "手机号码", "原文件行号", "导入说明"]
    assert [(row[0].value, row[0].data_type, row[3].value) for row in rows] == [(BAD[0], "s", 5), (None, "n", 6)]
    assert [[cell.fill.fill_type == "solid" for cell in row] for row in rows] == [
        [False, False, True, False, False],
        [True, False, False, False, False],
    ]
    assert "手机号" in rows[0][4].value


def test_an_officer_loads_her_organisations_on_the_desk_below_her_post_and_nowhere_else(
    client, tree, django_capture_on_commit_callbacks
):
    keeper = AssignmentFactory(organization=tree["county_a"], role=Role.FEDERATION_OFFICER).user
    sync_groups(keeper)
    client.force_login(keeper)
    head = ("组织编码", "上级编码", "组织名称", "类别", "女职工数")
    rows = [("T-A-2", "T-A", "甲县南河镇总工会", "乡镇工会", 0), ("T-A-2-1", "T-A-2", "甲县示例厂工会", "基层工会", 30)]
    elsewhere = ("T-B-9", "T-B", "乙县示例厂工会", "基层工会", 5)
    before = Organization.objects.count()

    def load(*lines):
        file = workbook([head, *lines])
        file.name = "组织.xlsx"
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("imports:upload"), {"sheet": "organizations", "unit": "T-A", "file": file})
        return Job.objects.unscoped().latest("pk")

    job = load(*rows, elsewhere)
    assert (job.state, account(job)) == (JobState.FAULTY, (3, 2, 0, 0, 1))
    assert [fault["row"] for fault in job.faults] == [4]
    assert Organization.objects.count() == before
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("imports:apply_clean", args=[job.token]))
    assert Organization.objects.count() == before + 2
    assert Organization.objects.get(code="T-A-2-1").get_parent().code == "T-A-2"
    assert Organization.find_problems() == ([], [], [], [], [])
    again = load(*rows)
    assert (again.state, account(again)) == (JobState.CLEAN, (2, 0, 0, 2, 0))
    page = client.get(reverse("imports:one", args=[again.token])).content.decode()
    assert "该文件不会带来任何变化" in page
    assert reverse("imports:apply", args=[again.token]) not in page


def kept(tree, officer, head, *, name="名册.xlsx") -> Job:
    """A checked job of a file with one faulty row."""
    job = actions.upload_sheet(
        spec=sheets["workers"],
        organization=tree["unit_a"],
        by=officer,
        upload=workbook([head, BAD]),
        file_name=name,
        now=clock.now(),
    )
    return actions.run_job(job, now=clock.now())


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("=1+1.xlsx", "1+1"),
        ("+-@=x.xlsx", "x"),
        ("\t=x.xlsx", "x"),
        ("-1\r\nX: y.xlsx", "1 X: y"),
        ('名";册.xlsx', '名";册'),
        ("=+.xlsx", ".xlsx"),
    ],
)
def test_a_file_name_starts_no_formula_and_breaks_no_header(client, officer, tree, name, clean):
    job = kept(tree, officer, HEAD, name=name)
    client.force_login(officer)
    answer = client.get(reverse("imports:download", args=[job.token]))
    assert job.file_name.removesuffix(".xlsx") == clean.removesuffix(".xlsx")
    assert "X" not in answer.headers
    assert re.fullmatch(r"attachment; filename\*=utf-8''[\w%.+-]+", answer["Content-Disposition"])
    assert unquote(answer["Content-Disposition"]).endswith(f"''{clean.removesuffix('.xlsx')}-导入说明.xlsx")


def test_headings_of_her_own_start_no_formula_in_what_comes_back(officer, tree):
    job = kept(tree, officer, (*HEAD, '=HYPERLINK("http://x")', "@x"))
    with job.result.open("rb") as result:
        page = load_workbook(result)["花名册"]
    assert [(cell.data_type, cell.value) for cell in page[1]][3:5] == [("s", '=HYPERLINK("http://x")'), ("s", "@x")]
