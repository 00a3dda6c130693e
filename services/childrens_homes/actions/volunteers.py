"""Volunteers, their yearly check, and the roster that refuses whoever isn't cleared on the day (V7)."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.holding import changed, checked, hold
from services.childrens_homes.enums import HomeState, Vetting
from services.childrens_homes.models import Home, Programme, ServiceLog, VettingRecord, Volunteer
from services.childrens_homes.queries.requirements import WARN, in_force, months_of_vetting
from services.childrens_homes.rules.people import last_day_of_check, may_work, vetting_on
from services.organizations.models import Organization

# Children may be there.
OPEN = (HomeState.ACCEPTED, HomeState.OPERATING)


@transaction.atomic
def add_volunteer(
    organization: Organization, *, person_name: str, kind: str, trained_on: date | None = None, by
) -> Volunteer:
    """Not yet allowed anywhere: the check comes first. Raises ``PermissionDenied``, ``Invalid``."""
    policies.may_act_for(by, organization).insist()
    volunteer = checked(Volunteer(organization=organization, person_name=person_name, kind=kind, trained_on=trained_on))
    log(instance=volunteer, action="childrens_homes.add_volunteer", user=by)
    return volunteer


@transaction.atomic
def leave(volunteer: Volunteer, *, left_on: date, by) -> Volunteer:
    """Again: no change. Raises ``PermissionDenied``."""
    volunteer = hold(volunteer, "organization")
    policies.may_act_for(by, volunteer.organization).insist()
    if volunteer.left_on is None:
        volunteer = changed(volunteer, {"left_on": left_on})
        log(instance=volunteer, action="childrens_homes.volunteer_leaves", user=by)
    return volunteer


def _months(organization: Organization) -> int:
    """As the newest programme of the city reads the law."""
    city = organization.path[: Organization.steplen]
    programme = Programme.objects.unscoped().filter(city__path=city).order_by("-year").first()
    return months_of_vetting(in_force(programme)) if programme else 12


@transaction.atomic
def record_vetting(
    volunteer: Volunteer,
    *,
    result: str,
    document_number: str,
    checked_on: date,
    valid_until: date | None = None,
    by,
    today: date,
) -> VettingRecord:
    """Result and number of the paper, nothing else of it. Without ``valid_until`` it counts as long as it can.

    Raises ``PermissionDenied``, ``DayAhead``, ``VettingTooLong``, ``Invalid``. Lock: the volunteer.
    """
    volunteer = hold(volunteer, "organization")
    policies.may_act_for(by, volunteer.organization).insist()
    if checked_on > today:
        raise errors.DayAhead(field="checked_on")
    months = _months(volunteer.organization)
    last = last_day_of_check(checked_on, months)
    if valid_until and valid_until > last:
        raise errors.VettingTooLong(field="valid_until", months=months, last=f"{last:%Y-%m-%d}")
    record = checked(
        VettingRecord(
            volunteer=volunteer,
            result=result,
            document_number=document_number.strip(),
            checked_on=checked_on,
            valid_until=valid_until or last,
            recorded_by=by,
        )
    )
    log(instance=volunteer, action="childrens_homes.record_vetting", user=by, data={"result": result})
    return record


def insist_vetted(volunteer: Volunteer, day: date) -> None:
    """V7: on that very day. Raises ``NotVetted``, ``Gone``."""
    if volunteer.left_on and volunteer.left_on < day:
        raise errors.Gone(field="volunteer")
    rows = VettingRecord.objects.unscoped().filter(volunteer=volunteer)
    standing = vetting_on(day, rows.values_list("checked_on", "result", "valid_until"), warn=WARN)
    if not may_work(standing):
        label = Vetting(standing).label
        raise errors.NotVetted(field="volunteer", day=f"{day:%Y-%m-%d}", standing=label)


@transaction.atomic
def log_service(home: Home, volunteer: Volunteer, *, on: date, hours: Decimal, what: str, by) -> ServiceLog:
    """Planned or done: who isn't cleared on that day is refused either way.

    Raises ``PermissionDenied``, ``HomeNotRunning``, ``NotOfThisHome``, ``NotVetted``, ``Gone``, ``Invalid``. Locks:
    home, volunteer.
    """
    home = hold(home, "host")
    policies.may_run(by, home).insist()
    if home.state not in OPEN:
        raise errors.HomeNotRunning(state=home.get_state_display())
    volunteer = hold(volunteer, "organization")
    if not home.host.path.startswith(volunteer.organization.path):
        raise errors.NotOfThisHome(field="volunteer")
    insist_vetted(volunteer, on)
    service = checked(ServiceLog(volunteer=volunteer, home=home, on=on, hours=hours, what=what, recorded_by=by))
    log(instance=home, action="childrens_homes.log_service", user=by, data={"on": on.isoformat()})
    return service
