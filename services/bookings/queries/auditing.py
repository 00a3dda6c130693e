"""The counters of places recomputed from what they count; and what tells, without recounting, that something moved."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum

from services.bookings.enums import LIVE
from services.bookings.models import Allocation, AllocationEntry, Booking, Offering, Session
from services.bookings.queries.ledger import Book, books_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter that doesn't agree with what it counts."""

    kind: str
    key: int
    counter: str
    stored: int
    counted: int


def audit(offering: Offering) -> list[Difference]:
    """Recompute every counter of an offering from bookings, transfers and the ledger; [] when all agree. Seven queries.

    ``taken`` and ``used`` are live bookings, ``passed_down`` is what the rows below received, the balances after the
    last ledger line are the present ones, and so is the state that the whole book rebuilds line by line.
    """
    return audit_many([offering.pk])[offering.pk]


def audit_many(offerings: Collection[int]) -> dict[int, list[Difference]]:
    """The same of several, by key: seven queries however many."""
    live = Booking.objects.unscoped().filter(offering__in=offerings, state__in=LIVE).order_by()
    by_session = dict(live.values("session").annotate(n=Count("pk")).values_list("session", "n"))
    by_allocation = dict(live.values("allocation").annotate(n=Count("pk")).values_list("allocation", "n"))
    found: dict[int, list[Difference]] = {key: [] for key in offerings}
    sessions = Session.objects.filter(offering__in=offerings).order_by("pk")
    for offering, key, taken in sessions.values_list("offering", "pk", "taken"):
        if taken != by_session.get(key, 0):
            found[offering].append(Difference("session", key, "taken", taken, by_session.get(key, 0)))
    rows: dict[int, list[Allocation]] = defaultdict(list)
    kept = Allocation.objects.unscoped().filter(offering__in=offerings)
    for row in kept.annotate(
        lines=Count("entries"), ledger=_balance("slots_after"), given=_balance("passed_down_after")
    ):
        rows[row.offering_id].append(row)
    for offering, book in books_of(offerings).items():
        found[offering] += _of_rows(rows[offering], book, by_allocation)
    return found


def _of_rows(rows: list[Allocation], book: Book, by_allocation: dict[int, int]) -> list[Difference]:
    received: dict[int, int] = {}
    for row in rows:
        if row.parent_id:
            received[row.parent_id] = received.get(row.parent_id, 0) + row.slots
    rebuilt = book.balances()
    found = []
    for row in rows:
        again = rebuilt[row.pk]
        for counter, stored, counted in (
            ("used", row.used, by_allocation.get(row.pk, 0)),
            ("passed_down", row.passed_down, received.get(row.pk, 0)),
            ("slots in the ledger", row.slots, row.ledger if row.lines else 0),
            ("passed_down in the ledger", row.passed_down, row.given if row.lines else 0),
            ("slots in the ledger's replay", row.slots, again.slots),
            ("passed_down in the ledger's replay", row.passed_down, again.passed_down),
            ("used in the ledger's replay", row.used, again.used),
        ):
            if stored != counted:
                found.append(Difference("allocation", row.pk, counter, stored, counted))
    return found


def _balance(column: str) -> Subquery:
    return Subquery(AllocationEntry.objects.filter(allocation=OuterRef("pk")).order_by("-pk").values(column)[:1])


def tallies() -> dict[int, str]:
    """Of every offering a short text that is another one when places of it have changed hands or a counter has moved:
    counters summed up, live bookings counted, the last change of a booking and the last line of the ledger.

    Five queries. Changes that balance each other out leave it as it was; that a nightly recount finds.
    """
    told: dict[int, list] = {key: [] for key in Offering.objects.order_by().values_list("pk", flat=True)}
    live = Count("pk", filter=Q(state__in=LIVE))
    rows = Allocation.objects.unscoped()
    sums = {"slots": Sum("slots"), "passed_down": Sum("passed_down"), "used": Sum("used"), "rows": Count("pk")}
    for of, things, numbers in (
        ("offering", Session.objects.all(), {"taken": Sum("taken"), "rows": Count("pk")}),
        ("offering", rows, sums),
        ("offering", Booking.objects.unscoped(), {"live": live, "last": Max("changed_at")}),
        ("allocation__offering", AllocationEntry.objects.all(), {"last": Max("pk"), "rows": Count("pk")}),
    ):
        found = things.order_by().values(of).annotate(**{f"tally_{name}": sum_ for name, sum_ in numbers.items()})
        for offering, *told_of_it in found.values_list(of, *(f"tally_{name}" for name in numbers)):
            told.setdefault(offering, []).append((of, *numbers, *told_of_it))
    return {key: hashlib.sha256(repr(one).encode()).hexdigest() for key, one in told.items()}
