"""Reads of homes, and of what lists are narrowed by."""

from django.db.models import Count, QuerySet

from services.childrens_homes.enums import READERS
from services.childrens_homes.models import Home, Programme
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization


def homes_for(user) -> QuerySet[Home]:
    """Homes within her reach, with what every list names."""
    return Home.objects.visible_to(user).select_related("host", "county", "programme__city")


def counties_for(user) -> QuerySet[Organization]:
    """Counties within her reach, and the one that she stands in."""
    paths = scope_of(user).paths(roles=READERS)
    above = {path[: 2 * Organization.steplen] for path in paths}
    return Organization.objects.filter(path_filter("path", tuple(above | set(paths))), kind=Kind.COUNTY_WF)


def programmes_for(user) -> QuerySet[Programme]:
    """The programmes of the cities that she stands in, newest first: whoever builds a home may read its plan."""
    tops = tuple({path[: Organization.steplen] for path in scope_of(user).paths(roles=READERS)})
    rows = Programme.objects.unscoped().filter(path_filter("city__path", tops))
    return rows.select_related("city").order_by("-year", "pk")


def built(homes: QuerySet[Home]) -> list[dict]:
    """How many homes there are by county, standard and state: one query."""
    return list(homes.order_by().values("county_id", "profile", "state").annotate(n=Count("pk")))


def cities_led_by(user) -> list[Organization]:
    """Women's federations of cities at which she is an officer."""
    paths = scope_of(user).paths(roles=frozenset({Role.WF_OFFICER}))
    return list(Organization.objects.filter(path__in=paths, depth=1).order_by("path"))


def counties_acted_for(user):
    """Counties that she is an officer of, or above."""
    reach = Organization.objects.visible_to(user, roles=frozenset({Role.WF_OFFICER}))
    return reach.open().filter(depth=2)


def places_acted_for(user):
    """Women's federations that she is an officer of, or above: whoever keeps volunteers."""
    reach = Organization.objects.visible_to(user, roles=frozenset({Role.WF_OFFICER}))
    return reach.open().filter(kind__in=[Kind.CITY_WF, Kind.COUNTY_WF, Kind.TOWNSHIP_WF])
