"""The empty workbook a clerk fills in offline: headings, hints, lists to choose from, text where digits matter."""

from collections.abc import Iterable, Mapping
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


def write_template(stream: BinaryIO, spec: SheetSpec, *, rows: Iterable[Mapping[str, str]] = ()) -> None:
    """Write the template of a sheet in the active language; its version is kept as a document property.

    ``rows`` are lines that are filled in already, texts by column key.
    """
    book = Workbook()
    page = book.active
    page.title = str(spec.title)[:31]
    page.freeze_panes = "A2"
    places = {column.key: place for place, column in enumerate((c for c in spec.columns if c.stored), start=1)}
    for key, place in places.items():
        _prepare(page, place, spec.column(key))
    for number, row in enumerate(rows, start=2):
        for key, text in row.items():
            cell = page.cell(number, places[key], text)
            cell.data_type = "s"  # whatever it begins with, it is no formula
    notes = book.create_sheet(_("How to fill it in"))
    notes.column_dimensions["A"].width = 90
    for line in spec.instructions:
        notes.append([str(line)])
    notes.append([_("Shaded headings must be filled in.")])
    notes.append([_("Template version: %(version)s") % {"version": spec.version}])
    book.custom_doc_props.append(StringProperty(name=VERSION_PROPERTY, value=f"{spec.code}-{spec.version}"))
    book.save(stream)


def _prepare(page, place: int, column: Column) -> None:
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
