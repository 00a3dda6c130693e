"""What a line of the list of unions at a month end says: in each column the one count that held the union."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.coverage.models import Standing
from services.coverage.queries.then import counts_of, names_above_then
from services.figures.models import SnapshotNode
from services.figures.registry import Statistic, statistics

# Each statistic counts the values of one field of a standing.
_FIELD = {
    "coverage-required": "built",
    "coverage-all": "form",
    "coverage-together": "simultaneous",
    "coverage-overdue": "term",
    "coverage-in-step": "in_step",
    "coverage-chair": "chair_qualified",
    "coverage-standard": "standard",
}
HEADINGS = tuple(Standing._meta.get_field(name).verbose_name for name in _FIELD.values())
_NOT_COUNTED = "–"


@dataclass(frozen=True, slots=True)
class Stood:
    """``said`` goes with ``HEADINGS``; a dash where nothing was counted of a union, as of terms where there is none."""

    node: SnapshotNode
    above: str
    said: list[str]


def stood(nodes: Iterable[SnapshotNode]) -> list[Stood]:
    """Two queries, however many; all of one month end."""
    nodes = list(nodes)
    labels = [_labels(statistics[code]) for code in _FIELD]
    held, above = counts_of(nodes, {code for of in labels for code in of}), names_above_then(nodes)
    return [
        Stood(node, above.get(node.parent_path, ""), [_said(held[node.path], of) for of in labels]) for node in nodes
    ]


def _labels(statistic: Statistic) -> dict[str, str]:
    """By count: a column that is one count says what a union was; sums of several say no more."""
    return {column.counts[0]: str(column.label) for column in statistic.columns if len(column.counts) == 1}


def _said(counts: set[str], labels: dict[str, str]) -> str:
    return next((label for code, label in labels.items() if code in counts), _NOT_COUNTED)
