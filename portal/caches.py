"""Caches that may fail: what can't be reached is an empty cache, and a page is made without it.

A cache only saves work, so its loss must not lose a page. Two things follow for those who count in it. ``add`` answers
False, as nothing was kept: allauth then takes the attempt for one too many, and the limit on passwords stays shut
rather than open. ``incr`` raises ``ValueError``, as for a key that isn't there.

After a failure a process leaves the store alone for ``PAUSE`` seconds, so that a store which doesn't even refuse costs
each page no more than a moment.
"""

import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisUnreachable
from redis.exceptions import ReadOnlyError
from redis.exceptions import TimeoutError as RedisTimedOut

PAUSE = 5.0  # seconds
_LOST = (OSError, RedisUnreachable, RedisTimedOut, ReadOnlyError)
_paused_until: dict[str, float] = {}
logger = logging.getLogger(__name__)


class _MayFail:
    """Mixed into a backend; every call that reaches the store goes through ``_or``."""

    store: str

    @property
    def paused(self) -> bool:
        return time.monotonic() < _paused_until.get(self.store, 0)

    def _or(self, lost, act, *arguments):
        if self.paused:
            return lost
        try:
            return act(*arguments)
        except _LOST as error:
            _paused_until[self.store] = time.monotonic() + PAUSE
            logger.warning("the cache isn't reachable and is done without for now: %s", type(error).__name__)
            return lost

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._or(False, super().add, key, value, timeout, version)

    def get(self, key, default=None, version=None):
        return self._or(default, super().get, key, default, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._or(None, super().set, key, value, timeout, version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._or(False, super().touch, key, timeout, version)

    def delete(self, key, version=None):
        return self._or(False, super().delete, key, version)

    def has_key(self, key, version=None):
        return self._or(False, super().has_key, key, version)

    def incr(self, key, delta=1, version=None):
        counted = self._or(None, super().incr, key, delta, version)
        if counted is None:
            raise ValueError("Nothing is counted under this key.")
        return counted

    def get_many(self, keys, version=None):
        return self._or({}, super().get_many, keys, version)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        return self._or(list(data), super().set_many, data, timeout, version)

    def delete_many(self, keys, version=None):
        return self._or(None, super().delete_many, keys, version)

    def clear(self):
        return self._or(None, super().clear)


class Redis(_MayFail, RedisCache):
    """Redis, which may be gone, full, or a copy that takes no writes."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self.store = str(server)


class Files(_MayFail, FileBasedCache):
    """Files in a folder, whose disk may be full or no longer ours to write."""

    def __init__(self, location, params):
        super().__init__(location, params)
        self.store = str(location)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Django's own would say True for what ``set`` could not keep."""
        return super().add(key, value, timeout, version) and not self.paused
