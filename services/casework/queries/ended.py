"""Cases that are over for good: nothing is open about them, and nobody has taken the person out of them yet."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from services.casework.enums import OVER, ComplaintState, ObjectionState
from services.casework.models import Case, Complaint, Objection, RecheckItem
from services.workers.enums import NOBODY


def ended_by(day: date) -> QuerySet[Case]:
    """Cases that came to their end on ``day`` or before, the oldest first. Kept back: those under objection or
    complaint, and those of a sample whose second look isn't done. One that was appealed isn't over."""
    objections = Objection.objects.own(line__case=OuterRef("pk"), state=ObjectionState.OPEN)
    complaints = Complaint.objects.own(case=OuterRef("pk"), state=ComplaintState.OPEN)
    looks = RecheckItem.objects.filter(case=OuterRef("pk"), outcome="")
    rows = Case.objects.own(stage__in=OVER, stage_since__date__lte=day).exclude(worker__state=NOBODY)
    return rows.exclude(Exists(objections) | Exists(complaints) | Exists(looks)).order_by("stage_since", "pk")


def still_named(worker: int) -> bool:
    """Whether a case names this woman."""
    return Case.objects.own(worker=worker).exists()
