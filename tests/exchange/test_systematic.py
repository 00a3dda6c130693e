"""What is wrong with every row is wrong with the file: it is said once, at the top."""

import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.exchange import actions
from services.exchange.models import Job
from services.exchange.rules.systematic import common_faults, is_explained
from services.foundation import clock
from services.foundation.sheets import Fault, sheets
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.exchange.workbooks import workbook
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import identity_number

HEAD = ("工会名称", "姓名", "身份证号", "手机号码", "出生日期")
BORN = date(1990, 1, 1)


def faults(*lines):
    return {n: [Fault(*entry) for entry in line] for n, line in enumerate(lines, start=2) if line}


def test_a_fault_of_nearly_all_rows_is_common_and_one_of_some_rows_is_not():
    nine = faults(*[[("union", "a"), ("phone", "b")]] * 4, *[[("union", "a")]] * 5)
    assert [(c.column, c.code, c.rows) for c in common_faults(nine, rows=10)] == [("union", "a", 9)]
    assert common_faults(nine, rows=11) == []
    assert common_faults(faults(*[[("union", "a")]] * 2), rows=2) == []


def test_a_row_counts_once_however_often_it_has_the_fault():
    twice = faults(*[[("note", "formula"), ("note", "formula")]] * 5)
    assert common_faults(twice, rows=10) == []


def test_different_faults_of_one_column_make_the_column_common():
    mixed = faults(*[[("phone", "short")], [("phone", "shape")]] * 5)
    (common,) = common_faults(mixed, rows=10)
    assert (common.column, common.code, common.rows) == ("phone", "", 10)
    assert is_explained([Fault("phone", "short")], [common])
    assert not is_explained([Fault("phone", "short"), Fault("name", "no_name")], [common])


def test_the_slots_take_what_most_rows_say_and_name_three():
    said = ["甲", "乙", "甲", "丙", "丁"]
    (common,) = common_faults(faults(*[[("union", "a", {"belongs": name})] for name in said]), rows=5)
    assert common.context == {"belongs": "甲、乙、丙 …"}


@pytest.fixture
def tree(db):
    return small_tree()


@pytest.fixture
def officer(tree):
    user = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    return user


def line(n, unit, **more):
    values = {"工会名称": unit, "姓名": "示例乙", "身份证号": identity_number(BORN, n), "手机号码": f"1990000{n:04d}"}
    return tuple((values | more).get(heading) for heading in HEAD)


@pytest.fixture
def checked(tree, officer, django_capture_on_commit_callbacks):
    def go(*rows):
        with django_capture_on_commit_callbacks(execute=True):
            job = actions.upload_sheet(
                spec=sheets["workers"],
                organization=tree["unit_a"],
                by=officer,
                upload=workbook([HEAD, *rows]),
                file_name="名册.xlsx",
                now=clock.now(),
            )
        return Job.objects.unscoped().get(pk=job.pk)

    return go


def page_of(client, officer, job):
    client.force_login(officer)
    shown = client.get(reverse("imports:one", args=[job.token])).content.decode()
    main = shown[shown.index('class="desk-page"') :]
    before, fold, after = main.partition("<details")
    return before, fold + after


def test_the_roster_of_another_unit_is_said_to_be_so_once_and_the_rows_are_folded(client, tree, officer, checked):
    other = tree["unit_b"]
    job = checked(*[line(n, other.name) for n in range(1, 30)], line(30, tree["unit_a"].name))
    open_part, folded = page_of(client, officer, job)
    sentence = f"这份花名册属于{other.name} ({other.code})，您正在为{tree['unit_a'].name}上传"
    assert sentence in re.sub(r"\s+", " ", open_part)
    assert "<tbody>" not in open_part
    assert folded.count("<tr><td>") == 29
    assert open_part.count(other.code) == 1
    with job.result.open("rb") as stream:
        book = load_workbook(stream)
    assert sentence in book.worksheets[0]["B1"].value
    assert other.code in book.worksheets[1]["F2"].value


def test_what_is_wrong_beside_the_common_fault_stays_open(client, tree, officer, checked):
    rows = [line(n, tree["unit_b"].name) for n in range(1, 250)]
    job = checked(*rows, line(250, tree["unit_b"].name, 手机号码="123"))
    open_part, folded = page_of(client, officer, job)
    assert re.findall(r"<tr><td>(\d+)</td>", open_part) == ["251"]
    assert folded.count("<tr><td>") == 200
    assert "251" in re.findall(r"<tr><td>(\d+)</td>", folded)


def test_a_unit_of_a_name_that_several_have_is_named_without_a_code(client, tree, officer, checked):
    twin = (
        tree["unit_b"]
        .get_parent()
        .add_child(code="T-TWIN", name=tree["unit_b"].name, kind=tree["unit_b"].kind, branch=tree["unit_b"].branch)
    )
    open_part, _ = page_of(client, officer, checked(*[line(n, twin.name) for n in range(5)]))
    assert f"属于{twin.name}，" in open_part
    assert Organization.objects.filter(name=twin.name).count() == 2


def test_a_column_that_no_row_can_be_read_in_is_named_with_the_fault(client, tree, officer, checked):
    rows = [line(n, tree["unit_a"].name, 出生日期=f"90.1.{n + 1}") for n in range(6)]
    open_part, folded = page_of(client, officer, checked(*rows))
    assert "6 行中有 6 行的“出生日期”列存在同一问题：年份只有两位" in open_part
    assert folded


def test_a_column_with_something_else_below_its_heading_is_named(client, tree, officer, checked):
    wrong = ["张三", "12", "1", "0900-1234567", "无线", "123"]
    rows = [line(n, tree["unit_a"].name, 手机号码=phone) for n, phone in enumerate(wrong)]
    open_part, _ = page_of(client, officer, checked(*rows))
    assert "6 行中有 6 行的“手机号码”列无法使用" in open_part


def test_two_faulty_rows_are_shown_as_rows(client, tree, officer, checked):
    open_part, folded = page_of(client, officer, checked(*[line(n, tree["unit_b"].name) for n in (1, 2)]))
    assert open_part.count("<tr><td>") == 2
    assert folded == ""
