"""What a report is: a sentence with the finding, a table whose numbers lead to the lists behind them, a definition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import pgettext_lazy

NO_DATA = pgettext_lazy("figure", "–")


class Cell(NamedTuple):
    """``value`` None: no data, which isn't nought. ``bad``: what should be nought and isn't."""

    value: object
    url: str = ""
    bad: bool = False

    @property
    def text(self) -> str:
        return str(NO_DATA) if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    finding: str
    definition: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()
    notes: Sequence[str] = field(default_factory=tuple)


def listed(name: str, **filters) -> str:
    """A list of the desk, narrowed to what a number counts."""
    kept = {key: value for key, value in filters.items() if value not in (None, "")}
    url = reverse(f"childrens_homes_desk:{name}")
    return f"{url}?{urlencode(kept)}" if kept else url


def summed(rows: Sequence[Sequence[Cell]], label: str, columns: int) -> list[Cell]:
    """A last row: each column added up; no data in any of them stays no data only where there is none at all."""
    total = [Cell(label)]
    for place in range(1, columns):
        values = [row[place].value for row in rows if isinstance(row[place].value, int)]
        total.append(Cell(sum(values) if values else None))
    return total
