"""Plain rules of signing in: the limits on codes and the state of a password."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_LOOK_ALIKE = str.maketrans("@4013$57", "aaoiesst")


@dataclass(frozen=True, slots=True)
class CodeLimits:
    """Counts are per rolling hour or day; ``cooldown`` and ``lifetime`` are durations.

    ``per_hour`` and ``per_day`` hold twice for each phone: once for all browsers known for it, once for all others.
    """

    cooldown: timedelta
    per_hour: int
    per_day: int
    per_address_hour: int
    lifetime: timedelta
    tries: int
    wrong_per_address_hour: int


@dataclass(frozen=True, slots=True)
class CodeHistory:
    """What was sent before to this phone, for known browsers or for the others: in all, and to the one who asks.

    Who asks is a known browser, or else a network address. ``address_in_hour`` is what the address had for any phone.
    """

    in_hour: int
    in_day: int
    asker_last: datetime | None
    asker_in_hour: int
    asker_in_day: int
    address_in_hour: int


def share(limit: int) -> int:
    """The half of a phone's codes that one who asks may have, so that nobody alone spends them all."""
    return (limit + 1) // 2


def seconds_to_wait(history: CodeHistory, limits: CodeLimits, *, now: datetime) -> int:
    """Whole seconds until the cool-down ends; 0 when it has."""
    if history.asker_last is None:
        return 0
    left = history.asker_last + limits.cooldown - now
    return max(0, -(-left // timedelta(seconds=1)))


def refusal(history: CodeHistory, limits: CodeLimits, *, now: datetime) -> str:
    """Why no further code may be sent: ``cooldown``, ``phone``, ``address``, or ''."""
    if history.address_in_hour >= limits.per_address_hour:
        return "address"
    if history.in_hour >= limits.per_hour or history.in_day >= limits.per_day:
        return "phone"
    if history.asker_in_hour >= share(limits.per_hour) or history.asker_in_day >= share(limits.per_day):
        return "phone"
    return "cooldown" if seconds_to_wait(history, limits, now=now) else ""


def password_due(*, must_change: bool, changed_at: datetime | None, max_age_days: int, now: datetime) -> bool:
    """Whether the password has to be changed before anything else; a maximum age of 0 or less means never."""
    if must_change:
        return True
    if max_age_days <= 0 or changed_at is None:
        return False
    return now - changed_at >= timedelta(days=max_age_days)


def character_classes(password: str) -> int:
    """How many of the four classes occur: lower case, upper case, digits, everything else."""
    return sum(
        (
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not (c.islower() or c.isupper() or c.isdigit()) for c in password),
        )
    )


def shares_piece(password: str, username: str, *, length: int = 3) -> bool:
    """Whether a piece of the user name of at least ``length`` characters occurs in the password, in any case."""
    word, name = password.casefold(), username.casefold()
    return any(name[i : i + length] in word for i in range(len(name) - length + 1))


def stems(password: str) -> set[str]:
    """What is left of a password in small letters without digits and signs: all its letters, and those of it without
    what stands before and after, where signs and digits in the middle stand for the letters they look like."""
    word = password.casefold()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", word).translate(_LOOK_ALIKE)
    return {"".join(char for char in text if char.isalpha()) for text in (word, core)}
