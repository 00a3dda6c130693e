"""Giving and withdrawing consent."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from services.foundation.prepared import Prepared
from services.privacy import policies, queries
from services.privacy.enums import GivenBy
from services.privacy.errors import ConsentNotHers, NoticeSuperseded
from services.privacy.models import Consent, Notice
from services.privacy.registry import withdrawal_effects


def give_consent(giver, *, purpose: str, notice: Notice, language: str, now: datetime, by=None) -> Consent:
    """Record that ``giver`` agreed to ``notice``; ``by`` is the staff member who wrote it down, if it wasn't she.

    Idempotent: a standing consent to the same notice is returned as it is. Locks the giver's row. Raises
    ``NoticeSuperseded`` when the notice isn't the one in force, ``ConsentNotHers`` for strangers.
    """
    if not policies.may_give_consent(by, giver):
        raise ConsentNotHers()
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=giver.pk)
        if queries.current_notice(purpose, now=now) != notice:
            raise NoticeSuperseded()
        standing = queries.standing_consent(giver, purpose, now=now)
        if standing is not None:
            return standing
        Consent.objects.filter(giver=giver, purpose=purpose, withdrawn_at__isnull=True).update(withdrawn_at=now)
        recorded = by if by is not None and by.pk != giver.pk else None
        return Consent.objects.create(
            giver=giver,
            purpose=purpose,
            notice=notice,
            notice_digest=notice.digest,
            language=language,
            given_by=GivenBy.STAFF if recorded else GivenBy.HERSELF,
            recorded_by=recorded,
            given_at=now,
        )


def hold_consent(giver: int | None, purpose: str, *, now: datetime) -> bool:
    """Whether the consent of this user (by key) stands, and keep it standing until the surrounding transaction ends.

    A withdrawal under way is waited for and then seen. Take it before any other lock. Lock: the consent; a page that
    only says what is missing has no transaction and holds nothing.
    """
    if not connection.in_atomic_block:
        return queries.standing_consents(giver, purpose, now=now).exists()
    return _HELD.first(giver=giver, purpose=purpose, now=now) is not None


def _held(*, giver: int, purpose: str, now: datetime):
    return queries.standing_consents(giver, purpose, now=now).select_for_update(no_key=True).values_list("pk")


# Asked inside every transaction that takes a place.
_HELD = Prepared(_held, keys=("giver",), texts=("purpose",), moment="now")


def hold_paper_consent(record: str, purpose: str, *, now: datetime) -> bool:
    """As ``hold_consent``, for a woman without an account: by the token of her record."""
    consents = queries.paper_consents(record, purpose, now=now)
    if connection.in_atomic_block:
        consents = consents.select_for_update(no_key=True)
    return consents.first() is not None


def withdraw_consent(consent: Consent, *, by, now: datetime) -> Consent:
    """End a consent and let every registered effect follow, in one transaction. Idempotent.

    Locks the consent first, so that whatever rests on it (``hold_consent``) comes wholly before or wholly after.
    Raises ``ConsentNotHers`` for anybody but the giver or staff.
    """
    if not policies.may_withdraw_consent(by, consent):
        raise ConsentNotHers()
    with transaction.atomic():
        consent = Consent.objects.select_for_update(no_key=True).get(pk=consent.pk)
        if consent.withdrawn_at is not None:
            return consent
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        for effect in withdrawal_effects:
            if effect.purpose == consent.purpose:
                effect.act(consent, by=by, now=now)
    return consent
