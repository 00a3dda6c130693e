"""Reads of what cities set: lines, tests and programmes in their versions, for the desk and the public."""

from datetime import date

from django.db.models import Q, QuerySet

from services.casework.enums import RouteState
from services.casework.models import ReviewRoute
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Branch
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.payments.models import FundSource
from services.relief.enums import ProgrammeKind, VersionState
from services.relief.models import IncomeTest, LivingLine, Programme
from services.relief.queries.facts import terms_of
from services.relief.queries.programmes import line_for, test_for
from services.relief.rules.income import IncomeTerms

SERVICE = "relief"


def _kept_around(user, roles) -> Q:
    """Kept by her organisations, by those below, or by those above, whose standards count for hers."""
    paths = scope_of(user).paths(roles=roles)
    above = {path for held in paths for path in ancestor_paths(held)}
    return path_filter("organization__path", paths) | Q(organization__path__in=above)


def lines_listed(user, roles) -> QuerySet[LivingLine]:
    return LivingLine.objects.filter(_kept_around(user, roles)).select_related("organization")


def tests_listed(user, roles) -> QuerySet[IncomeTest]:
    tests = IncomeTest.objects.filter(_kept_around(user, roles)).select_related("organization", "made_by")
    return tests.order_by("organization__path", "-version")


def programmes_listed(user, roles) -> QuerySet[Programme]:
    """The version of each programme that counts: the one in force, else the newest."""
    mine = Programme.objects.filter(_kept_around(user, roles))
    shown = {}
    for code, state, pk in mine.order_by("code", "version").values_list("code", "state", "pk"):
        counts = state == VersionState.ACTIVE
        if counts or not shown.get(code, (0, False))[1]:
            shown[code] = (pk, counts)
    return mine.filter(pk__in=[pk for pk, _counts in shown.values()]).select_related("organization", "fund")


def versions_of(code: str, user, roles) -> list[Programme]:
    """Newest first; empty when she may see none of them."""
    mine = Programme.objects.filter(_kept_around(user, roles), code=code)
    return list(mine.select_related("organization", "fund", "made_by").order_by("-version"))


def homes(user, roles) -> QuerySet[Organization]:
    """Where she may keep standards: federations, not an employer's own union."""
    return Organization.objects.visible_to(user, roles=roles).open().exclude(kind="grassroots_union")


def routes_in_force() -> QuerySet[ReviewRoute]:
    return ReviewRoute.objects.filter(service=SERVICE, state=RouteState.ACTIVE).order_by("name")


def route_in_force(code: str) -> bool:
    return routes_in_force().filter(code=code).exists()


def funds_for(user, roles) -> QuerySet[FundSource]:
    return FundSource.objects.visible_to(user, roles=roles).filter(closed_at__isnull=True)


def top_union() -> Organization | None:
    """The top of the trade union's branch: whose standards a visitor reads who hasn't signed in."""
    return Organization.objects.filter(branch=Branch.TRADE_UNION, depth=1).order_by("path").first()


def public_programmes(organization: Organization) -> list[Programme]:
    """Those in force for whoever belongs to the organisation, the hardship file first."""
    above = ancestor_paths(organization.path)
    found = Programme.objects.filter(state=VersionState.ACTIVE, organization__path__in=above)
    order = {kind: place for place, kind in enumerate(ProgrammeKind.values)}
    return sorted(found, key=lambda one: (order[one.kind], one.code))


def terms_and_line(organization: Organization, on: date) -> tuple[IncomeTerms, IncomeTest | None, LivingLine | None]:
    """The income test and the line that count there on a day; without a test its usual figures."""
    test = test_for(organization)
    return (terms_of(test) if test else IncomeTerms()), test, line_for(organization, on)
