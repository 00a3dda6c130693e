"""How often one person may start something costly: a count in the cache for each person and kind, anew every hour.

Strangers are counted by what they come from: a network address, or the thing they come to.
"""

from datetime import datetime
from ipaddress import ip_address, ip_network

from django.core.cache import cache
from django.utils.crypto import get_random_string, salted_hmac

_HOUR = 3600


def counts_are_kept() -> bool:
    """Whether the cache keeps what is counted in it; it may be out of reach (portal.caches)."""
    key = f"pace:kept:{get_random_string(8)}"
    cache.set(key, 1, timeout=60)
    return bool(cache.get(key)) and cache.delete(key)


def minutes_to_wait(kind: str, user, *, limit: int, now: datetime) -> int:
    """Count one more start of ``kind`` and give 0; or count nothing and give the minutes until the next hour.

    A limit of 0 means there is none. On the file cache two starts at one moment may count as one.
    """
    return minutes_to_wait_for(kind, str(user.pk), limit=limit, now=now)


def network_of(address: str) -> str:
    """A name for where a stranger comes from that doesn't tell the address: of IPv6 the network of one customer (/64)
    counts as one."""
    try:
        parsed = ip_address(address)
        address = str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
    except ValueError:  # all who come from nowhere share one name
        address = "unknown"
    return salted_hmac("pace.network", address).hexdigest()[:32]


def minutes_to_wait_for(kind: str, whose: str, *, limit: int, now: datetime) -> int:
    """As ``minutes_to_wait``, counted for ``whose``: ASCII without blanks."""
    if limit <= 0:
        return 0
    hour, gone = divmod(int(now.timestamp()), _HOUR)
    key = f"pace:{kind}:{whose}:{hour}"
    cache.add(key, 0, timeout=2 * _HOUR)
    if (cache.get(key) or 0) < limit:
        try:
            cache.incr(key)
            cache.touch(key, 2 * _HOUR)  # on the file cache, counting forgets for how long
        except ValueError:  # emptied in between: nobody is refused for that
            cache.set(key, 1, timeout=2 * _HOUR)
        return 0
    return -(-(_HOUR - gone) // 60)
