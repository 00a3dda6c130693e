"""The nightly run that keeps what the notices promise: matters whose term is over are erased, and a proof stays."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.privacy.models import Erasure
from services.privacy.registry import Gone, Term, terms
from services.privacy.rules import ended_by

logger = logging.getLogger(__name__)
_AT_ONCE = 100


def erase_ended(*, now: datetime) -> list[Erasure]:
    """Erase every matter whose term is over. Each matter goes whole or not at all, with the proof in one transaction;
    one that can't be erased is logged by its key and tried again the next night. Safe to run twice at once."""
    today = localdate(now)
    proofs = []
    for code in terms.codes():
        due = terms[code].due(today)
        for start in range(0, len(due), _AT_ONCE):
            proofs += _erase(code, due[start : start + _AT_ONCE], today=today, now=now)
    return proofs


@transaction.atomic
def _erase(code: str, keys: list, *, today: date, now: datetime) -> list[Erasure]:
    erased = [gone for key in keys if (gone := _erase_one(code, key, today=today, now=now)) is not None]
    if not erased:
        return []
    years, total = terms[code].years, sum(erased, Gone())
    proof = Erasure.objects.create(
        kind=code,
        years=years,
        until=ended_by(today, years),
        matters=len(erased),
        rows=total.rows,
        files=total.files,
        at=now,
    )
    return [proof]


def _erase_one(code: str, key, *, today: date, now: datetime) -> Gone | None:
    try:
        with transaction.atomic():
            return terms[code].erase(key, today=today, now=now)
    except Exception as error:  # one matter in the way of all the others would break the promise for them too
        logger.error("%s %s was not erased: %s", code, key, type(error).__name__)
        return None


def due_now(today: date) -> list[tuple[Term, int]]:
    """Of each kind, how many matters the next run erases."""
    return [(terms[code], len(terms[code].due(today))) for code in terms.codes()]
