"""The statistics of casework: applications, decisions in time, how long they took, how often more was asked for."""

from services.casework.figures import promise
from services.figures.registry import counts, statistics, watches


def register() -> None:
    for count in promise.COUNTS:
        counts.register(count.code, count)
    for statistic in promise.STATISTICS:
        statistics.register(statistic.code, statistic)
    for code, watch in promise.WATCHES.items():
        watches.register(f"casework_{code}", watch)
