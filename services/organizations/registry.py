"""What upper apps tell the tree: how many people live where, so that nobody closes a house with people in it, who
keeps tree paths of their own, who derives something from what an organisation says of itself, and what is known of
its year."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.foundation.registry import Registry

occupants: Registry[Callable[[Sequence[str]], dict[str, int]]] = Registry("occupants")
"""Each answers, for tree paths, how many people are at work in every organisation at or below them:
``{path of the organisation itself: people}``, in one query."""

followers: Registry[Callable[..., object]] = Registry("followers of the tree")
"""Each is called as ``follow(organization, was=…, by=…)`` in the transaction that moved or closed the organisation,
while the tree is held alone: ``was`` is its tree path before, the same as now when it closed where it stands."""

restated: Registry[Callable[..., object]] = Registry("readers of what organisations say of themselves")
"""Each is called as ``restate(organizations, cause=…, by=…)`` in the transaction that created, edited, moved or closed
them: ``organizations`` is a queryset or their keys, ``cause`` the code of the verb. The tree is held meanwhile."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an app can tell of single organisations for a year's return. Neighbours who never meet tell it here.

    ``tell(organizations, first, last)`` gets keys of organisations and the days of the period, both included, and
    answers ``{key: {field: value}}`` of what belongs to the organisation itself, below it left out; what it doesn't
    know is left out, and nought is only said where nought was counted. A constant number of queries.
    ``readers``: the roles that may read the lists behind the numbers, and so the numbers. ``of_period``: counted over
    the days of the period, not as it stands on the day of asking. Where several tell the same field, the lower ``rank``
    is believed first.
    """

    source: str
    fields: tuple[str, ...]
    tell: Callable[[Collection[int], date, date], Mapping[int, Mapping[str, object]]]
    readers: frozenset[str]
    of_period: bool = False
    rank: int = 0


known_of_a_year: Registry[Known] = Registry("what is known of an organisation's year")
