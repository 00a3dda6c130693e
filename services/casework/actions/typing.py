"""Keeping what is typed until it is saved (D20): sealed, by page, the newest alone. Nothing is judged here."""

import hashlib
import json
from datetime import datetime, timedelta

from django.db import transaction

from services.casework import policies
from services.casework.errors import NotSheHerself
from services.casework.models import Case, KeptTyping
from services.foundation.references import unguessable

# As JSON in characters; the longest page holds a tenth of it.
_MOST = 12_000
# What was posted while signed out waits so long for her to sign in, and so many pages of one case may.
WAITS = timedelta(hours=2)
_MOST_WAITING = 20
# What begins the pages of the desk, and how long something typed there waits.
DESK = "desk."
DESK_KEEPS = timedelta(days=14)


def keep(case: Case, *, page: str, values: dict, base: str, by, now: datetime) -> bool:
    """Keep what she has typed on a page in the place of what was kept before; False when there is too much of it.

    Raises ``NotSheHerself``.
    """
    if not policies.speaks_for(by, case, now=now):
        raise NotSheHerself()
    return _store(case, page, "", values, base, now)


def keep_at_desk(case: Case, *, page: str, values: dict, by, now: datetime) -> bool:
    """What a colleague types about a case that she sees: hers alone. False when there is too much of it."""
    policies.may_see(by, case).insist()
    return _store(case, desk_page(page, by), "", values, "", now)


def desk_page(page: str, by) -> str:
    """The name under which something is kept for one member of staff."""
    return DESK + hashlib.blake2b(f"{page}\0{by.pk}".encode(), digest_size=16).hexdigest()


def drop_old_of_desk(*, now: datetime) -> int:
    """What colleagues typed and left for so long that nobody comes back for it. Returns how many."""
    return KeptTyping.objects.filter(page__startswith=DESK, at__lt=now - DESK_KEEPS).delete()[0]


def keep_for_later(case: Case, *, page: str, values: dict, base: str, now: datetime) -> str:
    """Keep what was posted after her session had ended: an unguessable key for this browser's next session.

    Empty when nothing is kept: too much of it, or too many already.
    """
    waiting = KeptTyping.objects.filter(case=case).exclude(key="")
    waiting.filter(at__lt=now - WAITS).delete()
    key = unguessable()
    if waiting.count() >= _MOST_WAITING or not _store(case, page, key, values, base, now):
        return ""
    return key


def _store(case: Case, page: str, key: str, values: dict, base: str, now: datetime) -> bool:
    if len(json.dumps(values, ensure_ascii=False)) > _MOST:
        return False
    # A made-up base may hold what PostgreSQL keeps in no text.
    fresh = {"values": values, "base": base.replace("\0", "")[:32], "at": now}
    KeptTyping.objects.update_or_create(case=case, page=page[:40], key=key, defaults=fresh)
    return True


@transaction.atomic
def take_in(case: Case, *, key: str, by, now: datetime) -> bool:
    """She has signed in: what was posted under this key is hers now. False when there is nothing (any more)."""
    if not policies.speaks_for(by, case, now=now):
        raise NotSheHerself()
    found = KeptTyping.objects.select_for_update().filter(case=case, key=key).exclude(key="").first()
    if found is None or found.at < now - WAITS:
        return False
    KeptTyping.objects.filter(case=case, page=found.page, key="").delete()
    found.key = ""
    found.save(update_fields=["key"])
    return True


def forget(case: Case, *, page: str = "") -> None:
    """The page is saved; or, without one, the case is handed in or over: what colleagues type about it stays."""
    kept = KeptTyping.objects.filter(case=case)
    (kept.filter(page=page, key="") if page else kept.exclude(page__startswith=DESK)).delete()


def kept_typing(case: Case, page: str) -> KeptTyping | None:
    return KeptTyping.objects.filter(case=case, page=page, key="").first()
