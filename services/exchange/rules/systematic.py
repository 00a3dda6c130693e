"""One fault that nearly every row has: a fault of the whole file, which is said once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.foundation.sheets import Fault

FEWEST_ROWS = 3
NEARLY_ALL = 0.9
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Common:
    """A fault ``rows`` rows have. Without a code: different faults, all of one column.

    ``context`` holds, by slot, the values most rows have, joined where they differ.
    """

    column: str
    code: str
    rows: int
    context: dict = field(default_factory=dict)

    def explains(self, fault: Fault) -> bool:
        return fault.column == self.column and self.code in ("", fault.code)


def common_faults(faults: Mapping[int, Sequence[Fault]], *, rows: int) -> list[Common]:
    """The faults that nearly all of a file's rows have, most frequent first; none for a handful of rows."""
    if rows < FEWEST_ROWS:
        return []
    enough = max(FEWEST_ROWS, NEARLY_ALL * rows)
    by_code = Counter(key for of_row in faults.values() for key in {(f.column, f.code) for f in of_row})
    by_column = Counter(column for of_row in faults.values() for column in {f.column for f in of_row})
    found = [(column, code, count) for (column, code), count in by_code.most_common() if count >= enough]
    named = {column for column, _, _ in found}
    found += [(c, "", count) for c, count in by_column.most_common() if count >= enough and c not in named]
    return [Common(column, code, count, _slots(column, code, faults.values())) for column, code, count in found]


def _slots(column: str, code: str, faults: Iterable[Sequence[Fault]]) -> dict:
    """What fills the slots of the sentence: for each the most frequent values, up to three."""
    values: dict[str, Counter] = {}
    for of_row in faults:
        for fault in of_row:
            if code and fault.column == column and fault.code == code:
                for slot, value in fault.context.items():
                    values.setdefault(slot, Counter())[str(value)] += 1
    return {slot: _joined(counted) for slot, counted in values.items()}


def _joined(counted: Counter) -> str:
    named = "、".join(value for value, _ in counted.most_common(_NAMED))
    return f"{named} …" if len(counted) > _NAMED else named


def is_explained(faults: Iterable[Fault], common: Sequence[Common]) -> bool:
    """Everything wrong with a row is said at the top already."""
    return all(any(one.explains(fault) for one in common) for fault in faults)
