"""Whose rows somebody reaches among children's files: narrower than among homes.

A teacher reaches her own home alone, an officer the homes of her county or township. A post at the city reaches no
file: upper levels read figures (L-NETMIN 36; E2.13).
"""

from django.db.models import Q

from services.foundation.scope import ScopedManager, ScopedQuerySet, path_filter, scope_of
from services.organizations.enums import Role
from services.organizations.models import Organization

# Paths as long as this are those of a city.
CITY_LENGTH = Organization.steplen


def officer_paths(user) -> tuple[str, ...]:
    """Topmost places below the city at which she is an officer of the women's federation."""
    grants = scope_of(user).grants
    held = sorted(path for path, roles in grants.items() if Role.WF_OFFICER in roles and len(path) > CITY_LENGTH)
    top: list[str] = []
    for path in held:
        if not top or not path.startswith(top[-1]):
            top.append(path)
    return tuple(top)


def taught_paths(user) -> tuple[str, ...]:
    """The schools and kindergartens at which she is the home's teacher."""
    return tuple(sorted(path for path, roles in scope_of(user).grants.items() if Role.HOME_TEACHER in roles))


def within_reach(user, lookup: str) -> Q:
    taught = taught_paths(user)
    kept = path_filter(lookup, officer_paths(user))
    return kept | Q(**{f"{lookup}__in": taught}) if taught else kept


class FileQuerySet(ScopedQuerySet):
    def visible_to(self, user, *, roles=None):
        return self.filter(within_reach(user, self.scope_lookup))._named()


class FileManager(ScopedManager):
    """``FileManager.over("child__home__host__path")``: as every scoped manager, with the narrow reach."""

    _queryset_class = FileQuerySet
