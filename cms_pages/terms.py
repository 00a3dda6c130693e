"""What a text is indexed under: overlapping pairs of Chinese characters, words of other scripts, and their sounds.

A term is a number, so that the index compares integers and is the same on every database: a pair is made of its two
characters, everything else is a digest above all pairs. A single character is found as the beginning of its pairs;
where it ends a run, it is a term by itself.
"""

import re
import unicodedata
from hashlib import blake2b

CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A name is one word whatever dot stands in it, and so is a word in quotation marks.
JOINTS = "·•・‧∙﹒“”‘’「」『』《》〈〉\"'"
_JOINTS = re.compile(f"[{re.escape(JOINTS)}]")
_PIECES = re.compile(rf"(?P<run>[{CHINESE}]+)|(?P<word>[^\W_{CHINESE}]+)")
_SHIFT = 21  # a character takes 21 bits
_DIGESTS = 1 << 62


def normal(text: str) -> str:
    """Text as it is compared: one width, no case, no joints."""
    return _JOINTS.sub("", unicodedata.normalize("NFKC", _JOINTS.sub("", text)).casefold())


def pieces(text: str) -> list[tuple[str, bool]]:
    """The runs of Chinese characters (True) and the words of other scripts (False) of a normal text, in order."""
    return [(found[0], found.lastgroup == "run") for found in _PIECES.finditer(text)]


def pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def of_pair(pair: str) -> int:
    return ord(pair[0]) << _SHIFT | ord(pair[1])


def beginning_with(character: str) -> tuple[int, int]:
    """The half-open range of all terms that begin with a character."""
    return ord(character) << _SHIFT, (ord(character) + 1) << _SHIFT


def of_word(word: str) -> int:
    """A word of another script, or with a prefix a sound: see ``sounds``."""
    return _DIGESTS | int.from_bytes(blake2b(word.encode(), digest_size=7).digest())


def of_text(text: str) -> set[int]:
    """Every term of a text."""
    found = set()
    for piece, chinese in pieces(normal(text)):
        if chinese:
            found.update(map(of_pair, pairs(piece)))
            found.add(beginning_with(piece[-1])[0])
        else:
            found.add(of_word(piece))
    return found


def of_run(run: str) -> set[int]:
    """The terms that a run of at least two characters is searched for by."""
    return set(map(of_pair, pairs(run)))
