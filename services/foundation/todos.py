"""One line of somebody's desk: work that waits for her, derived by query and never stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Todo:
    """``text`` says what to do, ``url`` opens the work itself, ``since`` is when it began to wait.

    ``overdue`` is decided by the app that knows the deadline. No personal data in ``text``.
    """

    text: str
    url: str
    overdue: bool = False
    since: datetime | None = None
