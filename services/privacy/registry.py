"""What upper apps tell the privacy app: what they hold, what a withdrawal does, how to word a viewer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.foundation.registry import Registry


@dataclass(frozen=True, slots=True)
class WithdrawalEffect:
    """What else happens when consent for ``purpose`` ends.

    ``consequences(user)`` gives sentences she reads before she confirms; ``act(consent, by=…, now=…)`` runs in the
    transaction of the withdrawal.
    """

    purpose: str
    consequences: Callable[[object], Iterable[str]]
    act: Callable[..., object]


@dataclass(frozen=True, slots=True)
class HeldData:
    """Kinds of data one app holds about a signed-in woman.

    ``kinds(user)`` names them in words (no values); ``subjects(user)`` gives (model label, key) of the records
    that are about her, so that looks at them can be shown to her.
    """

    title: str
    kinds: Callable[[object], Iterable[str]]
    subjects: Callable[[object], Iterable[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Gone:
    """What was taken out of one matter: rows that were deleted or emptied, and files on disk."""

    rows: int = 0
    files: int = 0

    def __add__(self, other: "Gone") -> "Gone":
        return Gone(self.rows + other.rows, self.files + other.files)


@dataclass(frozen=True, slots=True)
class Term:
    """For how long one kind of matter is kept, as a notice promises it.

    ``due(today)`` gives keys of the matters whose ``years`` are over and which nothing holds back, the oldest first.
    ``erase(key, today=…, now=…)`` runs in a transaction: it locks, looks again, and gives what is gone, or None where
    something holds the matter back after all. Sums and counts stay, without the person.
    """

    label: str
    rule: str
    years: int
    due: Callable[[date], list[Any]]
    erase: Callable[..., "Gone | None"]


terms: Registry[Term] = Registry("terms after which matters are erased")
withdrawal_effects: Registry[WithdrawalEffect] = Registry("withdrawal effects")
held_data: Registry[HeldData] = Registry("held data")


class _ViewerWording:
    """How a role and an organisation are called; the organisations app sets both."""

    def __init__(self):
        self.role: Callable[[str], str] = lambda code: code
        self.organizations: Callable[[Iterable[str]], dict[str, str]] = lambda paths: {}

    def use(self, *, role: Callable[[str], str], organizations: Callable[[Iterable[str]], dict[str, str]]) -> None:
        """``role(code)`` gives its label; ``organizations(paths)`` maps tree paths to names, in one query."""
        self.role, self.organizations = role, organizations


viewer_wording = _ViewerWording()
