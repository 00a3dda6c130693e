"""Two workbooks of one day at a site: who came, and what was found. Read in memory, never kept as files.

They are not offered among the desk's imports: a file with results must not lie in a job's folder, nor its cells in a
report of faults. What is refused is said by row number and reason, without any value.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from services.bookings.actions import record_absences, record_attendance
from services.bookings.enums import BookingState
from services.bookings.errors import CorrectionOver
from services.bookings.models import Booking, Venue
from services.bookings.rules import correctable
from services.exchange.workbooks.table import open_table
from services.foundation import spelling
from services.foundation.errors import Refused
from services.foundation.references import is_human_number
from services.foundation.sheets import CellRefused, Column, Row, SheetSpec
from services.screening import errors, wording
from services.screening.actions import enter_result
from services.screening.enums import BiRads, Conclusion, Item, TbsClass
from services.screening.queries.results import bookings_by_number, bookings_on
from services.screening.rules.results import HIGH_RISK_HPV, NOTE_LENGTH, Findings

MOST_ROWS = 500
ROWS_NAMED = 12
_YES, _NO = gettext_lazy("yes"), gettext_lazy("no")
_SEPARATORS = str.maketrans(dict.fromkeys(",;/|\n", "、"))


@dataclass(slots=True)
class Taken:
    """What became of a workbook: how many rows were taken, how many said nothing, and which were refused why,
    in the order of the workbook."""

    taken: int = 0
    empty: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, row: Row, words: str) -> None:
        insort(self.refused, (row.number, words))


def _who() -> tuple[Column, Column]:
    return (
        Column("number", gettext_lazy("Booking number"), ("预约号", "预约编号", "预约号码"), required=True, width=18),
        Column("name", pgettext_lazy("person", "Name"), ("姓名", "女职工姓名"), required=True),
    )


def attendance_sheet() -> SheetSpec:
    """In the active language, as lists to choose from are written into the workbook."""
    came = Column(
        "came", gettext_lazy("Came"), ("已到", "是否到检", "到检"), kind="choice", choices=(str(_YES), str(_NO))
    )
    return _spec("attendance", _("Attendance"), (*_who(), came))


def results_sheet() -> SheetSpec:
    columns = (
        Column("conclusion", gettext_lazy("Conclusion"), ("检查结论",), kind="choice", choices=_labels(Conclusion)),
        Column("items", gettext_lazy("What was examined"), ("已检项目",), width=40),
        Column("tbs", gettext_lazy("Cytology (TBS)"), ("TBS", "细胞学"), kind="choice", choices=_labels(TbsClass)),
        Column("hpv", gettext_lazy("High-risk HPV types found"), ("HPV分型", "HPV")),
        Column("birads", gettext_lazy("Breast (BI-RADS)"), ("BI-RADS",), kind="choice", choices=_labels(BiRads)),
        Column("note", gettext_lazy("Remark of the hospital"), ("说明", "医院说明"), width=40),
        Column("next_due", gettext_lazy("Next examination from"), ("下次检查时间", "下次检查日期"), kind="date"),
    )
    return _spec("results", _("Results"), (*_who(), *columns))


def _spec(code: str, title: str, columns: tuple[Column, ...]) -> SheetSpec:
    said = (
        gettext_lazy("One line a woman; leave the line of a woman empty whom you don't report yet."),
        gettext_lazy("Number and name stay as they are: they are compared."),
        gettext_lazy("Several values in one cell are separated by a comma."),
    )
    return SheetSpec(
        code=f"site-{code}",
        title=title,
        columns=columns,
        importer=_never_a_job,
        wordings={},
        roles=frozenset(),
        instructions=said,
    )


def _never_a_job(context):
    raise TypeError("read by the site's own page: a job would keep the file")


def _labels(choices) -> tuple[str, ...]:
    return tuple(str(label) for label in choices.labels)


def attendance_rows(site: Venue, day: date) -> list[dict]:
    """A line for each woman expected; those whose attendance is known are filled in."""
    known = {BookingState.ATTENDED: str(_YES), BookingState.NO_SHOW: str(_NO)}
    return [_line(b, came=known.get(b.state, "")) for b in bookings_on(site, day)]


def result_rows(site: Venue, day: date) -> list[dict]:
    """A line for each woman who came and has no result yet; what was entered never leaves again."""
    came = bookings_on(site, day).filter(state=BookingState.ATTENDED, screening_result__isnull=True)
    return [_line(b, items="、".join(_items(b.offering.screening_programme.items))) for b in came]


def _line(booking: Booking, **cells: str) -> dict:
    return {"number": booking.number, "name": booking.worker.name} | cells


def _items(codes: Sequence[str]) -> list[str]:
    return [str(Item(code).label) for code in codes]


def take_attendance(stream: BinaryIO, *, site: Venue, day: date, by, now: datetime) -> Taken:
    """Check in whom the workbook names as come, mark as not come whom it names so. All or none of what it takes.

    Who was marked as not come is counted in after all while that can still be corrected. Raises a
    ``WorkbookRefused``, ``ForeignSheet``, ``NoRowOfTheDay`` and what the actions raise.
    """
    taken, came, absent = Taken(), [], []
    for row, booking in _matched(stream, attendance_sheet(), site, day, taken):
        said = _answer(row, taken)
        if said is None:
            continue
        if why := _contradicts(booking, came=said, now=now):
            taken.refuse(row, why)
            continue
        (came if said else absent).append(booking)
        taken.taken += 1
    with transaction.atomic():
        record_attendance(site, came, by=by, now=now)
        sessions = {booking.session_id: booking.session for booking in absent}
        for key in sorted(sessions):
            record_absences(sessions[key], by=by, now=now, only=absent)
    return taken


def _contradicts(booking: Booking, *, came: bool, now: datetime) -> str:
    """Why the line can't replace what is on record; empty when it can, or says the same."""
    if not came:
        known = booking.state == BookingState.ATTENDED
        return _("Another attendance is on record for her already.") if known else ""
    days = booking.offering.correction_days
    if booking.state == BookingState.NO_SHOW and not correctable(now, ends_at=booking.session.ends_at, days=days):
        return CorrectionOver(days=days).message(staff=True)
    return ""


def _answer(row: Row, taken: Taken) -> bool | None:
    text = spelling.label_key(row.cells.get("came"))
    if not text:
        taken.empty += 1
        return None
    known = _known_labels("came")
    if text not in known:
        taken.refuse(row, _("Write “yes” or “no”."))
        return None
    return known[text] == "yes"


def take_results(stream: BinaryIO, *, site: Venue, day: date, by, now: datetime, reason: str = "") -> Taken:
    """Enter each row's result; a row that is refused leaves the others alone. The same file again changes nothing.

    ``reason`` is why results that were entered before are changed. Raises as ``take_attendance``.
    """
    taken, seen = Taken(), set()
    for row, booking in _matched(stream, results_sheet(), site, day, taken):
        if booking.pk in seen:
            taken.refuse(row, _("This booking number stands in the workbook twice."))
            continue
        seen.add(booking.pk)
        if not spelling.plain(row.cells.get("conclusion")):
            _without_conclusion(row, taken)
            continue
        try:
            enter_result(booking, findings=_findings(row), by=by, now=now, reason=reason)
        except errors.ResultContradicts as refused:
            taken.refuse(row, " ".join(wording.contradiction(code)[1] for code in refused.codes))
        except Refused as refused:
            taken.refuse(row, refused.message(staff=True))
        except CellRefused as refused:
            taken.refuse(row, _unreadable(refused))
        else:
            taken.taken += 1
    return taken


def _without_conclusion(row: Row, taken: Taken) -> None:
    """The items come filled in: they alone are no result."""
    if any(spelling.plain(row.cells.get(key)) for key in ("tbs", "hpv", "birads", "note", "next_due")):
        taken.refuse(row, _("The conclusion is missing."))
    else:
        taken.empty += 1


def _rows_of(bookings: set[str], numbers: dict[int, str]) -> str:
    """The rows that name them, the first few."""
    rows = [str(row) for row, number in numbers.items() if number in bookings]
    return ", ".join(rows[:ROWS_NAMED]) + (" …" if len(rows) > ROWS_NAMED else "")


def _matched(stream: BinaryIO, spec: SheetSpec, site: Venue, day: date, taken: Taken) -> Iterable:
    """Rows with their bookings at this site on this day; the others are refused with the reason."""
    rows = list(open_table(stream, spec, max_bytes=settings.IMPORT_MAX_BYTES).rows(limit=MOST_ROWS))
    known = {booking.number: booking for booking in bookings_on(site, day)}
    numbers = {row.number: spelling.plain(row.cells.get("number")).upper() for row in rows}
    others = bookings_by_number([n for n in numbers.values() if n not in known and is_human_number(n)])
    foreign = {number for number, booking in others.items() if booking.session.venue_id != site.pk}
    if foreign:
        raise errors.ForeignSheet(rows=_rows_of(foreign, numbers))
    if not known.keys() & set(numbers.values()):
        raise errors.NoRowOfTheDay()
    found = []
    for row in rows:
        booking = known.get(numbers[row.number])
        if row.refused:
            taken.refuse(row, _("A cell holds a formula or an error. Paste the values instead."))
        elif booking is None:
            taken.refuse(row, _not_here(numbers[row.number] in others))
        elif spelling.label_key(row.cells.get("name")) != spelling.label_key(booking.worker.name):
            taken.refuse(row, _("Name and booking number don't belong together: a line has slipped."))
        else:
            found.append((row, booking))
    return found


def _not_here(known: bool) -> str:
    if known:
        return _("She was not expected here on this day: her booking is for another day or has ended.")
    return _("No booking has this number.")


def _findings(row: Row) -> Findings:
    cells = row.cells
    return Findings(
        conclusion=_one(cells.get("conclusion"), "conclusion"),
        items=_several(cells.get("items"), "items"),
        tbs=_one(cells.get("tbs"), "tbs"),
        hpv=_several(cells.get("hpv"), "hpv"),
        birads=_one(cells.get("birads"), "birads"),
        note=spelling.line(cells.get("note"), longest=NOTE_LENGTH),
        next_due=spelling.day(cells.get("next_due")),
    )


def _one(value, column: str) -> str:
    text = spelling.label_key(value)
    if not text:
        return ""
    if text not in _known_labels(column):
        raise CellRefused(column)
    return _known_labels(column)[text]


def _several(value, column: str) -> tuple[str, ...]:
    parts = [part for part in spelling.plain(value).translate(_SEPARATORS).split("、") if part.strip()]
    return tuple(dict.fromkeys(_one(part, column) for part in parts))


@cache
def _known_labels(column: str) -> dict[str, str]:
    """Codes by everything they may be called: the code itself and its label in either language."""
    choices = {
        "conclusion": Conclusion.choices,
        "items": Item.choices,
        "tbs": TbsClass.choices,
        "birads": BiRads.choices,
        "hpv": [(code, f"HPV{code}") for code in HIGH_RISK_HPV],
        "came": [("yes", _YES), ("no", _NO)],
    }[column]
    known = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, label in choices:
                known |= {spelling.label_key(code): code, spelling.label_key(str(label)): code}
    return known


def _unreadable(refused: CellRefused) -> str:
    """Which column, never what stood in it."""
    column = results_sheet().column(refused.code)
    name = str(column.label) if column else _("Remark or date")
    return _("“%(column)s” can't be read. Choose from the list of the template.") % {"column": name}
