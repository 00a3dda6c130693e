"""What a stock-taking says: book against count, and which lines need a reason before it can be handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One item counted on a phone: its number or the token of its label, how many, when by the phone's clock."""

    called: str
    pieces: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """``actual`` None: not counted yet. ``book`` 0: it isn't in the books of this place."""

    key: int
    book: int
    actual: int | None
    reason: str = ""

    @property
    def difference(self) -> int:
        return (self.actual or 0) - self.book


@dataclass(frozen=True, slots=True)
class Result:
    lines: int
    counted: int
    missing: int
    surplus: int
    without_reason: tuple[int, ...]

    @property
    def differs(self) -> bool:
        return bool(self.missing or self.surplus)


def result(lines: Iterable[Line]) -> Result:
    """What wasn't counted is missing: whoever hands in a count says so, she isn't asked to type noughts."""
    lines = list(lines)
    off = [line for line in lines if line.difference]
    return Result(
        lines=len(lines),
        counted=sum(line.actual is not None for line in lines),
        missing=sum(-line.difference for line in off if line.difference < 0),
        surplus=sum(line.difference for line in off if line.difference > 0),
        without_reason=tuple(line.key for line in off if not line.reason.strip()),
    )
