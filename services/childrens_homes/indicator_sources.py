"""What the homes tell of a place and a year to whoever monitors a plan there."""

from collections.abc import Collection
from datetime import date

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from services.childrens_homes.enums import HomeState
from services.childrens_homes.models import Census, CensusLine, Home
from services.figures.registry import Source, sources
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization

BUILT = (HomeState.ACCEPTED, HomeState.OPERATING, HomeState.SUSPENDED)


def paths_of(organizations: Collection[int]) -> dict[int, str]:
    return dict(Organization.objects.filter(pk__in=organizations).values_list("pk", "path"))


def added_up(paths: dict[int, str], amounts: Collection[tuple[str, int]]) -> dict[int, int]:
    """What lies at and below each, of amounts by tree path."""
    return {key: sum(amount for at, amount in amounts if at.startswith(path)) for key, path in paths.items()}


def built(organizations: Collection[int], year: int) -> dict[int, int]:
    """Homes of programmes until the year that are accepted or have been, as they stand. Two queries."""
    rows = Home.objects.unscoped().filter(state__in=BUILT, programme__year__lte=year)
    return added_up(paths_of(organizations), [(path, 1) for path in rows.values_list("host__path", flat=True)])


def left_behind(organizations: Collection[int], year: int) -> dict[int, int]:
    """The last census of the year in each county; where a county below has none, nothing is known. Four queries."""
    latest = Census.objects.unscoped().filter(as_of__year=year).order_by()
    days = dict(latest.values_list("county__path").annotate(day=Max("as_of")))
    lines = CensusLine.objects.unscoped().filter(census__as_of__in=set(days.values()) or [date.min])
    told = [
        (at, amount)
        for county, day, at, amount in lines.values_list(
            "census__county__path", "census__as_of", "township__path", F("boys") + F("girls")
        )
        if days.get(county) == day
    ]
    paths = paths_of(organizations)
    counties = list(Organization.objects.open().filter(kind=Kind.COUNTY_WF).values_list("path", flat=True))
    whole = {
        key: path
        for key, path in paths.items()
        if all(county in days for county in counties if county.startswith(path) or path.startswith(county))
    }
    return added_up(whole, told)


def register() -> None:
    branch = Branch.WOMENS_FEDERATION
    sources.register(
        "homes.built",
        Source(_("Register of homes"), _("Homes accepted or in operation, as they stand."), branch, built),
    )
    meaning = _("The last census of the year in each county.")
    sources.register("homes.left_behind", Source(_("Censuses of left-behind children"), meaning, branch, left_behind))
