"""Workbooks for download: an honest first sheet, text that stays text, numbers that stay numbers, no formula."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from services.exchange.errors import NothingToExport
from services.exchange.workbooks.streaming import StreamedBook, safe_text

_ABOUT, _DATA = 1, 2
_WIDTH = 18


@dataclass(frozen=True, slots=True)
class About:
    """What the first sheet says, line by line. ``columns`` are the headings of the data, each with its meaning."""

    title: str
    scope: str
    data_time: datetime
    columns: Mapping[str, str]
    filters: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many rows, and their digest as the first sheet states it."""

    rows: int
    digest: str


class _Digest:
    """Counts the rows on their way out and takes their digest."""

    def __init__(self, rows: Iterable[Sequence], width: int):
        self.rows, self.width = rows, width
        self.count = 0
        self.total = hashlib.sha256()

    def __iter__(self) -> Iterator[Sequence]:
        take = self.total.update
        for row in self.rows:
            if len(row) != self.width:
                raise ValueError("a row has another number of values than there are headings")
            take(repr(row).encode("utf-8", "surrogatepass"))
            self.count += 1
            yield row


def _first_sheet(about: About, count: int, digest: str) -> list[tuple[str, str]]:
    zone = timezone.get_current_timezone_name()
    lines = [
        (_("Content"), about.title),
        (_("Scope"), about.scope),
        (_("Data as of"), f"{about.data_time:%Y-%m-%d %H:%M}"),
        (_("Time zone"), _("%(zone)s, for every time in this file") % {"zone": zone}),
        (_("Rows"), str(count)),
    ]
    lines += [(_("Filter: %(name)s") % {"name": name}, str(value)) for name, value in about.filters.items()]
    if not about.filters:
        lines.append((_("Filters"), _("Nothing was filtered: everything within the scope is here.")))
    lines += [(_("Column: %(name)s") % {"name": name}, str(text)) for name, text in about.columns.items()]
    lines += [(str(name), str(text)) for name, text in about.remarks.items()]
    return [*lines, (_("Digest of the rows"), digest)]


def write_workbook(stream: BinaryIO, *, rows: Iterable[Sequence], about: About) -> Written:
    """Write rows (sequences in the order of ``about.columns``) to ``stream`` as they come; none is kept.

    Identity and phone numbers have to come as text. Raises ``NothingToExport`` before anything is written when there
    is no row, ``ValueError`` for a column without a name or a meaning or a row of another length.
    """
    names = [safe_text(str(heading)) for heading in about.columns]
    if len(set(names)) != len(names) or not all(names) or not all(about.columns.values()):
        raise ValueError("headings must be unique, not empty and explained")
    coming = iter(rows)
    first = next(coming, None)
    if first is None:
        raise NothingToExport()
    digested = _Digest(chain([first], coming), len(names))
    book = StreamedBook(stream, sheets=2)
    book.add(_DATA, digested, headings=names, widths=[_WIDTH] * len(names))
    digest = digested.total.hexdigest()
    book.add(_ABOUT, _first_sheet(about, digested.count, digest), widths=[28, 90])
    book.finish([_("About this file"), _("Data")])
    return Written(digested.count, digest)
