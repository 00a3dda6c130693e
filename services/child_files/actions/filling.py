"""Filling a file once the guardian has agreed: minimum fields, character, parents away, entrusted care, opinions."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.actions.registering import link_guardian
from services.child_files.actions.switching import ID_NUMBER, insist_on
from services.child_files.enums import CURRENT, FileState, Purpose
from services.child_files.models import (
    FILLED,
    CareDelegation,
    Child,
    GuardianshipLink,
    Opinion,
    ParentAbsence,
    Traits,
)
from services.child_files.queries.consents import purposes_on
from services.child_files.queries.files import agrees, guardians_of, locked
from services.child_files.rules.ages import age_band, fits_a_home, gets_own_notice
from services.child_files.rules.guardianship import Stated, all_checked, excluded_by
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number

_LONGEST_NOTE = 200


def held(child: Child, *, by) -> Child:
    """The file under its lock, for somebody who writes in it. Raises ``PermissionDenied``, ``NoSuchStep``."""
    child = locked(child)
    policies.may_keep(by, child).insist()
    if child.state not in CURRENT:
        raise errors.NoSuchStep(state=FileState(child.state).label)
    return child


def insist_agreed(child: Child, purpose: str) -> None:
    """Raises ``NoConsent`` unless the guardian's yes to this purpose stands."""
    if not agrees(child, purpose):
        raise errors.NoConsent(purpose=Purpose(purpose).label)


def restate(child: Child) -> None:
    """Note anew which of the asked-for fields (A1.19) are filled; the values themselves aren't opened for reports.

    Where nobody is entrusted with the child, a guardian who lives with it is who looks after it.
    """
    absences = list(child.absences.all())
    carer = child.delegations.filter(ends_on__isnull=True).first()
    at_home = None if carer else guardians_of(child).filter(lives_with_child=True, valid_to__isnull=True).first()
    child.has_traits = Traits.objects.unscoped().filter(child=child).exists()
    child.has_parent_place = any(one.works_at for one in absences)
    child.has_parent_phone = any(one.phone for one in absences)
    child.has_carer = bool(carer or at_home)
    child.has_carer_address = bool(carer.has_address if carer else at_home and at_home.guardian.address)
    child.has_carer_phone = bool(carer.has_phone if carer else at_home and at_home.guardian.phone)
    child.index_person()
    child.complete = all(getattr(child, name) for name in FILLED)
    child.save()


def _noted(child: Child, verb: str, *, by, now: datetime, **data) -> None:
    restate(child)
    log(instance=child, action=f"child_files.{verb}", user=by, data=data, timestamp=now)


@transaction.atomic
def fill_basics(
    child: Child,
    *,
    name: str,
    sex: str,
    birth_date: date,
    school_class: str = "",
    health_note: str | None = None,
    id_number: str = "",
    by,
    now: datetime,
) -> Child:
    """Name, sex, day of birth, class. A note on health needs its own consent, a number the programme's switch.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``NoConsent``, ``BirthUnfit``, ``OnFileAlready``, ``NumberOff``,
    ``NumberUnfit``.
    """
    child = held(child, by=by)
    insist_agreed(child, Purpose.HOME_SERVICE)
    today = localdate(now)
    if not fits_a_home(birth_date, today):
        raise errors.BirthUnfit()
    child.name, child.sex, child.birth_date = name.strip(), sex, birth_date.isoformat()
    child.school_class, child.age_band = school_class.strip(), age_band(birth_date, today)
    if health_note is not None and health_note.strip() != child.health_note:
        if health_note.strip():
            insist_on(child.home.programme, Purpose.HEALTH)
            insist_agreed(child, Purpose.HEALTH)
        child.health_note = health_note.strip()
    if id_number:
        _take_number(child, id_number, birth_date, today)
    _insist_once(child)
    if gets_own_notice(birth_date, today) and child.own_notice_on is None:
        child.review_due_on = today
    _noted(child, "fill", by=by, now=now)
    return child


def _insist_once(child: Child) -> None:
    index = Child.index_of(child.name, child.birth_date)
    twin = Child.objects.unscoped().filter(home=child.home, person_index=index).exclude(pk=child.pk).first()
    if twin:
        raise errors.OnFileAlready(code=twin.code)


def _take_number(child: Child, number: str, birth_date: date, today: date) -> None:
    if ID_NUMBER not in purposes_on(child.home.programme):
        raise errors.NumberOff()
    try:
        read = parse_identity_number(number, today=today, allow_invented=settings.ALLOW_INVENTED_IDENTITIES)
    except InvalidIdentityNumber:
        raise errors.NumberUnfit() from None
    if read.born != birth_date or read.sex != child.sex:
        raise errors.NumberUnfit()
    child.id_number = read.number


@transaction.atomic
def set_traits(child: Child, *, codes: list[str], note: str = "", by, now: datetime) -> Traits:
    """Raises ``PermissionDenied``, ``NoSuchStep``, ``NoConsent``."""
    child = held(child, by=by)
    insist_agreed(child, Purpose.HOME_SERVICE)
    values = {"codes": sorted(codes), "note": note.strip()[:_LONGEST_NOTE], "noted_at": now}
    made, _created = Traits.objects.unscoped().update_or_create(child=child, defaults=values)
    _noted(child, "traits", by=by, now=now)
    return made


@transaction.atomic
def set_absence(child: Child, *, parent: str, by, now: datetime, **details) -> ParentAbsence:
    """Where a parent is; the same parent again replaces what stood there. Raises as ``set_traits``, ``DayOdd``."""
    child = held(child, by=by)
    insist_agreed(child, Purpose.HOME_SERVICE)
    left, back = details.get("left_on"), details.get("returns_on")
    if (left and left > localdate(now)) or (left and back and back < left):
        raise errors.DayOdd()
    made, _created = ParentAbsence.objects.unscoped().update_or_create(child=child, parent=parent, defaults=details)
    _noted(child, "absence", by=by, now=now, parent=parent)
    return made


@transaction.atomic
def entrust(child: Child, *, checks: dict[str, bool | None], by, now: datetime, **details) -> CareDelegation:
    """Somebody looks after the child from now on; whoever did before has ended. She gets no right to consent.

    Raises as ``set_traits``, ``NotChecked``, ``CarerExcluded``, ``DayOdd``.
    """
    child = held(child, by=by)
    insist_agreed(child, Purpose.HOME_SERVICE)
    if not all_checked(checks):
        raise errors.NotChecked()
    if against := excluded_by(checks):
        words = [str(CareDelegation._meta.get_field(one).verbose_name) for one in against]
        raise errors.CarerExcluded(why=gettext(", ").join(words))
    starts = details["starts_on"]
    if starts > localdate(now):
        raise errors.DayOdd()
    for earlier in CareDelegation.objects.unscoped().filter(child=child, ends_on__isnull=True):
        earlier.ends_on = max(starts, earlier.starts_on)
        earlier.save(update_fields=["ends_on"])
    made = CareDelegation.objects.create(child=child, **details, **checks)
    _noted(child, "entrust", by=by, now=now, relation=made.relation)
    return made


@transaction.atomic
def hear(child: Child, *, about: str, agrees: bool | None, said: str, on: date, by, now: datetime) -> Opinion:
    """What the child itself says. Raises as ``set_traits``, ``DayOdd``."""
    child = held(child, by=by)
    insist_agreed(child, Purpose.HOME_SERVICE)
    if on > localdate(now):
        raise errors.DayOdd()
    made = Opinion.objects.create(child=child, about=about, agrees=agrees, said=said.strip(), heard_on=on, heard_by=by)
    log(instance=child, action="child_files.hear", user=by, data={"about": about}, timestamp=now)
    return made


@transaction.atomic
def tell_at_fourteen(child: Child, *, by, now: datetime) -> Child:
    """The child has got its own notice and what is stored was looked at again. Raises ``PermissionDenied``."""
    child = held(child, by=by)
    child.own_notice_on = child.own_notice_on or localdate(now)
    child.save(update_fields=["own_notice_on"])
    log(instance=child, action="child_files.own_notice", user=by, timestamp=now)
    return child


@transaction.atomic
def add_guardian(child: Child, *, guardian: Stated, by, now: datetime) -> GuardianshipLink:
    """Raises ``PermissionDenied``, ``NotAGuardian``, ``EvidenceMissing``."""
    child = held(child, by=by)
    made = link_guardian(child, guardian, on=localdate(now))
    restate(child)
    log(instance=child, action="child_files.add_guardian", user=by, data={"relation": made.relation}, timestamp=now)
    return made
