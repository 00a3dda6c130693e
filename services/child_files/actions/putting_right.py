"""Putting a file right: what is wrong or not needed any more is taken out, a guardian's phone is corrected, a
guardianship ends (PIPL Arts. 8, 19, 46, 47; E2.10)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.actions.filling import restate
from services.child_files.enums import CURRENT, LISTED, FileState
from services.child_files.models import Child, ChildConsent, Guardian, GuardianLink, GuardianshipLink
from services.child_files.queries.files import guardians_of, locked

# What the address calls it → where it lies. Consents, looks and concerns are no teacher's to take out.
TAKEN_OUT = {
    "parent": "absences",
    "care": "delegations",
    "opinion": "opinions",
    "contact": "contacts",
    "growth": "growth",
    "result": "results",
    "visit": "visits",
    "meeting": "meetings",
}
FIXABLE = (*CURRENT, FileState.EXITED)


def _held(child: Child, states, *, by) -> Child:
    child = locked(child)
    policies.may_keep(by, child).insist()
    if child.state not in states:
        raise errors.NoSuchStep(state=FileState(child.state).label)
    return child


def _noted(child: Child, verb: str, *, by, now: datetime, **data) -> None:
    restate(child)
    log(instance=child, action=f"child_files.{verb}", user=by, data=data, timestamp=now)


@transaction.atomic
def take_out(child: Child, what: str, key: int, *, by, now: datetime) -> Child:
    """One record is gone for good; the history keeps that one of this kind was taken out, and by whom. Twice is once.

    Raises ``PermissionDenied``, ``NoSuchStep``.
    """
    child = _held(child, FIXABLE, by=by)
    if getattr(child, TAKEN_OUT[what]).filter(pk=key).delete()[0]:
        _noted(child, "take_out", by=by, now=now, what=what)
    return child


@transaction.atomic
def correct_guardian(
    link: GuardianshipLink, *, name: str, phone: str, address: str, lives_with_child: bool, by, now: datetime
) -> GuardianshipLink:
    """How she is reached, on every file of hers in this home; links that went to the old phone stop working. Her name
    alone can be corrected only while she has answered nothing: else somebody would stand for what another said.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``NameFixed``. Locks the file.
    """
    child = _held(link.child, LISTED, by=by)
    link = guardians_of(child).get(pk=link.pk)
    guardian = link.guardian
    if name != guardian.name and ChildConsent.objects.unscoped().filter(giver__guardian=guardian).exists():
        raise errors.NameFixed(field="name")
    if phone != guardian.phone or name != guardian.name:
        GuardianLink.objects.filter(guardianship__guardian=guardian, closed_at__isnull=True).update(closed_at=now)
    index = Guardian.index_of(name, phone)
    twin = Guardian.objects.unscoped().filter(home=child.home, person_index=index).exclude(pk=guardian.pk).first()
    if twin is not None:
        GuardianshipLink.objects.unscoped().filter(guardian=guardian).update(guardian=twin)
        guardian.delete()
        guardian = twin
    guardian.name, guardian.phone, guardian.address = name, phone, address.strip()
    guardian.save()
    link = guardians_of(child).get(pk=link.pk)
    link.lives_with_child = lives_with_child
    link.save(update_fields=["lives_with_child"])
    _noted(child, "correct_guardian", by=by, now=now, relation=link.relation)
    return link


@transaction.atomic
def end_guardianship(link: GuardianshipLink, *, on: date, by, now: datetime) -> GuardianshipLink:
    """From the day after she answers for the child no more; what she agreed to stands until somebody takes it back.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``DayOdd``, ``LastGuardian``. Locks the file.
    """
    child = _held(link.child, LISTED, by=by)
    link = guardians_of(child).get(pk=link.pk)
    if link.valid_to is not None:
        return link
    if not link.valid_from <= on <= localdate(now):
        raise errors.DayOdd(field="on")
    if not guardians_of(child).filter(valid_to__isnull=True).exclude(pk=link.pk).exists():
        raise errors.LastGuardian()
    link.valid_to = on
    link.save(update_fields=["valid_to"])
    GuardianLink.objects.filter(guardianship=link, closed_at__isnull=True).update(closed_at=now)
    _noted(child, "end_guardian", by=by, now=now, relation=link.relation)
    return link
