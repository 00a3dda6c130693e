from services.figures.models.cells import Cell, Generation, Mark
from services.figures.models.snapshots import Snapshot, SnapshotCell, SnapshotNode
from services.figures.models.targets import Target

__all__ = ["Cell", "Generation", "Mark", "Snapshot", "SnapshotCell", "SnapshotNode", "Target"]
