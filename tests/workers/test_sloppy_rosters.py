"""Rosters as clerks really keep them: what a colleague would read without asking is read, and what isn't is told."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl.styles import Alignment

from services.exchange import errors
from services.exchange.actions import import_file
from services.foundation.sheets import sheets
from services.workers.models import Worker
from tests.exchange.workbooks import workbook
from tests.factories.organizations import small_tree
from tests.factories.workers import identity_number

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = timezone.make_aware(datetime(2026, 11, 23, 9))
BORN = date(1990, 1, 1)
IDS = [identity_number(BORN, n) for n in range(12)]
PHONES = [f"1990000{n:04d}" for n in range(12)]
SHORT = ("序号", "姓名", "身份证号", "手机号码")
NAMES = ["王芳", "李娜", "张丽", "刘敏", "陈静", "杨艳"]


def line(n):
    return (n + 1, NAMES[n], IDS[n], PHONES[n])


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def take(tree):
    """Import rows for a grassroots unit; gives the account and the records by name."""

    def go(*rows, unit="unit_a", more=None, title="花名册"):
        book = workbook(rows, more=more, title=title)
        done = import_file(sheets["workers"], book, organization=tree[unit], today=TODAY, now=NOW, only_clean=True)
        return done, {worker.name: worker for worker in Worker.objects.unscoped()}

    return go


def codes(done):
    return {row: [(f.column, f.code) for f in faults] for row, faults in done.faults.items()}


def test_two_lines_of_headings_under_a_merged_title(take):
    def merge(book):
        page = book.active
        for area in ("A1:F1", "A2:A3", "B2:C2", "D2:F2"):
            page.merge_cells(area)

    done, people = take(
        ("示例市第一中学工会女职工情况登记表",),
        ("序号", "基本情况", None, "联系与入会", None, None),
        (None, "姓名", "身份证号码", "手机", "入会时间", "婚姻状况"),
        (1, "王芳", IDS[0], PHONES[0], "2019.3.8", "已婚"),
        more=merge,
    )
    assert codes(done) == {}
    assert (people["王芳"].joined_on, people["王芳"].marital_status) == (date(2019, 3, 8), "married")


def test_headings_with_line_breaks_stars_and_hints_in_brackets(take):
    head = (
        "序\n号",
        "*姓名\n(必填)",
        "*身份证号\n（18位，必填）",
        "＊手机号码\r\n（必填）",
        "★出生年月\n例:1990-01-01",
    )
    done, people = take(head, (1, "王芳", IDS[0], PHONES[0], "1990/1/1"))
    assert codes(done) == {}
    assert people["王芳"].birth_date == BORN


@pytest.mark.parametrize("word", ["女", "女性", " 女 ", "F", "f", "女士", "2", 2, "2-女", "女职工"])
def test_the_many_ways_to_write_that_she_is_a_woman(take, word):
    done, people = take((*SHORT, "性别"), (*line(0), word))
    assert codes(done) == {}
    assert "王芳" in people


@pytest.mark.parametrize("word", ["男", "M", "1-男"])
def test_men_on_the_list_are_named(take, word):
    done, people = take((*SHORT, "性别"), (*line(0), word), (*line(1), "女"))
    assert codes(done) == {2: [("sex", "male")]}
    assert set(people) == {"李娜"}


def test_a_sex_that_could_mean_either_is_asked_about(take):
    done, _ = take((*SHORT, "性别"), (*line(0), "1"))
    assert codes(done) == {2: [("sex", "sex_word")]}


@pytest.mark.parametrize("written", ["43277", 43277, "43277.0", "'2018-06-26", "2018年6月26日 ", "２０１８.０６.２６"])
def test_dates_as_serials_in_text_and_behind_apostrophes(take, written):
    done, people = take((*SHORT, "入职时间"), (*line(0), written))
    assert codes(done) == {}
    assert people["王芳"].hired_on == date(2018, 6, 26)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("王\u3000芳", "王芳"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("古丽 . 艾山", "古丽·艾山"),
        ("'王芳", "王芳"),
        ("‘王芳", "王芳"),
        ("王芳\n", "王芳"),
    ],
)
def test_names_with_dots_wide_spaces_and_apostrophes(take, written, name):
    done, people = take(SHORT, (1, written, IDS[0], PHONES[0]))
    assert codes(done) == {}
    assert set(people) == {name}


@pytest.mark.parametrize(
    "written", ["'19900000003", "1.9900000003E+10", "1.9900000003e10", "+86 199 0000 0003", "１９９０００００００３"]
)
def test_mobile_numbers_as_spreadsheets_leave_them(take, written):
    done, people = take(SHORT, (1, "王芳", IDS[0], written))
    assert codes(done) == {}
    assert people["王芳"].phone == "19900000003"


def test_a_mobile_number_that_lost_digits_to_scientific_notation_is_not_guessed(take):
    done, people = take(SHORT, (1, "王芳", IDS[0], "1.99E+10"))
    assert codes(done) == {2: [("phone", "float_phone")]}
    assert people == {}


def test_identity_numbers_with_a_small_or_wide_last_letter_and_apostrophes(take):
    ends = {i[-1]: i for i in (identity_number(BORN, n) for n in range(60))}
    number = ends["X"]
    for written in (number.lower(), number[:17] + "ｘ", number[:17] + "Ｘ", "'" + number, f"\u200b{number} "):
        done, people = take(SHORT, (1, "王芳", written, PHONES[0]))
        assert codes(done) == {}
    assert people["王芳"].id_number == number


def test_departments_with_captions_and_subtotals(take):
    done, people = take(
        ("部门", "姓名", "身份证号", "手机号码", "岗位"),
        ("一、教务处",),
        ("教务处", *line(0)[1:], "教师"),
        ("教务处", *line(1)[1:], "教师"),
        ("教务处小计", "2人"),
        ("二、总务处",),
        ("总务处", *line(2)[1:], "会计"),
        ("总务处 小计：", None, None, "1人"),
        ("合 计", "3人"),
        ("备注：以上人员均为在职女职工。",),
        ("单位负责人（签字）：", None, "填表人：", None, "2026年3月8日"),
    )
    assert codes(done) == {}
    assert set(people) == {"王芳", "李娜", "张丽"}


def test_a_caption_in_the_column_of_the_union_is_no_row_and_is_told(take):
    head = ("单位名称", "姓名", "身份证号", "手机号码")
    done, people = take(head, ("退休返聘人员",), (None, *line(0)[1:]))
    assert codes(done) == {}
    assert set(people) == {"王芳"}
    assert done.report.skipped_rows == [2]


def test_a_woman_without_a_number_is_still_asked_about(take):
    done, _ = take(SHORT, (1, "王芳", None, None))
    assert codes(done) == {2: [("id_number", "no_id")]}


@pytest.mark.parametrize("mark", ["示例", "例", "(示例)", "样例", "填写示例"])
def test_the_example_line_of_a_template_is_left_out_and_told(take, mark):
    example = (mark, "张三", "110101199003071234", "13800000000")
    done, people = take(SHORT, example, line(0), title="Sheet1 (2)")
    assert codes(done) == {}
    assert set(people) == {"王芳"}
    assert done.report.skipped_rows == [2]


def test_frozen_panes_filters_and_hidden_lines_change_nothing_but_are_told(take):
    def dress(book):
        page = book.active
        page.freeze_panes = "C2"
        page.auto_filter.ref = "A1:D4"
        page.row_dimensions[3].hidden = True
        page.column_dimensions["D"].hidden = True
        page["B2"].alignment = Alignment(wrap_text=True)

    done, people = take(SHORT, line(0), line(1), line(2), more=dress)
    assert codes(done) == {}
    assert {worker.phone for worker in people.values()} == set(PHONES[:3])
    assert (done.report.hidden_rows, done.report.hidden_columns) == (1, ["D"])


def test_a_hidden_line_that_holds_nothing_is_not_told(take):
    def hide(book):
        book.active.row_dimensions[3].hidden = True
        book.active.row_dimensions[9].hidden = True

    done, _ = take(SHORT, line(0), (), line(1), more=hide)
    assert done.report.hidden_rows == 0


def test_a_list_in_two_halves_side_by_side_is_refused_rather_than_read_by_half(take):
    with pytest.raises(errors.SideBySide) as refused:
        take((*SHORT, *SHORT), (*line(0), *line(1)), (*line(2), *line(3)))
    assert Worker.objects.unscoped().count() == 0
    assert "姓名" in refused.value.message(staff=True)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("序号,姓名,身份证号\n1,王芳,990000199001010028\n".encode("gbk"), errors.NotAWorkbook),
        ("\ufeff序号\t姓名\t身份证号\n".encode("utf-16"), errors.NotAWorkbook),
        (b"<html><table><tr><td>1</td></tr></table></html>", errors.NotAWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), errors.OldFormat),
    ],
)
def test_another_format_under_the_right_name_is_told_what_to_do(tree, content, refusal):
    with pytest.raises(refusal) as refused:
        import_file(sheets["workers"], BytesIO(content), organization=tree["unit_a"], today=TODAY, now=NOW)
    assert "另存为" in refused.value.message(staff=True)
