"""A pass: what somebody was let in to on record, so that the page behind the door knows that she came through it."""

from django.core import signing

LASTS = 12 * 3600


def _salt(user) -> str:
    return f"foundation.passes:{user.pk}"


def grant(user, what: str) -> str:
    """A text for an address that lets this person, and nobody else, in to ``what`` for half a day."""
    return signing.dumps(what, salt=_salt(user))


def holds(user, token: str, what: str) -> bool:
    """Whether ``token`` is this person's pass to exactly this."""
    try:
        return signing.loads(token, salt=_salt(user), max_age=LASTS) == what
    except signing.BadSignature:
        return False
