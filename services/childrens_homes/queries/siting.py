"""Reads of applications, plans and the census."""

from collections import defaultdict

from django.db.models import Count, F, Prefetch, QuerySet, Sum

from services.childrens_homes.enums import ApplicationState, PlanState
from services.childrens_homes.models import (
    Census,
    CensusDefinition,
    CensusLine,
    ConstructionPlan,
    PlanLine,
    Programme,
    SiteApplication,
)
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization

FILERS = frozenset({Role.WF_OFFICER, Role.HOME_TEACHER})


def applications_for(user) -> QuerySet[SiteApplication]:
    return SiteApplication.objects.visible_to(user).select_related("host", "county", "programme__city", "submitted_by")


def hosts_for(user) -> QuerySet[Organization]:
    """Schools and kindergartens that she may apply for."""
    reach = Organization.objects.visible_to(user, roles=FILERS)
    return reach.open().filter(kind__in=[Kind.SCHOOL, Kind.KINDERGARTEN])


def plans_for(user) -> QuerySet[ConstructionPlan]:
    """Of the cities that she stands in: what was approved. Drafts are the city's own."""
    tops = tuple({path[: Organization.steplen] for path in scope_of(user).paths()})
    rows = ConstructionPlan.objects.unscoped().filter(path_filter("programme__city__path", tops))
    rows = rows.select_related("programme__city", "created_by", "approved_by")
    mine = ConstructionPlan.objects.visible_to(user).values("pk")
    shown = rows.filter(state__in=[PlanState.PUBLISHED, PlanState.AMENDED]) | rows.filter(pk__in=mine)
    return shown.order_by("-programme__year", "-version")


def lines_of(plan: ConstructionPlan) -> list[PlanLine]:
    rows = PlanLine.objects.unscoped().filter(plan=plan).select_related("host", "county", "home", "application")
    return list(rows.order_by("county__path", "host__path"))


def open_for_plan(plan: ConstructionPlan) -> QuerySet[SiteApplication]:
    """Under the city's review and not yet in this version."""
    there = PlanLine.objects.unscoped().filter(plan=plan).values("host")
    rows = SiteApplication.objects.unscoped().filter(programme=plan.programme, state=ApplicationState.CITY_REVIEW)
    return rows.exclude(host__in=there).select_related("host", "county").order_by("county__path", "host__path")


def approved_by_county(programme: Programme) -> dict[tuple[int, str], int]:
    """(county, profile) → lines of the plan that stands, or was last approved."""
    plan = (
        ConstructionPlan.objects.unscoped()
        .filter(programme=programme, approved_at__isnull=False)
        .order_by("-version")
        .first()
    )
    if plan is None:
        return {}
    rows = PlanLine.objects.unscoped().filter(plan=plan).order_by().values("county_id", "profile")
    return {(row["county_id"], row["profile"]): row["n"] for row in rows.annotate(n=Count("pk"))}


def censuses_for(user) -> QuerySet[Census]:
    rows = Census.objects.visible_to(user).select_related("county", "programme__city", "definition", "recorded_by")
    return rows.annotate(children=Sum(F("lines__boys") + F("lines__girls")))


def with_lines(census: Census) -> list[CensusLine]:
    return list(
        CensusLine.objects.unscoped().filter(census=census).select_related("township").order_by("township__path")
    )


def definitions_of(city: Organization) -> QuerySet[CensusDefinition]:
    return CensusDefinition.objects.unscoped().filter(city=city).order_by("-version")


def latest_counts(programme: Programme) -> dict[int, tuple[int, int]]:
    """County → (children, version of the definition) of its latest census in the programme: two queries."""
    rows = Census.objects.unscoped().filter(programme=programme).select_related("definition")
    rows = rows.prefetch_related(Prefetch("lines", queryset=CensusLine.objects.unscoped()))
    found: dict[int, tuple[int, int]] = {}
    for census in rows.order_by("as_of", "pk"):
        children = sum(line.boys + line.girls for line in census.lines.all())
        found[census.county_id] = (children, census.definition.version)
    return found


def townships_of(county: Organization) -> list[Organization]:
    return list(county.get_children().filter(kind=Kind.TOWNSHIP_WF, closed_on__isnull=True).order_by("path"))


def enrolled_by_county(homes, facts) -> dict[int, int | None]:
    """Children enrolled, as `child_files` tells by home; None where nobody told of any home of a county."""
    found = defaultdict(list)
    for home in homes:
        fact = facts.get(home.pk, {}).get("children_enrolled")
        if fact is not None and fact.value is not None:
            found[home.county_id].append(fact.value)
    return {county: sum(values) for county, values in found.items()}
