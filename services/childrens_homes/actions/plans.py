"""Writes of the construction plan: a version, its lines, opinions, approval with the homes it makes, publication."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.childrens_homes import errors, policies, workflow
from services.childrens_homes.actions.applications import move_application
from services.childrens_homes.actions.holding import hold, hold_programme, stepped
from services.childrens_homes.actions.homes import add_homes, move_home
from services.childrens_homes.enums import (
    ApplicationState,
    Department,
    HomeState,
    PlanState,
    Profile,
    ProgrammeState,
)
from services.childrens_homes.models import ConstructionPlan, ConsultOpinion, Home, PlanLine, Programme, SiteApplication
from services.childrens_homes.rules.plans import adds_up

MAKING = (PlanState.DRAFT, PlanState.CONSULT, PlanState.APPROVED)
# A home in one of these can leave the plan with its line.
NOT_BEGUN = (HomeState.PLANNED, HomeState.UNDER_CONSTRUCTION)


@transaction.atomic
def draft_plan(programme: Programme, *, by, reason: str = "") -> ConstructionPlan:
    """The first version begins empty, a later one with the lines of the one that stands, and says why.

    Raises ``PermissionDenied``, ``ProgrammeNotRunning``, ``PlanBeingMade``, ``ReasonMissing``. Lock: the programme.
    """
    policies.may_lead(by, programme.city).insist()
    programme = hold_programme(programme)
    if programme.state != ProgrammeState.ACTIVE:
        raise errors.ProgrammeNotRunning()
    plans = ConstructionPlan.objects.unscoped().filter(programme=programme)
    if plans.filter(state__in=MAKING).exists():
        raise errors.PlanBeingMade()
    before = plans.order_by("-version").first()
    if before and not reason.strip():
        raise errors.ReasonMissing(field="reason")
    plan = ConstructionPlan.objects.create(
        programme=programme,
        version=before.version + 1 if before else 1,
        reason=reason.strip() if before else "",
        created_by=by,
    )
    if before:
        _copy_lines(before, plan)
    log(instance=plan, action="childrens_homes.draft_plan", user=by, data={"reason": plan.reason})
    return plan


def _copy_lines(before: ConstructionPlan, plan: ConstructionPlan) -> None:
    same = ("application_id", "host_id", "county_id", "site_type", "profile", "home_id")
    lines = PlanLine.objects.unscoped().filter(plan=before).values(*same)
    PlanLine.objects.bulk_create(PlanLine(plan=plan, **line) for line in lines)


def _hold_draft(plan: ConstructionPlan) -> ConstructionPlan:
    hold_programme(plan.programme)
    plan = hold(plan, "programme__city")
    if plan.state != PlanState.DRAFT:
        raise errors.PlanClosed()
    return plan


@transaction.atomic
def add_lines(plan: ConstructionPlan, applications: Sequence[SiteApplication], *, by) -> int:
    """Sites under the city's review become lines; one that is there already is left alone. Returns how many came.

    Raises ``PermissionDenied``, ``PlanClosed``.
    """
    policies.may_lead(by, plan.programme.city).insist()
    plan = _hold_draft(plan)
    there = set(PlanLine.objects.unscoped().filter(plan=plan).values_list("host_id", flat=True))
    rows = SiteApplication.objects.unscoped().select_for_update(of=("self",)).order_by("pk")
    fit = rows.filter(
        pk__in=[one.pk for one in applications], programme=plan.programme, state=ApplicationState.CITY_REVIEW
    ).exclude(host__in=there)
    lines = PlanLine.objects.bulk_create(
        PlanLine(
            plan=plan,
            application=one,
            host_id=one.host_id,
            county_id=one.county_id,
            site_type=one.site_type,
            profile=one.profile,
        )
        for one in fit
    )
    if lines:
        log(instance=plan, action="childrens_homes.add_lines", user=by, data={"count": len(lines)})
    return len(lines)


@transaction.atomic
def drop_line(plan: ConstructionPlan, host_code: str, *, by) -> None:
    """Take a site out of a draft. Raises ``PermissionDenied``, ``PlanClosed``, ``HomeTooFar``."""
    policies.may_lead(by, plan.programme.city).insist()
    plan = _hold_draft(plan)
    line = PlanLine.objects.unscoped().filter(plan=plan, host__code=host_code).select_related("home").first()
    if line is None:
        return
    _insist_can_leave(line)
    line.delete()
    log(instance=plan, action="childrens_homes.drop_line", user=by, data={"host": host_code})


def _insist_can_leave(line: PlanLine) -> None:
    home = line.home
    if home and home.state not in (*NOT_BEGUN, HomeState.CLOSED, HomeState.ADJUSTED):
        raise errors.HomeTooFar(home=home.code, state=home.get_state_display())


@transaction.atomic
def record_opinion(
    plan: ConstructionPlan, *, department: str, agrees: bool, words: str, given_on: date, by
) -> ConsultOpinion:
    """What education or finance said; a later word of the same takes its place.

    Raises ``PermissionDenied``, ``NotFromHere``, ``ReasonMissing``.
    """
    policies.may_lead(by, plan.programme.city).insist()
    plan = hold(plan, "programme__city")
    if plan.state != PlanState.CONSULT:
        raise errors.NotFromHere(state=plan.get_state_display())
    if not agrees and not words.strip():
        raise errors.ReasonMissing(field="words")
    said = {"agrees": agrees, "words": words.strip(), "given_on": given_on, "recorded_by": by}
    opinion, _made = ConsultOpinion.objects.unscoped().update_or_create(plan=plan, department=department, defaults=said)
    log(
        instance=plan,
        action="childrens_homes.record_opinion",
        user=by,
        data={"department": department, "agrees": agrees},
    )
    return opinion


@transaction.atomic
def move_plan(plan: ConstructionPlan, verb: str, *, by, now: datetime, reason: str = "") -> ConstructionPlan:
    """Consult, take back, approve, publish. A step taken already changes nothing, so two who approve at one moment
    make each home once.

    Approval wants the sums by profile, both opinions and a second person: neither who drafted the plan nor who asked
    for the opinions. It includes the applications and makes the homes. Publication replaces the version that stood.
    Raises ``PermissionDenied``, ``NotFromHere``, ``ReasonMissing``, ``SecondPerson``, ``PlanDoesNotAddUp``,
    ``OpinionMissing``, ``OpinionAgainst``, ``HomeTooFar``. Locks: programme, plan.
    """
    policies.may_lead(by, plan.programme.city).insist()
    hold_programme(plan.programme)
    plan = hold(plan, "programme__city")
    step = stepped(workflow.PLAN, plan, verb, reason)
    if step is None:
        return plan
    if verb == "consult":
        plan.consulted_by = by
    elif verb == "approve":
        if is_first_person(plan, by):
            raise errors.SecondPerson()
        _approve(plan, by=by, now=now)
    elif verb == "publish":
        _replace_standing(plan, by=by, now=now)
        plan.published_at = now
    plan.state = step.target
    plan.save()
    log(
        instance=plan,
        action=f"childrens_homes.plan_{verb}",
        user=by,
        data={"reason": reason.strip()},
        timestamp=now,
    )
    return plan


def is_first_person(plan: ConstructionPlan, user) -> bool:
    """Whether she drafted it or asked for the opinions: somebody else approves it then."""
    return user.pk in (plan.created_by_id, plan.consulted_by_id)


def targets_of(programme: Programme) -> dict[str, int]:
    return {Profile.SCHOOL: programme.target_school, Profile.PRESCHOOL: programme.target_preschool}


def _approve(plan: ConstructionPlan, *, by, now: datetime) -> None:
    lines = list(PlanLine.objects.unscoped().filter(plan=plan).select_related("home", "host", "application", "county"))
    wrong = [one for one in adds_up([line.profile for line in lines], targets_of(plan.programme)) if not one.passed]
    if wrong:
        said = _("; ").join(
            f"{Profile(one.code[7:]).label}: {one.figures['lines']}/{one.figures['target']}" for one in wrong
        )
        raise errors.PlanDoesNotAddUp(why=said)
    _insist_opinions(plan)
    _make_homes(plan, [line for line in lines if line.home is None], by=by)
    for line in lines:
        if line.application and line.application.state == ApplicationState.CITY_REVIEW:
            move_application(line.application, "include", by=by, now=now)
    _close_dropped(plan, {line.host_id for line in lines}, by=by)
    plan.approved_by, plan.approved_at = by, now


def _insist_opinions(plan: ConstructionPlan) -> None:
    said = {one.department: one for one in ConsultOpinion.objects.unscoped().filter(plan=plan)}
    for department in Department:
        if department not in said:
            raise errors.OpinionMissing(who=department.label)
        if not said[department].agrees:
            raise errors.OpinionAgainst(who=department.label)


def _make_homes(plan: ConstructionPlan, lines: list[PlanLine], *, by) -> None:
    """A host whose home stands already in this programme keeps it."""
    rows = Home.objects.unscoped().filter(programme=plan.programme, host__in=[line.host_id for line in lines])
    homes = {home.host_id: home for home in rows}
    new = [line for line in lines if line.host_id not in homes]
    stated = [
        {
            "host": line.host,
            "county": line.county,
            "site_type": line.site_type,
            "profile": line.profile,
            "room_m2": line.application and line.application.room_m2,
            "outdoor_m2": line.application and line.application.outdoor_m2,
        }
        for line in new
    ]
    homes |= {home.host_id: home for home in add_homes(plan.programme, stated, by=by)}
    for line in lines:
        line.home = homes[line.host_id]
    PlanLine.objects.unscoped().bulk_update(lines, ["home"])


def _close_dropped(plan: ConstructionPlan, kept: set[int], *, by) -> None:
    """What an amendment took out isn't built."""
    standing = PlanLine.objects.unscoped().filter(
        plan__programme=plan.programme, plan__state=PlanState.PUBLISHED, home__isnull=False
    )
    for line in standing.exclude(host__in=kept).select_related("home"):
        _insist_can_leave(line)
        if line.home.state in NOT_BEGUN:
            move_home(line.home, "close", by=by, reason=plan.reason)


def _replace_standing(plan: ConstructionPlan, *, by, now: datetime) -> None:
    rows = ConstructionPlan.objects.unscoped().select_for_update(of=("self",))
    for earlier in rows.filter(programme=plan.programme, state=PlanState.PUBLISHED):
        earlier.state = PlanState.AMENDED
        earlier.save(update_fields=["state"])
        log(instance=earlier, action="childrens_homes.plan_replace", user=by, timestamp=now)
