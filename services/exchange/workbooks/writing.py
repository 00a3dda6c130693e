"""Workbooks for download: an honest first sheet, text that stays text, numbers that stay numbers, no formula."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import rustpy_xlsxwriter
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from services.exchange.errors import NothingToExport

LONGEST_CELL = 32_767
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says. ``filters`` and ``columns`` (heading: meaning) are written line by line."""

    title: str
    scope: str
    data_time: datetime
    filters: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def safe_text(value: str) -> str:
    """Text that a workbook can hold: without control characters, not longer than a cell."""
    return _UNWRITABLE.sub("", value)[:LONGEST_CELL]


def _plain_value(value):
    """Numbers, dates and truth values as they are; everything else as text, so that nothing is computed."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**15 else str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return value
    return safe_text(str(value))


class _Digest:
    """Counts the rows on their way out and takes their digest."""

    def __init__(self, rows: Iterable[Sequence]):
        self.rows = rows
        self.count = 0
        self.total = hashlib.sha256()

    def __iter__(self) -> Iterator[list]:
        for row in self.rows:
            values = [_plain_value(value) for value in row]
            self.total.update(repr(values).encode("utf-8", "surrogatepass"))
            self.count += 1
            yield values


def _first_sheet(about: About, count: int, digest: str) -> list[tuple[str, str]]:
    lines = [
        (_("Content"), about.title),
        (_("Scope"), about.scope),
        (_("Data as of"), f"{about.data_time:%Y-%m-%d %H:%M}"),
        (_("Rows"), str(count)),
    ]
    lines += [(_("Filter: %(name)s") % {"name": name}, str(value)) for name, value in about.filters.items()]
    lines += [(_("Column: %(name)s") % {"name": name}, str(text)) for name, text in about.columns.items()]
    return [*lines, (_("Digest of the rows"), digest)]


def write_workbook(
    stream: BinaryIO, *, headings: Sequence[str], rows: Iterable[Sequence], about: About, engine: str = "rust"
) -> int:
    """Write rows (sequences in the order of ``headings``) to ``stream`` and give their number.

    Identity and phone numbers have to come as text. ``engine`` is ``rust`` (streaming, fast) or ``openpyxl``.
    Raises ``NothingToExport`` when there is no row, ``ValueError`` for headings that aren't unique or a row of
    another length.
    """
    names = [safe_text(str(heading)) for heading in headings]
    if len(set(names)) != len(names) or not all(names):
        raise ValueError("headings must be unique and not empty")
    digested = _Digest(_checked(rows, len(names)))
    writer = {"rust": _write_fast, "openpyxl": _write_plain}[engine]
    writer(stream, names, digested, about)
    return digested.count


def _checked(rows: Iterable[Sequence], width: int) -> Iterator[Sequence]:
    for row in rows:
        if len(row) != width:
            raise ValueError("a row has another number of values than there are headings")
        yield row


def _write_fast(stream: BinaryIO, names: list[str], digested: _Digest, about: About) -> None:
    """rustpy writes sheets in order, and the first one tells the count: rows are kept as tuples until then."""
    kept = list(digested)
    if not kept:
        raise NothingToExport()
    first = _first_sheet(about, digested.count, digested.total.hexdigest())
    about_rows = [{"": label, " ": value} for label, value in first]
    records = (dict(zip(names, values, strict=True)) for values in kept)
    sheets = [(_("About this file"), about_rows), (_("Data"), records)]
    rustpy_xlsxwriter.write_worksheets(
        sheets, stream, datetime_format="yyyy-mm-dd", autofilter={_("Data"): True}, freeze_panes={_("Data"): (1, 0)}
    )


def _write_plain(stream: BinaryIO, names: list[str], digested: _Digest, about: About) -> None:
    # Rows are taken before the book is begun: one left half-written keeps its file open.
    kept = list(digested)
    if not kept:
        raise NothingToExport()
    book = Workbook(write_only=True)
    first, data = book.create_sheet(_("About this file")), book.create_sheet(_("Data"))
    data.freeze_panes = "A2"
    data.append([_text_cell(data, name) for name in names])
    for values in kept:
        data.append([_text_cell(data, v) if isinstance(v, str) else v for v in values])
    for label, value in _first_sheet(about, digested.count, digested.total.hexdigest()):
        first.append([_text_cell(first, label), _text_cell(first, value)])
    book.save(stream)


def _text_cell(page, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    cell.value, cell.data_type = value, "s"
    return cell
