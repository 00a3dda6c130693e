from services.figures.models.arrangement import Arrangement
from services.figures.models.cells import Cell, Generation, Mark
from services.figures.models.snapshots import Snapshot, SnapshotCell, SnapshotNode
from services.figures.models.targets import Target

__all__ = ["Arrangement", "Cell", "Generation", "Mark", "Snapshot", "SnapshotCell", "SnapshotNode", "Target"]
