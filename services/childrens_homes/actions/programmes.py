"""Writes of a programme: set up, changed while it is a draft, started, closed; what its words mean, set anew."""

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies, samples
from services.childrens_homes.actions.holding import changed, checked, hold, hold_programme
from services.childrens_homes.enums import ProgrammeState
from services.childrens_homes.models import CensusDefinition, Milestone, Programme, Requirement
from services.organizations.models import Organization

# The numbers of a programme, which stand once it runs.
NUMBERS = ("year", "target", "target_school", "target_preschool", "pass_mark", "lead_department", "phrase")


def _insist_sum(values: dict) -> None:
    school, preschool, target = values["target_school"], values["target_preschool"], values["target"]
    if school + preschool != target:
        raise errors.TargetsDiffer(
            school=school, preschool=preschool, sum=school + preschool, target=target, field="target"
        )


@transaction.atomic
def set_up(city: Organization, *, by, **numbers) -> Programme:
    """A draft with what the plan's words are taken to mean, its milestones, and who counts as left behind.

    Raises ``PermissionDenied``, ``TargetsDiffer``, ``Invalid``.
    """
    if by is not None:
        policies.may_lead(by, city).insist()
    _insist_sum(numbers)
    programme = checked(Programme(city=city, state=ProgrammeState.DRAFT, **numbers))
    Requirement.objects.bulk_create(
        Requirement(programme=programme, code=code, version=1, set_by=by, **values)
        for code, values in samples.REQUIREMENTS.items()
    )
    Milestone.objects.bulk_create(
        Milestone(
            programme=programme,
            code=code,
            owner=window.owner,
            phrase=window.phrase,
            **samples.days_of(window, programme.year),
        )
        for code, window in samples.MILESTONES.items()
    )
    CensusDefinition.objects.unscoped().get_or_create(
        city=city, version=1, defaults={"words": samples.DEFINITION, "source": samples.DEFINITION_SOURCE}
    )
    log(instance=programme, action="childrens_homes.set_up", user=by)
    return programme


@transaction.atomic
def change(programme: Programme, *, by, **numbers) -> Programme:
    """Its numbers, as long as it is a draft. Raises ``PermissionDenied``, ``ProgrammeRunning``, ``TargetsDiffer``."""
    policies.may_lead(by, programme.city).insist()
    programme = hold_programme(programme)
    if programme.state != ProgrammeState.DRAFT:
        raise errors.ProgrammeRunning()
    _insist_sum({name: getattr(programme, name) for name in NUMBERS} | numbers)
    programme = changed(programme, numbers)
    log(instance=programme, action="childrens_homes.change_programme", user=by)
    return programme


@transaction.atomic
def activate(programme: Programme, *, by) -> Programme:
    """From now on sites are applied for. Again: no change. Raises ``PermissionDenied``, ``PassMarkMissing``,
    ``TargetsDiffer``, ``NotFromHere``."""
    policies.may_lead(by, programme.city).insist()
    programme = hold_programme(programme)
    if programme.state == ProgrammeState.ACTIVE:
        return programme
    if programme.state != ProgrammeState.DRAFT:
        raise errors.NotFromHere(state=programme.get_state_display())
    if programme.pass_mark is None:
        raise errors.PassMarkMissing()
    _insist_sum({name: getattr(programme, name) for name in NUMBERS})
    programme = changed(programme, {"state": ProgrammeState.ACTIVE})
    log(instance=programme, action="childrens_homes.activate", user=by)
    return programme


@transaction.atomic
def close(programme: Programme, *, by, reason: str) -> Programme:
    """Nothing more is planned in it; its homes stay.

    Raises ``PermissionDenied``, ``NotFromHere``, ``ReasonMissing``."""
    policies.may_lead(by, programme.city).insist()
    programme = hold_programme(programme)
    if programme.state == ProgrammeState.CLOSED:
        return programme
    if programme.state != ProgrammeState.ACTIVE:
        raise errors.NotFromHere(state=programme.get_state_display())
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    programme = changed(programme, {"state": ProgrammeState.CLOSED})
    log(instance=programme, action="childrens_homes.close_programme", user=by, data={"reason": reason.strip()})
    return programme


@transaction.atomic
def set_requirement(programme: Programme, code: str, *, by, reason: str, **values) -> Requirement:
    """Read the plan's words anew: a next version with its reason; earlier ones stay.

    Raises ``PermissionDenied``, ``ReasonMissing``, ``Invalid``. Lock: the programme.
    """
    policies.may_lead(by, programme.city).insist()
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    programme = hold_programme(programme)
    before = Requirement.objects.unscoped().filter(programme=programme, code=code).order_by("-version").first()
    kept = {"phrase": before.phrase} if before else {}
    row = Requirement(
        programme=programme,
        code=code,
        version=before.version + 1 if before else 1,
        reason=reason.strip(),
        set_by=by,
        **(kept | values),
    )
    checked(row)
    log(instance=programme, action="childrens_homes.set_requirement", user=by, data={"reason": row.reason})
    return row


@transaction.atomic
def set_milestone(milestone: Milestone, *, by, reason: str, **days) -> Milestone:
    """Move a milestone's days. Raises ``PermissionDenied``, ``ReasonMissing``, ``Invalid``."""
    policies.may_lead(by, milestone.programme.city).insist()
    if not reason.strip():
        raise errors.ReasonMissing(field="reason")
    milestone = changed(hold(milestone, "programme"), days)
    log(
        instance=milestone.programme,
        action="childrens_homes.set_milestone",
        user=by,
        data={"reason": reason.strip(), "what": milestone.code},
    )
    return milestone


@transaction.atomic
def set_definition(city: Organization, *, by, words: str, source: str) -> CensusDefinition:
    """Who counts as left behind from now on; earlier definitions stay with their censuses."""
    policies.may_lead(by, city).insist()
    rows = CensusDefinition.objects.unscoped().filter(city=city)
    latest = rows.select_for_update().order_by("-version").first()
    version = latest.version + 1 if latest else 1
    return checked(CensusDefinition(city=city, version=version, words=words, source=source))
