"""The list of those who came: who is checked in, who takes a free place, who is refused and why."""

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from services.bookings.models import Booking
from services.bookings.queries.auditing import audit
from services.exchange import actions as exchange
from services.exchange.enums import JobState
from services.foundation import clock
from services.foundation.sheets import ImportContext, Row, sheets
from services.organizations.enums import Role
from services.signups.importers import AttendanceImporter
from tests.exchange.workbooks import workbook
from tests.factories.signups import SignupWorld, officer

pytestmark = pytest.mark.django_db
HEAD = ("活动编号", "日期", "姓名", "手机号", "身份证号")


@pytest.fixture
def world(monkeypatch):
    world = SignupWorld()
    monkeypatch.setattr(clock, "now", lambda: world.after(world.sessions[1]))
    return world


@pytest.fixture
def upload(world, django_capture_on_commit_callbacks):
    def start(*rows, by=None, apply=False, only_clean=False):
        with django_capture_on_commit_callbacks(execute=True):
            job = exchange.upload_sheet(
                spec=sheets["activity-attendance"],
                organization=world.home,
                by=by or world.officer,
                upload=workbook([HEAD, *rows]),
                file_name="到场名单.xlsx",
                now=clock.now(),
            )
        if apply:
            with django_capture_on_commit_callbacks(execute=True):
                exchange.apply_job(job, by=world.officer, only_clean_rows=only_clean, now=clock.now())
        job.refresh_from_db()
        return job

    return start


def line(world, her, *, session=0, **other):
    day = f"{world.sessions[session].starts_at:%Y-%m-%d}"
    told = {"code": world.activity.code, "day": day, "name": her.name, "phone": her.phone, "id": ""} | other
    return (told["code"], told["day"], told["name"], told["phone"], told["id"])


def account(job):
    return (job.total, job.new, job.changed, job.same, job.refused)


def came() -> set[int]:
    return set(Booking.objects.unscoped().filter(state="attended").values_list("worker", flat=True))


def test_who_signed_up_is_checked_in_and_who_did_not_takes_a_place(world, upload):
    booked, without = world.signed_up().worker, world.woman("unit_c", account=False)
    rows = [line(world, booked), line(world, without, phone="", id=without.id_number)]
    checked = upload(*rows)
    assert (checked.state, account(checked), came()) == (JobState.CLEAN, (2, 1, 1, 0, 0), set())
    exchange.discard_job(checked, by=world.officer, now=clock.now())
    done = upload(*rows, apply=True)
    assert (done.state, came()) == (JobState.DONE, {booked.pk, without.pk})
    assert account(upload(*rows)) == (2, 0, 0, 2, 0)
    assert audit(world.activity.offering) == []


def test_each_line_that_cannot_be_taken_says_why_in_her_own_workbook(world, upload):
    booked, other = world.signed_up().worker, world.woman(name="示例丁")
    elsewhere = world.signed_up(session=world.sessions[1]).worker
    job = upload(
        line(world, booked, code="2099-1"),
        line(world, booked, day=""),
        line(world, booked, day="2020-01-01"),
        line(world, booked, phone="19900009999"),
        line(world, booked, name="示例戊"),
        line(world, booked, phone=""),
        line(world, elsewhere),
        line(world, other),
        line(world, other),
    )
    assert (job.state, job.refused, job.new) == (JobState.FAULTY, 8, 1)
    page = load_workbook(job.result.open("rb")).worksheets[1]
    remarks = [str(page.cell(row, 6).value or "") for row in range(2, 11)]
    expected = [
        "没有此编号",
        "没有说明是哪一场",
        "当天没有场次",
        "没有使用此号码",
        "另一位女职工",
        "都没有填",
        "另一场次",
        "",
        "已有此人",
    ]
    assert [words in remark for words, remark in zip(expected, remarks, strict=True)] == [True] * 9
    assert remarks[7] == ""


def test_a_session_is_never_filled_beyond_its_places(world, upload):
    women = [world.woman(account=False) for _ in range(3)]
    job = upload(*(line(world, her, session=1) for her in women), apply=True, only_clean=True)
    assert (job.state, job.refused, len(came())) == (JobState.DONE, 1, 2)
    assert audit(world.activity.offering) == []


def test_the_clean_lines_go_in_alone_only_when_she_says_so(world, upload):
    booked = world.signed_up().worker
    job = upload(line(world, booked), line(world, booked, phone="19900009999"))
    assert (job.state, came()) == (JobState.FAULTY, set())


def test_a_list_before_the_session_is_refused_line_by_line(world, upload, monkeypatch):
    booked = world.signed_up().worker
    monkeypatch.setattr(clock, "now", lambda: world.now)
    assert account(upload(line(world, booked))) == (1, 0, 0, 0, 1)


def test_only_officers_of_the_organiser_read_lists_in(world, upload):
    booked = world.signed_up().worker
    for stranger in (officer(world.tree["county_a"]), officer(world.home, Role.GRASSROOTS_OFFICER)):
        with pytest.raises(PermissionDenied):
            upload(line(world, booked), by=stranger)


def test_many_lines_cost_as_many_queries_as_few(world, django_assert_max_num_queries):
    women = [world.woman(account=False) for _ in range(8)]
    keys = ("activity", "day", "name", "phone", "id_number")
    rows = [Row(n, dict(zip(keys, line(world, her), strict=True))) for n, her in enumerate(women, 2)]
    context = ImportContext(
        today=clock.now().date(),
        now=clock.now(),
        organization=world.home,
        by=world.officer,
        allow_invented=True,
        columns=frozenset(keys),
    )
    importer = AttendanceImporter(context)
    with django_assert_max_num_queries(5):
        importer.take(rows)
        results = importer.finish()
    assert [str(result.outcome) for result in results] == ["new"] * 8
