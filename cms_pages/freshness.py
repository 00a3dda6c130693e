"""One number that changes whenever something public changes: copies made under an older number are stale."""

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import get_random_string

_KEY = "cms_pages:generation"


def generation() -> str:
    """The present number; a lost one is replaced, which only empties the copies."""
    return cache.get(_KEY) or renew()


def renew() -> str:
    """Make every copy stale."""
    value = get_random_string(12)
    cache.set(_KEY, value, timeout=None)
    return value


def renew_after_commit(**_signal) -> None:
    """Receiver of publishing signals. Not before the commit: a copy made in between would show the old page."""
    transaction.on_commit(renew)


def remembered(name: str, make):
    """A value kept until something public changes."""
    key = f"cms_pages:{generation()}:{name}"
    value = cache.get(key)
    if value is None:
        value = make()
        cache.set(key, value, timeout=24 * 3600)
    return value
