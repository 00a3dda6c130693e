"""Which programme and which homes a page of equipment is about."""

from services.childrens_homes.enums import ALIVE
from services.childrens_homes.models import Home, Programme
from services.childrens_homes.queries.homes import homes_for
from services.foundation.scope import path_filter, scope_of
from services.home_equipment.enums import READERS
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization


def programmes_for(user):
    """Of her city: they lie above most posts."""
    cities = {path[: Organization.steplen] for path in scope_of(user).paths(roles=READERS)}
    rows = Programme.objects.own().filter(path_filter("city__path", tuple(cities)))
    return rows.select_related("city").order_by("-year", "-pk")


def counties_kept(user):
    """Counties whose register she keeps."""
    officer = frozenset({Role.WF_OFFICER})
    return Organization.objects.visible_to(user, roles=officer).filter(kind=Kind.COUNTY_WF).order_by("path")


def living_homes_of(user):
    return homes_for(user).filter(state__in=ALIVE).order_by("county__path", "code")


def homes_of_county(county):
    rows = Home.objects.unscoped().filter(county=county, state__in=ALIVE)
    return rows.select_related("host", "county").order_by("code")


def homes_of_city(home: Home):
    """Where an item of this home may go: homes of its programme's city."""
    root = home.host.path[: Organization.steplen]
    rows = Home.objects.unscoped().filter(host__path__startswith=root, state__in=ALIVE).exclude(pk=home.pk)
    return rows.select_related("host", "county").order_by("code")
