"""The book of a programme's places as one viewer reads it."""

from dataclasses import dataclass

from services.bookings.models import Allocation, Pool
from services.bookings.queries.ledger import BalancedLine, Book, LedgerLine
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: the organisation, the pool, and what it has left afterwards (None: not told)."""

    organization: str
    pool: str
    left: int | None


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line with its ends in words and, by the key of each pool, what the pool holds afterwards; ``total`` in all."""

    line: LedgerLine
    source: End | None
    target: End | None
    pools: dict[int, int]
    total: int


def rows_of(
    book: Book, *, reach: set[int], pool: Pool | None = None, organization: Organization | None = None
) -> list[LedgerRow]:
    """The lines that touch an organisation within ``reach``, oldest first, narrowed to a pool or an organisation."""
    found = []
    for step in book.balanced():
        ends = [book.rows[key] for key in (step.line.source, step.line.target) if key is not None]
        if not any(row.organization_id in reach for row in ends):
            continue
        if pool is not None and all(row.pool_id != pool.pk for row in ends):
            continue
        if organization is not None and all(row.organization_id != organization.pk for row in ends):
            continue
        found.append(_row(step, book, reach))
    return found


def _row(step: BalancedLine, book: Book, reach: set[int]) -> LedgerRow:
    def end(key: int | None, left: int | None) -> End | None:
        if key is None:
            return None
        row: Allocation = book.rows[key]
        told = left if row.organization_id in reach else None
        return End(row.organization.name, str(row.pool), told)

    line = step.line
    return LedgerRow(
        line, end(line.source, step.source_left), end(line.target, step.target_left), step.pools, step.total
    )
