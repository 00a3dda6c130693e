"""Today and now, in one place, so that faces and tasks pass them down to rules as arguments."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware."""
    return timezone.now()


def today() -> date:
    """The present day in the installation's time zone."""
    return timezone.localdate()
