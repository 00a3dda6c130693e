"""Words found, marked in a text. Everything else is escaped, and reading takes time in proportion to the text."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms_pages.terms import CHINESE, JOINTS

_JOINT = f"[{re.escape(JOINTS)}]?"
_CHINESE = re.compile(f"[{CHINESE}]+")
# A text beyond this is cut before it is looked at; what is shown is shorter by far.
_LONGEST = 20_000
_BEFORE, _AROUND = 12, 80


def _pattern(words: Iterable[str]) -> re.Pattern | None:
    """Any of the words, the longest first; a name is found whatever dot stands in it. No part can be read twice."""
    wanted = sorted({word for word in words if word}, key=len, reverse=True)
    return re.compile("|".join(map(_spelt, wanted)), re.IGNORECASE) if wanted else None


def _spelt(word: str) -> str:
    return _JOINT.join(map(re.escape, word)) if _CHINESE.fullmatch(word) else re.escape(word)


def marked(text: str, words: Iterable[str]) -> SafeString:
    """The text with each of the words in <mark>; text and words are escaped."""
    text, pattern = str(text)[:_LONGEST], _pattern(words)
    if pattern is None:
        return mark_safe(escape(text))
    parts, last = [], 0
    for found in pattern.finditer(text):
        parts += [escape(text[last : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        last = found.end()
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))


def around(body: str, words: Iterable[str]) -> str:
    """The part of a body in which the first of the words stands; nothing where none does."""
    body, pattern = body[:_LONGEST], _pattern(words)
    found = pattern.search(body) if pattern else None
    if found is None:
        return ""
    start = max(0, found.start() - _BEFORE)
    cut = body[start : start + _AROUND]
    return f"{'…' if start else ''}{cut}{'…' if start + _AROUND < len(body) else ''}"
