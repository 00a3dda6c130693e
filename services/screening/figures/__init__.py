"""The statistics of screening, declared once for pages, workbooks and month ends."""

from services.figures.registry import counts, statistics, watches
from services.screening.figures import bookings, results


def register() -> None:
    for part in (bookings, results):
        for count in part.COUNTS:
            counts.register(count.code, count)
        for statistic in part.STATISTICS:
            statistics.register(statistic.code, statistic)
        for code, watch in part.WATCHES.items():
            watches.register(f"screening_{code}", watch)
