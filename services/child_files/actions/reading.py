"""Looks at a file: on record before anything is shown (E2.09, E2.12)."""

from datetime import datetime, timedelta

from django.db import transaction

from services.child_files import errors, policies
from services.child_files.enums import ReadPurpose
from services.child_files.models import (
    CareDelegation,
    Child,
    FileRead,
    Guardian,
    GuardianshipLink,
    ParentAbsence,
    taught_paths,
)
from services.child_files.queries.files import Way, way_into
from services.foundation.masking import redact
from services.organizations.enums import Role
from services.privacy.actions import record_look, record_routine_look

OF_CHILD = ("birth_date", "id_number", "health_note")
OF_PARENT, OF_GUARDIAN, OF_CARER = ("works_at", "phone"), ("phone", "address"), ("carer_phone", "carer_address")
WHOLE_FILE = "file"
# More than a teacher has children: who opens more is leafing through.
FILES_AN_HOUR = 100


@transaction.atomic
def open_file(child: Child, *, by, now: datetime, address: str = "") -> Way:
    """Note that somebody opens the file, and by which way. Every opening is a line of its own.

    Raises ``PermissionDenied``, ``LooksUsedUp``.
    """
    way = way_into(by, child, now)
    if not way:
        policies.may_open(by, child, now).insist()
    mine = FileRead.objects.unscoped().filter(viewer=by, fields=WHOLE_FILE, at__gte=now - timedelta(hours=1))
    if mine.values("child").distinct().count() >= FILES_AN_HOUR and not mine.filter(child=child).exists():
        raise errors.LooksUsedUp(limit=FILES_AN_HOUR)
    purpose, reason = _purpose(way)
    record_routine_look(
        viewer=by,
        subject=child,
        fields=[WHOLE_FILE],
        reason=str(ReadPurpose(purpose).label),
        limit=0,
        organization_path=child.home.host.path,
        now=now,
    )
    note_read(child, by=by, way=way, fields=[WHOLE_FILE], purpose=purpose, reason=reason, now=now, address=address)
    return way


def _purpose(way: Way) -> tuple[str, str]:
    if way.grant:
        return way.grant.purpose, way.grant.reason
    if way.emergency:
        return ReadPurpose.EMERGENCY, way.emergency.reason
    return ReadPurpose.DAILY_CARE, ""


def note_read(
    child: Child, *, by, way: Way, fields: list[str], purpose: str, reason: str, now: datetime, address: str = ""
) -> FileRead:
    role = Role.HOME_TEACHER if child.home.host.path in taught_paths(by) else Role.WF_OFFICER
    return FileRead.objects.create(
        child=child,
        viewer=by,
        role=role,
        fields=", ".join(fields)[:200],
        purpose=purpose,
        reason=redact(reason)[:200],
        grant=way.grant,
        emergency=way.emergency,
        address_index=FileRead.index_of_address(address),
        at=now,
    )


@transaction.atomic
def reveal(child: Child, what: str, *, by, reason: str, now: datetime, address: str = "") -> str:
    """One value in clear, after the look has been written down. ``what``: ``child-birth_date``, ``parent-7-phone``.

    Raises ``PermissionDenied``, ``LookupError`` for what isn't of this child, privacy's ``ReasonMissing`` and
    ``TooManyLooks`` (thirty an hour); then nothing is shown.
    """
    way = way_into(by, child, now)
    if not way:
        policies.may_open(by, child, now).insist()
    holder, field = _holder(child, what)
    record_look(viewer=by, subject=holder, fields=[field], reason=reason, organization_path=child.home.host.path)
    purpose, _reason = _purpose(way)
    note_read(child, by=by, way=way, fields=[what], purpose=purpose, reason=reason, now=now, address=address)
    return getattr(holder, field)


def _holder(child: Child, what: str):
    """The row and field that ``what`` names, when it is of this child. Raises ``LookupError``."""
    kind, _dash, rest = what.partition("-")
    if kind == "child" and rest in OF_CHILD:
        return child, rest
    key, _dash, field = rest.partition("-")
    if not (key.isascii() and key.isdigit() and len(key) < 12):
        raise LookupError(what)
    found = None
    if kind == "parent" and field in OF_PARENT:
        found = ParentAbsence.objects.unscoped().filter(child=child, pk=key).first()
    elif kind == "carer" and field in OF_CARER:
        found = CareDelegation.objects.unscoped().filter(child=child, pk=key).first()
    elif kind == "guardian" and field in OF_GUARDIAN:
        mine = GuardianshipLink.objects.unscoped().filter(child=child, guardian=key)
        found = Guardian.objects.unscoped().filter(pk=key).first() if mine.exists() else None
    if found is None:
        raise LookupError(what)
    return found, field
