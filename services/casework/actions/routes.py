"""Review routes: new versions, and putting one in force. A version that was in force never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from services.casework import errors, policies
from services.casework.enums import RouteState
from services.casework.models import ReviewRoute, RouteStep
from services.casework.registry import services
from services.casework.rules import routes as rules
from services.foundation.locks import hold


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step: ``kind`` (``StepKind``), ``level`` (a kind of organisation), working days allowed."""

    kind: str
    level: str
    working_days: int = 3
    second_person: bool = False


@transaction.atomic
def new_route_version(
    *,
    code: str,
    service: str,
    name: str,
    organization,
    steps: Sequence[StepPlan],
    by,
    contact_days: int = 3,
    decision_days: int = 20,
    appeal_days: int = 30,
    objection_days: int = 10,
) -> ReviewRoute:
    """Draw up the next version of a route as a draft; ``by`` None is the system (first routes, demo data).

    Raises ``PermissionDenied`` (also for a code that another organisation keeps), ``UnknownService``.
    """
    if service not in services:
        raise errors.UnknownService()
    hold(f"casework.route:{code}")
    older = ReviewRoute.objects.filter(code=code).select_related("organization").order_by("-version").first()
    if by is not None:
        policies.may_keep_routes_of(by, organization).insist()
        if older is not None:
            policies.may_keep_route(by, older).insist()
    route = ReviewRoute.objects.create(
        code=code,
        version=(ReviewRoute.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0) + 1,
        service=service,
        name=name,
        organization=organization,
        contact_days=contact_days,
        decision_days=decision_days,
        appeal_days=appeal_days,
        objection_days=objection_days,
        made_by=by,
    )
    _write_steps(route, steps)
    log(instance=route, action="casework.draft_route", user=by, data={"code": code, "version": route.version})
    return route


@transaction.atomic
def change_draft(route: ReviewRoute, *, steps: Sequence[StepPlan], by, **changes) -> ReviewRoute:
    """Replace the steps of a draft and change its ``name`` and days. Raises ``PermissionDenied``, ``RouteInForce``."""
    unknown = changes.keys() - {"name", "contact_days", "decision_days", "appeal_days", "objection_days"}
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    route = _locked(route)
    policies.may_keep_route(by, route).insist()
    if route.state != RouteState.DRAFT:
        raise errors.RouteInForce()
    for field, value in changes.items():
        setattr(route, field, value)
    route.save(update_fields=list(changes))
    route.steps.all().delete()
    _write_steps(route, steps)
    log(instance=route, action="casework.change_route", user=by, data={"code": route.code, "version": route.version})
    return route


def next_version_of(route: ReviewRoute, *, by) -> ReviewRoute:
    """A draft that begins as a copy of this version. Raises ``PermissionDenied``."""
    steps = route.steps.values_list("kind", "level", "working_days", "second_person")
    return new_route_version(
        code=route.code,
        service=route.service,
        name=route.name,
        organization=route.organization,
        steps=[StepPlan(*step) for step in steps],
        by=by,
        contact_days=route.contact_days,
        decision_days=route.decision_days,
        appeal_days=route.appeal_days,
        objection_days=route.objection_days,
    )


@transaction.atomic
def activate_route(route: ReviewRoute, *, by, now: datetime) -> ReviewRoute:
    """Put a draft in force: applications that begin from now on go this way, those under way keep theirs.

    ``by`` None is the system. Twice is once. Raises ``PermissionDenied``, ``RouteFaulty`` with everything that has to
    be changed, ``RouteInForce`` for a version that was replaced.
    """
    hold(f"casework.route:{route.code}")
    route = _locked(route)
    if by is not None:
        policies.may_keep_route(by, route).insist()
    if route.state == RouteState.ACTIVE:
        return route
    if route.state == RouteState.RETIRED:
        raise errors.RouteInForce()
    if faults := rules.faults(list(route.steps.values_list("position", "kind"))):
        raise errors.RouteFaulty(faults)
    ReviewRoute.objects.filter(code=route.code, state=RouteState.ACTIVE).update(state=RouteState.RETIRED)
    route.state, route.in_force_from = RouteState.ACTIVE, now
    route.save(update_fields=["state", "in_force_from"])
    log(instance=route, action="casework.activate_route", user=by, data={"code": route.code, "version": route.version})
    return route


def _locked(route: ReviewRoute) -> ReviewRoute:
    return ReviewRoute.objects.select_for_update(of=("self",)).select_related("organization").get(pk=route.pk)


def _write_steps(route: ReviewRoute, steps: Sequence[StepPlan]) -> None:
    RouteStep.objects.bulk_create(
        RouteStep(
            route=route,
            position=position,
            kind=step.kind,
            level=step.level,
            working_days=step.working_days,
            second_person=step.second_person,
        )
        for position, step in enumerate(steps, start=1)
    )
