"""Entering a draw and leaving it again."""

from collections.abc import Sequence
from datetime import datetime

from services.bookings import errors
from services.bookings.actions.holding import insist_not_paused, insist_sign_up
from services.bookings.actions.locking import places_transaction, share_draw
from services.bookings.enums import DrawOutcome, DrawState, EntryState
from services.bookings.models import Draw, DrawChoice, DrawEntry, DrawLine, Offering, Session
from services.bookings.policies import is_herself, may_book_for
from services.bookings.queries import live_booking, missed_days
from services.messaging.actions import notify


def enter_draw(
    offering: Offering,
    *,
    worker,
    choices: Sequence[Session] = (),
    any_session: bool = True,
    by,
    now: datetime,
    link: str = "",
) -> DrawEntry:
    """Put her on the list of the draw, or change the times she would like; without any she takes every one.

    Her number stays the same however often she leaves and enters. Raises ``WindowNotOpen``, ``WindowClosed``,
    ``EntriesClosed``, ``WrongOffering``, ``SessionPast``, ``AlreadyBooked``, ``BookingPaused`` (for herself). Lock: the
    draw, shared with others who enter; a list is so frozen either with her or before her.
    """
    may_book_for(by, worker).insist()
    insist_sign_up(offering, now=now)
    if is_herself(by, worker):
        insist_not_paused(missed_days(worker), offering, now=now)
    for session in choices:
        if session.offering_id != offering.pk:
            raise errors.WrongOffering()
        if session.starts_at <= now:
            raise errors.SessionPast()
    if existing := live_booking(offering.pk, worker):
        raise errors.AlreadyBooked(existing)
    with places_transaction():
        draw = share_draw(offering.pk)
        if draw is None or draw.state != DrawState.ANNOUNCED or now >= draw.freezes_at:
            raise errors.EntriesClosed()
        entry, new = _entered(offering, worker, by=by, now=now)
        entry.any_session = any_session or not choices
        entry.save(update_fields=["any_session"])
        entry.choices.all().delete()
        ranked = dict.fromkeys(choices)  # a session chosen twice counts once
        DrawChoice.objects.bulk_create(
            DrawChoice(entry=entry, session=session, rank=rank) for rank, session in enumerate(ranked, start=1)
        )
        if new:
            _tell(entry, draw, link)
        return entry


def _entered(offering: Offering, worker, *, by, now: datetime) -> tuple[DrawEntry, bool]:
    """Her entry, standing, and whether it wasn't before."""
    entry, made = DrawEntry.objects.unscoped().get_or_create(
        offering=offering,
        worker=worker,
        doubled=False,
        defaults={"entered_at": now, "changed_at": now, "entered_by": by},
    )
    hers = DrawEntry.objects.unscoped().filter(pk=entry.pk, state=EntryState.LEFT)
    again = hers.update(state=EntryState.ENTERED, entered_at=now, changed_at=now, entered_by=by)
    if again:
        entry.refresh_from_db()
    return entry, made or bool(again)


def _tell(entry: DrawEntry, draw: Draw, link: str) -> None:
    worker = entry.worker
    notify(
        "bookings-draw-entered",
        to=worker.user,
        phone="" if worker.user_id else worker.phone,
        context={
            "title": entry.offering.title,
            "entry": entry.number,
            "closes": draw.freezes_at,
            "day": draw.number_on,
        },
        dedupe_key=f"bookings-draw-entered:{entry.pk}:{entry.entered_at.isoformat()}",
        link=link,
    )


def leave_draw(entry: DrawEntry, *, by, now: datetime) -> DrawEntry:
    """Take her out of the draw; on a frozen list her number stays and is passed over. Repeating it changes nothing.

    Raises ``DrawnAlready`` once it was decided what she gets. Lock: her entry, which the giving of places holds too.
    """
    may_book_for(by, entry.worker).insist()
    with places_transaction():
        row = DrawEntry.objects.unscoped().select_for_update(no_key=True).get(pk=entry.pk)
        if row.state == EntryState.LEFT:
            return row
        decided = DrawLine.objects.unscoped().filter(entry=row).exclude(outcome=DrawOutcome.PENDING)
        if decided.exists():
            raise errors.DrawnAlready()
        row.state, row.changed_at = EntryState.LEFT, now
        row.save(update_fields=["state", "changed_at"])
        return row
