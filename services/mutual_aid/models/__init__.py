from services.mutual_aid.models.claim import (
    Assessment,
    Benefit,
    Claim,
    LookBack,
    LookBackLetter,
    Nomination,
)
from services.mutual_aid.models.cover import Cover, CoverVersion
from services.mutual_aid.models.enrolment import BatchPaper, EnrolmentBatch, EnrolmentRow
from services.mutual_aid.models.ladder import Disease, LadderLine
from services.mutual_aid.models.scheme import Scheme, SchemeTerms
from services.mutual_aid.models.simulation import Simulation

__all__ = [
    "Assessment",
    "BatchPaper",
    "Benefit",
    "Claim",
    "Cover",
    "CoverVersion",
    "Disease",
    "EnrolmentBatch",
    "EnrolmentRow",
    "LadderLine",
    "LookBack",
    "LookBackLetter",
    "Nomination",
    "Scheme",
    "SchemeTerms",
    "Simulation",
]
