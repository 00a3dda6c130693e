"""Programmes that are long over: who booked, came and was called back goes; how many did stays, by age band."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from services.bookings.actions.forgetting import forget_in_offering
from services.privacy.registry import Gone, Term
from services.screening.enums import HistorySource
from services.screening.models import (
    ContactAttempt,
    EligibilityRecord,
    EnrolmentRow,
    HistoryStatement,
    PastScreening,
    Programme,
    ResidenceStatement,
    ResultVersion,
)
from services.screening.queries import ended
from services.screening.rules.retention import YEARS, coarse_birth
from services.workers.models import Worker


def erase(key: tuple[int, int], *, today: date, now: datetime) -> Gone | None:
    """Take one woman out of one programme. None where a follow-up keeps her, or her record went meanwhile.

    Locks: the offering's stand-ins. Rows that go over to another record of hers meanwhile are that one's next night.
    """
    programme = Programme.objects.select_related("offering").get(pk=key[0])
    worker = Worker.objects.own(pk=key[1]).first()
    if worker is None or not ended.is_due(programme, worker.pk, today):
        return None
    gone = _findings(programme, worker) + _said(programme, worker)
    born = coarse_birth(programme.year, worker.birth_date.year)
    return gone + forget_in_offering(programme.offering, worker, born=born)


def _findings(programme: Programme, worker: Worker) -> Gone:
    """What was examined and found, and on what she was admitted: that there was a result, and how it ended, stays."""
    hers = {"booking__offering": programme.offering_id, "booking__worker": worker}
    of_result = {f"result__{name}": value for name, value in hers.items()}
    rows = ContactAttempt.objects.filter(**{f"follow_up__{name}": value for name, value in of_result.items()}).delete()[
        0
    ]
    rows += ResultVersion.objects.filter(**of_result).delete()[0]
    rows += EligibilityRecord.objects.filter(**hers).delete()[0]
    return Gone(rows=rows + PastScreening.objects.own(**hers).delete()[0])


def _said(programme: Programme, worker: Worker) -> Gone:
    """What she stated, and her line in a group. The day she named goes with the last programme she named it for."""
    rows = HistoryStatement.objects.filter(programme=programme, worker=worker).delete()[0]
    rows += ResidenceStatement.objects.filter(programme=programme, worker=worker).delete()[0]
    if not HistoryStatement.objects.filter(worker=worker).exists():
        rows += PastScreening.objects.own(worker=worker, source=HistorySource.DECLARED).delete()[0]
    lines = EnrolmentRow.objects.own(enrolment__programme=programme, worker=worker)
    return Gone(rows=rows + lines.update(worker=None, stated="", wishes=[], unread=[], reasons=[], booking=None))


TERM = Term(
    label=_("Bookings, attendance and results of a screening"),
    rule=_("three years after the programme or the follow-up ended"),
    years=YEARS,
    due=ended.due,
    erase=erase,
)
