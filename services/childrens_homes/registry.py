"""What the apps that grow from the homes (equipment, child files, inspections) tell here, as they never meet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from services.foundation.registry import Registry

if TYPE_CHECKING:
    from services.childrens_homes.models import Home, Programme


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a home: a code, a plain value (None: not known) and where it comes from, in words."""

    code: str
    value: object
    source: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A block on a home's page: ``lines`` are ready words (label, value), ``url`` leads to the whole."""

    title: str
    lines: Sequence[tuple[str, str]]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A defect that an inspection found. ``key`` is stable; ``criterion`` is the rubric's code (e.g. ``5.2``)."""

    key: str
    home_id: int
    criterion: str
    words: str
    due: date | None


@dataclass(frozen=True, slots=True)
class PhotoStanding:
    """How the guardians of a home's children stand to photos: ``without`` children have no yes now, the last yes was
    taken back at ``withdrawn_at`` (None: never)."""

    without: int
    withdrawn_at: datetime | None


# name → (homes, on) → {home pk: [Fact]}: a constant number of queries whatever the number of homes.
home_facts: Registry[Callable[[Sequence["Home"], date], Mapping[int, list[Fact]]]] = Registry("home_facts")
# code of a fact → (subject, label), both lazy: how a home's page and the reports name it.
fact_labels: Registry[tuple[str, str]] = Registry("fact_labels")
# name → (home, user) → Panel or None where she may not see it.
home_panels: Registry[Callable[["Home", object], Panel | None]] = Registry("home_panels")
# name → (shortfall, by): told inside the transaction that opened it.
shortfall_opened: Registry[Callable[[Shortfall, object], None]] = Registry("shortfall_opened")
# name → (key, by): told inside the transaction in which its evidence was accepted.
shortfall_closed: Registry[Callable[[str, object], None]] = Registry("shortfall_closed")
# name → (home, verb) → why the home can't take this step yet, in words; none: nothing stands against it.
obstacles: Registry[Callable[["Home", str], list[str]]] = Registry("home_obstacles")

# name → (programme, paths) → {county pk: children looked after now in its homes within these paths that are neither
# reassigned nor closed}; {}: none anywhere. A constant number of queries; whoever asks has folded the figures first.
enrolments: Registry[Callable[["Programme", tuple[str, ...]], Mapping[int, int]]] = Registry("enrolments")
# name → (home) → how its children's guardians stand to photos.
photo_standings: Registry[Callable[["Home"], PhotoStanding]] = Registry("photo_standings")


def photo_standing(home: "Home") -> PhotoStanding:
    """Of everybody who knows children of this home together."""
    found = [ask(home) for ask in photo_standings]
    taken_back = [one.withdrawn_at for one in found if one.withdrawn_at]
    return PhotoStanding(sum(one.without for one in found), max(taken_back, default=None))


def facts_of(homes: Sequence["Home"], on: date) -> dict[int, dict[str, Fact]]:
    """Everything that every app knows of these homes, by home and code."""
    known: dict[int, dict[str, Fact]] = {home.pk: {} for home in homes}
    for ask in home_facts:
        for pk, facts in ask(homes, on).items():
            known[pk] |= {fact.code: fact for fact in facts}
    return known
