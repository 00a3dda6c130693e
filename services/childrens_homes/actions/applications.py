"""Writes of site applications: drafted, corrected, and moved from the school to the city (B4)."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, notifications, policies, workflow
from services.childrens_homes.actions.holding import changed, checked, hold, hold_programme, stepped
from services.childrens_homes.enums import ApplicationState, Profile, ProgrammeState, RequirementCode, SiteType
from services.childrens_homes.models import Programme, SiteApplication
from services.childrens_homes.queries.requirements import in_force
from services.childrens_homes.rules.areas import TOO_LARGE, fault_of
from services.organizations.enums import Kind
from services.organizations.models import Organization

EDITABLE = (ApplicationState.DRAFT, ApplicationState.RETURNED)
TELLS = {
    "returned": notifications.APPLICATION_RETURNED,
    "rejected": notifications.APPLICATION_REJECTED,
    "included": notifications.APPLICATION_INCLUDED,
}


def insist_areas(programme: Programme, **areas) -> None:
    """Refuse a typing error. ``areas``: room_m2, outdoor_m2. Raises ``AreaAbsurd``, ``AreaMissing``."""
    requirements = in_force(programme)
    for name, code in (("room_m2", RequirementCode.ROOM), ("outdoor_m2", RequirementCode.OUTDOOR)):
        found = requirements.get(code)
        bound = found.absurd if found else None
        fault = fault_of(areas.get(name), bound)
        if fault == TOO_LARGE:
            shown = {"area": f"{areas[name].normalize():f}", "bound": f"{bound.normalize():f}"}
            raise errors.AreaAbsurd(field=name, **shown)
        if fault:
            raise errors.AreaMissing(field=name)


def _insist_site(host: Organization, site_type: str, profile: str) -> None:
    """The kind of site and the standard are two things (T14), but not every pair can be."""
    small = host.kind == Kind.KINDERGARTEN
    fits_host = (site_type == SiteType.KINDERGARTEN) == small
    township = site_type in (SiteType.MIDDLE_SCHOOL, SiteType.PRIMARY_SCHOOL)
    fits_profile = profile == (Profile.SCHOOL if township else Profile.PRESCHOOL)
    if site_type == SiteType.VILLAGE_PRIMARY:
        fits_profile = True
    if not (fits_host and fits_profile):
        raise errors.SiteDoesNotFit(field="profile" if fits_host else "site_type")


def county_of(host: Organization) -> Organization:
    """The county above a host. Raises ``NotAHost``."""
    found = Organization.objects.filter(path=host.path[: 2 * Organization.steplen], kind=Kind.COUNTY_WF).first()
    if found is None or host.kind not in (Kind.SCHOOL, Kind.KINDERGARTEN) or host.closed_on:
        raise errors.NotAHost(field="host")
    return found


@transaction.atomic
def draft_application(programme: Programme, host: Organization, *, by, **stated) -> SiteApplication:
    """Raises ``PermissionDenied``, ``ProgrammeNotRunning``, ``NotAHost``, ``SiteDoesNotFit``, ``AreaAbsurd``,
    ``Invalid``. Lock: the programme."""
    policies.may_file_site(by, host).insist()
    programme = hold_programme(programme)
    if programme.state != ProgrammeState.ACTIVE or not host.path.startswith(programme.city.path):
        raise errors.ProgrammeNotRunning()
    county = county_of(host)
    _insist_site(host, stated["site_type"], stated["profile"])
    insist_areas(programme, room_m2=stated["room_m2"], outdoor_m2=stated["outdoor_m2"])
    application = checked(
        SiteApplication(programme=programme, host=host, county=county, created_by=by, moved_at=None, **stated)
    )
    log(instance=application, action="childrens_homes.draft_application", user=by)
    return application


@transaction.atomic
def edit_application(application: SiteApplication, *, by, **stated) -> SiteApplication:
    """Before it is handed in, or after it was returned. Raises as ``draft_application``, and ``NotEditable``."""
    policies.may_file_site(by, application.host).insist()
    application = hold(application, "host", "programme")
    if application.state not in EDITABLE:
        raise errors.NotEditable()
    _insist_site(application.host, stated["site_type"], stated["profile"])
    insist_areas(application.programme, room_m2=stated["room_m2"], outdoor_m2=stated["outdoor_m2"])
    application = changed(application, stated)
    log(instance=application, action="childrens_homes.edit_application", user=by)
    return application


@transaction.atomic
def move_application(
    application: SiteApplication, verb: str, *, by, now: datetime, reason: str = ""
) -> SiteApplication:
    """One step further; a step taken already changes nothing. ``include`` is the plan's approval alone.

    Whoever handed it in is told when it is returned, rejected or included. Raises ``PermissionDenied``,
    ``NotFromHere``, ``ReasonMissing``.
    """
    application = hold(application, "host", "programme", "submitted_by")
    step = stepped(workflow.APPLICATION, application, verb, reason)
    if step is None:
        return application
    if by is not None:
        policies.may_step(by, step.who, application.host).insist()
    application.state, application.moved_at = step.target, now
    if verb == "submit":
        application.submitted_by, application.reason = by, ""
    if step.needs_reason:
        application.reason = reason.strip()
    application.save(update_fields=["state", "moved_at", "submitted_by", "reason"])
    log(
        instance=application,
        action=f"childrens_homes.application_{verb}",
        user=by,
        data={"reason": reason.strip()},
        timestamp=now,
    )
    if key := TELLS.get(step.target):
        notifications.tell_applicant(key, application)
    return application
