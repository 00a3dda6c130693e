"""What is known of a claim, as plain values. None: nobody has said."""

from dataclasses import dataclass, replace
from datetime import date

from services.foundation.plain_values import AsJson


@dataclass(frozen=True, slots=True)
class Earlier(AsJson):
    """An earlier claim of hers that was granted. ``cover`` names the cover it was made on; ``ended``: that cover."""

    DATES = frozenset({"diagnosed"})

    disease: str
    diagnosed: date
    cover: str
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Added(AsJson):
    """Shares of another roster of the period, with a first day of their own (``rules.parts``)."""

    DATES = frozenset({"effective"})

    effective: date
    shares: int
    renewal: bool = False


@dataclass(frozen=True, slots=True)
class Facts(AsJson):
    """The facts that a sum rests on. Dates: ``effective`` and ``last`` of her cover (``last`` None: by the terms),
    ``diagnosed`` is the day of the pathology report (§1.7 S12m), ``discovered`` the day from which notice counts.

    ``renewal``: her cover goes on unbroken from an earlier one. ``disease``: a code of the terms; empty means that a
    listed one is asked about. ``added``: shares that other rosters of the period gave her, where they add up.
    ``pre_existing``, ``fraud``, ``misdiagnosis`` are what whoever adjudicates has found.
    """

    DATES = frozenset({"effective", "last", "diagnosed", "discovered", "noticed", "filed"})

    effective: date
    diagnosed: date
    grade: str
    shares: int = 1
    renewal: bool = False
    disease: str = ""
    last: date | None = None
    hospitalised: bool | None = None
    surgery: bool | None = None
    hospital_days: int | None = None
    hospital_level: str = ""
    pre_existing: bool | None = None
    fraud: bool | None = None
    misdiagnosis: bool | None = None
    paid_elsewhere: bool | None = None
    discovered: date | None = None
    noticed: date | None = None
    filed: date | None = None
    cover: str = ""
    earlier: tuple[Earlier, ...] = ()
    added: tuple[Added, ...] = ()

    @classmethod
    def from_json(cls, data: dict) -> "Facts":
        """The same facts again; keys that are no facts are left out. Written out, for it is asked of every claim."""
        values = {name: data[name] for name in _NAMES if name in data}
        for name in _DAYS:
            if text := values.get(name):
                values[name] = date.fromisoformat(text)
        values["earlier"] = tuple(Earlier.from_json(one) for one in values.get("earlier", ()))
        values["added"] = tuple(Added.from_json(one) for one in values.get("added", ()))
        return cls(**values)

    def with_(self, **changes) -> "Facts":
        """The same facts but for these."""
        return replace(self, **changes)


_NAMES = tuple(Facts.__dataclass_fields__)
_DAYS = tuple(Facts.DATES)
