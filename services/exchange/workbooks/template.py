"""The empty workbook a clerk fills in offline: headings, hints, lists to choose from, text where digits matter."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from services.exchange.workbooks.table import VERSION_PROPERTY
from services.foundation.sheets import Column, SheetSpec

PREPARED_ROWS = 1_000
_FORMATS = {"date": "yyyy-mm-dd", "number": "0"}
_REQUIRED = PatternFill("solid", fgColor="F4D6CC")


def write_template(
    stream: BinaryIO, spec: SheetSpec, *, rows: Iterable[Mapping[str, str]] = (), units: Sequence[str] = ()
) -> None:
    """Write the template of a sheet in the active language; its version is kept as a document property.

    ``rows`` are lines that are filled in already, texts by column key. ``units`` are the names that a column of units
    offers; of a single one the notes say that the column may stay empty. Nothing is locked: cells pasted into a
    protected sheet become locked themselves, and rosters are pasted.
    """
    book = Workbook()
    page = book.active
    page.title = str(spec.title)[:31]
    page.freeze_panes = "A2"
    offered = (column for column in spec.columns if column.stored and not column.returning)
    places = {column.key: place for place, column in enumerate(offered, start=1)}
    if len(units) > 1:
        _list_units(book, units)
    for key, place in places.items():
        _prepare(page, place, spec.column(key), len(units))
    for number, row in enumerate(rows, start=2):
        for key, text in row.items():
            cell = page.cell(number, places[key], text)
            cell.data_type = "s"  # whatever it begins with, it is no formula
    notes = book.create_sheet(_("How to fill it in"))
    notes.column_dimensions["A"].width = 90
    for line in spec.instructions:
        notes.append([str(line)])
    if len(units) == 1:
        notes.append([_("Made for %(unit)s: the column of the union can stay empty.") % {"unit": units[0]}])
        notes.cell(notes.max_row, 1).data_type = "s"
    notes.append([_("Shaded headings must be filled in.")])
    notes.append([_("Template version: %(version)s") % {"version": spec.version}])
    book.custom_doc_props.append(StringProperty(name=VERSION_PROPERTY, value=f"{spec.code}-{spec.version}"))
    book.save(stream)


def _list_units(book: Workbook, units: Sequence[str]) -> None:
    page = book.create_sheet(_units_title())
    page.column_dimensions["A"].width = 40
    for number, name in enumerate(units, start=1):
        page.cell(number, 1, name).data_type = "s"


def _units_title() -> str:
    return _("Unions to choose from")


def _prepare(page, place: int, column: Column, units: int) -> None:
    head = page.cell(1, place, str(column.label))
    head.font = Font(bold=True)
    if column.required:
        head.fill = _REQUIRED
    if column.hint:
        head.comment = Comment(str(column.hint), "Mumian")
    letter = head.column_letter
    page.column_dimensions[letter].width = column.width
    cells = f"{letter}2:{letter}{PREPARED_ROWS + 1}"
    form = _FORMATS.get(column.kind, "@")
    for row in range(2, PREPARED_ROWS + 2):
        page.cell(row, place).number_format = form
    if column.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    elif column.names_unit and units > 1:
        rule = DataValidation(type="list", formula1=f"'{_units_title()}'!$A$1:$A${units}", allow_blank=True)
    elif column.kind == "date":
        rule = DataValidation(type="date", operator="greaterThan", formula1=str(_serial(date(1900, 1, 1))))
        rule.allow_blank = True
    else:
        return
    rule.error = str(column.hint) or None
    page.add_data_validation(rule)
    rule.add(cells)


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days
