"""Writing many organisations at once: places in the tree are worked out here, two statements store them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import F

from services.organizations.actions.tree import tell_of
from services.organizations.models import Organization

# What a list of unions may say about one; its place in the tree is not among it.
STATED = (
    "name",
    "industry",
    "staff_count",
    "women_count",
    "member_count",
    "women_member_count",
    "established_on",
)


def add_organizations(nodes: Sequence[tuple[Organization, Organization | None]], *, by=None) -> None:
    """Insert unsaved organisations below their parents, parents before children, with a constant number of queries.

    A parent may be saved already or stand earlier in the sequence. The caller holds the tree's lock.
    """
    if not nodes:
        return
    saved = {parent.path: parent for _, parent in nodes if parent is not None and parent.pk}
    last = _last_steps(saved, any(parent is None for _, parent in nodes))
    grown: dict[str, int] = defaultdict(int)
    for node, parent in nodes:
        above = parent.path if parent else ""
        last[above] = last.get(above, 0) + 1
        node.depth = parent.depth + 1 if parent else 1
        node.path = Organization._get_path(above, node.depth, last[above])
        node.numchild = 0
        if parent is not None:
            parent.numchild += 1
            if parent.pk:
                grown[above] += 1
    Organization.objects.bulk_create([node for node, _ in nodes], batch_size=1000)
    by_growth: dict[int, list[str]] = defaultdict(list)
    for path, count in grown.items():
        by_growth[count].append(path)
    for count, paths in by_growth.items():
        Organization.objects.filter(path__in=paths).update(numchild=F("numchild") + count)
    tell_of([node.pk for node, _ in nodes], cause="imported", by=by)


def _last_steps(parents: Mapping[str, Organization], roots: bool) -> dict[str, int]:
    """The highest step in use below each parent (and among the tops of branches, under '')."""
    taken: dict[str, int] = {}
    step = Organization.steplen
    children = []
    if parents:
        depths = {parent.depth + 1 for parent in parents.values()}
        children = Organization.objects.filter(depth__in=depths).values_list("path", flat=True)
    tops = Organization.objects.filter(depth=1).values_list("path", flat=True) if roots else []
    for path in [*children, *tops]:
        above = path[:-step]
        if above in parents or not above:
            taken[above] = max(taken.get(above, 0), Organization._str2int(path[-step:]))
    return taken


def restate_organizations(records: Sequence[Organization], *, by=None) -> None:
    """Store the descriptive fields of existing organisations in one statement, met again by their code."""
    copies = []
    for record in records:
        copy = Organization(**{field: getattr(record, field) for field in ("code", "branch", "kind", *STATED)})
        # Inserting is only tried: a path that nobody has keeps anything but the code from standing in the way.
        copy.path, copy.depth, copy.numchild = f"~{record.pk}", record.depth, 0
        copies.append(copy)
    if copies:
        Organization.objects.bulk_create(
            copies, update_conflicts=True, unique_fields=["code"], update_fields=list(STATED), batch_size=1000
        )
        tell_of([record.pk for record in records], cause="imported", by=by)
