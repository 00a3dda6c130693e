"""Corrections by a workbook's round trip: it leaves with what is on record, and of what comes back only the cells that
somebody changed are taken; where the record changed meanwhile, both values are shown and she decides, row by row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from services.foundation import spelling
from services.foundation.marks import MarkUnfit, make_mark, same_as_marked
from services.foundation.sheets import CellRefused, Column, Fault, ImportContext, Row
from services.organizations.importers.columns import COLUMNS, KIND_WORDS, READERS
from services.organizations.models import Organization
from services.organizations.registry import ListLine, PartAtWork, list_parts

MARK, VERDICT = "mark", "verdict"
FILE, RECORD = "file", "record"
_VERDICT_CELLS = ("以文件为准", "以系统为准")
_VERDICTS = {
    spelling.label_key(word): code
    for code, words in ((FILE, "以文件为准 文件 file"), (RECORD, "以系统为准 系统 record"))
    for word in words.split()
}
RETURNING = (
    Column(
        VERDICT,
        _("When both changed"),
        ("冲突处理",),
        hint=_("Stays empty, unless a row comes back because somebody else changed it too."),
        kind="choice",
        choices=_VERDICT_CELLS,
        width=16,
        returning=True,
    ),
    Column(MARK, _("Version mark"), ("版本标记",), returning=True, hidden=True),
)
_CHUNK = 2_000


def _columns() -> list[str]:
    """What a mark covers: the columns of the list and of its parts; the code is what ties the row to its record."""
    keys = [*COLUMNS, *(column for part in list_parts for column in part.columns)]
    return [column.key for column in keys if column.key != "code"]


def _text(key: str, cell) -> str:
    """What a cell says once it is read, so that two spellings of one value are the same."""
    try:
        value = READERS[key](cell)
    except CellRefused:
        value = spelling.plain(cell)
    return "" if value is None else str(value)


def _cells(record: Organization, above: str) -> dict[str, Any]:
    """What stands in the list's own columns for an organisation."""
    stated = {key: getattr(record, key, None) for key in READERS if key not in ("parent", "kind")}
    return stated | {"parent": above or None, "kind": KIND_WORDS[record.kind].split()[0]}


def on_record(organization: Organization) -> Iterator[dict[str, Any]]:
    """The organisations at and below this one as rows of the list, with a mark each; open ones, parents first."""
    codes = dict(Organization.objects.below(organization.path[: -Organization.steplen]).values_list("path", "code"))
    chunk: list[Organization] = []
    rows = Organization.objects.below(organization.path).open().order_by("path")
    for record in rows.iterator(_CHUNK):
        chunk.append(record)
        if len(chunk) == _CHUNK:
            yield from _rows(chunk, codes)
            chunk = []
    yield from _rows(chunk, codes)


def _rows(records: Sequence[Organization], codes: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    columns = _columns()
    keys = [record.pk for record in records]
    parts = [part.on_record(keys) for part in list_parts]
    for record in records:
        cells = _cells(record, codes.get(record.path[: -Organization.steplen], ""))
        texts = {key: _text(key, cell) for key, cell in cells.items()}
        for part in parts:
            for key, (cell, text) in part.get(record.pk, {}).items():
                cells[key], texts[key] = cell, text
        yield cells | {MARK: make_mark(record.code, texts, columns)}


class Corrections:
    """Takes out of marked lines what nobody changed, and refuses what two changed; lines without a mark stay whole."""

    def __init__(self, context: ImportContext, parts: Mapping[str, PartAtWork]):
        self.there = MARK in context.columns
        self.parts = parts
        self.columns = [key for key in _columns() if key in context.columns] if self.there else []

    def read(self, line: ListLine, row: Row) -> None:
        if not self.there:
            return
        line.mark = spelling.plain(row.cells.get(MARK))
        line.typed = {key: spelling.plain(row.cells.get(key)) for key in self.columns}
        try:
            line.verdict = spelling.choose(row.cells.get(VERDICT), _VERDICTS, code="verdict_word")
        except CellRefused as refused:
            shown = spelling.plain(row.cells.get(VERDICT))[:40]
            line.faults.append(Fault(VERDICT, refused.code, refused.context, shown))

    def settle(self, lines: Sequence[ListLine], existing: Mapping[str, Organization]) -> None:
        """Before anything else is judged. Parts have met their records by now."""
        marked = [line for line in lines if line.mark and line.code]
        by_path = {record.path: record.code for record in existing.values()} if marked else {}
        for line in marked:
            if line.record is not None:
                self._settle(line, by_path.get(line.record.path[: -Organization.steplen], ""))
            elif line.code not in existing:
                line.faults.append(Fault(MARK, "mark_of_another"))

    def _settle(self, line: ListLine, above: str) -> None:
        stands = {key: (cell, _text(key, cell)) for key, cell in _cells(line.record, above).items()}
        said = {key: _text(key, line.values.get(key)) for key in READERS}
        said["kind"] = str(line.values.get("kind") or "")
        for part in self.parts.values():
            stands |= part.stands(line)
            said |= part.said(line)
        # A cell that can't be read, and says what it said when it left, is no fault of hers.
        unreadable = {fault.column for fault in line.faults} & set(self.columns)
        said |= {key: line.typed[key] for key in unreadable}
        columns = _columns()
        try:
            untouched = same_as_marked(line.mark, line.code, said, columns)
            as_exported = same_as_marked(
                line.mark, line.code, {key: text for key, (_c, text) in stands.items()}, columns
            )
        except MarkUnfit:
            line.faults.append(Fault(MARK, "mark_unfit"))
            return
        line.faults[:] = [fault for fault in line.faults if fault.column not in unreadable & untouched]
        for key in self.columns:
            if key in unreadable - untouched:
                continue
            cell, text = stands.get(key, (None, ""))
            if key in untouched or said.get(key, "") == text:
                self._forget(line, key, above)
            elif not said.get(key, ""):
                line.notes.append(Fault(key, "emptied", {"now": spelling.plain(cell)}))
            elif key not in as_exported:
                self._both_changed(line, key, spelling.plain(cell), above)

    def _both_changed(self, line: ListLine, key: str, now: str, above: str) -> None:
        if line.verdict == RECORD:
            self._forget(line, key, above)
        elif line.verdict != FILE:
            yours = line.typed.get(key, "")
            line.faults.append(Fault(key, "changed_meanwhile", {"now": now or "—", "yours": yours}, yours[:40]))

    def _forget(self, line: ListLine, key: str, above: str) -> None:
        """What nobody changed says nothing; place and kind say what is on record."""
        kept = {"parent": above, "kind": line.record.kind}
        if key in READERS:
            line.values[key] = kept.get(key)
        else:
            for part in self.parts.values():
                part.forget(line, key)
