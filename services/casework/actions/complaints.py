"""Complaints: she writes how she was treated, somebody above who had no hand in it answers."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.casework import errors, policies
from services.casework.actions.locking import lock_case
from services.casework.enums import ComplaintState
from services.casework.models import Case, Complaint
from services.casework.notifications import COMPLAINT_ANSWERED
from services.casework.queries import calendar
from services.casework.queries import complaints as known
from services.casework.rules.days import add_working_days
from services.messaging.actions import notify
from services.privacy.actions import record_routine_look


@transaction.atomic
def complain(case: Case, *, about: str, words: str, by, now: datetime) -> Complaint:
    """Take her complaint about how an application is or was handled; it lies above all who handled it.

    The application goes on as it was, and nothing in it says that there is one. While one is open another one changes
    nothing. Locks the case. Raises ``ComplaintEmpty``, ``PermissionDenied``.
    """
    case = lock_case(case)
    policies.may_complain(by, case).insist()
    said = words.strip()
    if not said:
        raise errors.ComplaintEmpty()
    if standing := Complaint.objects.own(case=case, state=ComplaintState.OPEN).first():
        return standing
    concerned = known.hands_in(case)
    complaint = Complaint.objects.create(
        case=case,
        about=about,
        words=said,
        desk_id=known.desk_above(case, concerned).key,
        made_at=now,
        due_on=add_working_days(localdate(now), settings.COMPLAINT_WORKING_DAYS, calendar()),
    )
    complaint.concerned.set(concerned)
    return complaint


@transaction.atomic
def take_complaint_back(complaint: Complaint, *, by, now: datetime) -> Complaint:
    """She withdraws it before it is answered; once it has ended it stays. Locks the complaint."""
    complaint = _locked(complaint)
    policies.may_complain(by, complaint.case).insist()
    if complaint.is_open:
        complaint.state, complaint.ended_at = ComplaintState.WITHDRAWN, now
        complaint.save(update_fields=["state", "ended_at"])
    return complaint


def read_complaint(complaint: Complaint, *, by, now: datetime) -> str:
    """What she wrote, for whoever may answer it; the look is on record and hers to read. Raises ``PermissionDenied``,
    ``TooManyLooks``."""
    policies.may_read_complaint(by, complaint).insist()
    record_routine_look(
        viewer=by,
        subject=complaint,
        fields=["words"],
        reason=f"{complaint.number}",
        limit=settings.CASE_DOCUMENT_LOOKS_PER_HOUR,
        organization_path=complaint.desk.path,
        now=now,
    )
    return complaint.words


@transaction.atomic
def answer_complaint(complaint: Complaint, *, outcome: str, answer: str, by, now: datetime) -> Complaint:
    """Answer it in words that she reads; she is told that there is an answer, and nobody else.

    The log says by whom and with what outcome, never about what. Locks the complaint. Raises ``AnswerMissing``,
    ``ComplaintEnded``, ``PermissionDenied``.
    """
    complaint = _locked(complaint)
    policies.may_read_complaint(by, complaint).insist()
    said = answer.strip()
    if not said:
        raise errors.AnswerMissing()
    if not complaint.is_open:
        raise errors.ComplaintEnded()
    complaint.state, complaint.outcome, complaint.answer = ComplaintState.ANSWERED, outcome, said
    complaint.answered_by, complaint.ended_at = by, now
    complaint.save(update_fields=["state", "outcome", "answer", "answered_by", "ended_at"])
    log(complaint, "casework.answer_complaint", user=by, data={"outcome": outcome})
    if user := complaint.case.worker.user:
        notify(
            COMPLAINT_ANSWERED,
            to=user,
            context={"number": complaint.number},
            dedupe_key=f"complaint-{complaint.pk}",
            link=reverse("casework:case", args=[complaint.case.token]),
        )
    return complaint


def follow_closed(organization) -> None:
    """The organisation that was to answer has closed: what is open there goes to the nearest one above that can."""
    rows = Complaint.objects.unscoped().filter(desk=organization, state=ComplaintState.OPEN)
    for complaint in rows.select_related("case__route").order_by("pk"):
        concerned = set(complaint.concerned.values_list("pk", flat=True))
        complaint.desk_id = known.desk_above(complaint.case, concerned).key
        complaint.save(update_fields=["desk"])


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related("case__worker__user", "desk").get(pk=complaint.pk)
