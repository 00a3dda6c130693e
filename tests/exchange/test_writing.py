"""Exports: honest about themselves, text stays text, numbers stay numbers, nothing computes, whatever reads them."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from services.exchange.errors import NothingToExport
from services.exchange.workbooks import About, write_workbook
from services.exchange.workbooks.streaming import LONGEST_CELL, StreamedBook


def about(columns) -> About:
    return About("示例", "甲县总工会", datetime(2026, 11, 23, 9, 30), columns, {"状态": "在职"})


STARTERS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", '=HYPERLINK("http://x")', "-5", " =1", "＝1"]
TEXT_FORMAT = "@"


def written(rows) -> BytesIO:
    stream = BytesIO()
    write_workbook(stream, rows=iter(rows), about=about({"a": "一列"}))
    return stream


def cells(stream) -> list[list]:
    return [[cell.value for cell in row] for row in load_workbook(stream).worksheets[1].iter_rows(min_row=2)]


def test_what_is_written_is_what_is_read():
    rows = [["990000199001010028", -5, 2.5, text] for text in STARTERS]
    stream = BytesIO()
    columns = {"号码": "身份证号", "数": "人数", "率": "比率", "=文": "文字"}
    told = write_workbook(stream, rows=iter(rows), about=about(columns))
    first, data = load_workbook(stream).worksheets
    lines = {row[0]: row[1] for row in first.iter_rows(values_only=True)}
    assert (lines["范围"], lines["行数"], lines["筛选：状态"], lines["列：号码"]) == (
        "甲县总工会",
        str(len(STARTERS)),
        "在职",
        "身份证号",
    )
    assert "Asia/Shanghai" in lines["时区"]
    assert (told.rows, told.digest) == (len(STARTERS), lines["数据校验码"])
    found = list(data.iter_rows(min_row=2))
    assert [row[0].value for row in found] == ["990000199001010028"] * len(STARTERS)
    assert {row[0].data_type for row in found} == {row[3].data_type for row in found} == {"s"}
    assert [row[3].value.strip() for row in found] == [text.strip() for text in STARTERS]
    assert [(row[1].value, row[1].data_type) for row in found] == [(-5, "n")] * len(STARTERS)
    assert (data["D1"].data_type, data.freeze_panes, data.auto_filter.ref) == ("s", "A2", f"A1:D{len(STARTERS) + 1}")


def test_text_stays_text_when_somebody_edits_the_cell():
    page = load_workbook(written([["990000199001010028"], ["=1+1"], [-3]])).worksheets[1]
    assert [page[f"A{row}"].number_format for row in (2, 3, 4)] == [TEXT_FORMAT, TEXT_FORMAT, "General"]


def test_numbers_that_a_spreadsheet_would_round_or_refuse_become_text():
    rows = [[10**15], [10**15 - 1], [float("nan")], [Decimal("-0.50")], [True], [None], [date(2026, 3, 8)]]
    found = [row[0] for row in cells(written(rows))]
    assert found == ["1000000000000000", 10**15 - 1, "nan", -0.5, True, None, datetime(2026, 3, 8)]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=20))
def test_any_text_comes_back_as_it_went_but_for_what_a_cell_cannot_hold(texts):
    found = [row[0] or "" for row in cells(written([[text] for text in texts]))]
    kept = ["".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff")) for text in texts]
    assert [text.replace("_x005F_x", "_x") for text in found] == kept


def test_a_cell_is_never_longer_than_a_spreadsheet_allows():
    assert [len(row[0]) for row in cells(written([["字" * 40_000]]))] == [LONGEST_CELL]


def test_elements_stand_in_the_order_of_the_schema_and_no_formula_is_among_them():
    with zipfile.ZipFile(written([["=1+1"], ["b"]])) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet2.xml"))  # noqa: S314 - our own
        for name in names:
            ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own
    assert names[0] == "[Content_Types].xml"
    assert [child.tag.rpartition("}")[2] for child in sheet] == ["sheetViews", "cols", "sheetData", "autoFilter"]
    assert not [node for node in sheet.iter() if node.tag.endswith("}f")]


def test_rows_are_not_kept_while_they_are_written():
    alive = []

    class Line(list):
        def __init__(self, value):
            super().__init__([value])
            alive.append(1)

        def __del__(self):
            alive.pop()

    most = 0

    def rows():
        nonlocal most
        for number in range(5_000):
            most = max(most, len(alive))
            yield Line(str(number))

    write_workbook(BytesIO(), rows=rows(), about=about({"a": "一列"}))
    assert most < 10


def test_nothing_to_export_is_said_before_anything_is_written():
    stream = BytesIO()
    with pytest.raises(NothingToExport):
        write_workbook(stream, rows=[], about=about({"a": "一列"}))
    assert stream.getvalue() == b""


@pytest.mark.parametrize(
    ("columns", "rows"),
    [({"a": "一列", "a\x00": "一列"}, [[1, 2]]), ({"": "一列"}, [[1]]), ({"a": ""}, [[1]]), ({"a": "一列"}, [[1, 2]])],
)
def test_a_table_that_is_no_table_or_a_column_nobody_explains_is_refused(columns, rows):
    with pytest.raises(ValueError, match="headings"):
        write_workbook(BytesIO(), rows=rows, about=about(columns))


def test_the_sheets_are_shown_in_their_order_whichever_was_written_first():
    stream = BytesIO()
    book = StreamedBook(stream, sheets=2)
    book.add(2, [["zwei"]])
    book.add(1, [["eins"]])
    book.finish(["O'Neil & 一", "二"])
    pages = load_workbook(stream)
    assert (pages.sheetnames, [page["A1"].value for page in pages]) == (["O'Neil & 一", "二"], ["eins", "zwei"])
