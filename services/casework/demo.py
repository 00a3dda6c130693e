"""Review routes of the demo: a short one, and the full one with a home visit and a public notice."""

from services.casework import actions
from services.casework.actions.routes import StepPlan
from services.casework.enums import StepKind
from services.foundation.demo import DemoContext
from services.organizations.enums import Kind

SHORT, FULL = "relief-short", "relief-full"
_STEPS = {
    SHORT: (
        "初审加审批",
        12,
        [
            StepPlan(StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
            StepPlan(StepKind.APPROVE, Kind.COUNTY_UNION, 5),
        ],
    ),
    FULL: (
        "入户、公示、审批",
        20,
        [
            StepPlan(StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
            StepPlan(StepKind.HOME_VISIT, Kind.GRASSROOTS_UNION, 5),
            StepPlan(StepKind.PUBLIC_NOTICE, Kind.GRASSROOTS_UNION, 3),
            StepPlan(StepKind.APPROVE, Kind.COUNTY_UNION, 5),
        ],
    ),
}


def load(context: DemoContext) -> None:
    """Leaves ``casework.routes``: by name, the code of a route that relief's applications go along."""
    city = context.made["organizations.city"]
    for code, (name, days, steps) in _STEPS.items():
        route = actions.new_route_version(
            code=code, service="relief", name=name, organization=city, steps=steps, by=None, decision_days=days
        )
        actions.activate_route(route, by=None, now=context.now)
    context.made["casework.routes"] = {"short": SHORT, "full": FULL}
