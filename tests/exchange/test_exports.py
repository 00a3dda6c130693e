"""A list leaves as a workbook: honest, masked, its owner's alone, for a while; in clear with a reason on record."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from services.exchange.actions import exports as actions
from services.exchange.enums import ExportState
from services.exchange.models import Export
from services.foundation import background, clock
from services.foundation.exports import exports
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.privacy.models import AccessRecord
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db
ASK = "/admin/exports/of/bookings/"
LIST = "/admin/screening/bookings/"
PHONE = "19900001234"


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def running(tree):
    return programme_at(tree["city"])


@pytest.fixture
def later(monkeypatch):
    """Nothing is made while one waits; the keys of what was queued."""
    queued = []
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    monkeypatch.setattr(
        background, "signature", lambda name, args: type("S", (), {"delay": lambda s: queued.extend(args)})()
    )
    return queued


def ask(client, query: str = "", **data):
    return client.post(f"{ASK}?{query}", data)


def download(client, export: Export | None = None):
    export = export or Export.objects.get()
    return client.get(reverse("exports:download", args=[export.token]))


def sheets(response) -> tuple[dict, list[list]]:
    first, data = load_workbook(BytesIO(b"".join(response.streaming_content))).worksheets
    about = dict(first.iter_rows(values_only=True, max_col=2))
    return about, [list(row) for row in data.iter_rows(values_only=True)]


def test_the_file_holds_exactly_what_the_list_shows_masked_and_harmless(tree, running):
    programme, session, root = running
    shown = booked(session, tree["unit_a"], root, name="=示例+1", phone=PHONE)
    booked(session, tree["unit_a"], root, state="cancelled")
    booked(session, tree["unit_c"], root)
    city = at_desk(tree["city"])
    query = f"programme={programme.code}&union=T-A&state=confirmed"
    on_screen = city.get(f"{LIST}?{query}").context
    answer = ask(city, query)
    assert answer["Location"] == reverse("exports:one", args=[Export.objects.get().token])
    about, rows = sheets(download(city))
    assert [row[0] for row in rows[1:]] == [shown.number]
    assert rows[1][1:4] == [shown.worker.masked_name, "199****1234", tree["unit_a"].name]
    assert about["行数"] == str(on_screen["counted"].rows) == "1"
    assert (about["筛选：状态"], about["筛选：所属工会"], "Asia/Shanghai" in about["时区"]) == (
        "已预约",
        "甲县总工会",
        True,
    )
    assert about["脱敏"] == "姓名、手机号码"
    assert {f"列：{heading}" for heading in rows[0]} <= set(about)
    assert about["数据校验码"] == Export.objects.get().digest


def test_no_row_of_another_unit_is_in_the_file_or_counted_before(tree, running):
    _programme, session, root = running
    hers = booked(session, tree["unit_a"], root)
    booked(session, tree["unit_c"], root)
    county = at_desk(tree["county_a"])
    assert county.get(ASK).context["rows"] == 1
    ask(county)
    about, rows = sheets(download(county))
    assert ([row[0] for row in rows[1:]], about["行数"]) == ([hers.number], "1")
    city_name = tree["unit_c"].name
    assert city_name not in str(rows) + str(about)
    assert tree["county_a"].name in about["范围"]


def test_asking_and_fetching_are_in_the_log_without_a_name_or_number(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root, phone=PHONE)
    city = at_desk(tree["city"])
    ask(city, "state=confirmed")
    entry = ModelLogEntry.objects.get(action="exchange.export")
    assert (entry.user, entry.data["list"], entry.data["in_clear"], entry.data["rows"]) == (
        city.user,
        "bookings",
        False,
        1,
    )
    assert AccessRecord.objects.count() == 0


def test_in_clear_needs_a_reason_and_each_woman_can_read_who_looked(tree, running):
    _programme, session, root = running
    hers = booked(session, tree["unit_a"], root, name="示例桂兰", phone=PHONE)
    twice = booked(session, tree["unit_a"], root, state="cancelled")
    twice.worker = hers.worker
    twice.save()
    city = at_desk(tree["city"])
    refused = ask(city, form_of="clear", reason=" ")
    assert (list(refused.context["form"].errors), Export.objects.count()) == (["reason"], 0)
    ask(city, form_of="clear", reason="电话通知停诊")
    about, rows = sheets(download(city))
    assert {(row[1], row[2]) for row in rows[1:]} == {("示例桂兰", PHONE)}
    assert "电话通知停诊" in about["明文"]
    record = AccessRecord.objects.get()
    assert (record.viewer, record.subject_type, record.subject_id) == (city.user, "workers.worker", hers.worker_id)
    assert (record.reason, record.organization_path) == ("电话通知停诊", tree["unit_a"].path)
    assert PHONE not in record.fields + str(ModelLogEntry.objects.filter(action="exchange.export").values("data"))


def test_a_reader_of_masks_gets_none_in_clear(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root, phone=PHONE)
    auditor = at_desk(tree["city"], Role.AUDITOR)
    assert "form_of" not in auditor.get(ASK).context["form"].fields
    ask(auditor, form_of="clear", reason="随便看看")
    _about, rows = sheets(download(auditor))
    assert rows[1][2] == "199****1234"
    assert not Export.objects.get().opened


def test_in_clear_only_so_many_rows_and_looks(tree, running, settings):
    _programme, session, root = running
    for _ in range(3):
        booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    settings.EXPORT_MAX_ROWS_IN_CLEAR = 2
    assert ask(city, form_of="clear", reason="电话通知").context["form"].non_field_errors()
    settings.EXPORT_MAX_ROWS_IN_CLEAR, settings.LOOKS_PER_HOUR = 3, 2
    ask(city, form_of="clear", reason="电话通知")
    assert AccessRecord.objects.count() == 3
    assert ask(city, "state=confirmed", form_of="clear", reason="再来一次").status_code == 403
    assert Export.objects.count() == 1


def test_nothing_to_export_is_said_and_no_file_is_made(tree, running):
    answer = ask(at_desk(tree["city"]), "union=T-A")
    assert answer.context["form"].non_field_errors()
    assert Export.objects.count() == 0


@pytest.mark.parametrize("query", ["state=x", "q=19900001234", "age=35-44", "venue=9999999999999999999"])
def test_an_address_that_makes_no_sense_exports_nothing_rather_than_everything(tree, running, query):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    answer = ask(at_desk(tree["city"]), query)
    assert (answer.status_code, Export.objects.count()) == (200, 0)


def test_more_rows_than_a_file_may_hold_are_refused_with_advice(tree, running, settings):
    _programme, session, root = running
    for _ in range(3):
        booked(session, tree["unit_a"], root)
    settings.EXPORT_MAX_ROWS = 2
    assert "2" in ask(at_desk(tree["city"])).context["form"].non_field_errors()[0]


def test_another_s_file_does_not_exist_and_neither_does_one_that_is_over(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    ask(city)
    export = Export.objects.get()
    for page in ("one", "progress", "download"):
        address = reverse(f"exports:{page}", args=[export.token])
        assert at_desk(tree["city"]).get(address).status_code == 404
    assert at_desk(tree["city"]).post(reverse("exports:delete", args=[export.token])).status_code == 404
    assert download(city, export).status_code == 200
    Export.objects.update(expires_at=timezone.now())
    assert download(city, export).status_code == 404


def test_who_lost_her_post_fetches_nothing_any_more(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    ask(city)
    StaffAssignment.objects.filter(user=city.user).update(role=Role.COMMUNICATIONS_EDITOR)
    assert download(city).status_code == 403


def test_a_file_is_deleted_in_time_and_by_her_own_hand(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    for query in ("state=confirmed", ""):
        ask(city, query)
    newest, older = Export.objects.order_by("-pk")
    names = [newest.file.name, older.file.name]
    city.post(reverse("exports:delete", args=[newest.token]))
    assert actions.expire_exports(now=clock.now()) == 0
    assert actions.expire_exports(now=clock.now() + timedelta(hours=49)) == 1
    assert [storages["private"].exists(name) for name in names] == [False, False]
    assert set(Export.objects.values_list("state", flat=True)) == {ExportState.DELETED}


def test_a_long_one_is_made_in_the_background_with_its_progress_shown(
    tree, running, later, django_capture_on_commit_callbacks
):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    with django_capture_on_commit_callbacks(execute=True):
        ask(city)
    export = Export.objects.get()
    assert (export.state, later) == (ExportState.QUEUED, [export.pk])
    assert city.get(reverse("exports:progress", args=[export.token])).status_code == 200
    assert download(city, export).status_code == 404
    actions.make_export(export, now=clock.now())
    assert city.get(reverse("exports:progress", args=[export.token])).status_code == 204
    assert download(city, export).status_code == 200


def test_a_second_click_finds_the_first_and_two_at_a_time_are_enough(tree, running, later):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    assert ask(city)["Location"] == ask(city)["Location"]
    ask(city, "state=confirmed")
    refused = ask(city, "union=T-A")
    assert (Export.objects.count(), bool(refused.context["form"].non_field_errors())) == (2, True)


def test_so_many_an_hour_and_no_more(tree, running, settings):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    settings.EXPORTS_PER_HOUR, city = 1, at_desk(tree["city"])
    assert ask(city).status_code == 302
    assert ask(city).context["form"].non_field_errors()


def test_scope_is_that_of_the_moment_the_file_is_made(tree, running, later):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    ask(city)
    StaffAssignment.objects.filter(user=city.user).update(organization=tree["county_b"])
    made = actions.make_export(Export.objects.get(), now=clock.now())
    assert (made.state, bool(made.file)) == (ExportState.EMPTY, False)
    StaffAssignment.objects.filter(user=city.user).delete()
    Export.objects.update(state=ExportState.QUEUED)
    assert actions.make_export(Export.objects.get(), now=clock.now()).state == ExportState.REFUSED


def test_what_a_killed_worker_left_is_taken_up_and_given_up_after_three_times(
    tree, running, later, django_capture_on_commit_callbacks
):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    ask(at_desk(tree["city"]))
    export, hour = Export.objects.get(), timedelta(hours=1)
    assert actions.resume_stale_exports(now=clock.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.resume_stale_exports(now=clock.now() + hour) == 1
    assert later == [export.pk]
    Export.objects.update(attempts=3, heartbeat_at=clock.now() - hour)
    actions.resume_stale_exports(now=clock.now())
    assert Export.objects.get().state == ExportState.FAILED


def test_a_fault_is_recorded_and_leaves_no_half_file(tree, running, later, monkeypatch, caplog):
    _programme, session, root = running
    booked(session, tree["unit_a"], root, phone=PHONE)
    ask(at_desk(tree["city"]))

    def broken(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(actions, "write_workbook", broken)
    made = actions.make_export(Export.objects.get(), now=clock.now())
    assert (made.state, bool(made.file), PHONE in caplog.text) == (ExportState.FAILED, False, False)


def test_the_questions_asked_do_not_grow_with_the_rows(tree, running):
    _programme, session, root = running
    booked(session, tree["unit_a"], root)
    city = at_desk(tree["city"])
    ask(city, "state=confirmed")
    with CaptureQueriesContext(connection) as one:
        ask(city, "state=confirmed&union=T-A")
    for _ in range(29):
        booked(session, tree["unit_a"], root)
    with CaptureQueriesContext(connection) as thirty:
        ask(city, "state=confirmed&union=T-A-1")
    assert len(thirty) == len(one)
    assert sheets(download(city, Export.objects.order_by("-pk").first()))[0]["行数"] == "30"


def test_her_list_of_exports_costs_the_same_at_one_row_and_at_thirty(tree):
    city = at_desk(tree["city"])

    def add():
        Export.objects.create(listing="bookings", owner=city.user, language="en", state="done", created_at=clock.now())

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert city.get(reverse("exports:list")).status_code == 200
        return len(asked)

    add()
    cost()
    alone = cost()
    for _ in range(29):
        add()
    Export.objects.create(listing="bookings", owner=StaffFactory(), language="en", state="done", created_at=clock.now())
    assert cost() == alone
    assert len(city.get(reverse("exports:list")).context["object_list"]) == 30


@pytest.mark.parametrize("code", exports.codes())
def test_every_registered_list_says_what_its_columns_mean(code):
    listing = exports[code]
    assert all(str(column.heading) and str(column.meaning) for column in listing.columns)
    assert listing.may_open is None or (listing.subject and listing.subject_type and listing.protected)
