"""Explained answers: the same object is what a woman reads, what staff read and what is stored."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import PermissionDenied


class Outcome(StrEnum):
    """``unknown`` is never turned into ``failed``: it asks for a fact."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer about one person.

    ``code`` names the rule and is what wording hangs on; ``figures`` are the plain values (numbers, ISO dates,
    codes) that the wording quotes; ``source`` is the clause the rule comes from; ``origin`` says where the
    person's value was taken from (``roster``, ``answer``, ``history``).
    """

    code: str
    outcome: Outcome
    figures: dict = field(default_factory=dict)
    origin: str = ""
    source: str = ""

    @property
    def passed(self) -> bool:
        return self.outcome is Outcome.PASSED

    def as_json(self) -> dict:
        # Spelt out: ``asdict`` copies every figure, which costs more than judging does.
        return {
            "code": self.code,
            "outcome": str(self.outcome),
            "figures": dict(self.figures),
            "origin": self.origin,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, data: dict) -> "Finding":
        return cls(**(data | {"outcome": Outcome(data["outcome"])}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """May she do it, and if not, why (a lazy, translated sentence)."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def insist(self) -> None:
        """Raise ``PermissionDenied`` with the reason unless allowed."""
        if not self.allowed:
            raise PermissionDenied(self.reason)


ALLOWED = Verdict(True)
