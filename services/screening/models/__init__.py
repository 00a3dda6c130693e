from services.screening.models.enrolment import Enrolment, EnrolmentRow
from services.screening.models.programme import Programme, ProgrammeTerms
from services.screening.models.record import EligibilityRecord, HistoryStatement, PastScreening, ResidenceStatement
from services.screening.models.result import ContactAttempt, FollowUp, Result, ResultVersion

__all__ = [
    "ContactAttempt",
    "EligibilityRecord",
    "Enrolment",
    "EnrolmentRow",
    "FollowUp",
    "HistoryStatement",
    "PastScreening",
    "Programme",
    "ProgrammeTerms",
    "ResidenceStatement",
    "Result",
    "ResultVersion",
]
