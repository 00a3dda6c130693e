"""The statistics of signups, declared once for pages, workbooks and month ends."""

from services.figures.registry import counts, statistics, watches
from services.signups.figures import attendance


def register() -> None:
    for count in attendance.COUNTS:
        counts.register(count.code, count)
    for statistic in attendance.STATISTICS:
        statistics.register(statistic.code, statistic)
    for code, watch in attendance.WATCHES.items():
        watches.register(f"signups_{code}", watch)
