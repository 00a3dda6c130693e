from services.publishing.models.hold import Hold, Signature
from services.publishing.models.link import LinkFault
from services.publishing.models.scan import FileScan
from services.publishing.models.section import Section
from services.publishing.models.task import LevelTask, LevelTaskState

__all__ = ["FileScan", "Hold", "LevelTask", "LevelTaskState", "LinkFault", "Section", "Signature"]
