"""Where cells are read: in the present, or as they stood at the end of a month."""

from dataclasses import dataclass

from django.db.models import QuerySet

from services.figures.models import Cell, Snapshot, SnapshotCell, SnapshotNode
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation in the tree of that day. ``code`` leads to its page when it is within her reach."""

    organization: int
    path: str
    name: str
    code: str = ""
    has_children: bool = False


def snapshots() -> QuerySet[Snapshot]:
    return Snapshot.objects.order_by("-day")


@dataclass(frozen=True, slots=True)
class Ground:
    """``snapshot`` None is the present."""

    snapshot: Snapshot | None = None

    def cells(self) -> QuerySet:
        return Cell.objects.all() if self.snapshot is None else SnapshotCell.objects.filter(snapshot=self.snapshot)

    def place(self, organization: Organization) -> Place | None:
        """Where the organisation stood; None when it wasn't in the tree of that day."""
        if self.snapshot is None:
            return Place(organization.pk, organization.path, organization.name, organization.code)
        return self.place_then(organization.pk)

    def place_then(self, organization: int) -> Place | None:
        """At a month end: where the organisation of this key stood."""
        node = SnapshotNode.objects.filter(snapshot=self.snapshot, organization=organization).first()
        return node and Place(node.organization, node.path, node.name, node.code)

    def children(self, path: str, *, with_cells: set[str]) -> list[Place]:
        """The places directly below; of closed organisations those that still hold figures. One query."""
        if self.snapshot is not None:
            nodes = SnapshotNode.objects.filter(snapshot=self.snapshot, parent_path=path).order_by("path")
            return [Place(node.organization, node.path, node.name, node.code, True) for node in nodes]
        depth = len(path) // Organization.steplen + 1
        found = Organization.objects.below(path).filter(depth=depth)
        rows = found.values_list("pk", "path", "name", "code", "numchild", "closed_on")
        return [
            Place(pk, at, name, code, children > 0)
            for pk, at, name, code, children, closed in rows
            if closed is None or at in with_cells
        ]


def chain(path: str) -> list[str]:
    """The paths from the top of the tree down to this one."""
    return ancestor_paths(path)
