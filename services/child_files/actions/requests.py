"""What guardians ask for, and the written answer (E2.10, E2.11)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.casework.queries.calendar import calendar
from services.casework.rules.days import add_working_days
from services.child_files import errors, notifications, policies, workflow
from services.child_files.actions.granting import privacy_officers
from services.child_files.enums import RequestState
from services.child_files.models import GuardianshipLink, SubjectRequest
from services.child_files.queries.files import locked
from services.child_files.rules.clocks import REQUEST_WORKING_DAYS


@transaction.atomic
def receive(guardianship: GuardianshipLink, *, kind: str, words: str, now: datetime, verified: bool = True):
    """A guardian asks; whoever came by her own link is known to be she. The officer for personal data is told.

    The same wish while one waits is returned as it stands. Locks the file.
    """
    child = locked(guardianship.child)
    waiting = SubjectRequest.objects.unscoped().filter(child=child, guardianship=guardianship, kind=kind)
    if again := waiting.exclude(state__in=[RequestState.DONE, RequestState.REFUSED]).first():
        return again
    made = SubjectRequest.objects.create(
        child=child,
        guardianship=guardianship,
        kind=kind,
        words=words.strip(),
        state=RequestState.IDENTITY_VERIFIED if verified else RequestState.RECEIVED,
        received_at=now,
        due_on=add_working_days(localdate(now), REQUEST_WORKING_DAYS, calendar()),
    )
    log(instance=child, action="child_files.request", user=None, data={"kind": kind}, timestamp=now)
    for officer in privacy_officers(child.home.host):
        notifications.tell(
            notifications.REQUEST,
            officer,
            {"file": child.code, "day": made.due_on},
            about=made.token,
            page="child_files_desk:request",
            argument=made.token,
        )
    return made


@transaction.atomic
def move_request(
    wish: SubjectRequest, verb: str, *, by, now: datetime, answer: str = "", appeal: str = ""
) -> SubjectRequest:
    """Verify, take up, do or refuse a request; the only writer of its state. Done and refused are answered in writing,
    a refusal names where the guardian can appeal. A step taken already changes nothing.

    Raises ``PermissionDenied``, ``NoSuchStep``, ``AnswerMissing``, ``AppealMissing``.
    """
    rows = SubjectRequest.objects.unscoped().select_for_update(of=("self",)).select_related("child__home__host")
    wish = rows.get(pk=wish.pk)
    policies.may_guard(by, wish.child.home.host).insist()
    step = workflow.edge(workflow.REQUEST, wish.state, verb)
    if step is None:
        if any(one.verb == verb and one.target == wish.state for one in workflow.REQUEST):
            return wish
        raise errors.NoSuchStep(state=RequestState(wish.state).label)
    if step.target in (RequestState.DONE, RequestState.REFUSED):
        if not answer.strip():
            raise errors.AnswerMissing()
        if step.target == RequestState.REFUSED and not appeal.strip():
            raise errors.AppealMissing()
        wish.answer, wish.appeal = answer.strip(), appeal.strip()[:200]
        wish.decided_at, wish.decided_by = now, by
    wish.state = step.target
    wish.save()
    log(instance=wish.child, action=f"child_files.request_{verb}", user=by, data={"kind": wish.kind}, timestamp=now)
    return wish
