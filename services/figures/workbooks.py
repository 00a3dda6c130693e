"""Workbooks of figures: written row by row, text that stays text, numbers that stay numbers, no formula."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles.numbers import FORMAT_TEXT
from openpyxl.utils import get_column_letter

HIDDEN = "✱"
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence]


def write(stream: BinaryIO, *, about: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> int:
    """The first sheet holds ``about``, the number of rows and their digest; gives the number of rows.

    Values are text, numbers or None (an empty cell: no data).
    """
    book = Workbook(write_only=True)
    first = book.create_sheet(_("About this file"))
    digest, count = hashlib.sha256(), 0
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "B2"
        page.column_dimensions["A"].width = 34
        for place in range(2, len(sheet.headings) + 1):
            page.column_dimensions[get_column_letter(place)].width = 14
        page.append([_text(page, heading) for heading in sheet.headings])
        for row in sheet.rows:
            digest.update(repr(list(row)).encode())
            count += 1
            page.append([_text(page, value) if isinstance(value, str) else value for value in row])
    for label, value in (*about, (_("Rows"), str(count)), (_("Digest of the rows"), digest.hexdigest())):
        first.append([_text(first, label), _text(first, value)])
    first.column_dimensions["A"].width, first.column_dimensions["B"].width = 28, 90
    book.save(stream)
    return count


def _text(page, value: str) -> WriteOnlyCell:
    """A cell that no spreadsheet program computes, not even after somebody has edited it."""
    cell = WriteOnlyCell(page)
    cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST_CELL], "s"
    cell.number_format = FORMAT_TEXT
    return cell
