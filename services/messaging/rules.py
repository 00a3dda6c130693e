"""Plain rules of messages: slots, safe values, forbidden words, quiet hours, when to try again."""

import re
import unicodedata
from datetime import datetime, timedelta

_SLOT = re.compile(r"\{([a-z_]+)\}")
# A scheme, a mailbox and a label of a host have a longest length (RFC 5321, RFC 1035): text without end is read once.
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]{0,30}://\S*|www\.\S+|[\w.+-]{1,64}@[\w-]+\.\S+"
    r"|(?<![\w.])(?:[\w-]{1,63}\.)+[a-z]{2,}(?![\w])(?:[/:?]\S*)?",
    re.IGNORECASE,
)
_LONGEST_VALUE = 80
HIDDEN_LINK = "…"

# Words that tell a bystander of an illness or of poverty. A notice on a locked screen is read by others (D19).
FORBIDDEN_WORDS = (
    *("癌", "肿瘤", "HPV", "TCT", "病", "阳性", "阴性", "异常", "妇科", "乳腺", "宫颈", "怀孕", "流产"),
    *("体检结果", "检查结果", "筛查结果", "贫困", "困难", "低保", "救助", "帮扶", "特困"),
    *("cancer", "tumour", "tumor", "disease", "illness", "positive result", "negative result", "abnormal", "breast"),
    *("cervical", "gynaec", "gynec", "pregnan", "poverty", "hardship", "poor"),
)

RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


def slots_in(text: str) -> set[str]:
    return set(_SLOT.findall(text))


def unknown_slots(text: str, allowed: tuple[str, ...]) -> list[str]:
    """Slots of ``text`` that the message doesn't fill, in alphabetical order."""
    return sorted(slots_in(text) - set(allowed))


def stray_braces(text: str) -> bool:
    """True when a brace is left over after every well-formed slot is taken away."""
    rest = _SLOT.sub("", text)
    return "{" in rest or "}" in rest


def forbidden_words(text: str) -> list[str]:
    """The words of the forbidden list that occur in ``text``, whatever their case or width."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return [word for word in FORBIDDEN_WORDS if word.lower() in folded]


def safe_value(value: str) -> str:
    """A slot's value without line breaks, invisible characters, web or mail addresses, at most 80 characters."""
    spaced = "".join(
        " " if c.isspace() else c for c in value if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    plain = _ADDRESS.sub(HIDDEN_LINK, " ".join(spaced.split()))
    return plain if len(plain) <= _LONGEST_VALUE else plain[: _LONGEST_VALUE - 1] + "…"


def holds_address(text: str) -> bool:
    """Whether a web or mail address stands in ``text``."""
    return bool(_ADDRESS.search(text))


def fill(text: str, values: dict[str, str]) -> str:
    """Put the values into their slots, in one pass: a value that looks like a slot stays as it is."""
    return _SLOT.sub(lambda found: values[found.group(1)], text)


def is_quiet(local: datetime, quiet: tuple[int, int]) -> bool:
    """Whether a local moment lies in the quiet hours ``(from, to)``; equal hours mean there are none."""
    begin, end = quiet
    if begin == end:
        return False
    return begin <= local.hour < end if begin < end else local.hour >= begin or local.hour < end


def next_allowed(local: datetime, quiet: tuple[int, int]) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    if not is_quiet(local, quiet):
        return local
    morning = local.replace(hour=quiet[1], minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def retry_after(attempts: int) -> timedelta | None:
    """How long to wait after the n-th failed attempt (counted from 1); None when it is time to give up."""
    return RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else None
