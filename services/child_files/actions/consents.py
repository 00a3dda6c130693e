"""A guardian's answers: given or refused per purpose, withdrawn with effect at once, expired by the clock."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.actions.moving import move_file
from services.child_files.actions.switching import insist_on
from services.child_files.enums import CURRENT, Answer, Ended, FileState, GrantState, Method, Purpose
from services.child_files.models import AccessGrant, ChildConsent, ConsentNotice, GuardianshipLink
from services.child_files.queries.consents import notices_in_force
from services.child_files.queries.files import locked, rules_of
from services.child_files.rules.clocks import years_after
from services.child_files.rules.guardianship import may_consent
from services.exchange.actions.exports import delete_export
from services.exchange.enums import ExportState
from services.exchange.models import Export

LISTING = "children"


@dataclass(frozen=True, slots=True)
class Given:
    """How an answer came: on her own phone, on paper, or before a witness."""

    method: str
    language: str = "zh-hans"
    evidence: str = ""
    address: str = ""
    device: str = ""


@transaction.atomic
def answer(
    giver, *, purpose: str, yes: bool, notice: ConsentNotice, how: Given, now: datetime, by=None
) -> ChildConsent:
    """Record one answer of a guardian to the notice in force. The same answer again is returned as it stands.

    ``giver`` is a guardianship; anybody else, such as a carer, is refused (PF1). ``by`` is the staff member who writes
    down what was signed or said, None where the guardian answers herself. Locks the file. Raises ``PermissionDenied``,
    ``NotAGuardian``, ``ConsentEvidenceMissing``, ``NoticeChanged``, ``PurposeOff``.
    """
    _insist_guardian(giver, now)
    child = locked(giver.child)
    if by is not None:
        policies.may_keep(by, child).insist()
    insist_on(child.home.programme, purpose)
    if notices_in_force(now).get(purpose) != notice:
        raise errors.NoticeChanged()
    if how.method != Method.SMS_CODE and not how.evidence.strip():
        raise errors.ConsentEvidenceMissing()
    said = Answer.GIVEN if yes else Answer.REFUSED
    standing = ChildConsent.objects.unscoped().filter(child=child, purpose=purpose, ended_at__isnull=True)
    if same := standing.filter(answer=said, notice=notice).first():
        return same
    # A no to a wider notice leaves standing what was agreed to before.
    ends = standing if yes else standing.filter(answer=Answer.REFUSED)
    ends.update(ended_at=now, ended_because=Ended.RENEWED, ended_by=by)
    made = ChildConsent.objects.create(
        child=child,
        purpose=purpose,
        answer=said,
        notice=notice,
        notice_digest=notice.digest,
        language=how.language,
        giver=giver,
        relation=giver.relation,
        basis=giver.basis,
        method=how.method,
        evidence=how.evidence.strip(),
        recorded_by=by,
        given_at=now,
        address_index=ChildConsent.index_of_address(how.address),
        device=how.device[:80],
        expires_on=years_after(localdate(now), rules_of(child.home.programme).consent_years),
    )
    log(
        instance=child,
        action=f"child_files.consent_{said}",
        user=by,
        data={"purpose": purpose, "method": how.method},
        timestamp=now,
    )
    if yes and purpose == Purpose.HOME_SERVICE and child.state not in CURRENT and child.state != FileState.EXITED:
        move_file(child, "activate", by=None, now=now)
    return made


def _insist_guardian(giver, now: datetime) -> None:
    if not isinstance(giver, GuardianshipLink):
        raise errors.NotAGuardian()
    found = may_consent(
        basis=giver.basis,
        relation=giver.relation,
        evidence=bool(giver.evidence),
        valid_from=giver.valid_from,
        valid_to=giver.valid_to,
        on=localdate(now),
    )
    if not found.passed:
        raise errors.EvidenceMissing() if found.figures["why"] == "no_evidence" else errors.NotAGuardian()


@transaction.atomic
def withdraw(consent: ChildConsent, *, now: datetime, by=None) -> ChildConsent:
    """End an agreement; what hangs on it stops with this very transaction. Twice is once.

    Care withdrawn: the file leaves every list and is locked, approvals to read it end, workbooks that list children are
    deleted. Other purposes are asked at every look, so nothing has to be hunted for. Raises ``PermissionDenied``.
    """
    child = locked(consent.child)
    if by is not None:
        policies.may_record_withdrawal(by, child).insist()
    consent = ChildConsent.objects.unscoped().get(pk=consent.pk)
    if consent.ended_at is not None:
        return consent
    _end(consent, Ended.WITHDRAWN, by=by, now=now)
    log(
        instance=child, action="child_files.withdraw_consent", user=by, data={"purpose": consent.purpose}, timestamp=now
    )
    if consent.purpose == Purpose.HOME_SERVICE:
        if child.state in (*CURRENT, FileState.EXITED):
            move_file(child, "withdraw", by=None, now=now)
        _close_ways(child, now=now)
    _forget_exports()
    return consent


def _end(consent: ChildConsent, why: str, *, by, now: datetime) -> None:
    consent.ended_at, consent.ended_because, consent.ended_by = max(now, consent.given_at), why, by
    consent.save(update_fields=["ended_at", "ended_because", "ended_by"])


def _close_ways(child, *, now: datetime) -> None:
    grants = AccessGrant.objects.unscoped().filter(child=child, state__in=[GrantState.ASKED, GrantState.APPROVED])
    grants.update(state=GrantState.ENDED, decided_at=now)


def _forget_exports() -> None:
    """Files that list children are made anew by whoever still needs one; each is asked for again in a minute."""
    for export in Export.objects.filter(listing=LISTING, state=ExportState.DONE).select_related("owner"):
        delete_export(export, by=export.owner)


@transaction.atomic
def invalidate(consent: ChildConsent, *, by, now: datetime) -> ChildConsent:
    """An agreement that should never have counted, such as one by somebody who turned out not to be the guardian."""
    child = locked(consent.child)
    policies.may_guard(by, child.home.host).insist()
    consent = ChildConsent.objects.unscoped().get(pk=consent.pk)
    if consent.ended_at is None:
        _end(consent, Ended.INVALIDATED, by=by, now=now)
        if consent.purpose == Purpose.HOME_SERVICE and child.state in CURRENT:
            move_file(child, "lapse", by=None, now=now)
    return consent


def expire_consents(*, now: datetime) -> int:
    """Agreements whose time is over; each in a transaction of its own. Returns how many."""
    due = ChildConsent.objects.unscoped().filter(ended_at__isnull=True, expires_on__lt=localdate(now))
    ended = 0
    for consent in due.select_related("child").order_by("pk"):
        with transaction.atomic():
            child = locked(consent.child)
            fresh = ChildConsent.objects.unscoped().get(pk=consent.pk)
            if fresh.ended_at is not None:
                continue
            _end(fresh, Ended.EXPIRED, by=None, now=now)
            if fresh.purpose == Purpose.HOME_SERVICE and fresh.answer == Answer.GIVEN and child.state in CURRENT:
                move_file(child, "lapse", by=None, now=now)
            ended += 1
    return ended
