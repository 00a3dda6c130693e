"""Moving a woman on the waiting list: always with a reason she reads, kept for good."""

import re
from datetime import datetime

from services.bookings import errors
from services.bookings.actions.locking import places_transaction
from services.bookings.actions.timeline import waiting_link
from services.bookings.enums import STAFF_REASONS, Priority, PriorityReason, WaitingState
from services.bookings.models import PriorityChange, WaitingEntry
from services.bookings.policies import may_reorder
from services.bookings.queries import names_in
from services.bookings.rules.draw import DRAWN_FIRST
from services.messaging.actions import notify
from services.organizations.enums import Role

_LONG_NUMBER = re.compile(r"(?:\d[\s-]?){7,}")


def change_priority(
    entry: WaitingEntry, *, to: int, reason: str, text: str, by, now: datetime
) -> tuple[WaitingEntry, PriorityChange]:
    """Let her wait on another step of the list. She is told, and reads the reason, the words and the role.

    Raises ``TextMissing``, ``NamesSomebody`` when the text holds another woman's name or a long number,
    ``NotWaiting``, ``DrawnOrder`` and ``SamePriority``. Lock: the entry, as promotions lock it.
    """
    may_reorder(by, entry.offering).insist()
    text, reason = text.strip(), PriorityReason(reason)
    if not text:
        raise errors.TextMissing()
    if reason not in STAFF_REASONS:
        raise ValueError(f"{reason} follows from a rule and can't be chosen")
    if _LONG_NUMBER.search(text) or names_in(text, entry):
        raise errors.NamesSomebody()
    with places_transaction():
        entry = (
            WaitingEntry.objects.unscoped()
            .select_for_update(no_key=True, of=("self",))
            .select_related("offering", "worker__user")
            .get(pk=entry.pk)
        )
        if entry.state != WaitingState.WAITING:
            raise errors.NotWaiting()
        if entry.priority >= DRAWN_FIRST:
            raise errors.DrawnOrder()
        if entry.priority == to:
            raise errors.SamePriority()
        change = step(entry, to=Priority(to), reason=reason, text=text, by=by, by_role=Role.FEDERATION_OFFICER, now=now)
        entry.save(update_fields=["priority"])
        _tell(entry, change)
        return entry, change


def step(
    entry: WaitingEntry, *, to: int, reason: str, now: datetime, text: str = "", by=None, by_role: str = ""
) -> PriorityChange:
    """Set the entry's priority (the caller saves it) and write down why. Without ``by`` a rule did it."""
    change = PriorityChange.objects.create(
        entry=entry, before=entry.priority, after=to, reason=reason, text=text, by=by, by_role=by_role, at=now
    )
    entry.priority = to
    return change


def _tell(entry: WaitingEntry, change: PriorityChange) -> None:
    worker = entry.worker
    notify(
        "bookings-reordered",
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={"title": entry.offering.title},
        dedupe_key=f"bookings-reordered:{change.pk}",
        link=waiting_link(entry),
    )
