"""One reading of a workbook from top to bottom: chunks to the importer, one outcome for every row."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.conf import settings

from services.exchange.rules.systematic import Common, common_faults
from services.exchange.workbooks.table import Report, Table, open_table
from services.foundation.sheets import Fault, ImportContext, Outcome, RowResult, SheetSpec

CHUNK = 2_000


@dataclass(slots=True)
class Pass:
    """The account of a reading: rows = new + changed + same + refused, and faults and notes by row."""

    report: Report
    counts: Counter = field(default_factory=Counter)
    faults: dict[int, tuple[Fault, ...]] = field(default_factory=dict)
    notes: dict[int, tuple[Fault, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.counts.total()

    @property
    def refused(self) -> int:
        return self.counts[Outcome.REFUSED]

    @property
    def common(self) -> list[Common]:
        """The faults that nearly all rows have."""
        return common_faults(self.faults, rows=self.rows)

    def count(self, results: list[RowResult]) -> None:
        for result in results:
            self.counts[result.outcome] += 1
            if result.faults:
                self.faults[result.number] = result.faults
            if result.notes:
                self.notes[result.number] = result.notes


def chunks(table: Table, *, size: int = CHUNK) -> Iterator[list]:
    rows = table.rows(limit=settings.IMPORT_MAX_ROWS)
    while chunk := list(islice(rows, size)):
        yield chunk


def read_through(
    spec: SheetSpec,
    stream: BinaryIO,
    context: ImportContext,
    *,
    keep_going: bool = True,
    progress: Callable[[float, Pass], None] = lambda fraction, done: None,
) -> Pass:
    """Read the workbook and give every row to the importer. Raises a ``WorkbookRefused``.

    With ``keep_going`` False writing stops at the first refused row (the caller will roll back), while the
    remaining rows are still judged, so that the account is whole.
    """
    table = open_table(stream, spec, max_bytes=settings.IMPORT_MAX_BYTES)
    context.columns = table.columns
    importer = spec.importer(context)
    done = Pass(table.report)
    for chunk in chunks(table):
        done.count(importer.take(chunk))
        if done.refused and not keep_going:
            context.write = False
        progress(table.fraction, done)
    done.count(importer.finish())
    return done
