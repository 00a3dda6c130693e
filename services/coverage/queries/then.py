"""Unions as they stood at the end of a month: read from the month end's own cells, so that a list is its figure.

Of each union a month end holds one cell a count, at the union's place in the tree of that day. Neither what it is now
nor where it stands now has any say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.coverage.enums import READERS
from services.coverage.queries.unions import NO_INDUSTRY
from services.figures.models import Snapshot, SnapshotCell, SnapshotNode
from services.figures.registry import NOW
from services.foundation.scope import path_filter, scope_of
from services.organizations.models import Organization
from services.organizations.queries import named


def nodes_within(user, snapshot: Snapshot | None, union: str = "") -> QuerySet[SnapshotNode]:
    """What stood at or below the organisations within her reach that ``union`` names, by code or name; without it, at
    or below those of her posts. They are found where they stood then."""
    if snapshot is None:
        return SnapshotNode.objects.none()
    nodes = SnapshotNode.objects.filter(snapshot=snapshot)
    return nodes.filter(path_filter("path", places_then(user, snapshot, union)))


def places_then(user, snapshot: Snapshot, union: str) -> tuple[str, ...]:
    """The paths of that day at which ``nodes_within`` begins. Two queries, three where no code is ``union``."""
    reach = Organization.objects.visible_to(user, roles=READERS)
    if not union:
        keys = Organization.objects.filter(path__in=scope_of(user).paths(roles=READERS)).values_list("pk", flat=True)
    else:
        keys = list(reach.filter(code=union).values_list("pk", flat=True))
        keys = keys or [one.pk for one in named(user, union) if scope_of(user).covers(one.path, roles=READERS)]
    nodes = SnapshotNode.objects.filter(snapshot=snapshot, organization__in=list(keys))
    return tuple(nodes.values_list("path", flat=True))


def counted_among(
    nodes: QuerySet[SnapshotNode], counts: Collection[str], *, dimension: str = "", key: str = ""
) -> QuerySet[SnapshotNode]:
    """Those that one of these counts held; ``key`` of a ``dimension`` as addresses name it."""
    cells = SnapshotCell.objects.filter(
        snapshot=OuterRef("snapshot"),
        path=OuterRef("path"),
        count__in=counts,
        period=NOW,
        dimension=dimension,
        key="" if key == NO_INDUSTRY else key,
        own__gt=0,
    )
    return nodes.filter(Exists(cells))


def not_in_a_branch_then(nodes: QuerySet[SnapshotNode], path: str) -> QuerySet[SnapshotNode]:
    """At this place of that tree, or directly below it with nothing below: what no branch of it held."""
    below = SnapshotNode.objects.filter(snapshot=OuterRef("snapshot"), parent_path=OuterRef("path"))
    return nodes.filter(Q(path=path) | Q(parent_path=path) & ~Exists(below))


def counts_of(nodes: Iterable[SnapshotNode], counts: Collection[str]) -> dict[str, set[str]]:
    """Which of these counts held each of them, by path. One query. All of one month end."""
    nodes = list(nodes)
    found: dict[str, set[str]] = defaultdict(set)
    if not nodes:
        return found
    cells = SnapshotCell.objects.filter(
        snapshot=nodes[0].snapshot_id,
        path__in=[node.path for node in nodes],
        count__in=counts,
        period=NOW,
        dimension="",
        own__gt=0,
    )
    for path, count in cells.values_list("path", "count"):
        found[path].add(count)
    return found


def names_above_then(nodes: Iterable[SnapshotNode]) -> dict[str, str]:
    """The names of that day of what stood directly above each, by path. One query."""
    nodes = list(nodes)
    if not nodes:
        return {}
    above = SnapshotNode.objects.filter(snapshot=nodes[0].snapshot_id, path__in={node.parent_path for node in nodes})
    return dict(above.values_list("path", "name"))
