"""Pure rules of a draw that anybody can repeat, in the manner of RFC 3797: a frozen list, a public number, a hash.

What is hashed and how is fixed here and in docs/decisions/0010-draw.md; ``static/draw/check_draw.py`` repeats it.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0/O, 1/I/L: entry numbers are read out on the telephone
ENTRY_LENGTH = 8
DRAWN_FIRST = 100  # priority of whoever was drawn to the waiting list: nobody who joins later comes before her
FEWEST_DIGITS, MOST_DIGITS = 4, 40
_WRITTEN_BETWEEN_DIGITS = re.compile(r"[\s.,;:+/\-‐-―]")


@dataclass(frozen=True, slots=True)
class Announced:
    """What was fixed before the list was frozen."""

    draw: str
    number: int
    source: str
    where: str
    number_on: date
    digits: int


def entry_number(pick) -> str:
    """A public entry number, ``K7Q2-M9XD``; ``pick`` chooses one character of an alphabet."""
    drawn = "".join(pick(ALPHABET) for _ in range(ENTRY_LENGTH))
    return f"{drawn[:4]}-{drawn[4:]}"


def frozen_text(announced: Announced, entries: Iterable[str], *, frozen_at: datetime) -> str:
    """The canonical text of a frozen list: UTF-8, one line feed after every line, entries in ascending order.

    Raises ``ValueError`` for an entry that stands on the list twice.
    """
    lines = sorted(entries)
    if len(set(lines)) != len(lines):
        raise ValueError("an entry number stands on the list twice")
    head = [
        "mumian-draw 1",
        f"draw {announced.draw}",
        f"number {announced.number}",
        f"source {_one_line(announced.source)}",
        f"where {_one_line(announced.where)}",
        f"date {announced.number_on.isoformat()}",
        f"digits {announced.digits}",
        f"frozen {frozen_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"entries {len(lines)}",
    ]
    return "".join(f"{line}\n" for line in [*head, *lines])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def digest(text: str) -> str:
    """SHA-256 of the canonical text, as published."""
    return hashlib.sha256(text.encode()).hexdigest()


def sort_key(list_digest: str, public_number: str, entry: str) -> str:
    """SHA-256 over digest, number and entry, joined by ``|``: the smaller comes first."""
    return hashlib.sha256(f"{list_digest}|{public_number}|{entry}".encode()).hexdigest()


def drawn_order(list_digest: str, public_number: str, entries: Iterable[str]) -> list[str]:
    """The entries in the order in which they are served."""
    return sorted(entries, key=lambda entry: (sort_key(list_digest, public_number, entry), entry))


def public_digits(typed: str, *, digits: int) -> str | None:
    """The number as it enters the draw: its digits alone, exactly as many as announced; None when it isn't that.

    ``3,876.37`` and ``３８７６．３７`` are both ``387637``: what is written between digits doesn't count.
    """
    bare = _WRITTEN_BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", typed))
    return bare if len(bare) == digits and bare.isascii() and bare.isdigit() else None
