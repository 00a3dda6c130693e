"""The sheet XML of a workbook, written row by row straight into the zip: memory doesn't grow with the rows.

Shared strings are left out (cells carry their text inline), so nothing has to be kept until the end; parts of a zip
stand in any order, so the sheet that is shown first can be written last, when the rows are counted.
"""

import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

LONGEST_CELL = 32_767
# A spreadsheet keeps fifteen digits of a number.
_LARGEST_EXACT = 10**15
_ROWS_AT_ONCE = 256
# Level 2 of zlib takes a third of the time of level 6; the file grows by a quarter.
_LEVEL = 2
HIDDEN = ' hidden="1"'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What can't stand in a cell as it is: markup, control characters, blanks at an end, what reads as an escape.
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|^ | $|_x[0-9A-Fa-f]{4}_")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# Formats of cells by their place in the style sheet. Text is formatted as text, so that it stays text when somebody
# edits the cell: neither a long number nor a leading "=" is taken for something else.
_TEXT, _DATE, _MOMENT, _HEADING = 1, 2, 3, 4
_FONT = '<sz val="11"/><name val="Calibri"/>'
_PLAIN = 'fontId="0" fillId="0" borderId="0"'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {_PLAIN}/></cellStyleXfs>'
    f'<cellXfs count="5"><xf numFmtId="0" {_PLAIN} xfId="0"/>'
    f'<xf numFmtId="49" {_PLAIN} xfId="0" applyNumberFormat="1"/>'
    f'<xf numFmtId="164" {_PLAIN} xfId="0" applyNumberFormat="1"/>'
    f'<xf numFmtId="165" {_PLAIN} xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def safe_text(value: str) -> str:
    """Text that a workbook can hold: without control characters, not longer than a cell."""
    return _UNWRITABLE.sub("", value)[:LONGEST_CELL]


def _markup(text: str) -> tuple[str, str]:
    """The text as XML, and the attribute that keeps its blanks."""
    text = _ESCAPE.sub("_x005F_", safe_text(text))
    return escape(text, {"\r": "&#13;"}), ' xml:space="preserve"'


def _text_cell(place: str, text: str, style: int) -> str:
    space = ""
    if len(text) > LONGEST_CELL or _SPECIAL.search(text):
        text, space = _markup(text)
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _other_cell(place: str, value) -> str:
    """Numbers, dates and truth values as what they are; whatever else comes becomes text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int) and abs(value) < _LARGEST_EXACT:
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, float | Decimal) and math.isfinite(value):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, datetime):
        return f'<c r="{place}" s="{_MOMENT}"><v>{to_excel(value.replace(tzinfo=None))}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{_DATE}"><v>{to_excel(value)}</v></c>'
    return _text_cell(place, str(value), _TEXT)


class StreamedBook:
    """``begin`` it on a stream, ``add`` sheets in any order, ``finish`` with the order in which they are shown."""

    def __init__(self, stream: BinaryIO, *, sheets: int):
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._filters: dict[int, str] = {}
        self._part("[Content_Types].xml", _content_types(sheets))
        self._part("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._part("xl/styles.xml", _STYLES)

    def _part(self, path: str, text: str) -> None:
        self._zip.writestr(path, text)

    def add(
        self, number: int, rows: Iterable[Sequence], *, headings: Sequence[str] = (), widths: Sequence[int] = ()
    ) -> int:
        """Write sheet ``number`` (as it will be shown, from 1) and give its rows without the headings.

        With ``headings`` the first row stays in sight and can be filtered by. A column of width 0 is hidden.
        """
        with self._zip.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
            part.write(_sheet_head(frozen=bool(headings), widths=widths).encode())
            first = 1 + bool(headings)
            if headings:
                cells = (_text_cell(f"{get_column_letter(i)}1", h, _HEADING) for i, h in enumerate(headings, 1))
                part.write(f'<row r="1">{"".join(cells)}</row>'.encode())
            last = _write_rows(part, rows, first)
            part.write(b"</sheetData>")
            if headings:
                self._filters[number] = f"A1:{get_column_letter(len(headings))}{last}"
                part.write(f'<autoFilter ref="{self._filters[number]}"/>'.encode())
            part.write(b"</worksheet>")
        return last + 1 - first

    def finish(self, titles: Sequence[str]) -> None:
        """Name the sheets, the first one first, and close the file."""
        self._part("xl/workbook.xml", _workbook(titles, self._filters))
        sheets = [("worksheet", f"worksheets/sheet{number}.xml") for number, _title in enumerate(titles, 1)]
        self._part("xl/_rels/workbook.xml.rels", _relations([*sheets, ("styles", "styles.xml")]))
        self._zip.close()


def _write_rows(part, rows: Iterable[Sequence], first: int) -> int:
    """Write the rows from line ``first`` on; gives the last line."""
    number, letters, waiting = first - 1, [], []
    special = _SPECIAL.search
    for number, row in enumerate(rows, first):
        while len(letters) < len(row):
            letters.append(get_column_letter(len(letters) + 1))
        waiting.append(f'<row r="{number}">')
        for letter, value in zip(letters, row):  # noqa: B905 - a row may be shorter than the longest so far
            # The common case stands here whole: a call for each of a million cells would cost as much as all the rest.
            if type(value) is str and len(value) <= LONGEST_CELL and not special(value):
                waiting.append(f'<c r="{letter}{number}" s="1" t="inlineStr"><is><t>{value}</t></is></c>')
            elif isinstance(value, str):
                waiting.append(_text_cell(f"{letter}{number}", value, _TEXT))
            else:
                waiting.append(_other_cell(f"{letter}{number}", value))
        waiting.append("</row>")
        if not number % _ROWS_AT_ONCE:
            part.write("".join(waiting).encode())
            waiting.clear()
    part.write("".join(waiting).encode())
    return number


def _sheet_head(*, frozen: bool, widths: Sequence[int]) -> str:
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if frozen else ""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"{"" if width else HIDDEN}/>'
        for n, width in enumerate(widths, 1)
    )
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"{f'<cols>{columns}</cols>' if columns else ''}<sheetData>"
    )


def _content_types(sheets: int) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    lines = "".join(f'<Override PartName="{path}" ContentType="{_SHEET_TYPE}.{kind}+xml"/>' for path, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _workbook(titles: Sequence[str], filters: dict[int, str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(safe_text(title)[:31])} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(titles, 1)
    )
    names = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number - 1}" hidden="1">'
        f"{escape(_absolute(titles[number - 1], area))}</definedName>"
        for number, area in filters.items()
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets>{f'<definedNames>{names}</definedNames>' if names else ''}</workbook>"
    )


def _absolute(title: str, area: str) -> str:
    quoted = title.replace("'", "''")
    return f"'{quoted}'!" + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area)
