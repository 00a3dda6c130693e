"""Programmes and their terms, as staff and the public read them."""

from datetime import datetime

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Least

from services.bookings.enums import OfferingState
from services.bookings.models import Allocation, Session
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.screening.models import Programme, ProgrammeTerms

_READERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR})
_RUNNERS = frozenset({Role.FEDERATION_OFFICER})


def current_terms(programme: Programme) -> ProgrammeTerms | None:
    """The terms in force: the highest published version."""
    return published_terms(programme).first()


def published_terms(programme: Programme) -> QuerySet[ProgrammeTerms]:
    """Every published version, the one in force first."""
    return ProgrammeTerms.objects.filter(programme=programme, published_at__isnull=False).order_by("-version")


def draft_terms(programme: Programme) -> ProgrammeTerms | None:
    """The version being written, if there is one; at most one at a time."""
    return programme.terms.filter(published_at__isnull=True).order_by("-version").first()


def terms_versions(programme: Programme) -> QuerySet[ProgrammeTerms]:
    """Every version, newest first."""
    return programme.terms.select_related("programme", "published_by").order_by("-version")


def programmes_for(user) -> QuerySet[Programme]:
    """Programmes run at or below her organisations, and those of the organisations above in which hers take part."""
    paths = scope_of(user).paths(roles=_READERS)
    above = {path for held in paths for path in ancestor_paths(held)}
    return Programme.objects.filter(path_filter("organization__path", paths) | Q(organization__path__in=above))


def programmes_run_for(user, roles: frozenset[str]) -> QuerySet[Programme]:
    """Programmes run at or below the organisations at which she holds one of these posts."""
    return Programme.objects.filter(path_filter("organization__path", scope_of(user).paths(roles=roles)))


def with_places(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Adds ``places`` (promised in all) and ``booked`` (drawn by live bookings)."""
    rows = Allocation.objects.unscoped().filter(offering=OuterRef("offering")).order_by().values("offering")
    whole = rows.filter(parent__isnull=True).annotate(total=Sum("slots")).values("total")
    used = rows.annotate(total=Sum("used")).values("total")
    return programmes.annotate(
        places=Coalesce(Subquery(whole, output_field=IntegerField()), 0),
        booked=Coalesce(Subquery(used, output_field=IntegerField()), 0),
    )


def programme_homes(user) -> QuerySet[Organization]:
    """Organisations at which she may set up a programme: where she is posted and below, grassroots units excepted."""
    return (
        Organization.objects.visible_to(user, roles=_RUNNERS)
        .open()
        .filter(kind__in=[Kind.CITY_UNION, Kind.COUNTY_UNION, Kind.INDUSTRY_UNION, Kind.TOWNSHIP_UNION])
    )


def organizations_in(programme: Programme, user) -> QuerySet[Organization]:
    """Organisations of the programme's branch that she reaches, highest first."""
    return Organization.objects.visible_to(user, roles=_READERS).below(programme.organization.path).order_by("path")


def reachable_above(programme: Programme, organization: Organization, user) -> QuerySet[Organization]:
    """The organisations above this one that are part of the programme and within her reach, top first."""
    above = ancestor_paths(organization.path)[:-1]
    return organizations_in(programme, user).filter(path__in=above)


def published_programmes() -> QuerySet[Programme]:
    """Programmes the public may read about: not in preparation any more, and with terms that are published."""
    published = ProgrammeTerms.objects.filter(programme=OuterRef("pk"), published_at__isnull=False)
    return (
        Programme.objects.exclude(offering__state=OfferingState.DRAFT)
        .filter(Exists(published))
        .select_related("offering", "organization")
    )


def with_places_left(programmes: QuerySet[Programme], *, now: datetime) -> QuerySet[Programme]:
    """Adds the public number ``places_left``: the smaller of the places nobody used yet and the free seats ahead."""
    pots = Allocation.objects.unscoped().filter(offering=OuterRef("offering")).order_by().values("offering")
    seats = Session.objects.filter(offering=OuterRef("offering"), starts_at__gt=now).order_by().values("offering")
    unused = pots.annotate(left=Sum(F("slots") - F("passed_down") - F("used"))).values("left")
    free = seats.annotate(left=Sum(F("capacity") - F("taken"))).values("left")
    return programmes.annotate(
        places_left=Least(
            Coalesce(Subquery(unused, output_field=IntegerField()), 0),
            Coalesce(Subquery(free, output_field=IntegerField()), 0),
        )
    )


def open_programmes(now: datetime) -> QuerySet[Programme]:
    """Programmes the public may book or soon can, the soonest to close first, with ``places_left``. One query."""
    is_open = published_programmes().filter(offering__state=OfferingState.OPEN, offering__closes_at__gt=now)
    return with_places_left(is_open, now=now).order_by("offering__closes_at", "pk")
