"""Work that is done in the background, as the desk shows it: each app says which kinds it keeps in rows of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.foundation.registry import Registry

SHOWN = 25


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work, in the reader's words and without a person's data. ``heard`` is when it last told of life;
    with a ``token`` it may be started again."""

    about: str
    state: str
    progress: str = ""
    trouble: str = ""
    since: datetime | None = None
    heard: datetime | None = None
    stuck: bool = False
    token: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody may see of a kind: the first of them, and how many there are."""

    rows: list[Work]
    total: int


@dataclass(frozen=True, slots=True)
class WorkKind:
    """``found`` gives what is under way or has failed, within reach of a platform administrator, in a fixed number of
    queries; None where her posts reach none of it. ``retry`` starts one again, and raises ``Refused``,
    ``PermissionDenied`` or ``Http404``."""

    title: str
    found: Callable[[object, datetime], Kept | None]
    retry: Callable[[str, object, datetime], None] | None = None


# In the order of the page.
kept_work: Registry[WorkKind] = Registry("kinds of background work")
