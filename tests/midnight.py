"""No test straddles midnight: what it wrote today would be looked for tomorrow."""

import time
from datetime import datetime, timedelta

from django.utils import timezone

# Seconds that a test may take: a journey through the browser, and any other.
JOURNEY, OTHER = 240, 60


def pytest_runtest_setup(item):
    """Begin a test that could still be running at midnight just after it instead."""
    takes = JOURNEY if item.get_closest_marker("journey") else OTHER
    left = seconds_left(timezone.localtime())
    if left <= takes:
        time.sleep(left + 1)


def seconds_left(moment: datetime) -> float:
    """Seconds from ``moment`` to the end of its local day."""
    return (moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) - moment).total_seconds()


def unhurried_now(hours: int = 2) -> datetime:
    """Now, or ``hours`` ago where the day has fewer left: what a test does within them happens on one day."""
    now = timezone.localtime()
    return now if seconds_left(now) > hours * 3600 else now - timedelta(hours=hours)
