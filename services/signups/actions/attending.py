"""Who came, as a list says: women who signed up, and women who came without."""

from collections.abc import Iterable
from datetime import datetime

from services.bookings.actions import record_attendance, seat_who_came
from services.bookings.actions.locking import places_transaction
from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session
from services.signups.models import Activity
from services.signups.policies import may_manage


def record_roster(activity: Activity, *, session: Session, workers: Iterable, by, now: datetime) -> int:
    """Record that these women (with their unions) came to the session; returns for how many that is new. All or none.

    Who had signed up is checked in, who hadn't takes a free place. Raises ``NotBegun``, ``SessionFull``,
    ``NoPlacesForUnit``, ``CorrectionOver``, ``PlaceUsedMeanwhile``, ``AlreadyBooked`` (in another session),
    ``NotChangeable``. Locks: sessions → allocations → bookings, each kind by key.
    """
    may_manage(by, activity).insist()
    named = {worker.pk: worker for worker in workers}
    with places_transaction():
        held = Booking.objects.unscoped().filter(session=session, worker__in=named)
        mine = held.filter(state__in=[BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.NO_SHOW])
        booked = {booking.worker_id: booking for booking in mine.order_by("pk")}
        came = record_attendance(session.venue, booked.values(), by=by, now=now)
        others = [worker for key, worker in named.items() if key not in booked]
        return came + len(seat_who_came(session, others, by=by, now=now) if others else ())
