"""Consents of many women at once, and those given on paper by women who have no account yet."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from services.foundation.locks import hold
from services.privacy import policies, queries
from services.privacy.enums import GivenBy
from services.privacy.errors import SignedBeforeNotice, SignedInFuture
from services.privacy.models import Consent


def hold_consents(givers: Iterable[int], records: Iterable[str], purpose: str, *, now: datetime) -> set[int | str]:
    """Which of these users (by key) and of these records (by token) consent; it stays so until the transaction ends.

    One query each. Take it before any other lock. Locks: the consents by ascending key, online ones first.
    """
    notice = queries.current_notice(purpose, now=now)
    standing = Consent.objects.filter(purpose=purpose, notice=notice, withdrawn_at__isnull=True)
    standing = standing.select_for_update(no_key=True).order_by("pk")
    online = standing.filter(giver__in=set(givers)).values_list("giver", flat=True)
    on_paper = standing.filter(giver__isnull=True, record__in=set(records)).values_list("record", flat=True)
    return {*online, *on_paper}


def record_paper_consent(*, record: str, purpose: str, signed_on: date, by, now: datetime) -> Consent:
    """Write down that the woman of this record, who has no account, has signed the notice in force on paper.

    The caller has checked that she is one of the staff member's own and that paper is admitted. Recording it again
    changes nothing. Holds the lock of the record. Raises ``SignedInFuture``, ``SignedBeforeNotice``,
    ``PermissionDenied``.
    """
    policies.may_record_paper(by).insist()
    if signed_on > timezone.localdate(now):
        raise SignedInFuture()
    with transaction.atomic():
        hold(f"privacy.paper.{record}")
        standing = queries.paper_consents(record, purpose, now=now).first()
        if standing is not None:
            return standing
        notice = queries.current_notice(purpose, now=now)
        begins = timezone.localdate(notice.in_force_from)
        if signed_on < begins:
            raise SignedBeforeNotice(day=date_format(begins, "DATE_FORMAT"))
        return Consent.objects.create(
            record=record,
            signed_on=signed_on,
            purpose=purpose,
            notice=notice,
            notice_digest=notice.digest,
            language=settings.LANGUAGE_CODE,
            given_by=GivenBy.STAFF,
            recorded_by=by,
            given_at=now,
        )


def adopt_paper_consents(*, record: str, giver, now: datetime) -> int:
    """What she agreed to on paper becomes hers, now that she has an account; returns how many standing ones.

    Where she has agreed online meanwhile, the paper has served its purpose and ends. Locks the consents.
    """
    paper = Consent.objects.filter(record=record, giver__isnull=True)
    with transaction.atomic():
        standing = list(paper.filter(withdrawn_at__isnull=True).select_for_update(no_key=True).order_by("pk"))
        hers = set(Consent.objects.filter(giver=giver, withdrawn_at__isnull=True).values_list("purpose", "notice_id"))
        doubled = [consent.pk for consent in standing if (consent.purpose, consent.notice_id) in hers]
        Consent.objects.filter(pk__in=doubled).update(withdrawn_at=now)
        paper.update(giver=giver)
        return len(standing) - len(doubled)


def move_paper_consents(*, record: str, into: str, now: datetime) -> int:
    """Two records turned out to be one woman's: what she agreed to on paper for one counts for the other; returns how
    many standing ones went over.

    Where she signed the same notice for both, the one that goes over has served its purpose and ends. Locks the
    consents.
    """
    paper = Consent.objects.filter(giver__isnull=True)
    with transaction.atomic():
        standing = paper.filter(record__in=[record, into], withdrawn_at__isnull=True)
        standing = list(standing.select_for_update(no_key=True).order_by("pk"))
        signed = {(consent.purpose, consent.notice_id) for consent in standing if consent.record == into}
        going = [consent for consent in standing if consent.record == record]
        doubled = [consent.pk for consent in going if (consent.purpose, consent.notice_id) in signed]
        Consent.objects.filter(pk__in=doubled).update(withdrawn_at=now)
        paper.filter(record=record).update(record=into)
        return len(going) - len(doubled)
