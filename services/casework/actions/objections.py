"""Objections: received from anybody, answered by the applicant, settled by somebody who had no part in the case."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from services.casework import errors, policies
from services.casework.actions.locking import lock_case, lock_notice
from services.casework.actions.move import move
from services.casework.actions.notices import leave_notice
from services.casework.enums import NoticeState, ObjectionOutcome, ObjectionState, ObjectionStep, Stage, Verb
from services.casework.models import Case, NoticeLine, Objection, ObjectionEvent, PublicNotice
from services.casework.notifications import OBJECTION
from services.casework.queries import calendar
from services.casework.queries import notices as notice_queries
from services.casework.queries import objections as queries
from services.casework.registry import services
from services.casework.rules import objection as rules
from services.casework.rules.days import add_working_days
from services.foundation.masking import redact
from services.messaging.actions import notify
from services.privacy.actions import record_look


@dataclass(frozen=True, slots=True)
class Received:
    """``code`` is known to the objector alone: it is told once and kept as a digest."""

    objection: Objection
    code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sealed, for one answer to one person who may see it."""

    text: str
    contact: str
    answer: str


def receive(line: NoticeLine, *, about: str, text: str, contact: str, form: str, now: datetime) -> Received:
    """Take an objection to a line from whoever it is; ``contact`` may be empty.

    The case stops at once: until the objection is settled nothing of it is approved or paid, and the other lines go
    on. ``form`` names the form that was sent: sent twice, it is one objection with the same reference and code. Locks
    the case. Raises ``WindowClosed`` when the notice is over, or the case no longer on it.
    """
    secret = salted_hmac("casework.objection", form, algorithm="sha256").digest()
    reference, code = rules.names_of(secret, localdate(now).year)
    with transaction.atomic():
        case = lock_case(line.case)
        known = queries.by_reference(reference, code)
        if known is not None:
            return Received(known, code)
        notice = PublicNotice.objects.unscoped().get(pk=line.notice_id)
        if not is_open(notice, now=now) or case.stage not in notice_queries.SEEN:
            raise errors.WindowClosed()
        objection = Objection.objects.create(
            reference=reference,
            code_index=Objection.index_of(reference, code),
            line=line,
            about=about,
            text=text,
            contact=contact,
            received_at=now,
            due_on=add_working_days(localdate(now), case.route.objection_days, calendar()),
        )
        _log(objection, ObjectionStep.RECEIVED, by=None, now=now)
        if case.stage == Stage.NOTICE:
            move(case, Verb.OBJECT, by=None, now=now, due_on=objection.due_on, details={"about": about})
        else:
            _tell_her(case, objection, "again")
    return Received(objection, code)


def is_open(notice: PublicNotice, *, now: datetime) -> bool:
    """Whether the notice is to be seen, and objected to, at this moment."""
    standing = notice.state == NoticeState.STANDING
    return rules.is_open(localdate(now), standing=standing, begins_on=notice.begins_on, ends_on=notice.ends_on)


def answer(objection: Objection, *, text: str, by, now: datetime) -> Objection:
    """What the applicant says to it; she may change it until the objection is settled.

    Locks the objection. Raises ``AnswerMissing``, ``SettledAlready``, ``PermissionDenied`` for anybody but her.
    """
    text = text.strip()
    if not text:
        raise errors.AnswerMissing()
    with transaction.atomic():
        objection = _locked(objection)
        policies.may_answer(by, objection).insist()
        if not objection.is_open:
            raise errors.SettledAlready()
        if objection.answer != text:
            objection.answer, objection.answered_at = text, now
            objection.save(update_fields=["answer", "answered_at"])
            _log(objection, ObjectionStep.ANSWERED, by=by, now=now)
    return objection


def ask_applicant(objection: Objection, *, question: str, by, now: datetime) -> Objection:
    """Put a question to the applicant in the officer's own words: she reads it instead of what was objected.

    Locks the objection. Raises ``QuestionMissing``, ``SettledAlready``, ``PermissionDenied``.
    """
    question = question.strip()
    if not question:
        raise errors.QuestionMissing()
    with transaction.atomic():
        objection = _locked(objection)
        _insist_may_settle(by, objection)
        if objection.asked != question:
            objection.asked = question
            objection.save(update_fields=["asked"])
            event = _log(objection, ObjectionStep.ASKED, by=by, now=now)
            _tell_her(objection.line.case, objection, str(event.pk))
    return objection


def extend(objection: Objection, *, days: int, because: str, by, now: datetime) -> Objection:
    """Give it more time: so many working days after the day it was due, for a reason that stays on record.

    Locks the objection. Raises ``ReasonMissing``, ``NoMoreTime``, ``SettledAlready``, ``PermissionDenied``.
    """
    because = redact(" ".join(because.split()))[:200]
    if not because:
        raise errors.ReasonMissing()
    with transaction.atomic():
        objection = _locked(objection)
        _insist_may_settle(by, objection)
        if not rules.may_extend(extensions=queries.extensions(objection), days=days):
            raise errors.NoMoreTime(times=rules.MOST_EXTENSIONS, days=rules.LONGEST_EXTENSION)
        objection.due_on = add_working_days(objection.due_on, days, calendar())
        objection.save(update_fields=["due_on"])
        _log(objection, ObjectionStep.EXTENDED, by=by, now=now, because=because)
    return objection


def look_at(objection: Objection, *, by, reason: str) -> Opened:
    """What was objected, by whom, and what she answered: for whoever may settle it, and on record. Raises
    ``ReasonMissing`` of privacy, ``TooManyLooks``, ``PermissionDenied``."""
    objection = (
        Objection.objects.unscoped().select_related("line__case", "line__notice__organization").get(pk=objection.pk)
    )
    policies.may_read_objection(by, objection).insist()
    record_look(
        viewer=by,
        subject=objection,
        fields=["text", "contact", "answer"],
        reason=reason,
        organization_path=objection.line.notice.organization.path,
    )
    return Opened(objection.text, objection.contact, objection.answer)


def settle(
    objection: Objection, *, outcome: str, told: str, by, now: datetime, refuse: bool = False, seen: int | None = None
) -> Objection:
    """Settle an objection: ``outcome`` is all the objector learns, ``told`` what the applicant reads.

    The last one settled lets the case go on, or refuses it (``refuse``); while others are open it waits. Never by
    somebody who took a step of the case. The same again answers with what is. Locks: the notice (so that it
    isn't taken down meanwhile), the case, the objection. Raises ``ReasonMissing``, ``OthersOpen`` (refusing before the
    others are settled), ``SettledAlready`` (with another outcome), ``PermissionDenied``, and what ``move`` refuses.
    """
    told = told.strip()
    if not told:
        raise errors.ReasonMissing()
    with transaction.atomic():
        lock_notice(NoticeLine.objects.values_list("notice", flat=True).get(pk=objection.line_id))
        case = lock_case(Case.objects.unscoped().get(notice_lines=objection.line_id))
        objection = _locked(objection)
        if not objection.is_open:
            if (objection.outcome, objection.settled_by_id) == (outcome, by.pk):
                return objection
            raise errors.SettledAlready()
        policies.may_settle(by, case).insist()
        others = queries.others_open(objection)
        if refuse and others:
            raise errors.OthersOpen()
        _close(objection, outcome=outcome, told=told, by=by, now=now)
        if others:
            return objection
        verb = Verb.REFUSE if refuse else Verb.SETTLE_OBJECTION
        case = move(case, verb, by=by, now=now, seen=seen, reason=told)
        if not refuse:
            _go_on(case, told=told, by=by, now=now)
    return objection


def _go_on(case: Case, *, told: str, by, now: datetime) -> None:
    """From a notice that ended or was taken down meanwhile."""
    state = notice_queries.line_of(case).notice.state
    if state == NoticeState.TAKEN_DOWN:
        move(case, Verb.TAKE_DOWN, by=by, now=now, reason=told)
    elif state == NoticeState.ENDED:
        leave_notice(case, now=now)


def close_without_case(*, now: datetime) -> int:
    """Settle what nobody has to decide any more, as the case was withdrawn meanwhile; returns how many."""
    closed = 0
    for found in queries.without_a_case():
        with transaction.atomic():
            objection = _locked(found)
            if objection.is_open:
                _close(objection, outcome=ObjectionOutcome.NO_BEARING, told="", by=None, now=now)
                closed += 1
    return closed


def _close(objection: Objection, *, outcome: str, told: str, by, now: datetime) -> None:
    objection.state, objection.outcome, objection.told = ObjectionState.SETTLED, outcome, told
    objection.settled_by, objection.settled_at = by, now
    objection.save(update_fields=["state", "outcome", "told", "settled_by", "settled_at"])
    _log(objection, ObjectionStep.SETTLED, by=by, now=now)


def _locked(objection: Objection) -> Objection:
    rows = Objection.objects.unscoped().select_for_update(no_key=True, of=("self",))
    return rows.select_related("line__case__worker__user", "line__notice__organization").get(pk=objection.pk)


def _insist_may_settle(by, objection: Objection) -> None:
    policies.may_settle(by, objection.line.case).insist()
    if not objection.is_open:
        raise errors.SettledAlready()


def _log(objection: Objection, step: str, *, by, now: datetime, because: str = "") -> ObjectionEvent:
    return ObjectionEvent.objects.create(
        objection=objection, step=step, due_on=objection.due_on, because=because, by=by, at=now
    )


def _tell_her(case: Case, objection: Objection, occasion: str) -> None:
    worker = case.worker
    notify(
        OBJECTION,
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"number": case.number},
        dedupe_key=f"{OBJECTION}:objection-{objection.pk}-{occasion}",
        link=services[case.service].her_address(case),
    )
