"""Two inspectors, one answer: fields that only one of them changed go together, a field that both changed doesn't."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

FIELDS = ("half_points", "not_applicable", "reason", "counted", "note")


@dataclass(frozen=True, slots=True)
class Merged:
    """``values`` to be stored; ``clashes`` are the fields that both changed to different things."""

    values: dict
    clashes: tuple[str, ...] = field(default=())

    @property
    def clean(self) -> bool:
        return not self.clashes


# Points and "not applicable" say one thing together: half of one and half of the other would say neither.
_TOGETHER = ({"half_points", "not_applicable", "reason"}, {"counted"}, {"note"})


def merge(mine: Mapping, base: Mapping, stored: Mapping) -> Merged:
    """``base`` is what I saw when I began, ``stored`` what stands there now."""
    values, clashes = dict(stored), []
    for group in _TOGETHER:
        my_change = {name for name in group if mine[name] != base[name]}
        their_change = {name for name in group if stored[name] != base[name]}
        if not my_change:
            continue
        if their_change and any(mine[name] != stored[name] for name in group):
            clashes += [name for name in FIELDS if name in group and mine[name] != stored[name]]
        else:
            values |= {name: mine[name] for name in group}
    return Merged(values, tuple(clashes))


EMPTY = {"half_points": None, "not_applicable": False, "reason": "", "counted": None, "note": ""}


@dataclass(frozen=True, slots=True)
class Change:
    """``points`` as typed (a Decimal); ``base``: the fields of ``merging.FIELDS`` as they were when she began."""

    code: str
    points: Decimal | None = None
    not_applicable: bool = False
    reason: str = ""
    counted: int | None = None
    note: str = ""
    seen: int = 0
    base: dict = field(default_factory=dict)
    key: str = ""
    device_at: datetime | None = None
