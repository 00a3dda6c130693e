"""The statistics of mutual aid, declared once for pages, workbooks and month ends."""

from services.figures.registry import counts, statistics, watches
from services.mutual_aid.figures import joining


def register() -> None:
    for part in (joining,):
        for count in part.COUNTS:
            counts.register(count.code, count)
        for statistic in part.STATISTICS:
            statistics.register(statistic.code, statistic)
        for code, watch in part.WATCHES.items():
            watches.register(f"mutual_aid_{code}", watch)
