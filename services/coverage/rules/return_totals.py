"""A return's own figures and those of the returns it counts, added up. A gap is counted and never nought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.coverage.rules.return_fields import ADDED_UP

UNIONS, REQUIRED, REQUIRED_BUILT, BUILT = "unions", "unions_required", "required_built", "unions_built"
DERIVED = (UNIONS, REQUIRED, REQUIRED_BUILT, BUILT)
SUMMED = (*ADDED_UP, *DERIVED)


@dataclass(frozen=True, slots=True)
class Below:
    """What lies directly below: ``expected`` returns, of which ``counted`` were accepted; by field the sum and how
    many of the counted ones stated it. ``names``: of those not counted, as many as are kept.

    ``expected`` are the counted and the missing ones together, whatever else has come and gone.
    """

    expected: int = 0
    counted: int = 0
    sums: Mapping[str, int] = field(default_factory=dict)
    stated: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        return self.expected - self.counted

    def as_json(self) -> dict:
        return {
            "expected": self.expected,
            "counted": self.counted,
            "sums": dict(self.sums),
            "stated": dict(self.stated),
            "names": list(self.names),
        }

    @classmethod
    def from_json(cls, data: dict) -> "Below":
        return cls(**data | {"names": tuple(data.get("names", ()))}) if data else cls()


def derived(figures: Mapping[str, object], *, grassroots: bool, committee_from: int) -> dict[str, int]:
    """What one grassroots union adds to the numbers of unions (§4.4: both denominators); a federation, nothing."""
    if not grassroots:
        return {}
    women, form = figures.get("members_women"), figures.get("women_form")
    counted = {UNIONS: 1}
    if women is not None:
        counted[REQUIRED] = int(women >= committee_from)
    if form is not None:
        counted[BUILT] = int(form in ("committee", "commissioner"))
    if women is not None and form is not None:
        counted[REQUIRED_BUILT] = int(women >= committee_from and form == "committee")
    return counted


def totals(own: Mapping[str, object], below: Below) -> dict[str, int]:
    """Own and below together, by field; a field that nobody stated is left out."""
    found = {}
    for code in SUMMED:
        parts = [value for value in (own.get(code), below.sums.get(code)) if value is not None]
        if parts:
            found[code] = sum(parts)
    return found


def added_up(children: Iterable[Mapping[str, int]], *, expected: int, names: tuple[str, ...] = ()) -> Below:
    """As the database adds them up, in Python: what tests and small sets are compared with."""
    counted = list(children)
    stated = {code: sum(code in child for child in counted) for code in SUMMED}
    sums = {code: sum(child.get(code, 0) for child in counted) for code, number in stated.items() if number}
    return Below(expected, len(counted), sums, {code: number for code, number in stated.items() if number}, names)


def per_cent(part: int | None, whole: int | None) -> float | None:
    """One decimal, halves away from zero; None without a whole."""
    if part is None or not whole:
        return None
    return (2000 * part + whole) // (2 * whole) / 10
