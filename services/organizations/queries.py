"""Reads of the tree and of posts: scope, ancestors, counts below a node."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.foundation import clock
from services.foundation.scope import NOTHING, Scope, path_filter, scope_of
from services.organizations.enums import ALLOWED_BELOW, TREE_KEEPERS, Role
from services.organizations.models import Organization, StaffAssignment
from services.organizations.registry import occupants


def in_force(on: date) -> Q:
    """Assignments that count on a day; both ends are included."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def scope_for(user) -> Scope:
    """What a staff member may reach today, in one query. Workers and superusers without a post reach nothing."""
    if not user.is_active or user.is_worker:
        return NOTHING
    held = StaffAssignment.objects.filter(in_force(clock.today()), user=user).values_list("organization__path", "role")
    grants = defaultdict(set)
    for path, role in held:
        grants[path].add(role)
    return Scope({path: frozenset(roles) for path, roles in grants.items()})


def ancestor_paths(path: str) -> list[str]:
    """The tree paths from the root down to ``path`` itself."""
    step = Organization.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)]


def ancestors_and_self(organization: Organization) -> QuerySet[Organization]:
    """The organisations from the top of the branch down to this one."""
    return Organization.objects.filter(path__in=ancestor_paths(organization.path))


def assignments_at(organization: Organization) -> QuerySet[StaffAssignment]:
    """Posts held at this very organisation, past and present, newest first."""
    return organization.assignments.select_related("user", "granted_by").order_by("-valid_from", "-pk")


def people_below(paths: Sequence[str]) -> Counter:
    """For each path, how many women are at work at or below it: one query for each registered counter."""
    found = Counter()
    for count in occupants:
        for home, people in count(paths).items():
            found.update({path: people for path in paths if home.startswith(path)})
    return found


def units_below(paths: Sequence[str]) -> Counter:
    """For each path, how many open organisations stand below it (itself left out), in one query."""
    found = Counter()
    for home in Organization.objects.open().filter(path_filter("path", tuple(paths))).values_list("path", flat=True):
        found.update(path for path in paths if home != path and home.startswith(path))
    return found


def with_counts(organizations: list[Organization]) -> list[Organization]:
    """Add ``units`` and ``women`` below each organisation of one page: two queries, however many rows."""
    paths = [organization.path for organization in organizations]
    units, women = units_below(paths), people_below(paths)
    for organization in organizations:
        organization.units, organization.women = units[organization.path], women[organization.path]
    return organizations


def top_of_scope(user) -> QuerySet[Organization]:
    """The organisations at which her posts begin, and those directly below them."""
    paths = scope_of(user).paths()
    within_reach = Q(path__in=paths)
    for path in paths:
        within_reach |= Q(path__startswith=path, depth=len(path) // Organization.steplen + 1)
    return Organization.objects.filter(within_reach)


def named(user, text: str, *, limit: int = 200) -> QuerySet[Organization]:
    """Organisations within her scope whose code is ``text`` or whose name contains it."""
    return Organization.objects.visible_to(user).filter(Q(code__iexact=text) | Q(name__icontains=text))[:limit]


def places_for_move(user, organization: Organization) -> QuerySet[Organization]:
    """Where she may put an organisation: open, of a kind that may stand above it, outside its own branch."""
    above = [kind for kind, below in ALLOWED_BELOW.items() if kind and organization.kind in below]
    inside = Q(path__startswith=organization.path)
    return Organization.objects.visible_to(user, roles=TREE_KEEPERS).open().filter(kind__in=above).exclude(inside)


def places_for_merge(user, organization: Organization) -> QuerySet[Organization]:
    """Which organisations it may be merged into: open, of the same kind, outside its own branch."""
    keeps = Organization.objects.visible_to(user, roles=TREE_KEEPERS).open().filter(kind=organization.kind)
    return keeps.exclude(path__startswith=organization.path)


def posts_running_at(organization: Organization) -> QuerySet[StaffAssignment]:
    """Held there now or later."""
    running = StaffAssignment.objects.filter(organization=organization).exclude(valid_until__lt=clock.today())
    return running.select_related("user").order_by("user__username", "role")


def role_label(role: str) -> str:
    """A role's name in the reader's language; an unknown code stays as it is."""
    return str(Role(role).label) if role in Role.values else role


def names_of(paths: Iterable[str]) -> dict[str, str]:
    """Names by tree path, in one query."""
    return dict(Organization.objects.filter(path__in=list(paths)).values_list("path", "name"))


def posts_of(user, *, on: date) -> list[StaffAssignment]:
    """The posts a staff member holds on a day, with their organisations, in the order of the tree."""
    held = StaffAssignment.objects.filter(in_force(on), user=user).select_related("organization")
    return list(held.order_by("organization__path", "role"))


def staff_within(paths: Iterable[str]) -> Q:
    """Accounts whose posts all lie at or below ``paths``: those that count now or later, else those that are over."""
    posts = StaffAssignment.objects.filter(user=OuterRef("pk"))
    living = posts.exclude(valid_until__lt=clock.today())
    inside = path_filter("organization__path", tuple(paths))
    of_living = Q(Exists(living)) & ~Q(Exists(living.exclude(inside)))
    of_past = Q(Exists(posts)) & ~Q(Exists(living)) & ~Q(Exists(posts.exclude(inside)))
    return of_living | of_past


def staff_without_posts() -> Q:
    """Accounts that never held a post and aren't to hold one."""
    return ~Q(Exists(StaffAssignment.objects.filter(user=OuterRef("pk"))))


def reach_everything(paths: Iterable[str]) -> bool:
    """Whether one of these tree paths is the top of a tree."""
    return any(len(path) == Organization.steplen for path in paths)
