"""Exports: honest about themselves, text stays text, numbers stay numbers, nothing computes; with either engine."""

from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from services.exchange.errors import NothingToExport
from services.exchange.workbooks import About, write_workbook

ABOUT = About("示例", "甲县总工会", datetime(2026, 11, 23, 9, 30), {"状态": "在职"}, {"号码": "身份证号"})
STARTERS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("engine", ["rust", "openpyxl"])
def test_what_is_written_is_what_is_read(engine):
    rows = [["990000199001010028", -5, 2.5, text] for text in STARTERS]
    stream = BytesIO()
    assert (
        write_workbook(stream, headings=["号码", "数", "率", "=文"], rows=iter(rows), about=ABOUT, engine=engine) == 7
    )
    book = load_workbook(stream)
    first, data = book.worksheets
    lines = {row[0]: row[1] for row in first.iter_rows(values_only=True)}
    assert (lines["范围"], lines["行数"], lines["筛选：状态"], lines["列：号码"]) == (
        "甲县总工会",
        "7",
        "在职",
        "身份证号",
    )
    assert len(lines["数据校验码"]) == 64
    cells = list(data.iter_rows(min_row=2))
    assert [row[0].value for row in cells] == ["990000199001010028"] * 7
    assert {row[0].data_type for row in cells} == {row[3].data_type for row in cells} == {"s"}
    assert [row[1].value for row in cells] == [-5] * 7
    assert data["D1"].data_type == "s"


@pytest.mark.parametrize("engine", ["rust", "openpyxl"])
def test_nothing_to_export_is_said_instead_of_an_empty_file(engine):
    with pytest.raises(NothingToExport):
        write_workbook(BytesIO(), headings=["a"], rows=[], about=ABOUT, engine=engine)
