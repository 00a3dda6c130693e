from services.casework.models.authorisation import Authorisation, Deputy
from services.casework.models.case import Case, CaseEvent, Sequence
from services.casework.models.complaint import Complaint
from services.casework.models.days import CannedReason, DayException
from services.casework.models.document import Document, RequestedItem, UploadInProgress, document_path, private_storage
from services.casework.models.example import ExamplePicture
from services.casework.models.notice import NoticeLine, Objection, ObjectionEvent, PublicNotice
from services.casework.models.recheck import Recheck, RecheckItem
from services.casework.models.recusal import Recusal
from services.casework.models.route import ReviewRoute, RouteStep
from services.casework.models.typing import KeptTyping

__all__ = [
    "Authorisation",
    "CannedReason",
    "Case",
    "CaseEvent",
    "Complaint",
    "DayException",
    "Deputy",
    "Document",
    "ExamplePicture",
    "KeptTyping",
    "NoticeLine",
    "Objection",
    "ObjectionEvent",
    "PublicNotice",
    "Recheck",
    "RecheckItem",
    "Recusal",
    "RequestedItem",
    "ReviewRoute",
    "RouteStep",
    "Sequence",
    "UploadInProgress",
    "document_path",
    "private_storage",
]
