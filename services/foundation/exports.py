"""What an app says about a list that leaves as a workbook: its columns, who may have it, and how its rows are found.

It stands in the foundation because the apps that own the rows lie below and above the exchange app that writes files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.http import QueryDict

from services.foundation.registry import Registry
from services.foundation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """``heading`` and ``meaning`` are lazy. ``protected``: masked, unless the file was asked for in clear."""

    heading: str
    meaning: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose protected values a row shows in clear: the record's key, and the tree path of its organisation."""

    key: int
    path: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a list holds for somebody: ``rows`` (a queryset of tuples, in the list's order) and the filters in words."""

    rows: Any
    filters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ListExport:
    """A registered list. ``find(user, parameters, opened)`` is asked anew whenever the file is made, so that what she
    may see then decides; ``parameters`` are those of the list's address. ``lines`` turns tuples into rows.

    ``may_open`` None: there is no variant in clear. ``subject`` names whose values a tuple holds, ``subject_type`` the
    kind of record, ``address`` the list on screen.
    """

    code: str
    title: str
    columns: tuple[ExportColumn, ...]
    may: Callable[[Any], Verdict]
    find: Callable[[Any, QueryDict, bool], Found]
    lines: Callable[[Iterable[tuple], bool], Iterator[Sequence]]
    address: Callable[[], str]
    may_open: Callable[[Any], Verdict] | None = None
    subject: Callable[[tuple], Subject] | None = None
    subject_type: str = ""

    @property
    def protected(self) -> list[str]:
        """The headings of what the variant in clear shows."""
        return [str(column.heading) for column in self.columns if column.protected]

    def register(self) -> None:
        """Make the list known; its app calls this when it is ready."""
        exports.register(self.code, self)


exports: Registry[ListExport] = Registry("exports")


_AT_ONCE = 500


def in_groups(rows: Iterable) -> Iterator[list]:
    """The rows some hundred at a time, for lines that need what is best read for many of them at once."""
    rows = iter(rows)
    while group := list(islice(rows, _AT_ONCE)):
        yield group
