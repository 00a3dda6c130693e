"""Days of a term of office: their order, its length, its last day ([S131] Art. 11; three or five years, [S135])."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from services.foundation.months import add_months

# What a union says of itself; the founding steps; what can be corrected of a term.
STATED = (
    "union_prepared_on",
    "union_elected_on",
    "union_approved_on",
    "union_term_ends_on",
    "office_full_time",
    "office_part_time",
)
FOUNDING = ("prepared_on", "elected_on", "approved_on")
OF_A_TERM = (*FOUNDING, "approval_number", "years", "ends_on")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody for a seat; ``union_post`` '' is not stated; ``also_because``: why she heads another union's too."""

    position: str
    name: str
    union_post: str = ""
    also_because: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """``field`` is where the message belongs, ``code`` one of ``errors``, ``context`` fills its words."""

    field: str
    code: str
    context: dict


def last_day(began: date, years: int) -> date:
    """The last day of a term of so many years: the day before its anniversary; of one that began on 29 February the
    28th, where its year has no 29th."""
    anniversary = add_months(began, 12 * years)
    return anniversary if anniversary.day != began.day else anniversary - timedelta(days=1)


def too_far(ends: date | None, *, today: date, admitted: Collection[int]) -> date | None:
    """The day by which any term of an admitted length that runs today is over, where ``ends`` lies behind it."""
    latest = last_day(today, max(admitted))
    return latest if ends and ends > latest else None


def faults(
    *,
    prepared: date | None = None,
    elected: date | None = None,
    approved: date | None = None,
    years: int | None = None,
    ends: date | None = None,
    today: date,
    admitted: Collection[int],
) -> list[Fault]:
    """Everything that is wrong with these days, first of them first; what isn't stated isn't judged."""
    found = []
    steps = (("prepared_on", prepared), ("elected_on", elected), ("approved_on", approved))
    found += [Fault(field, "day_ahead", {}) for field, day in steps if day and day > today]
    if prepared and elected and elected < prepared:
        found.append(Fault("elected_on", "elected_before_prepared", {"day": prepared}))
    if elected and approved and approved < elected:
        found.append(Fault("approved_on", "approved_before_elected", {"day": elected}))
    if years is not None and years not in admitted:
        found.append(Fault("years", "length_not_admitted", {"years": years, "admitted": sorted(admitted)}))
    began = elected or approved
    if began and began <= today and ends and years is not None and years in admitted:
        latest = last_day(began, years)
        if not began <= ends <= latest:
            found.append(Fault("ends_on", "end_out_of_term", {"years": years, "began": began, "latest": latest}))
    return found
