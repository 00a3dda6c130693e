"""When what a woman types counts as the name and the last characters on her record."""

from services.foundation.identifiers import fold

_DOTS = str.maketrans("", "", "·•‧∙⋅・･．.。")


def plain_name(text: str) -> str:
    """A name without width, case, spaces, invisible characters and the dots of transliterated names."""
    return fold(fold(text).translate(_DOTS)).casefold()


def plain_tail(text: str) -> str:
    """The last four characters of an identity number, half-width, with a capital X; '' when it isn't four."""
    tail = fold(text).upper()
    body = tail[:-1]
    return tail if len(tail) == 4 and body.isascii() and body.isdigit() and tail[-1] in "0123456789X" else ""


def same_person(*, stated_name: str, stated_tail: str, name: str, tail: str) -> bool:
    """True when both facts agree. Both are always compared, so that a miss takes as long as a near miss."""
    named = plain_name(stated_name) == plain_name(name)
    numbered = plain_tail(stated_tail) == tail.upper() != ""
    return named & numbered
