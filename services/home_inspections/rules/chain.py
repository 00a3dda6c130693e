"""A chain of hashes over a record: each link holds the digest of the one before, so that a silent edit is seen (D4)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """``at`` is an ISO moment in UTC; ``payload`` holds plain values only."""

    number: int
    kind: str
    at: str
    payload: dict
    previous: str
    digest: str


def digest_of(*, number: int, kind: str, at: str, payload: dict, previous: str) -> str:
    """SHA-256 of the canonical JSON of a link: keys sorted, no spaces, UTF-8."""
    whole = {"number": number, "kind": kind, "at": at, "payload": payload, "previous": previous}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(links: Iterable[Link]) -> int | None:
    """The number of the first link that doesn't follow from those before it; None: the chain is whole."""
    expected, previous = 1, BEGINNING
    for link in links:
        said = digest_of(number=link.number, kind=link.kind, at=link.at, payload=link.payload, previous=link.previous)
        if link.number != expected or link.previous != previous or link.digest != said:
            return expected
        expected, previous = expected + 1, link.digest
    return None
