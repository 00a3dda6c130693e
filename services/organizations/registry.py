"""What upper apps tell the tree: how many people live where, so that nobody closes a house with people in it, who
keeps tree paths of their own, who derives something from what an organisation says of itself, what else the list of
organisations says, and what is known of a year."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from services.foundation.registry import Registry
from services.foundation.sheets import Column, Fault, ImportContext, Row, Wording

occupants: Registry[Callable[[Sequence[str]], dict[str, int]]] = Registry("occupants")
"""Each answers, for tree paths, how many people are at work in every organisation at or below them:
``{path of the organisation itself: people}``, in one query."""

followers: Registry[Callable[..., object]] = Registry("followers of the tree")
"""Each is called as ``follow(organization, was=…, by=…)`` in the transaction that moved or closed the organisation,
while the tree is held alone: ``was`` is its tree path before, the same as now when it closed where it stands."""

post_followers: Registry[Callable[..., object]] = Registry("followers of posts")
"""Each is called as ``follow(user)`` in the transaction that began or ended a post of hers, once her role groups are
in line with it."""

restated: Registry[Callable[..., object]] = Registry("readers of what organisations say of themselves")
"""Each is called as ``restate(organizations, cause=…, by=…)`` in the transaction that created, edited, moved or closed
them: ``organizations`` is a queryset or their keys, ``cause`` the code of the verb. The tree is held meanwhile."""


class ListLine(Protocol):
    """A line of the list as a part of it sees it. ``record`` is the organisation: from the start where it exists
    already, by the time of writing always. A fault refuses the whole line, a note doesn't."""

    number: int
    values: dict[str, Any]
    faults: list[Fault]
    notes: list[Fault]
    parts: dict[str, Any]
    record: Any
    mark: str
    verdict: str
    typed: dict[str, str]

    @property
    def code(self) -> str: ...

    @property
    def above(self) -> str: ...


class PartAtWork(Protocol):
    """One reading of a file by a part of the list. What it reads stands in ``line.parts[code]``."""

    def read(self, row: Row) -> tuple[Any, list[Fault]]:
        """What the part's own cells say, and which of them can't be read."""

    def meet(self, lines: Sequence[ListLine]) -> None:
        """Fetch what is on record of the organisations that these lines found; a constant number of queries."""

    def said(self, line: ListLine) -> Mapping[str, str]:
        """What the part's cells say, by column, as texts that two spellings of one value share."""

    def stands(self, line: ListLine) -> Mapping[str, tuple[Any, str]]:
        """What is on record of the line's organisation, by column: the cell it would stand in, and its text."""

    def forget(self, line: ListLine, key: str) -> None:
        """The cell of a column says nothing."""

    def judge(self, lines: Sequence[ListLine], existing: Mapping[str, Any]) -> set[int]:
        """Look at all lines at once, add faults and notes; the numbers of the lines that would change something.
        ``existing`` are the organisations that are there before, by code."""

    def write(self, lines: Sequence[ListLine]) -> None:
        """Store what these lines say, when their organisations are stored, with a constant number of queries."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """What an upper app adds to the list of organisations: columns of the same sheet, words for their faults, and
    who reads, judges and writes them. ``on_record``: by the organisations' keys and by column, the cell and its text
    (as ``PartAtWork.stands``), in a constant number of queries."""

    code: str
    columns: tuple[Column, ...]
    wordings: Mapping[str, Wording]
    begin: Callable[[ImportContext], PartAtWork]
    on_record: Callable[[Sequence[int]], Mapping[int, Mapping[str, tuple[Any, str]]]]
    instructions: tuple[str, ...] = ()


list_parts: Registry[ListPart] = Registry("parts of the list of organisations")
"""Register by ``organizations.importers.widen``, which makes the sheet of one piece again."""


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


absorbers: Registry[Callable[..., object]] = Registry("those who hand over when organisations merge")
"""Each is called as ``absorb(organization, into=…, by=…, on=…, reason=…)`` in the transaction that merges
``organization`` into another one, while the tree is held alone and before it closes: what is alive there goes over,
what is history stays."""


@dataclass(frozen=True, slots=True)
class Divider:
    """Who of an organisation goes over when it is split, without anybody being named.

    ``parts(organization)`` gives ``[(key, label)]`` of the parts that its people fall into, ``hand_over(organization,
    into=…, parts=…, by=…, on=…)`` puts the chosen ones into the new one, in the transaction that splits, and gives how
    many people that are. The tree is held alone meanwhile.
    """

    label: str
    help_text: str
    parts: Callable[[Any], Sequence[tuple[str, str]]]
    hand_over: Callable[..., int]


dividers: Registry[Divider] = Registry("those who hand a part over when an organisation is split")
