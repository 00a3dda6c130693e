"""One book of an offering's places: transfers from the ledger, uses and returns by women from their timelines."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, QuerySet

from services.bookings.enums import EntryKind, LineKind
from services.bookings.models import Allocation, AllocationEntry, BookingEvent, Offering, Pool
from services.bookings.rules.ledger import FREED, FREES, TAKES, USED, Balance, replay, running

# The line of each transfer that names both ends; the others of the same transfer follow from it.
_KINDS = {
    EntryKind.OPENED: LineKind.OPENED,
    EntryKind.GIVEN: LineKind.GIVEN,
    EntryKind.RETURNED: LineKind.RETURNED,
    EntryKind.RECLAIMED: LineKind.RECLAIMED,
    EntryKind.MOVED_OUT: LineKind.MOVED,
    EntryKind.FLOWED_OUT: LineKind.FLOWED,
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """``count`` places went from the row ``source`` to the row ``target``; see ``rules.ledger``.

    ``by`` names a member of staff. It is empty for what women do themselves and for what happens by itself.
    """

    at: datetime
    kind: str
    count: int
    source: int | None
    target: int | None
    by: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        return str(LineKind(self.kind).label)


@dataclass(frozen=True, slots=True)
class BalancedLine:
    """A line with what its two ends have left after it, and what each pool holds then."""

    line: LedgerLine
    source_left: int | None
    target_left: int | None
    pools: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.pools.values())


@dataclass(frozen=True, slots=True)
class Book:
    """The lines of an offering in order, and the rows they speak of."""

    lines: list[LedgerLine]
    rows: dict[int, Allocation] = field(default_factory=dict)

    @property
    def parents(self) -> dict[int, int | None]:
        return {key: row.parent_id for key, row in self.rows.items()}

    def balances(self) -> dict[int, Balance]:
        """The state that the lines alone rebuild."""
        return replay(self.lines, self.parents) or {key: Balance() for key in self.rows}

    def balanced(self) -> Iterator[BalancedLine]:
        """Each line with the balances after it, oldest first."""
        pools = dict.fromkeys((row.pool_id for row in self.rows.values()), 0)
        for line, state in running(self.lines, self.parents):
            if line.kind not in (USED, FREED):
                for end, sign in ((line.source, -1), (line.target, 1)):
                    if end is not None:
                        pools[self.rows[end].pool_id] += sign * line.count
            ends = (None if end is None else state[end].left for end in (line.source, line.target))
            yield BalancedLine(line, *ends, dict(pools))


def book_of(offering: Offering) -> Book:
    """Everything that ever happened to the places of an offering. Three queries.

    Lines stand in the order of their moments. A booking notes when it was asked for and a transfer when it was made,
    so of two at the same instant the transfer comes first.
    """
    return books_of([offering.pk])[offering.pk]


def books_of(offerings: Collection[int]) -> dict[int, Book]:
    """The same of several, by key: three queries however many."""
    rows: dict[int, dict[int, Allocation]] = {key: {} for key in offerings}
    found = Allocation.objects.unscoped().filter(offering__in=offerings).select_related("organization", "pool")
    for row in found:
        rows[row.offering_id][row.pk] = row
    lines: dict[int, list[LedgerLine]] = {key: [] for key in offerings}
    for offering, line in (*_transfers(offerings), *_by_women(offerings)):
        lines[offering].append(line)
    return {key: Book(sorted(lines[key], key=lambda line: line.at), rows[key]) for key in offerings}


def ledger_lines(offering: Offering) -> list[LedgerLine]:
    """The lines alone."""
    return book_of(offering).lines


def _transfers(offerings: Collection[int]) -> Iterator[tuple[int, LedgerLine]]:
    entries = (
        AllocationEntry.objects.filter(allocation__offering__in=offerings, kind__in=list(_KINDS))
        .exclude(counterpart__parent=F("allocation"), kind__in=_UPWARD)
        .order_by("at", "pk")
        .values_list(
            *("allocation__offering", "at", "kind", "change", "allocation", "counterpart"),
            *("by__first_name", "by__username", "reason"),
        )
    )
    for offering, at, kind, change, row, counterpart, first_name, username, reason in entries.iterator(2000):
        source, target = (row, counterpart) if counterpart else (None, row)
        if target == row and change < 0:
            source, target = row, None
        by = first_name or username or ""
        yield offering, LedgerLine(at, str(_KINDS[kind]), abs(change), source, target, by, reason)


# Of these the row above has a line too, whose counterpart is the row below.
_UPWARD = (EntryKind.RETURNED, EntryKind.RECLAIMED, EntryKind.MOVED_OUT, EntryKind.FLOWED_OUT)


def _by_women(offerings: Collection[int]) -> Iterator[tuple[int, LedgerLine]]:
    """Who took a place and who left one: by verbs of the timeline, from the row that the line names. Lines of before
    they named one are those of the row that the booking names.
    """
    events = (
        BookingEvent.objects.filter(booking__offering__in=offerings, verb__in=[*TAKES, *FREES])
        .order_by("at", "pk")
        .values_list(
            *("booking__offering", "at", "verb", "details", "booking__allocation"),
            *("by_staff", "by__first_name", "by__username"),
        )
    )
    for offering, at, verb, details, paid, by_staff, first_name, username in events.iterator(2000):
        by = (first_name or username or "") if by_staff else ""
        row = details.get("allocation", paid)
        if verb in TAKES:
            yield offering, LedgerLine(at, USED, 1, row, None, by)
        else:
            yield offering, LedgerLine(at, FREED, 1, None, row, by)


def pools_in(book: Book) -> list[Pool]:
    """The pools that the rows of a book belong to, in the order of drawing."""
    pools = {row.pool_id: row.pool for row in book.rows.values()}
    return sorted(pools.values(), key=lambda pool: (pool.position, pool.pk))


def holders_of(offering: Offering) -> QuerySet[Allocation]:
    """The organisations that ever held places of it, as keys for another query."""
    return Allocation.objects.unscoped().filter(offering=offering).values("organization")
