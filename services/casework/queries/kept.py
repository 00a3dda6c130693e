"""What staff keep beside the cases: routes, words to choose from, deputies."""

from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from services.casework.enums import CASE_HANDLERS
from services.casework.models import CannedReason, DayException, Deputy, ReviewRoute
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import ROSTER_READERS, Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import ancestor_paths
from services.organizations.queries import in_force as in_post


def _about(user, roles) -> Q:
    """Kept by an organisation within her reach, or above it and so in force for her as well."""
    paths = scope_of(user).paths(roles=frozenset(roles))
    above = {place for path in paths for place in ancestor_paths(path)}
    return path_filter("organization__path", paths) | Q(organization__path__in=above)


def routes_for(user) -> QuerySet[ReviewRoute]:
    """Every version of the routes that her cases may go, the newest first."""
    return ReviewRoute.objects.filter(_about(user, ROSTER_READERS)).select_related("organization")


def reasons_for(user) -> QuerySet[CannedReason]:
    """The words that she, or those below her, may choose from."""
    return CannedReason.objects.filter(_about(user, CASE_HANDLERS)).select_related("organization")


def exceptions() -> QuerySet[DayException]:
    return DayException.objects.all()


def handlers_near(user, *, on: date) -> QuerySet:
    """Working staff with a post for cases within her reach or above it; herself among them."""
    posts = StaffAssignment.objects.filter(
        in_post(on), _about(user, CASE_HANDLERS), role__in=CASE_HANDLERS, user=OuterRef("pk")
    )
    return get_user_model().objects.filter(Exists(posts), is_active=True).order_by("pk")


def whose_deputy_she_names(user, *, on: date) -> QuerySet:
    """Herself; for a federation officer everybody within her reach who handles cases."""
    below = path_filter("organization__path", scope_of(user).paths(roles=frozenset({Role.FEDERATION_OFFICER})))
    posts = StaffAssignment.objects.filter(in_post(on), below, role__in=CASE_HANDLERS, user=OuterRef("pk"))
    known = get_user_model().objects.filter(Q(pk=user.pk) | Exists(posts), is_active=True)
    return known.order_by("pk")


def deputies_for(user, *, on: date) -> QuerySet[Deputy]:
    """Hers, those she stands in for, and those of everybody whose deputy she may name; what is over is left out."""
    named = whose_deputy_she_names(user, on=on).order_by().values("pk")
    found = Deputy.objects.filter(Q(absent__in=named) | Q(deputy=user), valid_until__gte=on)
    return found.select_related("absent", "deputy", "made_by").order_by("valid_from", "pk")
