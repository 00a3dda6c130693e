"""One number that changes whenever something public changes: what was made under an older number is stale."""

from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import get_random_string

_KEY = "cms_pages:generation"
# What this process remembers, by generation. Only the newest generation is kept, with so many values.
_memory: dict[str, dict] = {}
_MAX_VALUES = 2000
# The number that :func:`held` keeps for whoever is inside; until somebody asks, that it is to be kept.
_UNASKED = ""
_held: ContextVar[str | None] = ContextVar("generation", default=None)
# Set while the newest number could not be told to the other processes: they hear of a newer one once the cache is back.
_untold = Event()


def generation() -> str:
    """The present number; a lost one is replaced, which only empties the copies."""
    number = _held.get()
    if number:
        return number
    number = (None if _untold.is_set() else cache.get(_KEY)) or renew()
    if _held.get() is not None:
        _held.set(number)
    return number


def renew() -> str:
    """Make every copy stale."""
    value = get_random_string(12)
    cache.set(_KEY, value, timeout=None)
    (_untold.clear if cache.get(_KEY) else _untold.set)()
    if _held.get():
        _held.set(value)
    return value


@contextmanager
def held():
    """Inside, the number is asked for at most once: what is put together of many remembered things asks the cache no
    more often than one of them. It may be older by as long as the block takes, and so is what the block shows."""
    token = _held.set(_held.get() or _UNASKED)
    try:
        yield
    finally:
        _held.reset(token)


def renew_after_commit(**_signal) -> None:
    """Receiver of publishing signals. Not before the commit: a copy made in between would show the old page."""
    transaction.on_commit(renew)


def recall(name):
    """What :func:`remember` was given under this name since something public changed; else None."""
    return _memory.get(generation(), {}).get(name)


def remember(name, value, *, since: str) -> None:
    """Keep ``value``, worked out at generation ``since``, in this process. It is shared: nobody may change it."""
    values = _memory.get(since)
    if values is None or len(values) >= _MAX_VALUES:
        _memory.clear()
        values = _memory[since] = {}
    values[name] = value


def remembered(name, make):
    """A value kept until something public changes."""
    now = generation()
    value = _memory.get(now, {}).get(name)
    if value is None:
        value = make()
        remember(name, value, since=now)
    return value


def key_of_rendition(key: str, prefix: str, version: int) -> str:
    """``KEY_FUNCTION`` of the cache of renditions."""
    return f"{prefix}:{version}:{generation()}:{key}"
