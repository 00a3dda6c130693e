"""The life of a group enrolment: prepared and looked at as often as one likes, carried out once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from services.bookings.errors import SessionGone
from services.foundation.verdict import Finding, Outcome
from services.screening import errors
from services.screening.actions.enrolling import Enrolled, Wish, enrol
from services.screening.actions.history import state_last_screening
from services.screening.enums import EnrolmentState, RowOutcome, RowPlan
from services.screening.models import Enrolment, EnrolmentRow, Programme
from services.screening.policies import may_enrol
from services.screening.queries.groups import Planned, plan_group, terms_or_refuse
from services.screening.rules.enrolment import Line
from services.screening.rules.preferred_dates import Preference
from services.workers.models import Worker

FITS = (RowPlan.BOOK, RowPlan.OFFER)
# A preview nobody came back to: its findings about women are not kept.
FORGOTTEN_AFTER = timedelta(days=1)


def prepare_enrolment(
    programme: Programme,
    lines: Sequence[Line],
    *,
    organization,
    together: bool = False,
    file_name: str = "",
    by,
    now: datetime,
) -> Enrolment:
    """Keep the list and plan it; takes no place. Her own forgotten previews of this programme are thrown away.

    What a line says about the last screening is kept as the woman's statement, written down by the officer.

    Raises ``PermissionDenied`` (also for a woman of another union), ``NobodyChosen``, ``TooManyWomen``,
    ``TermsNotPublished``. No locks.
    """
    may_enrol(by, organization).insist()
    if not lines:
        raise errors.NobodyChosen()
    if len(lines) > settings.ENROLMENT_MAX_ROWS:
        raise errors.TooManyWomen(limit=settings.ENROLMENT_MAX_ROWS)
    terms_or_refuse(programme)
    keys = {line.worker for line in lines if line.worker}
    women = {
        her.pk: her
        for her in Worker.objects.below(organization.path).filter(pk__in=keys).select_related("organization")
    }
    if len(women) != len(keys):
        raise PermissionDenied()
    with transaction.atomic():
        for line in lines:
            if line.says:
                worker, day = women[line.worker], line.last_screened
                state_last_screening(programme, worker=worker, last_screened_on=day, by=by, now=now)
        old = Enrolment.objects.own(created_by=by, programme=programme, state=EnrolmentState.DRAFT)
        old.filter(created_at__lt=now - FORGOTTEN_AFTER).delete()
        enrolment = Enrolment.objects.create(
            programme=programme,
            organization=organization,
            together=together,
            file_name=file_name,
            created_by=by,
            created_at=now,
            planned_at=now,
        )
        rows = EnrolmentRow.objects.bulk_create(_row(enrolment, line) for line in lines)
        _plan(enrolment, rows, now=now)
    return enrolment


def _row(enrolment: Enrolment, line: Line) -> EnrolmentRow:
    return EnrolmentRow(
        enrolment=enrolment,
        position=line.position,
        worker_id=line.worker,
        stated=line.stated,
        wishes=[wish.as_json() for wish in line.wishes],
        unread=list(line.unread),
        plan=RowPlan.REFUSE,
        reasons=[finding.as_json() for finding in line.faults],
    )


def look_again(enrolment: Enrolment, *, together: bool | None = None, by, now: datetime) -> Enrolment:
    """Plan a list anew; one that was carried out stays as it is. Locks the enrolment. Raises ``TermsNotPublished``."""
    may_enrol(by, enrolment.organization).insist()
    with transaction.atomic():
        enrolment = locked(enrolment)
        if enrolment.state == EnrolmentState.DRAFT:
            enrolment.together = enrolment.together if together is None else together
            _plan(enrolment, _rows(enrolment), now=now)
        return enrolment


def locked(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it is now, locked, with programme and union."""
    rows = Enrolment.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("programme__offering", "organization").get(pk=enrolment.pk)


def _rows(enrolment: Enrolment) -> list[EnrolmentRow]:
    rows = EnrolmentRow.objects.own(enrolment=enrolment)
    return list(rows.select_related("worker__organization", "session").order_by("position"))


def _plan(enrolment: Enrolment, rows: Sequence[EnrolmentRow], *, now: datetime) -> None:
    wishes = {row.worker_id: [Preference.from_json(wish) for wish in row.wishes] for row in rows if row.worker_id}
    women = Worker.objects.below(enrolment.organization.path).filter(rows_in_groups__enrolment=enrolment)
    found = plan_group(
        enrolment.programme,
        women.order_by("rows_in_groups__position"),
        wishes,
        together=enrolment.together,
        now=now,
    )
    planned = [row for row in rows if row.worker_id]
    for row in planned:
        if row.worker_id in found:
            _note(row, found[row.worker_id])
        else:
            _leave_out(row)
    _store(planned, ["plan", "session", "starts_at", "allocation", "reasons", "outcome"])
    enrolment.planned_at = now
    enrolment.save(update_fields=["planned_at", "together"])


def _store(rows: Sequence[EnrolmentRow], fields: list[str]) -> None:
    """Write columns of rows that exist, in one statement: a CASE for each row and column takes ten times as long."""
    EnrolmentRow.objects.unscoped().bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _note(row: EnrolmentRow, planned: Planned) -> None:
    row.plan, row.session, row.allocation_id = planned.plan, planned.session, planned.allocation
    row.starts_at = planned.session.starts_at if planned.session else None
    unread = [Finding("unread_wish", Outcome.NOTE, {"text": text}) for text in row.unread]
    row.reasons = [finding.as_json() for finding in (*planned.reasons, *unread)]
    row.outcome = ""


def _leave_out(row: EnrolmentRow) -> None:
    """She belongs to another union by now: of how she stands there nothing is looked up and nothing is told."""
    row.plan, row.session, row.allocation, row.starts_at = RowPlan.REFUSE, None, None, None
    row.reasons = [Finding("transferred", Outcome.FAILED).as_json()]
    row.outcome = RowOutcome.LEFT_OUT


def _is_hers(enrolment: Enrolment, row: EnrolmentRow) -> bool:
    """Is the woman of the row still one of the union's, or of one below it?"""
    return row.worker.organization.path.startswith(enrolment.organization.path)


def carry_out(enrolment: Enrolment, *, only_those_who_fit: bool, by, now: datetime) -> Enrolment:
    """Take the places as the preview showed them. Doing it twice does it once.

    With ``only_those_who_fit`` the others are left out, and so is whoever doesn't fit any more or went to another
    union. Without it all are enrolled or none: then the list is planned anew, stays a preview, and its changed rows are
    marked. Raises ``SomeDontFit``, ``NobodyChosen`` and what ``enrol`` raises. Locks: the enrolment, then as ``enrol``.
    """
    may_enrol(by, enrolment.organization).insist()
    with transaction.atomic():
        enrolment = locked(enrolment)
        if enrolment.state == EnrolmentState.DONE:
            return enrolment
        rows = _rows(enrolment)
        fitting, whole = [row for row in rows if row.plan in FITS], not only_those_who_fit
        if not fitting:
            raise errors.NobodyChosen()
        if whole and len(fitting) < len(rows):
            raise errors.SomeDontFit()
        removed = {row.worker_id for row in fitting if row.session_id is None or not _is_hers(enrolment, row)}
        if whole and removed:
            _back_to_preview(enrolment, rows, removed, now=now)
            return enrolment
        wishes = [_wish(row) for row in fitting if row.worker_id not in removed]
        answers = enrol(enrolment.programme, wishes, all_or_nothing=whole, by=by, now=now)
        if whole and any(answer.booking is None for answer in answers):
            changed = {a.wish.worker.pk for a in answers if a.outcome == RowOutcome.CHANGED}
            _back_to_preview(enrolment, rows, changed, now=now)
        else:
            _conclude(enrolment, rows, answers, by=by, now=now)
        return enrolment


def _wish(row: EnrolmentRow) -> Wish:
    return Wish(row.worker, row.session, row.starts_at, row.allocation_id or 0, kept=row.plan == RowPlan.OFFER)


def _back_to_preview(enrolment: Enrolment, rows, changed: set[int], *, now: datetime) -> None:
    _plan(enrolment, rows, now=now)
    EnrolmentRow.objects.own(enrolment=enrolment, worker__in=changed).update(outcome=RowOutcome.CHANGED)


def _conclude(enrolment: Enrolment, rows, answers: Sequence[Enrolled], *, by, now: datetime) -> None:
    by_worker = {answer.wish.worker.pk: answer for answer in answers}
    for row in rows:
        answer = by_worker.get(row.worker_id)
        row.outcome = answer.outcome if answer else RowOutcome.LEFT_OUT
        if answer is None and row.worker_id and not _is_hers(enrolment, row):
            _leave_out(row)
        elif answer is None and row.plan in FITS:
            row.outcome = RowOutcome.CHANGED
            row.reasons = [Finding(SessionGone.code, Outcome.FAILED).as_json()]
        if answer:
            row.booking = answer.booking
            row.reasons = [f.as_json() for f in answer.reasons] or row.reasons
    _store(rows, ["plan", "session", "starts_at", "allocation", "outcome", "booking", "reasons"])
    enrolment.state, enrolment.done_by, enrolment.done_at = EnrolmentState.DONE, by, now
    enrolment.save(update_fields=["state", "done_by", "done_at"])
