"""A map drawn with words: one line a row from north to south, names from west to east, a dot for an empty place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDEST, TALLEST = 12, 20
EMPTY = "."
_EMPTY = frozenset({".", "。", "·", "-", "—"})
_BETWEEN = re.compile(r"[\s,，、]+")

Rows = list[list[int | None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` has words; ``text`` is what was written, ``line`` counts from one (0: of the whole drawing)."""

    code: str
    text: str = ""
    line: int = 0


def read(drawing: str, names: Mapping[str, int], codes: Mapping[str, int]) -> tuple[Rows, list[Fault]]:
    """The rows that a drawing means, all equally long, and every fault in it at once. A word is a code, a whole name
    or the beginning of a single name."""
    rows: Rows = []
    faults: list[Fault] = []
    placed: set[int] = set()
    lines = [line for line in drawing.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        row: list[int | None] = []
        for word in filter(None, _BETWEEN.split(line)):
            key, fault = (None, "") if word in _EMPTY else _meant(word, names, codes)
            if key in placed and key is not None:
                fault = "twice"
            if fault:
                faults.append(Fault(fault, word, number))
            row.append(key)
            placed.add(key)
        if len(row) > WIDEST:
            faults.append(Fault("too_wide", line=number))
        rows.append(row)
    if len(rows) > TALLEST:
        faults.append(Fault("too_tall"))
    width = max(map(len, rows), default=0)
    return [row + [None] * (width - len(row)) for row in rows], faults


def _meant(word: str, names: Mapping[str, int], codes: Mapping[str, int]) -> tuple[int | None, str]:
    if word in codes:
        return codes[word], ""
    if word in names:
        return names[word], ""
    found = [key for name, key in names.items() if name.startswith(word)]
    if len(found) == 1:
        return found[0], ""
    return None, "ambiguous" if found else "unknown"


def written(rows: Sequence[Sequence[int | None]], words: Mapping[int, str]) -> str:
    """The drawing of these rows; places of those that are known no more are empty."""
    return "\n".join(" ".join(words.get(key, EMPTY) if key else EMPTY for key in row) for row in rows)
