"""Schemes and their versions: which of them count for a unit, and which a desk shows."""

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from services.casework.enums import RouteState
from services.casework.models import ReviewRoute
from services.foundation.scope import path_filter, scope_of
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import Scheme, SchemeTerms
from services.mutual_aid.queries.terms import with_rows
from services.organizations.enums import Branch
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.payments.models import FundSource

SERVICE = "mutual_aid"


def schemes_listed(user, roles) -> QuerySet[Scheme]:
    """Kept by her organisations, by those below, or by those above, whose schemes count for hers; and samples that
    nobody keeps yet."""
    paths = scope_of(user).paths(roles=roles)
    above = {path for held in paths for path in ancestor_paths(held)}
    around = path_filter("organization__path", paths) | Q(organization__path__in=above)
    return Scheme.objects.filter(around | Q(organization=None)).select_related("organization")


def versions_of(scheme: Scheme) -> list[SchemeTerms]:
    """Newest first, with all their rows."""
    versions = with_rows(SchemeTerms.objects.filter(scheme=scheme)).select_related("scheme", "fund", "made_by")
    return list(versions.order_by("-version"))


def version_for(code: str) -> SchemeTerms | None:
    """The version of a scheme that counts: the one in force, else the newest, which is what a sample has."""
    versions = with_rows(SchemeTerms.objects.filter(scheme__code=code))
    return versions.filter(state=VersionState.ACTIVE).first() or versions.order_by("-version").first()


def in_force_for(organization: Organization) -> QuerySet[SchemeTerms]:
    """What a unit may join: in force, kept by it or by an organisation above it."""
    above = ancestor_paths(organization.path)
    active = SchemeTerms.objects.filter(state=VersionState.ACTIVE, scheme__organization__path__in=above)
    return with_rows(active).order_by("scheme__code")


def terms_in_force() -> list[SchemeTerms]:
    """The version in force of each scheme."""
    rows = SchemeTerms.objects.filter(state=VersionState.ACTIVE).select_related("scheme")
    return list(rows.order_by("scheme__code"))


def scheme_names(codes) -> dict[str, str]:
    """By code, in the language of whoever reads."""
    return {one.code: name_of(one) for one in Scheme.objects.filter(code__in=list(codes))}


def name_of(scheme: Scheme) -> str:
    return (scheme.name_en if get_language() == "en" else "") or scheme.name


def top_union() -> Organization | None:
    """The top of the trade union's branch, which keeps the samples."""
    return Organization.objects.filter(branch=Branch.TRADE_UNION, depth=1).order_by("path").first()


def homes(user, roles) -> QuerySet[Organization]:
    """Where she may keep schemes: federations, not an employer's own union."""
    return Organization.objects.visible_to(user, roles=roles).open().exclude(kind="grassroots_union")


def routes_in_force() -> QuerySet[ReviewRoute]:
    return ReviewRoute.objects.filter(service=SERVICE, state=RouteState.ACTIVE).order_by("name")


def funds_for(user, roles) -> QuerySet[FundSource]:
    return FundSource.objects.visible_to(user, roles=roles).filter(closed_at__isnull=True)
