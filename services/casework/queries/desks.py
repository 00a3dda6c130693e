"""Where steps lie and who holds the posts there."""

from collections.abc import Iterable
from datetime import date

from services.casework import workflow
from services.casework.enums import CASE_HANDLERS
from services.casework.models import Case, RouteStep
from services.casework.rules.desks import Place
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import ancestor_paths, in_force


def places_above(path: str) -> list[Place]:
    """Her union and everything above it, the nearest first. One query."""
    return places_above_many([path])[path]


def places_above_many(paths: Iterable[str]) -> dict[str, list[Place]]:
    """The same of many unions by their paths. One query."""
    above = {path: ancestor_paths(path) for path in paths}
    rows = Organization.objects.filter(path__in={one for some in above.values() for one in some})
    known = {
        path: Place(key, path, kind, closed_on is None)
        for key, path, kind, closed_on in rows.values_list("pk", "path", "kind", "closed_on")
    }
    return {path: [known[one] for one in sorted(some, reverse=True) if one in known] for path, some in above.items()}


def holders_at(place: Place, *, on: date) -> frozenset[int]:
    """Keys of those who hold a post with cases at this very place. One query."""
    posts = StaffAssignment.objects.filter(
        in_force(on), organization=place.key, role__in=CASE_HANDLERS, user__is_active=True
    )
    return frozenset(posts.values_list("user", flat=True))


def step_of(case: Case) -> RouteStep | None:
    """The step of its route at which the case stands; None before it was submitted."""
    return next((step for step in case.route.steps.all() if step.position == case.position), None)


def offers(case: Case, verb: str) -> bool:
    """Whether the table of stages has the verb for the case as it stands, whoever asks."""
    step = step_of(case)
    edge = workflow.edge_of(verb, case.stage)
    return edge is not None and (not edge.kinds or (step is not None and step.kind in edge.kinds))
