"""How often one person may start something costly: a count in the cache for each person and kind, anew every hour."""

from datetime import datetime

from django.core.cache import cache

_HOUR = 3600


def minutes_to_wait(kind: str, user, *, limit: int, now: datetime) -> int:
    """Count one more start of ``kind`` and give 0; or count nothing and give the minutes until the next hour.

    A limit of 0 means there is none. On the file cache two starts at one moment may count as one.
    """
    if limit <= 0:
        return 0
    hour, gone = divmod(int(now.timestamp()), _HOUR)
    key = f"pace:{kind}:{user.pk}:{hour}"
    cache.add(key, 0, timeout=2 * _HOUR)
    if (cache.get(key) or 0) < limit:
        try:
            cache.incr(key)
            cache.touch(key, 2 * _HOUR)  # on the file cache, counting forgets for how long
        except ValueError:  # emptied in between: nobody is refused for that
            cache.set(key, 1, timeout=2 * _HOUR)
        return 0
    return -(-(_HOUR - gone) // 60)
