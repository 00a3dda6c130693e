"""Reads of deliveries, and how far they are: required, sent, received, missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from services.childrens_homes.models import Home
from services.home_equipment.enums import DeliveryState
from services.home_equipment.models import DeliveryLine, DeliveryOrder, ProcurementBatch
from services.home_equipment.queries.standards import asked, in_force
from services.home_equipment.rules.standard import required

# What is on its way or was received counts as sent; a delivery that is only ordered doesn't.
_SENT = tuple(state for state in DeliveryState.values if state != DeliveryState.ORDERED)


def deliveries_for(user) -> QuerySet[DeliveryOrder]:
    rows = DeliveryOrder.objects.visible_to(user)
    return rows.select_related("batch__keeper", "home__host", "home__county", "received_by", "settled_by")


def deliveries_of(home: Home) -> QuerySet[DeliveryOrder]:
    return DeliveryOrder.objects.unscoped().filter(home=home).select_related("batch").prefetch_related("lines")


def batches_for(user) -> QuerySet[ProcurementBatch]:
    return ProcurementBatch.objects.visible_to(user).select_related("keeper", "programme")


def brought(homes: Iterable[int]) -> dict[tuple[int, str, str], tuple[int, int, int]]:
    """By home, code and kind: ordered, sent and received pieces. One query."""
    rows = DeliveryLine.objects.filter(order__home__in=list(homes)).order_by()
    rows = rows.values_list("order__home", "code", "kind", "order__state").annotate(
        all=Sum("sent"), came=Sum("received")
    )
    found: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    for home, code, kind, state, pieces, came in rows:
        sums = found[(home, code, kind)]
        # What was settled and hadn't come won't come: it is to be ordered anew.
        sums[0] += (came or 0) if state in (DeliveryState.VERIFIED, DeliveryState.RESOLVED) else pieces
        if state in _SENT:
            sums[1] += pieces
            sums[2] += came or 0
    return {key: tuple(sums) for key, sums in found.items()}


@dataclass(frozen=True, slots=True)
class Position:
    """One line of the standard at one home."""

    home: Home
    code: str
    name: str
    unit: str
    supplier: str
    required: int
    sent: int
    received: int

    @property
    def gap(self) -> int:
        return max(0, self.required - self.received)


def progress(homes: Sequence[Home]) -> list[Position]:
    """Every line that applies at these homes, with what was sent and received: four queries."""
    standards = in_force({home.programme_id for home in homes})
    sums: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for (home, code, _kind), (_ordered, sent, received) in brought(home.pk for home in homes).items():
        sums[(home, code)][0] += sent
        sums[(home, code)][1] += received
    lists = {
        key: [(line, required(asked(line))) for line in one.lines.all() if line.applicable]
        for key, one in standards.items()
    }
    return [
        Position(home, line.code, line.name, line.unit, line.supplier, wanted, *sums[(home.pk, line.code)])
        for home in homes
        for line, wanted in lists.get((home.programme_id, home.profile), ())
    ]
