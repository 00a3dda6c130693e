from services.workers.models.claim import ClaimTry, RecordClaim
from services.workers.models.merged import MergedRecord
from services.workers.models.worker import Worker

__all__ = ["ClaimTry", "MergedRecord", "RecordClaim", "Worker"]
