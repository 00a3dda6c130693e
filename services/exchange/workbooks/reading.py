"""The rows of one sheet, streamed: raw values, exact digits, and where formulas and errors stand.

Why not a spreadsheet library: openpyxl takes five times as long, others lay the whole grid out in memory
(one stray cell in the last corner is enough to exhaust it) and show a formula only as its last result.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from services.exchange import errors
from services.exchange.workbooks.markup import Parser, unescaped
from services.exchange.workbooks.parts import Parts, SheetPart
from services.foundation.sheets import Percent

MAX_COLUMNS = 256
MAX_MERGES = 50_000
_LAST_SERIAL = 2_958_465
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes its value (or shows an error): it says nothing one could rely on."""

    error: bool = False


FORMULA = Formula()
ERROR = Formula(error=True)


@dataclass(slots=True)
class Merge:
    """A vertical merge: the value of ``top`` shows in every row down to ``bottom``."""

    column: int
    top: int
    bottom: int


@dataclass(slots=True)
class SheetNotes:
    """What was noticed beside the values."""

    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: int = 0
    bytes_read: int = 0


def column_number(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Sheet(Parser):
    """Collects finished rows as (number, {column: value}) in ``rows``."""

    def __init__(self, parts: Parts, notes: SheetNotes):
        super().__init__()
        self.parts, self.notes = parts, notes
        self.rows: list[tuple[int, dict[int, object]]] = []
        self.number = 0
        self.row: dict[int, object] = {}
        self.cell: dict = {}
        self.column = -1
        self.formula = self.phonetic = self.hidden = False
        self.text = ""
        self.columns: dict[str, int] = {}
        self.days: dict[str, date] = {}

    def start(self, name, attributes):
        if name == "c":
            self.cell = attributes
            self.text = ""
            self.formula = False
            self._place(attributes.get("r"))
        elif name == "v" or (name == "t" and not self.phonetic):
            self.listen()
        elif name == "row":
            self._start_row(attributes)
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.phonetic = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self.notes.hidden_columns.extend(range(first - 1, min(last, MAX_COLUMNS)))

    def end(self, name):
        if name == "v" or (name == "t" and not self.phonetic):
            self.text += self.heard()
        elif name == "c":
            if self.column < MAX_COLUMNS and (self.text or self.formula):
                value = self._value()
                if value is not None:
                    self.row[self.column] = value
        elif name == "row":
            if self.row:
                self.rows.append((self.number, self.row))
                self.row = {}
                self.notes.hidden_rows += self.hidden
        elif name == "rPh":
            self.phonetic = False

    def _start_row(self, attributes):
        stated = attributes.get("r", "")
        number = int(stated) if stated.isdigit() else self.number + 1
        if number <= self.number:
            raise errors.Broken()
        self.number = number
        self.column = -1
        self.hidden = attributes.get("hidden") in ("1", "true")

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise errors.Broken()
            column = self.columns[letters] = column_number(letters.upper())
        self.column = column

    def _value(self):
        if self.formula:
            return FORMULA
        kind = self.cell.get("t")
        text = self.text
        if kind == "s":
            try:
                return self.parts.texts[int(text)]
            except (ValueError, IndexError) as error:
                raise errors.Broken() from error
        if kind is None or kind == "n":
            return self._number(text)
        if kind == "e":
            return ERROR
        if kind == "b":
            return "是" if text == "1" else "否"
        return unescaped(text)

    def _number(self, text: str):
        if self.cell.get("s") in self.parts.date_styles:
            day = self.days.get(text)
            if day is None:
                day = self.days[text] = self._day(text)
            return day
        if self.cell.get("s") in self.parts.percent_styles:
            try:
                return Percent(text)
            except ValueError as error:
                raise errors.Broken() from error
        if text.isascii() and text.isdigit():
            return int(text)
        try:
            return float(text)
        except ValueError as error:
            raise errors.Broken() from error

    def _day(self, text: str):
        try:
            serial = float(text)
        except ValueError as error:
            raise errors.Broken() from error
        if not 1 <= serial <= _LAST_SERIAL:
            return serial
        return self.parts.epoch + timedelta(days=int(serial))


def read_rows(
    archive: zipfile.ZipFile, sheet: SheetPart, parts: Parts, notes: SheetNotes | None = None
) -> Iterator[tuple[int, dict[int, object]]]:
    """Every row with a value as (Excel's row number, {column number: value}).

    Values are str, int (exact digits), float, date, or a ``Formula``. Raises ``Broken``.
    """
    notes = notes if notes is not None else SheetNotes()
    parser = _Sheet(parts, notes)
    try:
        with archive.open(sheet.path) as stream:
            for read in parser.feed(stream):
                notes.bytes_read = read
                if parser.rows:
                    yield from parser.rows
                    parser.rows.clear()
            yield from parser.rows
    except (zipfile.BadZipFile, ValueError) as error:
        raise errors.Broken() from error


def vertical_merges(archive: zipfile.ZipFile, sheet: SheetPart) -> list[Merge]:
    """Merged cells that span rows, from the tail of the sheet, where the format keeps them."""
    found: list[Merge] = []
    kept = b""
    with archive.open(sheet.path) as stream:
        while chunk := stream.read(256 * 1024):
            text = kept + chunk
            if b"mergeCell" in text:
                last = 0
                for match in _MERGE.finditer(text):
                    last = match.end()
                    top, bottom = int(match[2]), int(match[4])
                    if bottom > top:
                        found.append(Merge(column_number(match[1].decode()), top, bottom))
                        if len(found) > MAX_MERGES:
                            raise errors.Bomb()
                text = text[last:]
            kept = text[-256:]
    return found
