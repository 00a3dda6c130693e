"""Activities as staff and the public read them."""

from datetime import datetime

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from services.bookings.enums import OfferingState
from services.bookings.models import Allocation, Session
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import ROSTER_READERS, Kind, Role
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.signups.models import Activity

_RUNNERS = frozenset({Role.FEDERATION_OFFICER})


def activities_for(user) -> QuerySet[Activity]:
    """Activities run at or below her organisations, and those of the organisations above in which hers take part."""
    paths = scope_of(user).paths(roles=ROSTER_READERS)
    above = {path for held in paths for path in ancestor_paths(held)}
    return Activity.objects.filter(path_filter("organization__path", paths) | Q(organization__path__in=above))


def activity_homes(user) -> QuerySet[Organization]:
    """Organisations at which she may set up an activity: where she is posted and below, grassroots units excepted."""
    return (
        Organization.objects.visible_to(user, roles=_RUNNERS)
        .open()
        .filter(kind__in=[Kind.CITY_UNION, Kind.COUNTY_UNION, Kind.INDUSTRY_UNION, Kind.TOWNSHIP_UNION])
        .order_by("path")
    )


def organizations_in(activity: Activity, user) -> QuerySet[Organization]:
    """Organisations of the activity's branch that she reaches, highest first."""
    return (
        Organization.objects.visible_to(user, roles=ROSTER_READERS).below(activity.organization.path).order_by("path")
    )


def reachable_above(activity: Activity, organization: Organization, user) -> QuerySet[Organization]:
    """The organisations above this one that take part and lie within her reach, top first."""
    return organizations_in(activity, user).filter(path__in=ancestor_paths(organization.path)[:-1])


def with_places(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Adds ``places`` (in all) and ``taken`` (by live bookings)."""
    rows = Allocation.objects.unscoped().filter(offering=OuterRef("offering")).order_by().values("offering")
    whole = rows.filter(parent__isnull=True).annotate(total=Sum("slots")).values("total")
    used = rows.annotate(total=Sum("used")).values("total")
    return activities.annotate(
        places=Coalesce(Subquery(whole, output_field=IntegerField()), 0),
        taken=Coalesce(Subquery(used, output_field=IntegerField()), 0),
    )


def public_activities() -> QuerySet[Activity]:
    """Activities the public may read about: everything that isn't in preparation any more."""
    return Activity.objects.exclude(offering__state=OfferingState.DRAFT).select_related("offering", "organization")


def with_places_left(activities: QuerySet[Activity], *, now: datetime) -> QuerySet[Activity]:
    """Adds the public number ``places_left`` (the smaller of unused places and free seats ahead) and ``next_at``, when
    the next session begins."""
    pots = Allocation.objects.unscoped().filter(offering=OuterRef("offering")).order_by().values("offering")
    ahead = Session.objects.filter(offering=OuterRef("offering"), starts_at__gt=now, capacity__gt=0)
    unused = pots.annotate(left=Sum(F("slots") - F("passed_down") - F("used"))).values("left")
    free = ahead.order_by().values("offering").annotate(left=Sum(F("capacity") - F("taken"))).values("left")
    return activities.annotate(
        places_left=Least(
            Coalesce(Subquery(unused, output_field=IntegerField()), 0),
            Coalesce(Subquery(free, output_field=IntegerField()), 0),
        ),
        next_at=Subquery(ahead.order_by("starts_at").values("starts_at")[:1]),
    )
