from services.screening.models.programme import Programme, ProgrammeTerms
from services.screening.models.record import EligibilityRecord, HistoryStatement, PastScreening

__all__ = ["EligibilityRecord", "HistoryStatement", "PastScreening", "Programme", "ProgrammeTerms"]
