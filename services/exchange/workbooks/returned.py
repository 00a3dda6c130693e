"""Handing a clerk her own workbook back: faulty cells coloured, the reasons beside them, a summary in front.

Her values and formatting stay. What a spreadsheet would compute is turned into text, so that the file does nothing
when it is opened. Only cells that exist are walked: one stray cell in the last corner spans 17 thousand million.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.functional import Promise
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from services.exchange import errors
from services.exchange.workbooks.remarks import in_every_language
from services.exchange.workbooks.writing import safe_text

_RED = PatternFill("solid", fgColor="FFC7CE")
_RED_INK = Font(color="9C0006")
_AMBER = PatternFill("solid", fgColor="FFEB9C")
_AMBER_INK = Font(color="7F6000")
_GIVEN = {_RED.fgColor.rgb, _AMBER.fgColor.rgb}
_HEAD = PatternFill("solid", fgColor="9C0006")
_HEAD_INK = Font(color="FFFFFF", bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")
_LINE = Alignment(wrap_text=True, vertical="top", horizontal="left")
_WIDEST = 60
# What openpyxl raises over parts that our own reader never looks at (SyntaxError: XML that isn't well-formed).
_UNREADABLE = (InvalidFileException, LookupError, ValueError, TypeError, AttributeError, SyntaxError, OverflowError)


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands beside a row: the places (column numbers) of its faulty cells, of those worth a look, and words."""

    row: int
    places: tuple[int, ...]
    reason: str
    noted: tuple[int, ...] = ()


def return_workbook(
    source: BinaryIO,
    target: BinaryIO,
    *,
    sheet: str,
    header_row: int,
    remarks: Sequence[Remark],
    heading: Promise,
    summary_title: Promise,
    summary: Iterable[tuple[str, str | int]],
) -> None:
    """Write the marked copy of ``source`` to ``target``: what an earlier one added goes, in whichever language.

    Raises ``Broken`` for what openpyxl can't reopen.
    """
    try:
        book = load_workbook(source, keep_links=False, keep_vba=False)
        page = book[sheet]
    except _UNREADABLE as error:
        raise errors.Broken() from error
    _defuse(book)
    place = _free_column(page, header_row, in_every_language(heading))
    head = page.cell(header_row, place, str(heading))
    head.fill, head.font, head.alignment = _HEAD, _HEAD_INK, _WRAP
    page.column_dimensions[head.column_letter].width = _WIDEST
    merged = {cell for area in page.merged_cells.ranges for cell in area.cells}
    for remark in remarks:
        refused = not remark.noted or bool(remark.places)
        for fill, numbers in ((_AMBER, remark.noted), (_RED, remark.places)):
            for number in numbers:
                if (remark.row, number + 1) not in merged:
                    page.cell(remark.row, number + 1).fill = copy(fill)
        if (remark.row, place) not in merged:
            cell = page.cell(remark.row, place)
            cell.value, cell.data_type = safe_text(remark.reason), "s"
            ink, fill = (_RED_INK, _RED) if refused else (_AMBER_INK, _AMBER)
            cell.font, cell.fill, cell.alignment = ink, copy(fill), _WRAP
    _summarise(book, summary_title, summary)
    book.save(target)


def _free_column(page, header_row: int, headings: frozenset[str]) -> int:
    """Behind everything she has; or where the last return put the reasons, which go with the colours it gave."""
    place = next((cell.column for cell in page[header_row] if cell.value in headings), None)
    if place is None:
        return min(page.max_column, 255) + 1
    for (row, column), cell in page._cells.items():
        if row <= header_row:
            continue
        if column == place:
            cell.value = None
        if cell.fill.fill_type == _RED.fill_type and cell.fill.fgColor.rgb in _GIVEN:
            cell.fill = PatternFill()
    return place


def _defuse(book) -> None:
    for page in book.worksheets:
        for cell in list(page._cells.values()):
            if cell.data_type == "f":
                cell.value = str(getattr(cell.value, "text", cell.value))
                cell.data_type = "s"
            if cell.hyperlink is not None:
                cell.hyperlink = None
    for name in list(book.defined_names):
        del book.defined_names[name]


def _summarise(book, title: Promise, lines: Iterable[tuple[str, str | int]]) -> None:
    for earlier in in_every_language(title) & set(book.sheetnames):
        del book[earlier]
    page = book.create_sheet(str(title), 0)
    for label, value in lines:
        page.append([label, value])
        for cell in page[page.max_row]:
            if isinstance(cell.value, str):
                cell.value, cell.data_type = safe_text(cell.value), "s"
            cell.alignment = _LINE
        page.cell(page.max_row, 1).font = Font(bold=True)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 80
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False


def list_faulty_rows(
    target: BinaryIO,
    *,
    headings: Sequence[str],
    rows: Iterable[tuple[int, Mapping[int, object]]],
    places: Sequence[int],
    remarks: Mapping[int, Remark],
    row_heading: str,
    heading: str,
    title: str,
) -> None:
    """For a workbook too big to be copied: only its faulty rows, streamed, with their numbers and reasons."""
    book = Workbook(write_only=True)
    page = book.create_sheet(title[:31])
    page.append([*headings, row_heading, heading])
    for number, cells in rows:
        remark = remarks.get(number)
        if remark is None:
            continue
        line = []
        for place in places:
            value = cells.get(place)
            cell = WriteOnlyCell(page, value if isinstance(value, int | float) or hasattr(value, "year") else None)
            if isinstance(value, str):
                cell.value, cell.data_type = safe_text(value), "s"
            if place in (*remark.places, *remark.noted):
                cell.fill = _RED if place in remark.places else _AMBER
            line.append(cell)
        page.append([*line, number, remark.reason])
    book.save(target)
