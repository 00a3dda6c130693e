"""The statistics of money: budgets, what is promised of them, what is paid. Never by her union."""

from services.figures.registry import counts, statistics, watches
from services.payments.figures import money


def register() -> None:
    for count in money.COUNTS:
        counts.register(count.code, count)
    for statistic in money.STATISTICS:
        statistics.register(statistic.code, statistic)
    for code, watch in money.WATCHES.items():
        watches.register(f"payments_{code}", watch)
