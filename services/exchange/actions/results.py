"""Making the workbook that goes back to the clerk, and keeping it with her job."""

import tempfile

from django.conf import settings
from django.utils.translation import gettext as _

from services.exchange import errors
from services.exchange.actions.passes import Pass
from services.exchange.models import Job
from services.exchange.wording import explain, explain_common
from services.exchange.workbooks.extent import can_be_copied
from services.exchange.workbooks.reading import read_rows
from services.exchange.workbooks.remarks import COLUMN, SUMMARY
from services.exchange.workbooks.returned import Remark, list_faulty_rows, return_workbook
from services.exchange.workbooks.table import open_table
from services.foundation.sheets import SheetSpec

_IN_MEMORY = 4 * 1024 * 1024
_ROWS_SUMMARISED = 1000


def save_returned_workbook(job: Job, spec: SheetSpec, done: Pass) -> None:
    """Put the marked workbook into ``job.result`` (the job itself is saved by the caller)."""
    with job.source.open("rb") as source, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
        table = open_table(source, spec, max_bytes=settings.IMPORT_MAX_BYTES)
        places = table.header.places
        remarks = _remarks(spec, done, places)
        source.seek(0)
        try:
            if done.rows > settings.IMPORT_COPY_ROWS or not can_be_copied(table.archive, table.parts.sheets):
                raise errors.Broken()
            return_workbook(
                source,
                target,
                sheet=table.sheet.name,
                header_row=table.header.first - 1,
                remarks=list(remarks.values()),
                heading=COLUMN,
                summary_title=SUMMARY,
                summary=[*_summary(job, spec, done, table.sheet.name), *_row_by_row(remarks)],
            )
        except errors.Broken:
            _list_only(table, spec, remarks, target)
        target.seek(0)
        job.result.delete(save=False)
        job.result.save("result.xlsx", target, save=False)


def _remarks(spec: SheetSpec, done: Pass, places) -> dict[int, Remark]:
    rows = sorted({*done.faults, *done.notes})
    return {row: _remark(spec, row, done.faults.get(row, ()), done.notes.get(row, ()), places) for row in rows}


def _remark(spec: SheetSpec, row: int, faults, notes, places) -> Remark:
    parts = []
    for fault in (*faults, *notes):
        told = explain(spec, row, fault)
        words = {"column": told.column, "message": told.message, "remedy": told.remedy}
        parts.append(_("%(column)s: %(message)s %(remedy)s") % words)
    red, amber = (tuple(places[f.column] for f in found if f.column in places) for found in (faults, notes))
    return Remark(row, red, "\n".join(parts), noted=amber)


def _summary(job: Job, spec: SheetSpec, done: Pass, sheet: str) -> list[tuple[str, str | int]]:
    fine = done.rows - done.refused
    common = [
        (_("All rows") if one.rows == done.rows else _("Nearly all rows"), f"{message} {remedy}")
        for one in done.common
        for message, remedy in [explain_common(spec, one, total=done.rows, unit=str(job.organization))]
    ]
    how = _("Repair the red cells and upload this workbook again; this summary sheet is ignored.")
    return [
        *common,
        (_("Sheet"), f"{spec.title} · {sheet}"),
        (_("Unit"), job.organization.name),
        (_("Rows"), done.rows),
        (_("Rows that are fine"), fine),
        (_("Rows that need repair"), done.refused),
        *([(_("Rows worth a look"), len(done.notes))] if done.notes else []),
        *([] if common or not done.refused else [(_("How to go on"), how)]),
    ]


def _row_by_row(remarks: dict[int, Remark]) -> list[tuple[str, str]]:
    """So that she needn't look for 78 red rows among 1,200."""
    named = sorted(remarks)[:_ROWS_SUMMARISED]
    lines = [(_("Row %(number)s") % {"number": number}, remarks[number].reason) for number in named]
    if more := len(remarks) - len(named):
        lines.append(("", _("And %(count)s rows more: see the red cells.") % {"count": more}))
    return lines


def _list_only(table, spec: SheetSpec, remarks: dict[int, Remark], target) -> None:
    keys = sorted(table.header.places, key=table.header.places.get)
    target.seek(0)
    target.truncate()
    list_faulty_rows(
        target,
        headings=[str(spec.column(key).label) for key in keys],
        rows=read_rows(table.archive, table.sheet, table.parts),
        places=[table.header.places[key] for key in keys],
        remarks=remarks,
        row_heading=_("Row in your file"),
        heading=str(COLUMN),
        title=_("Rows that need repair"),
    )
