"""A sheet leaves with what is on record, to be corrected in Excel and imported again."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.exchange import errors, policies
from services.exchange.workbooks.streaming import StreamedBook, safe_text
from services.foundation.sheets import SheetSpec

# So many rows are written while she waits.
MOST_ROWS = 20_000


def write_for_correction(target: BinaryIO, spec: SheetSpec, *, organization, by) -> int:
    """Write the sheet's rows at and below the organisation to ``target``; returns how many. Writes to the log who took
    them along. Raises ``PermissionDenied``, ``TooMuchToCorrect``, ``NothingToExport``."""
    policies.may_import(by, spec, organization).insist()
    rows = list(islice(spec.on_record(organization), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise errors.TooMuchToCorrect(limit=f"{MOST_ROWS:,}")
    if not rows:
        raise errors.NothingToExport()
    columns = [column for column in spec.columns if column.stored]
    book = StreamedBook(target, sheets=2)
    headings = [safe_text(str(column.label)) for column in columns]
    widths = [0 if column.hidden else column.width for column in columns]
    book.add(1, _lines(rows, [column.key for column in columns]), headings=headings, widths=widths)
    book.add(2, _notes(spec), widths=[100])
    book.finish([str(spec.title)[:31], _("How to correct it")])
    said = {"sheet": spec.code, "rows": len(rows)}
    log(instance=organization, action="exchange.correction", user=by, data=said)
    return len(rows)


def _lines(rows: list[Mapping], keys: list[str]) -> Iterator[list]:
    for row in rows:
        yield [row.get(key) for key in keys]


def _notes(spec: SheetSpec) -> list[list[str]]:
    own = [
        _("Change the cells that are wrong, leave the others as they are, and import the workbook."),
        _("Only cells that you changed are written. Rows may be sorted or deleted; a deleted row deletes nothing."),
        _("A hidden column at the end marks what was on record. Leave it where it is."),
        _("Where somebody else changed the same cell meanwhile, the row comes back with both values."),
    ]
    return [[line] for line in (*own, *map(str, spec.instructions))]
