"""The one table of a workbook: which sheet, where its headings stand, and its rows."""

import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import override

from services.exchange import errors
from services.exchange.rules.headings import SEARCHED_ROWS, Header, Recogniser
from services.exchange.rules.lines import is_blank, is_closing, is_ditto, is_example
from services.exchange.workbooks import remarks
from services.exchange.workbooks.opening import open_safely
from services.exchange.workbooks.parts import Parts, SheetPart, read_parts
from services.exchange.workbooks.reading import (
    ERROR,
    Formula,
    Merge,
    SheetNotes,
    column_letters,
    read_rows,
    vertical_merges,
)
from services.foundation.sheets import Column, Fault, Row, SheetSpec
from services.foundation.spelling import plain

VERSION_PROPERTY = "MumianTemplate"
_NAMED_SKIPS = 30
# Where an example stands it stands first; further down the word is somebody's remark.
_EXAMPLE_LINES = 1


@dataclass(slots=True)
class Report:
    """What the reader noticed, for the job's page: no value of a person's row is in it."""

    sheet: str = ""
    header_row: int = 0
    columns: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unstored: list[str] = field(default_factory=list)
    skipped: int = 0
    skipped_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    hidden_rows: int = 0

    def skip(self, number: int) -> None:
        self.skipped += 1
        if len(self.skipped_rows) < _NAMED_SKIPS:
            self.skipped_rows.append(number)


class Table:
    """An opened workbook's table. ``rows()`` can be read once; ``fraction`` says how far it got (0 to 1)."""

    def __init__(self, archive: zipfile.ZipFile, parts: Parts, sheet: SheetPart, header: Header, size: int, spec):
        self.archive, self.parts, self.sheet, self.header, self.spec = archive, parts, sheet, header, spec
        self.size = max(1, size)
        self.notes = SheetNotes()
        letters = {key: column_letters(place) for key, place in header.places.items()}
        unstored = [str(c.label) for c in spec.columns if c.key in header.places and not c.stored]
        own = {plain(heading) for heading in remarks.in_every_language(remarks.COLUMN)}
        unknown = [heading for heading in header.unknown if heading not in own]
        self.report = Report(sheet.name, header.row, letters, unknown[:40], unstored)

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self.header.places)

    @property
    def fraction(self) -> float:
        return min(1.0, self.notes.bytes_read / self.size)

    def rows(self, *, limit: int) -> Iterator[Row]:
        """The filled rows below the headings. Raises ``TooManyRows``."""
        places = self.header.places
        required = [places[column.key] for column in self.spec.columns if column.required]
        counted = [places[c.key] for c in self.spec.columns if c.key in places]
        own = {places[c.key] for c in self.spec.columns if c.own and c.key in places}
        merges = _Merges(vertical_merges(self.archive, self.sheet), set(counted), self.header.first, own)
        items = list(places.items())
        again = _HeadingsAgain(self.header, required, self.spec)
        marked = _Dittos(
            places[c.key] for c in self.spec.columns if c.key in places and not (c.required or c.mask or c.own)
        )
        taken = 0
        for number, cells in read_rows(self.archive, self.sheet, self.parts, self.notes):
            if number < self.header.first:
                continue
            shared = merges.fill(number, cells) if merges else ()
            if is_blank(cells, counted):
                continue
            if (
                is_closing(cells, required, counted)
                or (taken < _EXAMPLE_LINES and is_example(cells, counted))
                or again.stand_in(number, cells)
            ):
                self.report.skip(number)
                continue
            marked.fill(cells)
            taken += 1
            if taken > limit:
                raise errors.TooManyRows(limit=limit)
            yield _as_row(number, cells, items, shared)
        self.report.hidden_rows = self.notes.hidden_rows
        ours = {places[column.key] for column in self.spec.columns if column.hidden and column.key in places}
        hidden = set(self.notes.hidden_columns) - ours
        self.report.hidden_columns = [column_letters(p) for p in sorted(hidden & set(counted))]


class _HeadingsAgain:
    """Headings printed once more further down: skipped. In another order, every row below would be misread."""

    def __init__(self, header: Header, required: Sequence[int], spec: SheetSpec):
        self.header, self.required = header, required
        self.words = {text for text in header.texts.values() if isinstance(text, str)}
        self.recogniser = _recogniser(spec)

    def stand_in(self, number: int, cells: dict[int, object]) -> bool:
        """Raises ``OtherOrder``."""
        if not any(cells.get(place) in self.words for place in self.required):
            return False
        found = self.recogniser.headings_in(number, cells)
        if not found.missing and any(
            self.header.places[k] != p for k, p in found.places.items() if k in self.header.places
        ):
            raise errors.OtherOrder(row=number, first=self.header.row)
        return Recogniser.repeats(self.header, cells)


class _Dittos:
    """Gives a cell that says "as above" what stands above it. Names and numbers of persons are never taken over."""

    def __init__(self, places: Iterable[int]):
        self.above: dict[int, object] = dict.fromkeys(places)

    def fill(self, cells: dict[int, object]) -> None:
        for place, above in self.above.items():
            value = cells.get(place)
            if value is not None and above is not None and is_ditto(value):
                cells[place] = above
            else:
                self.above[place] = value


class _Merges:
    """Gives every row the value its merged cell shows; in columns of ``own`` cells it only says that one is."""

    def __init__(self, merges: Sequence[Merge], columns: set[int], first: int, own: set[int] = frozenset()):
        self.own = own
        self.waiting = sorted(
            (m for m in merges if m.column in columns and m.bottom >= first), key=lambda m: m.top, reverse=True
        )
        self.open: dict[int, tuple[int, object]] = {}

    def __bool__(self) -> bool:
        return bool(self.waiting or self.open)

    def fill(self, number: int, cells: dict[int, object]) -> list[int]:
        """Which columns of own cells are merged here."""
        shared = []
        while self.waiting and self.waiting[-1].top <= number:
            merge = self.waiting.pop()
            if merge.top == number and merge.column in cells:
                self.open[merge.column] = (merge.bottom, cells[merge.column])
        for column, (bottom, value) in list(self.open.items()):
            if bottom < number:
                del self.open[column]
            elif column in self.own:
                shared.append(column)
            elif len(cells) > 0:
                cells.setdefault(column, value)
        return shared


def _as_row(number: int, cells: dict[int, object], items: list[tuple[str, int]], shared: Collection[int] = ()) -> Row:
    values = {}
    refused = ()
    for key, place in items:
        value = cells.get(place)
        if place in shared:
            refused += (Fault(key, "merged"),)
            continue
        if value is None:
            continue
        if isinstance(value, Formula):
            refused += (Fault(key, "error_cell" if value is ERROR else "formula"),)
        else:
            values[key] = value
    return Row(number, values, refused)


def open_table(stream: BinaryIO, spec: SheetSpec, *, max_bytes: int) -> Table:
    """Open a workbook and find its table. Raises a ``WorkbookRefused``."""
    opened = open_safely(stream, max_bytes=max_bytes)
    parts = read_parts(opened.archive)
    version = parts.properties.get(VERSION_PROPERTY)
    if version is not None and version != f"{spec.code}-{spec.version}":
        raise errors.WrongVersion(found=plain(version)[:20], current=f"{spec.code}-{spec.version}")
    recogniser = _recogniser(spec)
    found = []
    for sheet in parts.sheets:
        if not sheet.visible:
            continue
        header, filled = _peek(opened.archive, parts, sheet, recogniser)
        if header:
            found.append((sheet, header, filled))
    sheet, header = _choose(found, spec)
    return Table(opened.archive, parts, sheet, header, opened.sizes[sheet.path], spec)


def _recogniser(spec: SheetSpec) -> Recogniser:
    """A template speaks the language of whoever fetched it, a background worker that of the site: it knows both."""
    labels: dict[str, list[str]] = {column.key: [] for column in spec.columns}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for column in spec.columns:
                labels[column.key].append(str(column.label))
    return Recogniser(spec.columns, labels)


def _peek(archive, parts, sheet, recogniser) -> tuple[Header | None, bool]:
    """The headings of one sheet, and whether anything stands below them."""
    first = []
    for number, cells in read_rows(archive, sheet, parts):
        first.append((number, cells))
        if len(first) > SEARCHED_ROWS + 20:
            break
    header = recogniser.find([(n, c) for n, c in first if n <= SEARCHED_ROWS])
    if not header:
        return None, False
    places = list(header.places.values())
    return header, any(n >= header.first and not is_blank(c, places) for n, c in first)


def _choose(found: list[tuple[SheetPart, Header, bool]], spec: SheetSpec) -> tuple[SheetPart, Header]:
    """The one sheet with all required headings and something below them; several are not chosen between."""
    if not found:
        names = [str(c.label) for c in spec.columns if c.required] or [str(c.label) for c in spec.columns[:4]]
        raise errors.NoHeader(rows=SEARCHED_ROWS, headings="、".join(names))
    complete = [entry for entry in found if not entry[1].missing]
    if not complete:
        _, header, _ = max(found, key=lambda entry: entry[1].score)
        raise errors.MissingColumns(row=header.row, columns="、".join(_labels(spec, header.missing)))
    filled = [entry for entry in complete if entry[2]]
    if len(filled) > 1:
        raise errors.SeveralSheets(sheets="、".join(f"“{plain(sheet.name)[:31]}”" for sheet, _, _ in filled[:5]))
    if not filled:
        raise errors.NoRows()
    sheet, header, _ = filled[0]
    if header.twice:
        raise errors.SideBySide(row=header.row, columns="、".join(_labels(spec, header.twice)))
    return sheet, header


def _labels(spec: SheetSpec, keys: Sequence[str]) -> list[str]:
    return [str(column.label) for key in keys if (column := spec.column(key)) and isinstance(column, Column)]
