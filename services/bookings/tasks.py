"""Background work of the bookings app."""

from celery import shared_task

from services.bookings import actions
from services.foundation import clock


@shared_task(ignore_result=True)
def expire_holds() -> int:
    """Lapse what is due and pass free places on; runs every minute, safe to run twice at once."""
    return actions.expire_due(clock.now())


@shared_task(ignore_result=True)
def keep_draws() -> None:
    """Freeze the lists whose moment has come, and go on with draws whose giving was interrupted; every minute."""
    actions.freeze_due(clock.now())
    actions.carry_on_giving(clock.now())


@shared_task(ignore_result=True)
def give_drawn_places(key: int) -> None:
    """Give the places of one draw; safe to run twice at once and after being killed."""
    actions.give_drawn_places(key, now=clock.now())


@shared_task(ignore_result=True)
def return_unused_places() -> int:
    """Let places go back from pools whose announced day has come; runs every minute, safe to run twice at once."""
    return actions.return_due(clock.now())


@shared_task(ignore_result=True)
def mark_absent() -> int:
    """Mark who didn't come on earlier days, where attendance was taken; runs every hour, safe to run twice."""
    return actions.mark_absences(clock.now())


@shared_task(ignore_result=True)
def audit_places() -> int:
    """Recount the counters of places that have moved since the last time; what disagrees is logged and waits at the
    desk. Every hour, safe to run twice."""
    return actions.check_places(now=clock.now())


@shared_task(ignore_result=True)
def audit_all_places() -> int:
    """Recount every counter of places, moved or not; every night, safe to run twice."""
    return actions.check_places(now=clock.now(), everything=True)
