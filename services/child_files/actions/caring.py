"""What the home does with a child, written down: calls, growth, results, visits, meetings, the yearly review."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors
from services.child_files.actions.filling import held, insist_agreed
from services.child_files.actions.moving import move_file
from services.child_files.enums import OF_HEALTH, Channel, Purpose
from services.child_files.models import (
    AcademicResult,
    CaregiverMeeting,
    Child,
    ChildPaper,
    FamilyContact,
    GrowthRecord,
    HomeVisit,
)
from services.child_files.rules.school_terms import term_of

VISIT, MEETING = "visit", "meeting"
_PLANNED = {VISIT: HomeVisit, MEETING: CaregiverMeeting}


def _for_care(child: Child, *, by) -> Child:
    child = held(child, by=by)
    insist_agreed(child, Purpose.HOME_SERVICE)
    return child


@transaction.atomic
def note_contact(child: Child, *, channel: str, at: datetime, minutes: int | None, by, now: datetime) -> FamilyContact:
    """A contact has a time and a length, never a content. Video needs its own consent.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``NoConsent``, ``DayOdd``.
    """
    child = _for_care(child, by=by)
    if channel == Channel.VIDEO:
        insist_agreed(child, Purpose.VIDEO_CALL)
    if at > now:
        raise errors.DayOdd()
    return FamilyContact.objects.create(child=child, channel=channel, at=at, minutes=minutes, noted_by=by)


@transaction.atomic
def note_growth(
    child: Child, *, kind: str, note: str, on: date, by, now: datetime, paper: ChildPaper | None = None
) -> GrowthRecord:
    """A page of the growth record, in the term of its day. Health needs its own consent. Raises as ``note_contact``."""
    child = _for_care(child, by=by)
    if kind in OF_HEALTH:
        insist_agreed(child, Purpose.HEALTH)
    if on > localdate(now):
        raise errors.DayOdd()
    year, term = term_of(on)
    return GrowthRecord.objects.create(
        child=child, kind=kind, note=note.strip(), paper=paper, year=year, term=term, noted_on=on, noted_by=by
    )


@transaction.atomic
def note_result(child: Child, *, year: int, term: str, subject: str, band: str, by, now: datetime) -> AcademicResult:
    """A grade band; the same subject again in a term corrects it. Raises as ``note_contact``."""
    child = _for_care(child, by=by)
    if not 2000 <= year <= localdate(now).year:
        raise errors.DayOdd()
    made, _created = AcademicResult.objects.unscoped().update_or_create(
        child=child, year=year, term=term, subject=subject, defaults={"band": band}
    )
    return made


@transaction.atomic
def note_planned(
    child: Child,
    *,
    what: str,
    planned_on: date,
    done_on: date | None,
    findings: str = "",
    by,
    now: datetime,
):
    """A visit to the family or a meeting with the carer, planned or done; the plan of that day is completed.

    Raises as ``note_contact``.
    """
    child = _for_care(child, by=by)
    if done_on and done_on > localdate(now):
        raise errors.DayOdd()
    model = _PLANNED[what]
    found = model.objects.unscoped().filter(child=child, planned_on=planned_on, done_on__isnull=True).first()
    made = found or model(child=child, planned_on=planned_on)
    made.done_on, made.findings, made.by = done_on, findings.strip(), by
    made.save()
    log(instance=child, action=f"child_files.{what}", user=by, data={"done": bool(done_on)}, timestamp=now)
    return made


def review(child: Child, *, by, now: datetime) -> Child:
    """Somebody has gone through the file and found it right and no more than needed. Raises as ``move_file``."""
    return move_file(child, "review", by=by, now=now)
