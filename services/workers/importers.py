"""The roster of women workers (女职工花名册): its columns, and how its lines become records."""

from collections.abc import Sequence
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import masking, spelling
from services.foundation.sheets import (
    CellRefused,
    Column,
    Fault,
    ImportContext,
    Outcome,
    Row,
    RowResult,
    SheetSpec,
)
from services.organizations.enums import ROSTER_WRITERS, Kind
from services.organizations.models import Organization
from services.workers.actions.roster import STATED, add_workers, restate_workers
from services.workers.enums import MaritalStatus, WorkerState
from services.workers.models import Worker
from services.workers.queries.duplicates import given_up_numbers
from services.workers.rules.roster import Person, RosterReader, shown
from services.workers.wordings import ROSTER_WHOLE_FILE, ROSTER_WORDINGS

COLUMNS = (
    Column(
        "union",
        _("Union"),
        (
            "工会名称",
            "所属工会",
            "所在工会",
            "工会组织",
            "基层工会",
            "工会组织名称",
            "所在单位",
            "单位名称",
            "工作单位",
            "单位",
            "工会",
            "工会编码",
        ),
        hint=_("Full name or code of the union; may be left out when everybody belongs to your own."),
        width=30,
        names_unit=True,
    ),
    Column(
        "name",
        pgettext_lazy("person", "Name"),
        ("姓名", "女职工姓名", "名字", "职工姓名"),
        required=True,
        mask=masking.mask_name,
    ),
    Column(
        "id_number",
        _("Identity number"),
        (
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "身份证",
            "证件号码",
            "证件号",
            "身份号码",
            "居民身份证号码",
            "id card",
            "id number",
        ),
        hint=_("18 characters, as text."),
        required=True,
        width=22,
        mask=masking.mask_identity,
    ),
    Column("birth_date", _("Date of birth"), ("出生日期", "出生年月日", "出生年月", "生日"), kind="date"),
    Column(
        "phone",
        _("Mobile number"),
        (
            "手机号码",
            "手机号",
            "手机",
            "移动电话",
            "联系电话",
            "联系方式",
            "联系号码",
            "电话号码",
            "电话",
            "mobile",
            "mobile phone",
            "phone",
        ),
        hint=_("11 digits; she signs in with it."),
        width=16,
        mask=masking.mask_phone,
    ),
    Column("position", _("Post"), ("岗位", "职务", "工种", "岗位名称", "工作岗位", "职务岗位", "职业", "职称")),
    Column(
        "employment_type",
        _("Form of employment"),
        ("用工形式", "用工性质", "用工类型", "用工方式", "编制", "编制情况", "人员类别", "合同类型", "就业形式"),
        kind="choice",
        choices=("在编", "合同制", "劳务派遣", "临时(满一年)", "新就业形态", "其他"),
    ),
    Column(
        "hired_on",
        _("Hired on"),
        ("入职时间", "入职日期", "参加工作时间", "到岗时间", "进单位时间", "入厂时间", "入职年月"),
        kind="date",
    ),
    Column(
        "joined_on",
        _("Member since"),
        ("入会时间", "入会日期", "加入工会时间", "加入工会日期", "入会年月"),
        kind="date",
    ),
    Column(
        "marital_status",
        _("Marital status"),
        ("婚姻状况", "婚姻情况", "婚姻", "婚否", "婚姻状态"),
        kind="choice",
        choices=("未婚", "已婚", "离异", "丧偶"),
    ),
    Column("sex", _("Sex"), ("性别",), kind="choice", choices=("女",)),
    Column("note", pgettext_lazy("column", "Note"), ("备注", "说明", "备注说明"), width=24),
)

_COMPARED = ("pk", "id_index", "organization_id", "state", "phone_index", *(f for f in STATED if f != "phone"))


class UnionFinder:
    """Which union a cell means, among those at or below the unit one imports for. One query."""

    def __init__(self, unit: Organization):
        self.unit, self.unit_pk = unit, unit.pk
        self.by_code: dict[str, int] = {}
        self.by_name: dict[str, list[int]] = {}
        self.closed: set[int] = set()
        below = Organization.objects.below(unit.path).values_list("pk", "code", "name", "closed_on", "kind")
        kinds = set()
        for pk, code, name, closed_on, kind in below:
            self.by_code[spelling.label_key(code)] = pk
            self.by_name.setdefault(spelling.label_key(name), []).append(pk)
            kinds.add(kind)
            if closed_on:
                self.closed.add(pk)
        self.alone = kinds == {Kind.GRASSROOTS_UNION} or len(self.by_code) == 1
        self._answers: dict[str, tuple[int | None, CellRefused | None]] = {}

    def find(self, text: str, *, column_present: bool) -> tuple[int | None, CellRefused | None]:
        """Its key, or what is wrong."""
        if not text:
            return (self.unit_pk, None) if self.alone or not column_present else (None, CellRefused("no_union"))
        if text not in self._answers:
            self._answers[text] = self._find(spelling.label_key(text))
        return self._answers[text]

    def _find(self, key: str) -> tuple[int | None, CellRefused | None]:
        found = self.by_name.get(key, [])
        if not found and key in self.by_code:
            found = [self.by_code[key]]
        open_ones = [pk for pk in found if pk not in self.closed]
        if len(open_ones) > 1:
            return None, CellRefused("ambiguous_union")
        if open_ones:
            return open_ones[0], None
        if found:
            return None, CellRefused("closed_union")
        belongs = self._elsewhere.get(key)
        return None, CellRefused("foreign_union", belongs=belongs) if belongs else CellRefused("unknown_union")

    @cached_property
    def _elsewhere(self) -> dict[str, str]:
        """How other units than hers are called, by name and by code. One query, once a line names none of hers."""
        others = Organization.objects.exclude(path__startswith=self.unit.path).order_by("code")
        told = {}
        for code, name in others.values_list("code", "name"):
            words = f"{name} ({code})"
            told[spelling.label_key(code)] = words
            key = spelling.label_key(name)
            # Of several units with one name it isn't said which is meant.
            told[key] = words if told.get(key, words) == words else name
        return told


class RosterImporter:
    """Judges lines, matches them by identity number, and writes what is new or changed.

    An empty cell says nothing: it never erases what a record holds. A line whose identity number stood higher up in
    the file is refused, also when the first line is faulty, as nobody can tell which of the two is meant. A person
    of another unit is refused (T44). Who left this very unit and stands on its roster again is employed again.
    """

    def __init__(self, context: ImportContext):
        self.context = context
        self.reader = RosterReader(today=context.today, allow_invented=context.allow_invented)
        self.unions = UnionFinder(context.organization)
        self.has_unions = "union" in context.columns
        self.first_rows: dict[int, int] = {}

    def take(self, rows: Sequence[Row]) -> list[RowResult]:
        """One query to match the chunk, one more to fetch what changed, and the inserts."""
        results: dict[int, RowResult] = {}
        people: list[tuple[Person, Worker]] = []
        for row in rows:
            person, union, faults = self._judge(row)
            if faults:
                results[row.number] = RowResult(row.number, Outcome.REFUSED, tuple(faults))
            else:
                people.append((person, _worker(person, union)))
        self._match(people, results)
        return [results[row.number] for row in rows]

    def finish(self) -> list[RowResult]:
        return []

    def _judge(self, row: Row) -> tuple[Person, int | None, list[Fault]]:
        person, faults = self.reader.read(row.number, row.cells)
        if row.refused:
            unreadable = {fault.column for fault in row.refused}
            faults = [*row.refused, *(fault for fault in faults if fault.column not in unreadable)]
        union, refused = self.unions.find(person.union, column_present=self.has_unions)
        if refused and not any(fault.column == "union" for fault in faults):
            faults.append(Fault("union", refused.code, refused.context, shown("union", person.union)))
        if person.id_number:
            key = int(person.id_number.replace("X", "9") + ("1" if person.id_number[-1] == "X" else "0"))
            first = self.first_rows.setdefault(key, row.number)
            if first != row.number:
                faults.append(Fault("id_number", "dup_in_file", {"first": first}, shown("id_number", person.id_number)))
        return person, union, faults

    def _match(self, people: list[tuple[Person, Worker]], results: dict[int, RowResult]) -> None:
        known = Worker.objects.unscoped().filter(id_index__in=[worker.id_index for _, worker in people])
        if self.context.write:
            known = known.select_for_update(of=("self",))
        held = {values[1]: dict(zip(_COMPARED, values, strict=True)) for values in known.values_list(*_COMPARED)}
        strangers = [worker.id_index for _, worker in people if worker.id_index not in held]
        slips = given_up_numbers(strangers) if strangers else frozenset()
        new, changed = [], {}
        for person, worker in people:
            record = held.get(worker.id_index)
            if record is None and (worker.id_index, worker.name) in slips:
                fault = Fault("id_number", "number_given_up", {}, worker.masked_id_number)
                outcome, faults = Outcome.REFUSED, (fault,)
            elif record is None:
                new.append(worker)
                outcome, faults = Outcome.NEW, ()
            elif record["organization_id"] != worker.organization_id:
                outcome, faults = Outcome.REFUSED, (Fault("id_number", "other_unit", {}, worker.masked_id_number),)
            elif differences(record, worker):
                changed[record["pk"]] = worker
                outcome, faults = Outcome.CHANGED, ()
            else:
                outcome, faults = Outcome.SAME, ()
            results[person.number] = RowResult(person.number, outcome, faults)
        if self.context.write:
            add_workers(new, now=self.context.now)
            restate_workers(changed, now=self.context.now)


def _worker(person: Person, union: int) -> Worker:
    worker = Worker(
        organization_id=union,
        name=person.name,
        id_number=person.id_number,
        birth_date=person.birth_date,
        phone=person.phone,
        position=person.position,
        employment_type=person.employment_type,
        hired_on=person.hired_on,
        joined_on=person.joined_on,
        marital_status=person.marital_status or MaritalStatus.UNKNOWN,
        note=person.note,
    )
    worker.fill_derived()
    return worker


def differences(record: dict, worker: Worker) -> list[str]:
    """The fields in which a line says something other than the record; what it leaves empty doesn't count."""
    found = [] if record["state"] == WorkerState.ACTIVE else ["state"]
    for field in STATED:
        column = "phone_index" if field == "phone" else field
        value = getattr(worker, column)
        if value and value != record[column] and not (field == "marital_status" and value == MaritalStatus.UNKNOWN):
            found.append(field)
    return found


ROSTER = SheetSpec(
    code="workers",
    title=_("Roster of women workers"),
    columns=COLUMNS,
    importer=RosterImporter,
    wordings=ROSTER_WORDINGS,
    whole_file=ROSTER_WHOLE_FILE,
    roles=ROSTER_WRITERS,
    order=10,
    instructions=(
        _("One woman a line, below the headings. Columns you don't need can be left empty."),
        _("Identity numbers have 18 characters and stay formatted as text."),
        _("Dates are written as 2018-06-26."),
        _("An empty cell never erases what her record holds already."),
    ),
)

register = ROSTER.register
