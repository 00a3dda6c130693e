"""The trend of a statistic that is told as a bucket: in which the middle one lay at each month end."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from services.figures.models import SnapshotCell, SnapshotNode
from services.figures.queries.published import is_protected
from services.figures.registry import Statistic, counts
from services.figures.rules.numbers import median_bucket


@dataclass(frozen=True, slots=True)
class Middle:
    """The key of the bucket at a month end."""

    day: date
    key: str


def middles(statistic: Statistic, organization: int, period: str) -> list[Middle]:
    """At every month end that was kept and of which anything was counted, the oldest first. What is protected has no
    history on a page. Two queries."""
    dimension, codes = statistic.median_of, statistic.numerator.counts
    if dimension is None or any(is_protected(counts[code], dimension) for code in codes):
        return []
    nodes = SnapshotNode.objects.filter(organization=organization).select_related("snapshot")
    where = {node.snapshot_id: node for node in nodes}
    cells = SnapshotCell.objects.filter(
        snapshot__in=where,
        path__in={node.path for node in where.values()},
        count__in=codes,
        period=period,
        dimension=dimension.code,
    )
    totals: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for snapshot, path, key, total in cells.values_list("snapshot_id", "path", "key", "total"):
        if where[snapshot].path == path:
            totals[snapshot][key] += total
    found = []
    for snapshot, by_key in totals.items():
        # In the order of a split: the keys that are fixed, then whatever else occurs.
        keys = [*dimension.keys, *sorted(by_key.keys() - set(dimension.keys))]
        middle = median_bucket([by_key.get(key, 0) for key in keys])
        if middle is not None:
            found.append(Middle(where[snapshot].snapshot.day, keys[middle]))
    return sorted(found, key=lambda one: one.day)
