"""What an app declares: counts (querysets), dimensions, statistics made of them, and the tables that change them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from services.foundation.registry import Registry

# The period of what isn't counted by year but as it stands.
NOW = "now"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A way to split a count. ``labels`` names keys in one query; ``keys`` fixes their order where it is known.

    ``protected``: the split tells on people, so small cells are hidden. ``over_time``: keys sort as dates. ``ends``:
    where the keys are buckets in rising order, the upper end of each that has one; targets are set at these.
    """

    code: str
    title: str
    labels: Callable[[Iterable[str]], Mapping[str, str]]
    keys: tuple[str, ...] = ()
    protected: bool = False
    over_time: bool = False
    ends: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Count:
    """``facts(organizations)`` gives rows of ``unit`` (an organisation's key), ``period``, ``amount`` (never negative)
    and a text ``by_<dimension>`` for each dimension named; ``organizations`` is a queryset of keys, or None for all.

    Two counts of one app never count the same woman, so that hidden cells of one say nothing about the other.
    ``protected``: totals tell on people too, not only the splits by a protected dimension. ``told_like``: these
    are parts of what another count counts, or sums over it, with dimensions of that one; what of them may be shown
    is decided by that one. A sum over few tells on them whatever its size, and a part that anybody may know (how far
    an application has come) tells on nobody where all of them may be told.

    ``gathered``: nearly every unit at the bottom is one fact. Those have no cells: the place above them holds them
    together, and what a single one is, is read from the facts. For counts that nothing protects.

    ``kept``: month ends keep it. Not where what was counted has to be forgotten.
    """

    code: str
    facts: Callable[[QuerySet | None], QuerySet]
    dimensions: tuple[str, ...] = ()
    protected: bool = False
    told_like: str = ""
    gathered: bool = False
    kept: bool = True

    def __post_init__(self):
        if self.gathered and (self.protected or self.told_like):
            raise ValueError(f"{self.code}: what is protected is kept unit by unit")


@dataclass(frozen=True, slots=True)
class Where:
    """Which cell a list is asked for: an organisation with everything below it, or (``direct``) itself alone.

    ``day``: the cell is of that month end; None: of the present.
    """

    organization: object
    period: str
    dimension: str = ""
    key: str = ""
    direct: bool = False
    day: date | None = None

    @property
    def named(self) -> str:
        """The cell in codes: what a pass to its list is made out for."""
        return f"{self.dimension}:{self.key}:{self.organization.code}:{self.period}"


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of a statistic: the sum of its counts. ``listing`` gives the address of the list behind a cell,
    with parameters; behind a protected cell that list is opened on record, with a pass made out for ``Where.named``.
    ``listing_then`` does so for a cell of a month end; without it what is counted doesn't stay as it was.
    ``money``: its counts add up fen, and it is shown in yuan."""

    code: str
    label: str
    meaning: str
    counts: tuple[str, ...]
    listing: Callable[[Where], str] | None = None
    money: bool = False
    listing_then: Callable[[Where], str] | None = None

    def list_at(self, where: Where) -> str:
        """The address of the list behind a cell; empty where there is none."""
        address = self.listing if where.day is None else self.listing_then
        return (address and address(where)) or ""


@dataclass(frozen=True, slots=True)
class Statistic:
    """``numerator`` of ``denominator``, or a plain number without one; ``beside`` are further columns of the table.

    ``median_of`` names the dimension whose keys are buckets in rising order: the figure is then the bucket in which
    the middle one lies, ``middle_said`` says it in words (with ``place``, ``period``, ``of``, ``number``, ``middle``),
    and ``percentiles`` are told beside it (90: nine of ten lie at or below). ``roles`` are the posts whose holders read
    it; ``link`` leads to where the work is done.
    """

    code: str
    title: str
    definition: str
    numerator: Column
    roles: frozenset[str]
    denominator: Column | None = None
    beside: tuple[Column, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    median_of: Dimension | None = None
    middle_said: str = ""
    percentiles: tuple[int, ...] = ()
    higher_is_better: bool | None = None
    link: Callable[[Where], tuple[str, str] | None] | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(column for column in (self.denominator, self.numerator, *self.beside) if column)

    @property
    def counts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for column in self.columns for code in column.counts))

    @property
    def in_money(self) -> bool:
        """Whether the figure itself is a sum, in fen."""
        return self.denominator is None and self.numerator.money

    def dimension(self, code: str) -> Dimension | None:
        known = (*self.dimensions, self.median_of) if self.median_of else self.dimensions
        return next((dimension for dimension in known if dimension.code == code), None)


@dataclass(frozen=True, slots=True)
class Watch:
    """A table whose changes touch counts. ``organizations`` is an SQL query for the keys of the organisations concerned
    in which ``{row}`` stands for the changed row; ``columns`` are those whose update counts."""

    table: str
    organizations: str
    columns: tuple[str, ...]
    events: tuple[str, ...] = ("insert", "update", "delete")


@dataclass(frozen=True, slots=True)
class Source:
    """A number that a service can tell of a place and a year, for whoever monitors a plan there. Neighbours who never
    meet tell it here; whoever asks knows the code only.

    ``tell(organizations, year)`` gets keys of organisations of ``branch`` and answers ``{key: amount}`` of everything
    at and below each, in a constant number of queries. What isn't known is left out; nought is counted nought.
    """

    title: str
    meaning: str
    branch: str
    tell: Callable[[Collection[int], int], Mapping[int, int]]


statistics: Registry[Statistic] = Registry("statistics")
counts: Registry[Count] = Registry("counts")
watches: Registry[Watch] = Registry("watches")
sources: Registry[Source] = Registry("sources of indicators")


def watch_the_tree(step: int) -> None:
    """An organisation that moves takes its cells along; the place above counts anew whom it gathers. ``step``: the
    length of a path's part."""
    concerned = (
        "SELECT {row}.id UNION SELECT above.id FROM organizations_organization above"
        " WHERE above.path = substr({row}.path, 1, length({row}.path) - STEP)"
    ).replace("STEP", str(step))
    watches.register(
        "organizations",
        Watch("organizations_organization", concerned, columns=("path", "numchild"), events=("update", "delete")),
    )
