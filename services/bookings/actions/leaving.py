"""What becomes of her bookings when she leaves her unit."""

from datetime import datetime

from services.bookings.actions.cancelling import give_up_all


def give_up_on_departure(worker, *, by, now: datetime) -> int:
    """Her union's places are no longer hers: everything ahead is cancelled, and she is told."""
    return give_up_all(worker, by=by, now=now, reason="left_unit")
