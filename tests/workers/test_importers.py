"""A roster becomes records: what is refused and why, what is the same, and what an import may never do."""

import csv
import io
import json
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from services.exchange import errors
from services.exchange.actions import import_file
from services.foundation.sheets import Outcome, sheets
from services.organizations.models import Organization
from services.workers.models import Worker
from services.workers.rules.roster import RosterReader
from tests.exchange.workbooks import workbook
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory, identity_number

pytestmark = pytest.mark.django_db
HEAD = ("工会名称", "姓名", "身份证号", "出生日期", "手机号码", "入职时间", "婚姻状况", "备注")
BORN = date(1990, 1, 1)
TODAY = date(2026, 11, 23)
NOW = timezone.make_aware(datetime(2026, 11, 23, 9))


def number(sequence, born=BORN, **more):
    return identity_number(born, sequence, **more)


def line(sequence=1, *, unit="甲县东河镇第1中学工会", name="示例乙", phone="19900000001", **more):
    values = {"工会名称": unit, "姓名": name, "身份证号": number(sequence), "手机号码": phone} | more
    return tuple(values.get(heading) for heading in HEAD)


def run(unit, *rows, head=HEAD, **options):
    return import_file(sheets["workers"], workbook([head, *rows]), organization=unit, today=TODAY, now=NOW, **options)


def codes(done):
    return {row: [(f.column, f.code) for f in faults] for row, faults in done.faults.items()}


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def unions(shared_data):
    with open(shared_data / "unions.xlsx", "rb") as stream:
        import_file(sheets["organizations"], stream, today=TODAY, now=NOW)
    return Organization.objects.get(code="S01-01")


def from_file(path, unit, **options):
    with open(path, "rb") as stream:
        return import_file(sheets["workers"], stream, organization=unit, today=TODAY, now=NOW, **options)


def test_the_clean_roster_is_taken_in_whole_and_a_second_time_changes_nothing(shared_data, unions):
    first = from_file(shared_data / "roster-clean.xlsx", unions)
    assert dict(first.counts) == {Outcome.NEW: 600}
    again = from_file(shared_data / "roster-clean.xlsx", unions)
    assert dict(again.counts) == {Outcome.SAME: 600}
    assert Worker.objects.unscoped().count() == 600


def test_of_the_messy_roster_each_faulty_row_and_only_those_are_refused_for_what_is_wrong(shared_data, unions):
    with open(shared_data / "roster-messy-faults.csv") as listing:
        expected = {int(entry["excel_row"]): entry["fault"] for entry in csv.DictReader(listing)}
    done = from_file(shared_data / "roster-messy.xlsx", unions, only_clean=True)
    assert {row: faults[0].code for row, faults in done.faults.items()} == expected
    assert (done.rows, done.refused) == (1200, 78)
    assert Worker.objects.unscoped().count() == 1122
    assert Worker.objects.unscoped().filter(name__contains="𠮷").count() == 5
    again = from_file(shared_data / "roster-messy.xlsx", unions, only_clean=True)
    assert dict(again.counts) == {Outcome.SAME: 1122, Outcome.REFUSED: 78}


def test_one_refused_row_keeps_all_others_out_unless_the_clean_ones_are_asked_for(tree):
    rows = (line(1), line(2, phone="123"))
    assert run(tree["city"], *rows).refused == 1
    assert Worker.objects.unscoped().count() == 0
    run(tree["city"], *rows, only_clean=True)
    assert Worker.objects.unscoped().count() == 1


def test_a_dry_run_writes_nothing(tree):
    assert dict(run(tree["city"], line(), write=False).counts) == {Outcome.NEW: 1}
    assert Worker.objects.unscoped().count() == 0


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": None}, ("name", "no_name")),
        ({"name": "示例乙1"}, ("name", "name_shape")),
        ({"身份证号": None}, ("id_number", "no_id")),
        ({"身份证号": 9.90000197601277e17}, ("id_number", "float_id")),
        ({"身份证号": "9.90000197601277E+17"}, ("id_number", "float_id")),
        ({"身份证号": 990000830609780}, ("id_number", "fifteen")),
        ({"身份证号": "99000019900101"}, ("id_number", "id_shape")),
        ({"身份证号": "990000199013010020"}, ("id_number", "id_date")),
        ({"身份证号": number(1)[:17] + ("1" if number(1)[17] != "1" else "2")}, ("id_number", "checksum")),
        ({"身份证号": number(1, female=False)}, ("id_number", "male")),
        ({"身份证号": number(1, date(2010, 11, 24))}, ("id_number", "under_16")),
        ({"出生日期": date(1991, 1, 1)}, ("birth_date", "born_mismatch")),
        ({"出生日期": "90.1.1"}, ("birth_date", "date_short")),
        ({"phone": "1990000001"}, ("phone", "short_phone")),
        ({"phone": "0900-1234567"}, ("phone", "short_phone")),
        ({"phone": "19900000001/19900000002"}, ("phone", "phone_shape")),
        ({"入职时间": date(2026, 11, 24)}, ("hired_on", "future_join")),
        ({"入职时间": BORN}, ("hired_on", "before_birth")),
        ({"婚姻状况": "不清楚呢"}, ("marital_status", "marital_word")),
        ({"备注": "=1+1"}, ("note", "formula")),
        ({"备注": "<script>"}, ("note", "markup")),
        ({"unit": "不存在的示例工会"}, ("union", "unknown_union")),
        ({"unit": "乙县第1纺织厂工会"}, ("union", "foreign_union")),
        ({"unit": None}, ("union", "no_union")),
    ],
)
def test_a_fault_is_named_with_its_column(tree, change, fault):
    done = run(tree["county_a"], line(**change), line(7))
    expected = ("phone", "phone_shape") if change.get("phone") == "0900-1234567" else fault
    assert codes(done) == {2: [expected]}
    assert all(sheets["workers"].wordings[code] for _, code in codes(done)[2])


def test_sixteen_today_is_old_enough(tree):
    assert run(tree["city"], line(身份证号=number(1, date(2010, 11, 23)))).refused == 0


def test_every_code_a_reader_can_give_has_words():
    wordings = sheets["workers"].wordings
    reader = RosterReader(today=TODAY, allow_invented=False)
    _, faults = reader.read(2, {"name": "示例乙", "id_number": number(1), "sex": "男", "employment_type": "???a"})
    assert {f.code for f in faults} == {"id_area", "male", "employment_word"}
    assert {f.code for f in faults} <= set(wordings)


def test_harmless_dirt_is_folded_into_one_spelling(tree):
    wide = number(1).translate(str.maketrans("0123456789X", "0123456789x"))
    run(tree["city"], line(name=" 示 例\u3000乙 ", phone="+86 199-0000 0001", 身份证号=f" {wide[:6]} {wide[6:]}"))
    worker = Worker.objects.unscoped().get()
    assert (worker.name, worker.phone, worker.id_number) == ("示例乙", "19900000001", number(1))
    assert (worker.birth_date, worker.id_last4) == (BORN, number(1)[-4:])


def test_the_later_of_two_lines_for_one_person_is_refused_and_the_first_is_named(tree):
    done = run(tree["city"], line(1), line(2), line(1))
    assert codes(done) == {4: [("id_number", "dup_in_file")]}
    assert done.faults[4][0].context == {"first": 2}


def test_an_import_cannot_move_anybody_to_another_unit(tree):
    WorkerFactory(organization=tree["unit_b"], id_number=number(1), birth_date=BORN)
    for unit in ("city", "unit_a"):
        done = run(tree[unit], line(1))
        assert codes(done) == {2: [("id_number", "other_unit")]}
    assert Worker.objects.unscoped().get().organization == tree["unit_b"]


def test_an_empty_cell_and_a_missing_column_erase_nothing(tree):
    kept = WorkerFactory(
        organization=tree["unit_a"], id_number=number(1), birth_date=BORN, phone="19900000009", note="旧", name="示例乙"
    )
    done = run(tree["city"], line(1, phone=None, 备注="新"))
    assert dict(done.counts) == {Outcome.CHANGED: 1}
    fresh = Worker.objects.unscoped().get()
    assert (fresh.pk, fresh.token, fresh.user_id) == (kept.pk, kept.token, kept.user_id)
    assert (fresh.phone, fresh.note, fresh.position, fresh.marital_status) == ("19900000009", "新", "", "married")
    assert fresh.phone_index == kept.phone_index


def test_a_changed_phone_can_be_found_by_its_new_index(tree):
    run(tree["city"], line(1))
    run(tree["city"], line(1, phone="19900000077"))
    worker = Worker.objects.unscoped().get()
    again = Worker(phone="19900000077", id_number=worker.id_number)
    again.fill_derived()
    assert (worker.phone, worker.phone_index, worker.phone_last4) == ("19900000077", again.phone_index, "0077")


def test_without_a_union_column_everybody_belongs_to_the_unit_itself(tree):
    run(tree["unit_a"], ("示例乙", number(1)), head=("姓名", "身份证号"))
    assert Worker.objects.unscoped().get().organization == tree["unit_a"]


def test_a_name_borne_by_two_unions_is_ambiguous_but_its_code_is_not(tree):
    Organization.objects.filter(pk=tree["unit_b"].pk).update(name=tree["unit_a"].name)
    done = run(tree["city"], line(1), line(2, unit="T-A-1-2"), only_clean=True)
    assert codes(done) == {2: [("union", "ambiguous_union")]}
    assert Worker.objects.unscoped().get().organization == tree["unit_b"]


def test_stored_numbers_are_sealed(tree):
    from django.db import connection

    run(tree["city"], line(1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM workers_worker")
        stored = cursor.fetchone()
    assert all(value.startswith("v1:") for value in stored)


def test_a_chunk_costs_the_same_number_of_queries_whatever_its_size(tree, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for amount in (1, 40):
        Worker.objects.unscoped().delete()
        with CaptureQueriesContext(connection) as queries:
            run(tree["city"], *(line(n) for n in range(amount)))
        assert Worker.objects.unscoped().count() == amount
        counted.append(len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]))
    assert counted[0] == pytest.approx(counted[1], abs=39 if connection.vendor == "postgresql" else 0)


def command(*arguments):
    out, status = io.StringIO(), 0
    try:
        call_command("import_sheet", *arguments, stdout=out, stderr=io.StringIO())
    except SystemExit as stop:
        status = stop.code
    return json.loads(out.getvalue()), status


def test_the_command_prints_one_json_object(shared_data, unions):
    answer, status = command(
        "workers", str(shared_data / "roster-messy.xlsx"), "--unit", "S01-01", "--dry-run", "--json"
    )
    assert (answer["rows"], answer["accepted"], len(answer["refused"]), status) == (1200, 1122, 78, 0)
    assert set(answer["refused"][0]) == {"row", "column", "code", "message"}
    assert answer["refused"][0]["column"] == "手机号码"
    assert Worker.objects.unscoped().count() == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["roster-clean.xlsx"], "unit_needed"),
        (["roster-clean.xlsx", "--unit", "nowhere"], "unknown_unit"),
        (["gone.xlsx", "--unit", "T"], "file_gone"),
        (["roster-messy-faults.csv", "--unit", "T"], "not_xlsx"),
        (["unions.xlsx", "--unit", "T"], "missing_columns"),
    ],
)
def test_the_command_says_why_a_file_is_refused_whole(shared_data, tree, arguments, code):
    answer, status = command("workers", str(shared_data / arguments[0]), *arguments[1:])
    assert (answer["error"]["code"], status) == (code, 2)
    assert answer["error"]["message"]


def test_somebody_written_in_the_same_moment_stops_the_import_and_keeps_nothing(tree, monkeypatch):
    from services.workers import importers

    def faster(workers, *, now):
        WorkerFactory(organization=tree["unit_b"], id_number=number(1), birth_date=BORN)
        return add(workers, now=now)

    add = importers.add_workers
    monkeypatch.setattr(importers, "add_workers", faster)
    with pytest.raises(errors.ChangedMeanwhile):
        run(tree["city"], line(1))
    assert Worker.objects.unscoped().count() == 0
