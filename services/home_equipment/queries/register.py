"""Reads of the register: what stands where today, and what stood where on any day of the past."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.timezone import localdate, make_aware

from services.childrens_homes.models import Home
from services.home_equipment.enums import AT_THE_HOME, AssetState, Condition
from services.home_equipment.models import AssetEvent, AssetItem, EquipmentStandard
from services.home_equipment.models.standard import IDLE_AFTER
from services.home_equipment.rules.standard import Held

# What a number typed or scanned may be at most.
LONGEST_NUMBER = 40


def assets_for(user) -> QuerySet[AssetItem]:
    """Within her reach, with what every list names."""
    rows = AssetItem.objects.visible_to(user)
    return rows.select_related("place", "custodian", "home__host", "home__county", "meant_for__host")


def assets_of(home: Home) -> QuerySet[AssetItem]:
    """What the home answers for: at it, in repair, missing or waiting for a decision; not what is disposed of."""
    rows = AssetItem.objects.unscoped().filter(home=home).exclude(state=AssetState.DISPOSED)
    return rows.select_related("custodian", "home__host").order_by("code", "number")


def waiting_for_issue(home: Home) -> QuerySet[AssetItem]:
    """Delivered for this home and still in the county's store."""
    rows = AssetItem.objects.unscoped().filter(meant_for=home, state=AssetState.IN_STOCK)
    return rows.select_related("custodian").order_by("code", "number")


def history_of(asset: AssetItem) -> QuerySet[AssetEvent]:
    return asset.events.select_related("by", "home__host", "custodian")


def held_by_code(homes: Iterable[int]) -> dict[int, dict[str, Held]]:
    """What the homes have today, by home and code: one query."""
    rows = AssetItem.objects.unscoped().filter(home__in=list(homes), state__in=[*AT_THE_HOME, AssetState.REPAIR])
    counted = rows.order_by().values_list("home", "code", "kind", "state").annotate(pieces=Sum("quantity"))
    return _held(counted)


def held_by_code_on(homes: Iterable[int], day: date) -> dict[int, dict[str, Held]]:
    """The same as it stood at the end of a past day, read from the history."""
    rows = _last_events(day).filter(home__in=list(homes), state__in=[*AT_THE_HOME, AssetState.REPAIR])
    return _held(rows.values_list("home", "asset__code", "asset__kind", "state", "quantity"))


def _held(rows: Iterable[tuple]) -> dict[int, dict[str, Held]]:
    pieces: dict[tuple, int] = defaultdict(int)
    kinds: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    away: dict[tuple, int] = defaultdict(int)
    for home, code, kind, state, quantity in rows:
        key = (home, code)
        if state == AssetState.REPAIR:
            away[key] += quantity
            continue
        pieces[key] += quantity
        if kind:
            kinds[key][kind] += quantity
    found: dict[int, dict[str, Held]] = defaultdict(dict)
    for home, code in pieces.keys() | away.keys():
        key = (home, code)
        found[home][code] = Held(pieces[key], dict(kinds[key]), away[key])
    return dict(found)


@dataclass(frozen=True, slots=True)
class Stood:
    """One line of the register as it stood at the end of a day."""

    asset: AssetItem
    state: str
    home: Home | None
    custodian: object
    condition: str
    quantity: int
    value: object
    serial: str

    @property
    def number(self) -> str:
        return self.asset.number

    @property
    def state_label(self) -> str:
        return AssetState(self.state).label

    @property
    def condition_label(self) -> str:
        return Condition(self.condition).label


def _end_of(day: date) -> datetime:
    return make_aware(datetime.combine(day + timedelta(days=1), time()))


def _last_events(day: date) -> QuerySet[AssetEvent]:
    """Of every asset that was on record by then, the last line of its history up to the end of the day."""
    last = AssetEvent.objects.filter(asset=OuterRef("asset"), at__lt=_end_of(day)).order_by("-number")
    return AssetEvent.objects.filter(pk=Subquery(last.values("pk")[:1]))


def register_on(day: date, *, home: Home | None = None, county=None) -> list[Stood]:
    """The register of a home or of a county on any day, rebuilt from the history alone (D25)."""
    rows = _last_events(day).exclude(state=AssetState.DISPOSED)
    if home is not None:
        rows = rows.filter(home=home)
    if county is not None:
        rows = rows.filter(custodian=county)
    rows = rows.select_related("asset", "home__host", "custodian").order_by("asset__code", "asset__number")
    return [
        Stood(row.asset, row.state, row.home, row.custodian, row.condition, row.quantity, row.value, row.serial)
        for row in rows
    ]


def idle_days_of(user_standards: QuerySet[EquipmentStandard]) -> int:
    """After how many days her city calls an item idle; the shortest of its lists."""
    days = [one.idle_days for one in user_standards if one.state == "in_force"]
    return min(days, default=IDLE_AFTER)


def idle_since(day: date) -> Q:
    """Lies in the store, waits for its receipt or is away for repair since that day or longer; or was last seen
    unused, that long ago."""
    lying = Q(state__in=[AssetState.IN_STOCK, AssetState.ISSUED, AssetState.REPAIR], state_since__lte=day)
    unused = Q(state=AssetState.IN_USE, condition=Condition.UNUSED, condition_on__lte=day)
    return lying | unused


def assets_called(names: Iterable[str]) -> dict[str, AssetItem]:
    """Assets by number, or by the token of their label, whichever was given. One query."""
    asked = set(names)
    rows = AssetItem.objects.unscoped().filter(Q(number__in=asked) | Q(token__in=asked))
    found = {}
    for one in rows.select_related("home__host", "custodian"):
        found |= {name: one for name in (one.number, one.token) if name in asked}
    return found


def day_of(moment: datetime) -> date:
    return localdate(moment)
