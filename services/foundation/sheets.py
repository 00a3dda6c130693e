"""What an app says about a sheet it takes in: columns, words for faults, and the importer that reads the rows.

It stands in the foundation because the apps that own the rows lie below the exchange app that reads workbooks.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from services.foundation.registry import Registry


class Outcome(StrEnum):
    """What becomes of a row: every row of the file has exactly one."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wording:
    """Lazy sentences with ``%(name)s`` slots: what is wrong, and what the clerk can do about it."""

    message: str
    remedy: str


class Percent(float):
    """A number that its cell shows as a percentage: 0.94, which reads 94%."""


class CellRefused(ValueError):
    """A cell can't be read. ``code`` has a wording in the sheet's spec; ``context`` fills its slots."""

    def __init__(self, code: str, **context):
        super().__init__(code)
        self.code = code
        self.context = context


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one row. ``shown`` is the cell's value masked for the screen."""

    column: str
    code: str
    context: dict = field(default_factory=dict)
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``synonyms`` are what clerks write above it, ``label`` (lazy) is what we write.

    ``kind`` (text, date, number, choice) shapes the template; ``mask`` makes a value fit for the screen;
    ``stored`` is False for a column that is recognised by name and left for a later record; ``names_unit`` for one
    that names a unit, so that the template can offer them. ``returning`` columns stand only in a workbook that leaves
    with what is on record and comes back with corrections; ``hidden`` ones are there for the machine. ``own``: a cell
    speaks of its own row alone, so that neither a merged cell nor a "ditto" is carried into another.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False
    kind: str = "text"
    choices: tuple[str, ...] = ()
    width: int = 14
    mask: Callable[[str], str] | None = None
    stored: bool = True
    names_unit: bool = False
    returning: bool = False
    hidden: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its number as Excel counts, and the cells' raw values by column key.

    ``refused`` holds the faults found by the reader already (a formula in a cell).
    """

    number: int
    cells: Mapping[str, Any]
    refused: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class RowResult:
    """``faults`` refuse the row; ``notes`` don't: what is taken in and still worth a look, or left out and why."""

    number: int
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass(slots=True)
class ImportContext:
    """Who imports what, when. ``write`` False is a dry run; the reader may turn it off once rows were refused."""

    today: date
    now: datetime
    organization: Any = None
    by: Any = None
    write: bool = False
    allow_invented: bool = False
    columns: frozenset[str] = frozenset()


class Importer(Protocol):
    """Made afresh for each reading of a file, inside the transaction when ``context.write``."""

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        """Judge, match and (when writing) store one chunk, with a constant number of queries.

        Rows it has to see whole files for may be answered later, by ``finish``.
        """

    def finish(self) -> list[RowResult]:
        """Answer what ``take`` left open."""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A registered sheet. ``roles`` may import it for the organisation they hold them at (or above).

    ``needs_unit``: it can't be imported without saying for which unit. ``whole_file``: the words for a fault that
    nearly every row has, with the slots of its rows and ``unit``, ``column``, ``rows``, ``total``; where it has none
    the words of the row are used. ``order``: its place among the sheets that can be chosen, the everyday one first.
    ``on_record``: what is on record at and below an organisation, as rows of this sheet by column, for a workbook
    that leaves for correction.
    """

    code: str
    title: str
    columns: tuple[Column, ...]
    importer: Callable[[ImportContext], Importer]
    wordings: Mapping[str, Wording]
    roles: frozenset[str]
    instructions: tuple[str, ...] = ()
    version: str = "1"
    needs_unit: bool = True
    whole_file: Mapping[str, Wording] = field(default_factory=dict)
    order: int = 100
    on_record: Callable[[Any], Iterator[Mapping[str, Any]]] | None = None

    def column(self, key: str) -> Column | None:
        return next((c for c in self.columns if c.key == key), None)

    def register(self) -> None:
        """Make the sheet known; its app calls this when it is ready."""
        sheets.register(self.code, self)


sheets: Registry[SheetSpec] = Registry("sheets")
