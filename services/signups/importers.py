"""The list of those who came (签到名单): who is checked in, and who takes a free place after the fact."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.bookings import rules as places
from services.bookings.enums import LIVE, BookingState
from services.bookings.models import Booking, Session
from services.bookings.queries import payers_by_path
from services.foundation import masking, spelling
from services.foundation.errors import Refused
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number
from services.foundation.sheets import CellRefused, Column, Fault, ImportContext, Outcome, Row, RowResult, SheetSpec
from services.signups.actions import record_roster
from services.signups.models import Activity
from services.signups.policies import RUNNERS
from services.signups.wordings import ATTENDANCE_WORDINGS
from services.workers.enums import WorkerState
from services.workers.importers import ROSTER
from services.workers.models import Worker
from services.workers.rules.roster import identity_cell, phone_cell


def _of_roster(key: str, required: bool) -> Column:
    found = ROSTER.column(key)
    return Column(key, found.label, found.synonyms, found.hint, required, found.kind, (), found.width, found.mask)


COLUMNS = (
    Column(
        "activity",
        _("Number of the activity"),
        ("活动编号", "培训编号", "活动编码", "编号", "activity"),
        hint=_("As on the activity's page, for example 2026-3."),
        required=True,
        width=14,
    ),
    Column(
        "day",
        pgettext_lazy("activity", "Day of the session"),
        ("场次日期", "活动日期", "培训日期", "签到日期", "日期", "day"),
        hint=_("May be left empty when the activity has one session."),
        kind="date",
        width=14,
    ),
    _of_roster("name", True),
    _of_roster("phone", False),
    _of_roster("id_number", False),
)


@dataclass(slots=True)
class _Line:
    """One line as far as it could be read; ``fault`` is what refuses it."""

    row: int
    code: str = ""
    day: date | None = None
    name: str = ""
    phone: str = ""
    id_number: str = ""
    fault: Fault | None = None
    session: Session | None = None
    worker: Worker | None = None
    outcome: Outcome | None = None

    def refuse(self, column: str, code: str, shown: str = "", **context) -> None:
        self.fault = self.fault or Fault(column, code, context, shown)


@dataclass(slots=True)
class _Room:
    """What a session and its unions' allocations have left, run down line by line."""

    seats: int
    pots: dict[str, list[list]] = field(default_factory=dict)

    def seat(self, path: str) -> str:
        """The code of what is missing; empty when she has a place."""
        if self.seats < 1:
            return "session_full"
        pot = next((pot for pot in self.pots.get(path, ()) if pot[1] > 0), None)
        if pot is None:
            return "no_places"
        self.seats, pot[1] = self.seats - 1, pot[1] - 1
        return ""


class AttendanceImporter:
    """Judges every line when the whole file is read: places run down, and women stand in it twice."""

    def __init__(self, context: ImportContext):
        self.context = context
        self.lines: list[_Line] = []
        self.activities: dict[str, Activity] = {}

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        self.lines += [self._read(row) for row in rows]
        return []

    def finish(self) -> list[RowResult]:
        self._find_sessions()
        self._find_women()
        self._judge()
        if self.context.write:
            self._write()
        return [
            RowResult(line.row, Outcome.REFUSED if line.fault else line.outcome, (line.fault,) if line.fault else ())
            for line in self.lines
        ]

    def _read(self, row: Row) -> _Line:
        line = _Line(row.number, fault=row.refused[0] if row.refused else None)
        readers = {
            "activity": lambda value: spelling.plain(value).strip(),
            "day": spelling.day,
            "name": spelling.person_name,
            "phone": phone_cell,
            "id_number": self._identity,
        }
        for column, read in readers.items():
            try:
                value = read(row.cells.get(column))
            except CellRefused as refused:
                line.refuse(column, refused.code, **refused.context)
            else:
                setattr(line, "code" if column == "activity" else column, value or (None if column == "day" else ""))
        if not line.fault and not (line.phone or line.id_number):
            line.refuse("phone", "no_number")
        return line

    def _identity(self, value: Any) -> str:
        text = identity_cell(value)
        if not text:
            return ""
        try:
            found = parse_identity_number(text, today=self.context.today, allow_invented=self.context.allow_invented)
        except InvalidIdentityNumber as invalid:
            raise CellRefused("id_wrong") from invalid
        return found.number

    def _find_sessions(self) -> None:
        """Activities run at or below the organisation one imports for. Two queries."""
        path = self.context.organization.path
        rows = Activity.objects.filter(
            organization__path__startswith=path, code__in={line.code for line in self.lines if line.code}
        )
        self.activities = {row.code: row for row in rows.select_related("offering", "organization")}
        offerings = [row.offering_id for row in self.activities.values()]
        held: dict[int, list[Session]] = {}
        sessions = Session.objects.filter(offering__in=offerings, capacity__gt=0)
        for session in sessions.select_related("venue__organization", "venue__provider", "offering__organization"):
            held.setdefault(session.offering_id, []).append(session)
        for line in self.lines:
            if line.fault:
                continue
            activity = self.activities.get(line.code)
            if activity is None:
                line.refuse("activity", "no_activity", line.code)
            else:
                self._settle(line, held.get(activity.offering_id, []))

    def _settle(self, line: _Line, sessions: list[Session]) -> None:
        meant = [one for one in sessions if line.day is None or _on(one, line.day)]
        if len(meant) != 1:
            line.refuse("day", "no_session" if not meant else "which_session")
        elif meant[0].starts_at > self.context.now:
            line.refuse("day", "not_begun")
        else:
            line.session = meant[0]

    def _find_women(self) -> None:
        """Women at work below the organisation, by their numbers. One query."""
        wanted = [line for line in self.lines if not line.fault]
        asked = Q(id_index__in=[Worker.index_of(line.id_number) for line in wanted if line.id_number])
        asked |= Q(phone_index__in=[Worker.index_of(line.phone) for line in wanted if line.phone])
        by_id, by_phone = {}, {}
        rows = Worker.objects.below(self.context.organization.path).filter(asked, state=WorkerState.ACTIVE)
        for worker in rows.select_related("organization").order_by("pk"):
            by_id[worker.id_index] = worker
            by_phone.setdefault(worker.phone_index, []).append(worker)
        for line in wanted:
            if line.id_number:
                found = [by_id[key] for key in [Worker.index_of(line.id_number)] if key in by_id]
            else:
                found = by_phone.get(Worker.index_of(line.phone), [])
            within = [worker for worker in found if _takes_part(worker, self.activities[line.code])]
            named = [worker for worker in within if worker.name == line.name]
            if len(named) == 1:
                line.worker = named[0]
            else:
                column = "id_number" if line.id_number else "phone"
                line.refuse("name" if within else column, "another_name" if within else "not_on_roster")

    def _judge(self) -> None:
        good = [line for line in self.lines if not line.fault]
        first: dict[tuple[int, int], int] = {}
        for line in good:
            seen = first.setdefault((line.worker.pk, line.session.pk), line.row)
            if seen != line.row:
                line.refuse("name", "listed_twice", masking.mask_name(line.name), first=seen)
        live, absent = self._bookings(good)
        rooms = self._rooms(good)
        for line in good:
            if not line.fault:
                self._decide(line, live, absent, rooms[line.session.pk])

    def _bookings(self, lines: Sequence[_Line]) -> tuple[dict, set]:
        """Her live booking by activity, and the sessions from which she was recorded as absent. One query."""
        rows = Booking.objects.unscoped().filter(
            offering__in={line.session.offering_id for line in lines},
            worker__in={line.worker.pk for line in lines},
            state__in=[*LIVE, BookingState.NO_SHOW],
        )
        live, absent = {}, set()
        for offering, worker, session, state in rows.values_list("offering", "worker", "session", "state"):
            if state == BookingState.NO_SHOW:
                absent.add((session, worker))
            else:
                live[offering, worker] = (session, state)
        return live, absent

    def _rooms(self, lines: Sequence[_Line]) -> dict[int, _Room]:
        """One query an activity: what each union may draw on, shared between the sessions of an activity."""
        rooms: dict[int, _Room] = {}
        pots: dict[int, dict[str, list[list]]] = {}
        for line in lines:
            offering = line.session.offering
            if offering.pk not in pots:
                paths = {one.worker.organization.path for one in lines if one.session.offering_id == offering.pk}
                counters: dict[int, list] = {}
                pots[offering.pk] = {
                    path: [
                        counters.setdefault(pot.pk, [pot.pk, pot.left])
                        for pot in places.hers(found, places.unconditional)
                    ]
                    for path, found in payers_by_path(offering, paths).items()
                }
            rooms.setdefault(line.session.pk, _Room(line.session.left, pots[offering.pk]))
        return rooms

    def _decide(self, line: _Line, live: dict, absent: set, room: _Room) -> None:
        session, state = live.get((line.session.offering_id, line.worker.pk), (None, None))
        if session is not None and session != line.session.pk:
            line.refuse("day", "other_session")
        elif state == BookingState.ATTENDED:
            line.outcome = Outcome.SAME
        elif state == BookingState.CONFIRMED:
            line.outcome = Outcome.CHANGED
        elif state is not None:
            line.refuse("day", "changed")
        elif (line.session.pk, line.worker.pk) in absent and not self._correctable(line.session):
            line.refuse("day", "too_late")
        elif missing := room.seat(line.worker.organization.path):
            line.refuse("name", missing)
        else:
            line.outcome = Outcome.CHANGED if (line.session.pk, line.worker.pk) in absent else Outcome.NEW

    def _correctable(self, session: Session) -> bool:
        days = session.offering.correction_days
        return places.correctable(self.context.now, ends_at=session.ends_at, days=days)

    def _write(self) -> None:
        by_session: dict[int, list[_Line]] = {}
        for line in self.lines:
            if not line.fault and line.outcome != Outcome.SAME:
                by_session.setdefault(line.session.pk, []).append(line)
        for _key, lines in sorted(by_session.items()):
            try:
                record_roster(
                    self.activities[lines[0].code],
                    session=lines[0].session,
                    workers=[line.worker for line in lines],
                    by=self.context.by,
                    now=self.context.now,
                )
            except Refused:
                for line in lines:
                    line.refuse("day", "changed")


def _on(session: Session, day: date) -> bool:
    return timezone.localdate(session.starts_at) <= day <= timezone.localdate(session.ends_at)


def _takes_part(worker: Worker, activity: Activity) -> bool:
    return worker.organization.path.startswith(activity.organization.path)


ATTENDANCE = SheetSpec(
    code="activity-attendance",
    title=pgettext_lazy("signups", "List of those who came"),
    columns=COLUMNS,
    importer=AttendanceImporter,
    wordings=ATTENDANCE_WORDINGS,
    roles=RUNNERS,
    instructions=(
        _("One woman a line: the number of the activity, her name, and her mobile or identity number."),
        _("Who had signed up is recorded as come; who hadn't takes a free place. Nobody is entered on a roster by it."),
        _("A woman who is found on no roster of this branch is refused with the reason beside her line."),
    ),
    order=200,
)
