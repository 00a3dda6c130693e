"""The statistics of women workers' organisations, declared once for pages, workbooks and month ends."""

from services.coverage.figures.unions import COUNTS, STATISTICS, WATCHES
from services.figures.registry import counts, statistics, watches


def register() -> None:
    for count in COUNTS:
        counts.register(count.code, count)
    for statistic in STATISTICS:
        statistics.register(statistic.code, statistic)
    for code, watch in WATCHES.items():
        watches.register(f"coverage_{code}", watch)
