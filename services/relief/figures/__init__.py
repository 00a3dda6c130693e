"""The statistics of relief: households on file, awards and what they add up to."""

from services.figures.registry import counts, statistics, watches
from services.relief.figures import awards, households


def register() -> None:
    for part in (households, awards):
        for count in part.COUNTS:
            counts.register(count.code, count)
        for statistic in part.STATISTICS:
            statistics.register(statistic.code, statistic)
        for code, watch in part.WATCHES.items():
            watches.register(f"relief_{code}", watch)
