"""Reading what the bank says: each row of a result file has exactly one fate, whatever the order of the rows.

A row changes a line only when the reference is one of this batch's, the amount is the very one that was sent, and the
bank hasn't settled the line before. So reading the same file twice, an older one, or parts of it in any order leads to
the same end (D17, T57).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.payments.enums import LineState, RowFate

_SETTLED = {LineState.PAID: RowFate.PAID, LineState.RETURNED: RowFate.RETURNED}
_OPEN = frozenset({LineState.SENT, LineState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row as it was read. ``amount`` None: not a sum. ``formula``: a cell computes its value."""

    number: int
    reference: str
    amount: Decimal | None
    outcome: str
    reason: str = ""
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A line as it stands: its key, the sum that was sent, and its state."""

    key: int
    amount: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class Judged:
    row: ResultRow
    fate: RowFate
    line: int | None = None


def outcome_of(word: str, *, paid: Iterable[str], returned: Iterable[str]) -> RowFate:
    """What one of the bank's words means; a word in neither list means unknown."""
    if word in paid:
        return RowFate.PAID
    return RowFate.RETURNED if word in returned else RowFate.UNKNOWN


def judge(
    rows: Sequence[ResultRow],
    *,
    lines: Mapping[str, Sent],
    elsewhere: frozenset[str],
    paid: Iterable[str],
    returned: Iterable[str],
) -> list[Judged]:
    """The fate of every row. ``lines`` are this batch's by reference, ``elsewhere`` references of other batches."""
    paid, returned = frozenset(paid), frozenset(returned)
    said: dict[str, set[RowFate]] = {}
    for row in rows:
        if _readable(row):
            said.setdefault(row.reference, set()).add(outcome_of(row.outcome, paid=paid, returned=returned))
    done: set[str] = set()
    judged = []
    for row in rows:
        found = _judge_row(row, lines, elsewhere, said, done, paid, returned)
        if found.fate in (RowFate.PAID, RowFate.RETURNED, RowFate.UNKNOWN):
            done.add(row.reference)
        judged.append(found)
    return judged


def _readable(row: ResultRow) -> bool:
    return not row.formula and bool(row.reference) and row.amount is not None and bool(row.outcome)


def _judge_row(row, lines, elsewhere, said, done, paid, returned) -> Judged:
    if row.formula:
        return Judged(row, RowFate.FORMULA)
    if not _readable(row):
        return Judged(row, RowFate.NOT_READ)
    line = lines.get(row.reference)
    if line is None:
        return Judged(row, RowFate.OTHER_BATCH if row.reference in elsewhere else RowFate.NO_SUCH_LINE)
    if line.state not in _OPEN and line.state not in _SETTLED:
        return Judged(row, RowFate.NEVER_SENT, line.key)
    if row.amount != line.amount:
        return Judged(row, RowFate.OTHER_AMOUNT, line.key)
    if len(said[row.reference]) > 1:
        return Judged(row, RowFate.TWICE, line.key)
    outcome = outcome_of(row.outcome, paid=paid, returned=returned)
    return Judged(row, RowFate.ALREADY if row.reference in done else _against(line, outcome), line.key)


def _against(line: Sent, outcome: RowFate) -> RowFate:
    """What an outcome does to a line in its state."""
    if line.state == LineState.SENT:
        return outcome
    if line.state == LineState.UNKNOWN:
        return RowFate.ALREADY if outcome == RowFate.UNKNOWN else outcome
    if outcome in (_SETTLED[line.state], RowFate.UNKNOWN):
        return RowFate.ALREADY
    return RowFate.CONTRADICTS
