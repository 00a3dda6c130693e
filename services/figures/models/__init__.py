from services.figures.models.cells import Cell, Mark
from services.figures.models.snapshots import Snapshot, SnapshotCell, SnapshotNode
from services.figures.models.targets import Target

__all__ = ["Cell", "Mark", "Snapshot", "SnapshotCell", "SnapshotNode", "Target"]
