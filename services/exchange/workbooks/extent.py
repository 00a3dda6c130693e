"""How much a workbook would unfold into when openpyxl copies it, measured before it is tried.

openpyxl makes an object of every cell, and of every cell a merge covers: one merge over a whole sheet is enough to
exhaust any machine.
"""

import zipfile
from collections.abc import Iterable

from openpyxl.utils.cell import range_boundaries

from services.exchange import errors
from services.exchange.workbooks.markup import Parser
from services.exchange.workbooks.parts import SheetPart

MOST_CELLS = 600_000
MOST_BYTES = 96 * 1024 * 1024


class _TooManyError(Exception):
    """Stops the count at the limit."""


class _Extent(Parser):
    """Counts the cells of a sheet, those that merges cover included, up to ``most``."""

    def __init__(self, most: int):
        super().__init__()
        self.left = most

    def _first(self, name, attributes):
        """Whatever prefix an element carries, it counts: openpyxl goes by its namespace."""
        self.parser.StartElementHandler = self.start
        self.start(name, attributes)

    def start(self, name, attributes):
        local = name.rpartition(":")[2]
        if local == "c":
            self._take(1)
        elif local == "mergeCell":
            first_column, first_row, last_column, last_row = range_boundaries(attributes.get("ref", ""))
            self._take((last_column - first_column + 1) * (last_row - first_row + 1))

    def _take(self, cells: int) -> None:
        self.left -= cells
        if self.left < 0:
            raise _TooManyError


def can_be_copied(archive: zipfile.ZipFile, sheets: Iterable[SheetPart]) -> bool:
    """Whether a checked archive unfolds into what fits: its bytes, and the cells of all its sheets together."""
    if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
        return False
    left = MOST_CELLS
    try:
        for sheet in sheets:
            extent = _Extent(left)
            with archive.open(sheet.path) as stream:
                extent.parse(stream)
            left = extent.left
    except (_TooManyError, errors.Broken, ValueError, TypeError):
        return False
    return True
