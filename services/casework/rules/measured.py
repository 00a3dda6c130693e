"""Percentiles of whole days by the nearest rank: a value that occurred, and of an even number the lower middle."""

from collections.abc import Iterable


def percentile(values: Iterable[int], per_cent: int) -> int | None:
    """The smallest value that at least so many per cent don't exceed; None without any."""
    ordered = sorted(values)
    rank = -(-len(ordered) * per_cent // 100)
    return ordered[rank - 1] if rank else None


# Days are told one by one up to here, then in spans: key, first and last day.
ONE_BY_ONE = 40
SPANS = {"41-60": (41, 60), "61-90": (61, 90), "91-": (91, 32_767)}
DAY_KEYS = (*(f"{day:02d}" for day in range(ONE_BY_ONE + 1)), *SPANS)
# The last day of each that has one.
DAY_ENDS = {f"{day:02d}": day for day in range(ONE_BY_ONE + 1)} | {
    key: last for key, (_first, last) in SPANS.items() if not key.endswith("-")
}
MOST_ROUNDS = 5
ROUND_KEYS = (*map(str, range(MOST_ROUNDS)), f"{MOST_ROUNDS}-")
ROUND_ENDS = {str(number): number for number in range(MOST_ROUNDS)}
