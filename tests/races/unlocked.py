"""A server process whose take of a place is what a careless program would do: read, think, write."""

import time

from django.apps import AppConfig

LABEL = "unlocked"


def ask_then_take(key: int) -> bool:
    """What the conditional UPDATE replaces."""
    from services.bookings.models import Session

    session = Session.objects.get(pk=key)
    if session.taken >= session.capacity:
        return False
    time.sleep(0.05)
    Session.objects.filter(pk=key).update(taken=session.taken + 1)
    return True


class Unlocked(AppConfig):
    name = "tests.races"
    label = LABEL

    def ready(self):
        from services.bookings.actions import holding

        holding.take_session_place = ask_then_take
