"""The county officer loads a roster as clerks send it, takes the faults home, imports the rest, and does it again."""

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from services.exchange.actions import import_file, jobs, run_job
from services.exchange.actions.progress import note_progress
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.foundation import clock
from services.foundation.sheets import sheets
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.journeys.conftest import Walker
from tests.screening.people import post

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WHOLE = {("phone", "zh-hans"), ("desktop", "en")}


@pytest.fixture
def officer(shared_data):
    with (shared_data / "unions.xlsx").open("rb") as unions:
        import_file(sheets["organizations"], unions, today=clock.today(), now=clock.now())
    return post(Organization.objects.get(code="S01-01"), Role.FEDERATION_OFFICER)


def button(walker, zh: str, en: str):
    return walker.page.get_by_role("button", name=walker.in_language(zh, en), exact=True)


def upload(walker, file) -> None:
    walker.open("/admin/imports/new/?sheet=workers")
    walker.page.set_input_files("[name=file]", file)
    walker.press("上传并检查", "Upload and check")


def counts(page) -> list[int]:
    """Rows, new, changed, unchanged, need repair: as the page says."""
    return [int(text.replace(",", "")) for text in page.locator(".desk-facts dd").all_inner_texts()]


def rows_in_red(path, walker) -> int:
    """Looks through the returned workbook; gives the number of its red rows, each with a reason beside it."""
    book = load_workbook(path)
    assert book.sheetnames[0] == walker.in_language("导入汇总", "Import summary")
    summary = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    words = (("行数", "Rows"), ("合格行数", "Rows that are fine"), ("需要修改的行", "Rows that need repair"))
    assert [summary[walker.in_language(*pair)] for pair in words] == [1200, 1122, 78]
    page = book["花名册"]
    head = {cell.value: cell.column for cell in page[4]}
    place = head[walker.in_language("导入说明", "Import remarks")]
    red = 0
    for row in page.iter_rows(min_row=5):
        coloured = {cell.column for cell in row if cell.fill.fill_type and cell.fill.fgColor.rgb == "00FFC7CE"}
        reason = row[place - 1].value
        assert bool(reason) == bool(coloured), row[0].row
        if reason:
            assert place in coloured
            red += 1
    return red


def take_home_and_import_the_rest(walker, folder, roster) -> None:
    page = walker.page
    link = page.get_by_role(
        "link", name=walker.in_language("下载带说明的原表", "Download your workbook with the remarks")
    )
    with page.expect_download() as caught:
        link.click()
    returned = folder / "returned.xlsx"
    caught.value.save_as(returned)
    assert caught.value.suggested_filename == walker.in_language(
        "roster-messy-导入说明.xlsx", "roster-messy-remarks.xlsx"
    )
    assert rows_in_red(returned, walker) == 78
    walker.go(page.locator("form[action$='/apply-clean/'] button"))
    page.get_by_text(walker.in_language("已完成", "Finished"), exact=True).wait_for()
    walker.look("import-done")
    assert Worker.objects.unscoped().count() == 1122
    upload(walker, roster)
    assert counts(page) == [1200, 0, 0, 1122, 78]
    page.get_by_text(walker.in_language("其余各行均已登记", "The other rows are on record already")).wait_for()
    assert page.locator("form[action*='/apply']").count() == 0
    walker.look("import-again")


def test_a_messy_roster_from_upload_to_written_rows(walker, officer, shared_data, tmp_path):
    roster = shared_data / "roster-messy.xlsx"
    walker.sign_in(officer)
    walker.open("/admin/imports/")
    walker.look("imports-none")
    walker.open("/admin/imports/new/?sheet=workers")
    walker.look("import-new")
    upload(walker, roster)
    assert counts(walker.page) == [1200, 1122, 0, 0, 78]
    walker.look("import-preview")
    if (walker.size, walker.language) in WHOLE:
        take_home_and_import_the_rest(walker, tmp_path, roster)
    walker.go(walker.page.locator("form[action$='/discard/'] button"))
    assert Job.objects.unscoped().latest("pk").state == JobState.DISCARDED
    walker.look("import-discarded")
    walker.open("/admin/imports/")
    walker.look("imports")


def test_what_is_no_workbook_is_refused_beside_the_field(walker, officer, tmp_path):
    letter = tmp_path / "roster.xlsx"
    letter.write_text("示例")
    walker.sign_in(officer)
    upload(walker, letter)
    beside = walker.page.locator(".w-field__wrapper", has=walker.page.locator("[name=file]")).locator(".error-message")
    assert walker.in_language("不是 Excel 工作簿", "not an Excel workbook") in beside.inner_text()
    walker.look("import-refused")
    assert Job.objects.unscoped().count() == 0


@pytest.fixture
def queued(officer, shared_data, monkeypatch) -> Job:
    """A roster that waits: no worker takes it up before the test does."""
    monkeypatch.setattr(jobs, "_enqueue", lambda job: None)
    with (shared_data / "roster-clean.xlsx").open("rb") as roster:
        return jobs.upload_sheet(
            spec=sheets["workers"],
            organization=Organization.objects.get(code="S01-01"),
            by=officer,
            upload=roster,
            file_name="roster-clean.xlsx",
            now=clock.now(),
        )


def half_way(job) -> None:
    note_progress(job.token, percent=50, rows=300, refused=0, now=clock.now())


def test_the_page_of_a_running_import_follows_it_to_its_end_by_itself(walker, officer, queued):
    page = walker.page
    walker.sign_in(officer)
    walker.open(f"/admin/imports/job/{queued.token}/")
    page.get_by_text(walker.in_language("等待处理", "Waiting to start")).wait_for()
    half_way(queued)
    page.locator("progress[value='50']").wait_for()
    walker.look("import-running")
    with walker.leaving():
        run_job(queued, now=clock.now())
    button(walker, "导入全部 600 行", "Import all 600 rows").wait_for()
    assert counts(page) == [600, 600, 0, 0, 0]
    assert page.locator("progress").count() == 0
    walker.look("import-clean")


def test_without_javascript_the_link_shows_how_far_it_is(browser, live_server, officer, queued):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    client = Client()
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page = context.new_page()
    walker = Walker(page, live_server.url, "phone", "zh-hans")
    walker.open(f"/admin/imports/job/{queued.token}/")
    half_way(queued)
    walker.follow("刷新进度", "Look again")
    page.locator("progress[value='50']").wait_for()
    run_job(queued, now=clock.now())
    walker.follow("刷新进度", "Look again")
    walker.press("导入全部 600 行", "Import all 600 rows")
    page.get_by_text("正在写入").first.wait_for()
    context.close()
    queued.refresh_from_db()
    assert queued.state == JobState.APPLYING
