"""More of what clerks send: months for dates, marks for "as above", headings in the middle, words around a number."""

from datetime import date
from io import BytesIO

import pytest
from django.utils.translation import override

from services.exchange import errors
from services.exchange.actions import import_file
from services.exchange.workbooks.template import write_template
from services.foundation.sheets import sheets
from services.workers.models import Worker
from tests.factories.organizations import UnionFactory
from tests.workers.test_sloppy_rosters import (  # noqa: F401 -- fixtures
    BORN,
    IDS,
    NOW,
    PHONES,
    SHORT,
    TODAY,
    codes,
    line,
    take,
    tree,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written", ["1990.01", "1990年1月", 199001, "1990-1", "1990年01月份", 1990.01, "一九九〇年一月"]
)
def test_a_month_of_birth_is_completed_from_the_identity_number(take, written):  # noqa: F811
    done, people = take((*SHORT, "出生年月"), (*line(0), written))
    assert codes(done) == {}
    assert people["王芳"].birth_date == BORN


def test_another_month_than_the_identity_number_s_is_still_a_contradiction(take):  # noqa: F811
    done, people = take((*SHORT, "出生年月"), (*line(0), "1990.02"), (1, "李娜", "12345", PHONES[1], "1990.01"))
    assert codes(done) == {2: [("birth_date", "born_mismatch")], 3: [("id_number", "id_shape")]}
    assert people == {}


@pytest.mark.parametrize("written", ["2018.06", "2018年6月", 201806, "2018/6", 2018.6, "2018年6月入职"])
def test_a_month_stands_for_its_first_day_where_she_was_hired_or_joined(take, written):  # noqa: F811
    done, people = take((*SHORT, "入职年月"), (*line(0), written))
    assert codes(done) == {}
    assert people["王芳"].hired_on == date(2018, 6, 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (2018.1, "date_incomplete"),  # January, or October without its nought
        ("2018", "date_incomplete"),
        (2018, "date_incomplete"),
        ("2018.13", "date_impossible"),
        ("2018年", "date_incomplete"),
    ],
)
def test_what_names_no_one_month_is_not_guessed(take, written, code):  # noqa: F811
    done, _ = take((*SHORT, "入职年月"), (*line(0), written))
    assert codes(done) == {2: [("hired_on", code)]}


@pytest.mark.parametrize("mark", ["同上", "〃", "″", '"', "同上。", " 同 上 "])
def test_as_above_takes_over_union_and_post_but_nobody_s_number(take, mark):  # noqa: F811
    head = ("单位名称", *SHORT[1:], "岗位")
    first = ("甲县东河镇第1中学工会", *line(0)[1:], "教师")
    done, people = take(head, first, (mark, *line(1)[1:], mark), (mark, *line(2)[1:], None))
    assert codes(done) == {}
    assert [people[name].organization.code for name in ("王芳", "李娜", "张丽")] == ["T-A-1-1"] * 3
    assert [people[name].position for name in ("王芳", "李娜", "张丽")] == ["教师", "教师", ""]
    done, _ = take(head, first, ("同上", "杨艳", "同上", "同上", "教师"))
    assert codes(done) == {3: [("id_number", "id_shape"), ("phone", "phone_shape")]}


@pytest.mark.parametrize(
    "again",
    [
        (*SHORT, "入会时间", "入职时间"),
        ("序号", "身份证号", "姓名", "手机号码", "入职时间", "入会时间"),
    ],
)
def test_headings_further_down_in_another_order_stop_the_file_before_anything_is_misread(take, again):  # noqa: F811
    dates = ("2018-01-01", "2019-01-01")
    with pytest.raises(errors.OtherOrder) as refused:
        take((*SHORT, "入职时间", "入会时间"), (*line(0), *dates), ("二、退休返聘人员",), again, (*line(1), *dates))
    assert "第 4 行" in refused.value.message(staff=True)
    assert not Worker.objects.unscoped().exists()


def test_pages_with_title_headings_and_page_number_printed_again(take):  # noqa: F811
    title = ("甲县东河镇第1中学工会女职工花名册",)
    done, people = take(title, SHORT, line(0), ("第1页，共2页",), title, SHORT, line(1), (None, "第 2 页 共 2 页"))
    assert codes(done) == {}
    assert set(people) == {"王芳", "李娜"}
    assert done.report.skipped_rows == [6, 8]


@pytest.mark.parametrize(
    "written", [f"{PHONES[0]}（本人）", f"手机{PHONES[0]}", f"{PHONES[0]}微信同号", f"电话：{PHONES[0]}"]
)
def test_one_mobile_number_with_words_around_it(take, written):  # noqa: F811
    done, people = take(SHORT, (1, "王芳", IDS[0], written))
    assert codes(done) == {}
    assert people["王芳"].phone == PHONES[0]


@pytest.mark.parametrize("written", [f"{PHONES[0]}/{PHONES[1]}", f"{PHONES[0]}转801", "0990-1234567", "19900000x01"])
def test_two_numbers_a_landline_or_a_slip_are_asked_about(take, written):  # noqa: F811
    done, _ = take(SHORT, (1, "王芳", IDS[0], written))
    assert [column for column, _code in codes(done)[2]] == ["phone"]


def test_line_ends_as_the_file_format_writes_them_and_the_heading_before_the_number(take):  # noqa: F811
    done, people = take(SHORT, (1, "王芳_x000D_", f"身份证：{IDS[0]}_x000D_\n", f"\t{PHONES[0]}"))
    assert codes(done) == {}
    assert (people["王芳"].id_number, people["王芳"].phone) == (IDS[0], PHONES[0])


def test_her_sex_behind_her_name_is_not_made_a_part_of_it(take):  # noqa: F811
    done, _ = take(SHORT, (1, "陈静 女", IDS[0], PHONES[0]), (2, "王芳（女）", IDS[1], PHONES[1]))
    assert codes(done) == {2: [("name", "name_shape")], 3: [("name", "name_shape")]}


@pytest.mark.parametrize(
    ("word", "kept"), [("是", "married"), ("否", "single"), ("未", "single"), ("已婚已育", "married")]
)
def test_married_or_not_as_the_heading_asks(take, word, kept):  # noqa: F811
    done, people = take((*SHORT, "婚否"), (*line(0), word))
    assert codes(done) == {}
    assert people["王芳"].marital_status == kept


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_template_is_known_whatever_language_is_spoken_when_it_comes_back(language):
    unit, book = UnionFactory(), BytesIO()
    with override(language):
        write_template(book, sheets["workers"])
    book.seek(0)
    with override("zh-hans" if language == "en" else "en"), pytest.raises(errors.NoRows):
        import_file(sheets["workers"], book, organization=unit, today=TODAY, now=NOW)
