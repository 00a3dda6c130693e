"""What is promised to whoever applies, and how the promise was kept."""

from collections.abc import Iterable
from datetime import date

from services.casework.enums import RouteState
from services.casework.models import ReviewRoute
from services.casework.queries.measured import Measured, measured
from services.relief.models import Programme
from services.relief.queries.files import SERVICE


def promises(programmes: Iterable[Programme], *, today: date) -> dict[str, tuple[ReviewRoute | None, Measured]]:
    """By code of the programme: the route that applications take now, and the last twelve months. Two queries."""
    programmes = list(programmes)
    codes = {one.route_code for one in programmes}
    routes = {route.code: route for route in ReviewRoute.objects.filter(code__in=codes, state=RouteState.ACTIVE)}
    kept = measured(SERVICE, [one.code for one in programmes], today=today)
    return {one.code: (routes.get(one.route_code), kept[one.code]) for one in programmes}
