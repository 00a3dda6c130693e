"""Providers, sites and clinic staff, as far as somebody's posts let her use them."""

from django.db.models import Q, QuerySet

from services.accounts.models import User
from services.bookings.enums import ProviderKind
from services.bookings.models import Provider
from services.foundation import clock
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.queries import ancestor_paths, in_force


def in_use_by(user, *, roles: frozenset[str]) -> Q:
    """What the organisations of her posts keep, those below them, and those above them.

    What a site is called and where it lies is public; which ones she deals with follows from her posts all the same.
    """
    paths = scope_of(user).paths(roles=roles)
    above = {above for path in paths for above in ancestor_paths(path)[:-1]}
    return path_filter("organization__path", paths) | Q(organization__path__in=above)


def of_clinics(rows: QuerySet) -> QuerySet:
    """Those providers or sites that belong to hospitals: what unions keep as rooms of their own isn't for screening."""
    lookup = "kind" if rows.model is Provider else "provider__kind"
    return rows.filter(**{lookup: ProviderKind.CLINIC})


def homes_of_posts(user, *, roles: frozenset[str]) -> QuerySet[Organization]:
    """The topmost organisations at which she holds one of the posts."""
    return Organization.objects.filter(path__in=scope_of(user).paths(roles=roles))


def clinic_staff(user, *, roles: frozenset[str]) -> QuerySet[User]:
    """Active users who hold the post of clinic staff today, in her own branch or above it."""
    posts = StaffAssignment.objects.filter(in_force(clock.today()), role=Role.CLINIC_OPERATOR)
    return _holders(posts.filter(in_use_by(user, roles=roles)))


def clinic_staff_at(venue) -> QuerySet[User]:
    """Those of a site's staff who still hold the post."""
    posts = StaffAssignment.objects.filter(in_force(clock.today()), role=Role.CLINIC_OPERATOR)
    return _holders(posts.filter(user__operated_venues__venue=venue))


def _holders(posts: QuerySet[StaffAssignment]) -> QuerySet[User]:
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id")).order_by("username")
