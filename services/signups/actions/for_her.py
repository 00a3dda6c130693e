"""In a woman's name, as she asked: an officer of her union signs her up, or puts her on the list or takes her off it.

The rules and refusals are those of her own sign-up. Who did it stands on her timeline and in the activity's history.
"""

from collections.abc import Mapping
from datetime import datetime

from wagtail.log_actions import log

from services.bookings.actions import confirm_booking, leave_waiting_list
from services.bookings.actions.locking import places_transaction
from services.bookings.enums import BookingState, WaitingState
from services.bookings.models import Booking, Session, WaitingEntry
from services.bookings.policies import may_book_for
from services.messaging.actions import notify
from services.signups import errors
from services.signups.actions.signing import join_waiting_list, sign_up
from services.signups.models import Activity
from services.signups.notifications import OFF_LIST


def sign_up_for_her(
    activity: Activity,
    *,
    session: Session,
    answers: Mapping[str, object],
    worker,
    asked: bool,
    by,
    now: datetime,
) -> Booking:
    """A confirmed place; she is told. ``asked``: the officer says that she asked for it and that the answers are hers.

    Raises ``NotAsked``, and what ``sign_up`` and ``bookings.confirm_booking`` raise. Locks as these two, one after the
    other: where the second is refused, what is held lapses by itself. A repeated call returns the same booking.
    """
    may_book_for(by, worker).insist()
    if not asked:
        raise errors.NotAsked()
    booking = sign_up(activity, session=session, answers=answers, worker=worker, by=by, now=now)
    if booking.state == BookingState.HELD:
        booking = confirm_booking(booking, by=by, now=now)
        log(activity, "signups.for_her", user=by, data={"number": booking.number})
    return booking


def join_waiting_list_for_her(
    activity: Activity,
    *,
    session: Session | None,
    answers: Mapping[str, object],
    worker,
    asked: bool,
    by,
    now: datetime,
) -> WaitingEntry:
    """As ``sign_up_for_her``, for the waiting list. Raises ``NotAsked``, and what ``join_waiting_list`` raises."""
    may_book_for(by, worker).insist()
    if not asked:
        raise errors.NotAsked()
    entry = join_waiting_list(activity, session=session, answers=answers, worker=worker, by=by, now=now)
    if entry.created_at == now:
        log(activity, "signups.waits_for_her", user=by)
    return entry


def take_off_list(entry: WaitingEntry, *, asked: bool, by, now: datetime) -> bool:
    """Take a waiting woman off the list, as she asked; she is told. False when she waits no longer.

    Raises ``NotAsked``. Lock: the entry. A place that was offered to her meanwhile is hers to decline.
    """
    may_book_for(by, entry.worker).insist()
    if not asked:
        raise errors.NotAsked()
    with places_transaction():
        rows = WaitingEntry.objects.unscoped().select_for_update(no_key=True, of=("self",))
        held = rows.select_related("worker__user", "worker__organization", "offering__activity").get(pk=entry.pk)
        if held.state != WaitingState.WAITING:
            return False
        worker, activity = held.worker, held.offering.activity
        leave_waiting_list(held, by=by, now=now)
        notify(
            OFF_LIST.key,
            to=worker.user,
            phone="" if worker.user_id else worker.phone,
            context={"title": activity.title},
            dedupe_key=f"{OFF_LIST.key}:{held.pk}",
        )
        log(activity, "signups.off_list", user=by)
        return True
