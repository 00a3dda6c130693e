"""Headings are found wherever they stand, in whatever words and order; what isn't a row is left out."""

from datetime import date

import pytest

from services.exchange.rules.headings import Recogniser
from services.exchange.workbooks.reading import column_letters, column_number
from services.exchange.workbooks.table import open_table
from services.foundation.sheets import sheets
from tests.exchange.workbooks import workbook

WORKERS = sheets["workers"]


def places(*lines):
    rows = [(n, {i: text for i, text in enumerate(line) if text}) for n, line in enumerate(lines, start=1)]
    header = Recogniser(WORKERS.columns).find(rows)
    return header and dict(header.places), header


def table(rows, **more):
    return open_table(workbook(rows, **more), WORKERS, max_bytes=10**7)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("身份证号码(18位)", "id_number"),
        ("*身份证号(必填)", "id_number"),
        ("身 份 证\n号 码", "id_number"),
        ("公民身份号码", "id_number"),
        ("身分证号码", "id_number"),
        ("职工姓名", "name"),
        ("3、姓名:", "name"),
        ("手机", "phone"),
        ("本人联系电话", "phone"),
        ("出生年月(如1990-01-01)", "birth_date"),
        ("所在工会名称", "union"),
        ("入会时间【选填】", "joined_on"),
        ("婚姻状态", "marital_status"),
    ],
)
def test_a_heading_is_known_by_many_names(heading, column):
    found, _ = places(("姓名" if column != "name" else "身份证号", heading))
    assert found[column] == 1


@pytest.mark.parametrize("heading", ["配偶身份证号", "紧急联系人电话", "子女姓名", "单位电话", "开户银行", "政治面貌"])
def test_a_heading_about_somebody_else_is_not_hers(heading):
    found, header = places(("姓名", "身份证号", heading))
    assert set(found.values()) == {0, 1}
    assert header.unknown == (heading,)


def test_columns_may_come_in_any_order_and_the_better_name_wins():
    found, header = places(("备注", "联系方式", "身份证号", "手机号码", "姓名"))
    assert found == {"note": 0, "id_number": 2, "phone": 3, "name": 4}
    assert header.unknown == ("联系方式",)


def test_headings_below_titles_and_in_two_lines_are_found():
    found, header = places(
        ("示例市女职工花名册(2026年)",),
        ("填报单位:", "", "联系电话:0900-0000000"),
        ("序号", "姓名", "证件", "", "时间", ""),
        ("", "", "身份证号码", "出生日期", "入职时间", "入会时间"),
        ("1", "示例乙", "990000199001010028"),
    )
    assert found == {"name": 1, "id_number": 2, "birth_date": 3, "hired_on": 4, "joined_on": 5}
    assert (header.row, header.first) == (3, 5)


def test_blank_lines_sums_signatures_remarks_and_repeated_headings_are_no_rows():
    head = ("序号", "姓名", "身份证号", "手机号码")
    read = table(
        [
            head,
            (1, "示例乙", "990000199001010028", "19900000001"),
            (),
            (2, None, None, None),
            head,
            (3, "示例丙", "990000199001010044", "19900000002"),
            ("合计", None, "2人"),
            ("填表人:示例甲", None, "审核:示例丁"),
            ("注:本表一式两份,一份报送上级工会,一份由本单位存档备查。",),
        ]
    )
    assert [row.number for row in read.rows(limit=100)] == [2, 6]
    assert (read.report.skipped, read.report.skipped_rows) == (3, [5, 7, 8])


def test_a_row_without_a_name_is_still_a_row():
    read = table([("姓名", "身份证号"), (None, "990000199001010028")])
    assert [dict(row.cells) for row in read.rows(limit=9)] == [{"id_number": "990000199001010028"}]


def test_a_formula_is_told_from_its_last_result():
    read = table([("姓名", "身份证号"), ('=HYPERLINK("http://x","王芳")', "990000199001010028")])
    (row,) = read.rows(limit=9)
    assert [(f.column, f.code) for f in row.refused] == [("name", "formula")]


def test_values_keep_their_digits_and_dates_their_day():
    def dated(book):
        book.active["C2"].number_format = 'yyyy"年"m"月"d"日"'

    head = ("姓名", "身份证号", "出生日期", "手机号码")
    read = table([head, ("示例乙", 990000197601277000, date(1990, 1, 1), 19904597764)], more=dated)
    (row,) = read.rows(limit=9)
    assert row.cells["birth_date"] == date(1990, 1, 1)
    assert row.cells["phone"] == 19904597764
    assert row.cells["id_number"] == pytest.approx(990000197601277000)


def test_a_vertically_merged_cell_counts_for_every_row_it_spans():
    def merge(book):
        book.active.merge_cells("A2:A3")

    head = ("工会名称", "姓名", "身份证号")
    read = table([head, ("甲工会", "示例乙", "1"), (None, "示例丙", "2"), (None, "示例丁", "3")], more=merge)
    assert [row.cells.get("union") for row in read.rows(limit=9)] == ["甲工会", "甲工会", None]


def test_letters_and_numbers_of_columns_agree():
    assert [column_letters(n) for n in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_number(column_letters(n)) == n for n in range(2000))
