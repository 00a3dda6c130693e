"""Values are entered while a report is a draft; afterwards a new version is the only way to change one."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from services.indicators import errors, policies
from services.indicators.enums import WRITABLE
from services.indicators.models import Report, Value
from services.indicators.queries.known import Known, known_of
from services.indicators.queries.reports import asked_of, stated, with_all
from services.indicators.rules.values import SILENT, Entered, Stated, judge

_AT_ONCE = 2_000


def locked(report: Report, *, seen: int | None = None) -> Report:
    """The report as it stands, held until the transaction ends. Raises ``ChangedMeanwhile`` when ``seen`` is past."""
    held = with_all(Report.objects.unscoped().select_for_update(of=("self",))).get(pk=report.pk)
    if seen is not None and held.changes != seen:
        raise errors.ChangedMeanwhile()
    return held


@transaction.atomic
def save_values(report: Report, entered: Mapping[tuple[int, str], Entered], *, by, seen: int | None = None) -> Report:
    """Keep what was entered; what isn't named stays. Nothing is kept while one value is wrong.

    Raises ``PermissionDenied``, ``WrongState``, ``ChangedMeanwhile``, ``ValuesWrong``. Lock: the report.
    """
    held = locked(report, seen=seen)
    policies.may_write(by, held.place.organization).insist()
    if held.state not in WRITABLE:
        raise errors.WrongState(state=held.get_state_display())
    asked = {element.pk: element for element in asked_of(held.place)}
    faults, found = {}, {}
    for (element_id, cut), one in entered.items():
        element = asked.get(element_id)
        if element is None or (cut and cut not in element.cuts):
            continue
        found[element_id, cut], wrong = judge(one.amount, one.status, element.bounds, note=one.note.strip()[:200])
        if wrong:
            faults[element.code, cut] = wrong
    if faults:
        raise errors.ValuesWrong(faults)
    before = stated(held)
    changed = {key: one for key, one in found.items() if one != before.get(key, SILENT)}
    if not changed:
        return held
    known = known_of(held.place, [asked[key] for key, cut in changed if not cut])
    store((held.pk, key, cut, one, _source(one, cut, known.get(key))) for (key, cut), one in changed.items())
    held.changes += 1
    held.save(update_fields=["changes"])
    return held


def _source(one: Stated, cut: str, known: Known | None) -> str:
    """Which service told this very number; empty: the place says so itself."""
    return known.code if known is not None and not cut and one.amount == known.amount else ""


def store(rows: Iterable[tuple[int, int, str, Stated, str]]) -> None:
    """Values of drafts, judged before: (report, element, cut, what is stated, source). What says nothing is taken out.

    A constant number of queries for each two thousand rows.
    """
    said, silent = [], []
    for report, element, cut, one, source in rows:
        row = Value(
            report_id=report,
            element_id=element,
            cut=cut,
            amount=one.amount,
            status=one.status,
            note=one.note,
            source=source,
        )
        (said if one.says else silent).append(row)
    if said:
        Value.objects.bulk_create(
            said,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["report", "element", "cut"],
            update_fields=["amount", "status", "note", "source"],
        )
    for row in silent:
        Value.objects.filter(report=row.report_id, element=row.element_id, cut=row.cut).delete()
