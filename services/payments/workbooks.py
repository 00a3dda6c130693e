"""The bank's workbooks: written by a layout, read back by it. Cells and zip are the exchange app's."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from django.conf import settings

from services.exchange.errors import MissingColumns, NoHeader
from services.exchange.workbooks.streaming import StreamedBook
from services.exchange.workbooks.table import Table, open_table
from services.foundation.sheets import Column, Row, SheetSpec
from services.foundation.spelling import plain
from services.payments import errors
from services.payments.enums import LayoutField
from services.payments.models import Account, BatchLine
from services.payments.rules.digest import Line, Sums, sums_of
from services.payments.rules.money import read_sum
from services.payments.rules.results import ResultRow

_WIDTHS = {LayoutField.SEQUENCE: 8, LayoutField.AMOUNT: 14, LayoutField.REFERENCE: 24, LayoutField.NUMBER: 24}
_LONGEST = 120


def _cell(field: str, place: int, line: BatchLine):
    account = line.account
    if field == LayoutField.SEQUENCE:
        return place
    if field == LayoutField.AMOUNT:
        return line.amount
    if field == LayoutField.REFERENCE:
        return line.reference
    if field == LayoutField.PURPOSE:
        return line.payable.title
    return getattr(account, field)


def write_bank_file(stream: BinaryIO, lines: Iterable[BatchLine], layout: Mapping) -> int:
    """Write the lines in their order, one a row, below the layout's headings; gives their number.

    Text stays text, numbers of accounts too, whatever they begin with; amounts are numbers. Lines come with their
    account and payable.
    """
    fields = [column["field"] for column in layout["columns"]]
    rows = ([_cell(field, place, line) for field in fields] for place, line in enumerate(lines, 1))
    book = StreamedBook(stream, sheets=1)
    headings = [column["heading"] for column in layout["columns"]]
    count = book.add(1, rows, headings=headings, widths=[_WIDTHS.get(field, 18) for field in fields])
    book.finish([layout["sheet"]])
    return count


def _spec(code: str, title: str, names: Mapping[str, tuple[str, bool]]) -> SheetSpec:
    columns = tuple(Column(key, heading, required=needed) for key, (heading, needed) in names.items())
    return SheetSpec(code=code, title=title, columns=columns, importer=None, wordings={}, roles=frozenset())


def _open(stream: BinaryIO, spec: SheetSpec) -> Table:
    """The table whose headings are the layout's very words: with money a heading that is merely alike won't do."""
    try:
        table = open_table(stream, spec, max_bytes=settings.IMPORT_MAX_BYTES)
    except (NoHeader, MissingColumns):
        wanted = "、".join(str(column.label) for column in spec.columns if column.required)
        raise errors.OtherLayout(headings=wanted) from None
    header = table.header
    alike = [
        str(column.label)
        for column in spec.columns
        if column.required and plain(header.texts.get(header.places[column.key], "")) != plain(column.label)
    ]
    if alike:
        raise errors.OtherLayout(headings="、".join(alike))
    standing = Counter(plain(text) for text in (*header.texts.values(), *header.unknown))
    if twice := [str(column.label) for column in spec.columns if standing[plain(column.label)] > 1]:
        raise errors.HeadingTwice(headings="、".join(twice))
    return table


def sums_in_file(stream: BinaryIO, layout: Mapping) -> Sums:
    """Count, total and digest of a bank file of ours as they are read from its cells.

    Raises what the exchange app's reader raises, and ``FileDiffers`` for a cell that isn't what a line has there.
    """
    needed = (LayoutField.REFERENCE, LayoutField.AMOUNT, LayoutField.NUMBER)
    headings = {column["field"]: column["heading"] for column in layout["columns"]}
    table = _open(stream, _spec("bank-file", layout["sheet"], {str(f): (headings[f], True) for f in needed}))
    return sums_of(_lines_in(table))


def _lines_in(table: Table) -> Iterator[Line]:
    for row in table.rows(limit=settings.IMPORT_MAX_ROWS):
        amount, number = read_sum(row.cells.get(LayoutField.AMOUNT)), row.cells.get(LayoutField.NUMBER)
        if row.refused or amount is None or not isinstance(number, str):
            raise errors.FileDiffers()
        yield Line(str(row.cells.get(LayoutField.REFERENCE, "")), amount, Account.index_of(number))


def read_result_rows(stream: BinaryIO, results: Mapping) -> list[ResultRow]:
    """The rows of a file that the bank sent back. Raises the exchange app's ``WorkbookRefused`` and ``OtherLayout``."""
    names = {"reference": (results["reference"], True), "amount": (results["amount"], True)}
    names["outcome"] = (results["outcome"], True)
    if results.get("reason"):
        names["reason"] = (results["reason"], False)
    table = _open(stream, _spec("bank-result", "", names))
    return [_result_row(row) for row in table.rows(limit=settings.IMPORT_MAX_ROWS)]


def _result_row(row: Row) -> ResultRow:
    cells = row.cells
    return ResultRow(
        number=row.number,
        reference=_text(cells.get("reference")),
        amount=read_sum(cells.get("amount")),
        outcome=_text(cells.get("outcome")),
        reason=_text(cells.get("reason")),
        formula=bool(row.refused),
    )


def _text(cell) -> str:
    return "" if cell is None else plain(cell)[:_LONGEST].strip()
