"""Tying a signed-in woman to her record: online by two facts, or through her union's officer."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from services.accounts.models import User
from services.messaging.actions import notify
from services.organizations.models import Organization
from services.privacy.actions import adopt_paper_consents, give_consent
from services.privacy.enums import Purpose
from services.privacy.models import Notice
from services.workers.enums import ClaimState
from services.workers.errors import (
    AlreadyDecided,
    AlreadyTied,
    AnotherRequestWaits,
    NoMatch,
    OtherUnionsRecord,
    ReasonMissing,
    TooManyTries,
)
from services.workers.models import ClaimTry, RecordClaim, Worker
from services.workers.notifications import CLAIM_CONFIRMED, CLAIM_REFUSED
from services.workers.policies import may_claim, may_decide_claim
from services.workers.queries import records_with_phone, worker_of
from services.workers.rules.claim import same_person

TRIES_A_DAY = 5


def claim_record(*, by: User, name: str, last4: str, notice: Notice, language: str, now: datetime) -> Worker:
    """Tie ``by`` to the record that carries her phone number, this name and these last four characters.

    Records her consent to ``notice`` (purpose roster). Every call counts as a try, the failed ones too, by
    calendar day of the installation. Locks: user, then worker. Errors: ``TooManyTries``, ``NoMatch`` (the same
    for every miss), ``AlreadyTied``.
    """
    may_claim(by).insist()
    if record := worker_of(by):
        return record
    _count_try(by, now=now)
    with transaction.atomic():
        _lock_untied(by)
        found = [
            worker
            for worker in records_with_phone(by.phone_index).select_for_update(of=("self",))
            if same_person(stated_name=name, stated_tail=last4, name=worker.name, tail=worker.id_last4)
        ]
        free = [worker for worker in found if worker.user_id is None]
        if len(free) != 1:
            raise NoMatch
        _tie(free[0], by, now=now)
        give_consent(giver=by, purpose=Purpose.ROSTER, notice=notice, language=language, now=now)
        _close_waiting(by, worker=free[0], now=now)
    return free[0]


def request_claim(
    organization: Organization,
    *,
    by: User,
    name: str,
    id_number: str,
    notice: Notice,
    language: str,
    now: datetime,
) -> RecordClaim:
    """Ask the officer of ``organization`` to find her record. Asking the same union again changes nothing.

    Records her consent to ``notice`` (purpose roster), since she hands over her identity number.
    Lock: user. Errors: ``AlreadyTied``, ``AnotherRequestWaits``.
    """
    may_claim(by).insist()
    with transaction.atomic():
        _lock_untied(by)
        waiting = RecordClaim.objects.own(user=by).filter(state=ClaimState.WAITING).select_related("organization")
        for claim in waiting:
            if claim.organization_id == organization.pk:
                return claim
            raise AnotherRequestWaits(union=claim.organization.name)
        give_consent(giver=by, purpose=Purpose.ROSTER, notice=notice, language=language, now=now)
        return RecordClaim.objects.create(
            user=by, organization=organization, stated_name=name, stated_id_number=id_number
        )


def withdraw_claim(claim: RecordClaim, *, by: User, now: datetime) -> RecordClaim:
    """Take back her own request; once answered it stays as it is. Lock: claim."""
    with transaction.atomic():
        claim = RecordClaim.objects.own(user=by).select_for_update(of=("self",)).get(pk=claim.pk)
        if claim.state == ClaimState.WAITING:
            _decide(claim, state=ClaimState.WITHDRAWN, by=by, now=now)
    return claim


def confirm_claim(claim: RecordClaim, *, by: User, worker: Worker, now: datetime) -> RecordClaim:
    """The officer has seen her papers: tie the account to ``worker`` and tell her.

    Locks: claim, user, worker. Errors: ``AlreadyDecided``, ``AlreadyTied``, ``OtherUnionsRecord``.
    """
    with transaction.atomic():
        claim = _lock_waiting(claim, by=by)
        user = _lock_untied(claim.user)
        worker = (
            Worker.objects.unscoped().select_for_update(of=("self",)).select_related("organization").get(pk=worker.pk)
        )
        if not worker.organization.path.startswith(claim.organization.path):
            raise OtherUnionsRecord
        if worker.user_id is not None:
            raise AlreadyTied
        _tie(worker, user, now=now)
        _decide(claim, state=ClaimState.CONFIRMED, by=by, now=now, worker=worker)
        notify(
            CLAIM_CONFIRMED,
            to=user,
            context={"union": claim.organization.name},
            dedupe_key=f"claim-{claim.pk}-confirmed",
            link=reverse("overview:home"),
        )
    return claim


def refuse_claim(claim: RecordClaim, *, by: User, reason: str, now: datetime) -> RecordClaim:
    """Answer no, with a reason that she reads on the request's page. Lock: claim.

    Errors: ``AlreadyDecided``, ``ReasonMissing``.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        claim = _lock_waiting(claim, by=by)
        _decide(claim, state=ClaimState.REFUSED, by=by, now=now, reason=reason.strip())
        notify(
            CLAIM_REFUSED,
            to=claim.user,
            context={"union": claim.organization.name},
            dedupe_key=f"claim-{claim.pk}-refused",
            link=reverse("workers:request"),
        )
    return claim


def _count_try(user: User, *, now: datetime) -> None:
    """Write the try down in a transaction of its own, so that a refusal doesn't take the count back."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        ClaimTry.objects.filter(user=user, at__lt=midnight - timedelta(days=30)).delete()
        if ClaimTry.objects.filter(user=user, at__gte=midnight).count() >= TRIES_A_DAY:
            raise TooManyTries(limit=TRIES_A_DAY)
        ClaimTry.objects.create(user=user, at=now)


def _lock_untied(user: User) -> User:
    locked = User.objects.select_for_update().get(pk=user.pk)
    if worker_of(locked):
        raise AlreadyTied
    return locked


def _lock_waiting(claim: RecordClaim, *, by: User) -> RecordClaim:
    claim = (
        RecordClaim.objects.unscoped()
        .select_for_update(of=("self",))
        .select_related("organization", "user")
        .get(pk=claim.pk)
    )
    may_decide_claim(by, claim).insist()
    if claim.state != ClaimState.WAITING:
        raise AlreadyDecided
    return claim


def _tie(worker: Worker, user: User, *, now: datetime) -> None:
    """The account and the record belong together from here on, and with them what she agreed to on paper."""
    worker.user = user
    worker.save(update_fields=["user", "updated_at"])
    adopt_paper_consents(record=worker.token, giver=user, now=now)


def _close_waiting(user: User, *, worker: Worker, now: datetime) -> None:
    """She proved it online meanwhile: no officer need look at her request any more."""
    for claim in RecordClaim.objects.own(user=user).filter(state=ClaimState.WAITING):
        _decide(claim, state=ClaimState.WITHDRAWN, by=user, now=now, worker=worker)


def _decide(claim: RecordClaim, *, state: str, by: User, now: datetime, worker=None, reason: str = "") -> None:
    """Write the answer and forget the identity number: it has served its purpose."""
    claim.state, claim.decided_by, claim.decided_at = state, by, now
    claim.worker, claim.reason, claim.stated_id_number = worker, reason, ""
    claim.save()
