from services.workers.models.claim import ClaimTry, RecordClaim
from services.workers.models.worker import Worker

__all__ = ["ClaimTry", "RecordClaim", "Worker"]
