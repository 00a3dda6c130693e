"""What may be said of a delivery: never more received than sent, and a reason where less came (V8, B1)."""

from collections.abc import Iterable
from dataclasses import dataclass

MORE_THAN_SENT, REASON_MISSING, NEGATIVE = "more_than_sent", "reason_missing", "negative"


@dataclass(frozen=True, slots=True)
class Line:
    key: int
    sent: int
    received: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    key: int
    code: str
    sent: int
    received: int


def faults(lines: Iterable[Line]) -> list[Fault]:
    """Everything that is wrong, at most one fault a line."""
    found = []
    for line in lines:
        if line.received < 0:
            code = NEGATIVE
        elif line.received > line.sent:
            code = MORE_THAN_SENT
        elif line.received != line.sent and not line.reason.strip():
            code = REASON_MISSING
        else:
            continue
        found.append(Fault(line.key, code, line.sent, line.received))
    return found


def differs(lines: Iterable[Line]) -> bool:
    return any(line.received != line.sent for line in lines)
