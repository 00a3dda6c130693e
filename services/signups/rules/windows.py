"""Where sign-up and evaluation stand at a moment."""

from datetime import datetime, timedelta


def phase(
    *,
    is_open: bool,
    opens_at: datetime | None,
    closes_at: datetime | None,
    left: int,
    ahead: bool = True,
    now: datetime,
) -> str:
    """``coming``, ``open``, ``full`` or ``closed``. The window is half-open: at ``closes_at`` it is closed.

    ``ahead``: whether a session still lies ahead; without one there is nothing to sign up or to wait for.
    """
    if not is_open or (closes_at and now >= closes_at):
        return "closed"
    if opens_at and now < opens_at:
        return "coming"
    if not ahead:
        return "closed"
    return "open" if left > 0 else "full"


def evaluation(*, ends_at: datetime, days: int, now: datetime) -> str:
    """``none``, ``early``, ``open`` or ``over``: it opens with the end of the session, for ``days`` days."""
    if not days:
        return "none"
    if now < ends_at:
        return "early"
    return "open" if now < ends_at + timedelta(days=days) else "over"
