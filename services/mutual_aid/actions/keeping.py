"""Keeping what is typed until it is saved (D20): sealed, by page, the newest alone. Nothing is judged here."""

import json
from datetime import datetime, timedelta

from django.db import transaction

from services.foundation.references import unguessable
from services.mutual_aid.errors.claims import NotForHer
from services.mutual_aid.models import Claim, KeptTyping
from services.mutual_aid.policies import claims as policies

# As JSON in characters; the longest page holds a tenth of it.
_MOST = 12_000
# What was posted while signed out waits so long for her to sign in, and so many pages of one claim may.
WAITS = timedelta(hours=2)
_MOST_WAITING = 20


def keep(claim: Claim, *, page: str, values: dict, base: str, by, now: datetime) -> bool:
    """Keep what she has typed on a page in the place of what was kept before; False when there is too much of it.

    Raises ``NotForHer``.
    """
    if not policies.speaks_for(by, claim.case, now=now):
        raise NotForHer()
    return _store(claim, page, "", values, base, now)


def keep_for_later(claim: Claim, *, page: str, values: dict, base: str, now: datetime) -> str:
    """Keep what was posted after her session had ended: an unguessable key for this browser's next session.

    Empty when nothing is kept: too much of it, or too many already.
    """
    waiting = KeptTyping.objects.filter(claim=claim).exclude(key="")
    waiting.filter(at__lt=now - WAITS).delete()
    key = unguessable()
    if waiting.count() >= _MOST_WAITING or not _store(claim, page, key, values, base, now):
        return ""
    return key


def _store(claim: Claim, page: str, key: str, values: dict, base: str, now: datetime) -> bool:
    if len(json.dumps(values, ensure_ascii=False)) > _MOST:
        return False
    fresh = {"values": values, "base": base[:32], "at": now}
    KeptTyping.objects.update_or_create(claim=claim, page=page[:40], key=key, defaults=fresh)
    return True


@transaction.atomic
def take_in(claim: Claim, *, key: str, by, now: datetime) -> bool:
    """She has signed in: what was posted under this key is hers now. False when there is nothing (any more)."""
    if not policies.speaks_for(by, claim.case, now=now):
        raise NotForHer()
    found = KeptTyping.objects.select_for_update().filter(claim=claim, key=key).exclude(key="").first()
    if found is None or found.at < now - WAITS:
        return False
    KeptTyping.objects.filter(claim=claim, page=found.page, key="").delete()
    found.key = ""
    found.save(update_fields=["key"])
    return True


def forget(claim: Claim, *, page: str = "") -> None:
    """The page is saved; or, without one, the claim is handed in or over."""
    kept = KeptTyping.objects.filter(claim=claim)
    (kept.filter(page=page, key="") if page else kept).delete()


def kept_typing(claim: Claim, page: str) -> KeptTyping | None:
    return KeptTyping.objects.filter(claim=claim, page=page, key="").first()
