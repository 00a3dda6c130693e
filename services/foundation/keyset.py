"""Paging by the last row seen instead of by a number: page one thousand costs what page one costs.

A cursor names the values by which the list is ordered, ending in the row's key, and so stays right when rows are
added or vanish meanwhile: nothing is shown twice, nothing is left out. The list must be ordered by columns that have
an index and are never NULL.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, IntegerField, Model, Q, QuerySet

AFTER, BEFORE = "after", "before"
_APART = "~"
# Beyond this, numbers don't fit into a database's key.
_LARGEST_KEY = 2**63 - 1
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """``previous`` and ``next`` are cursors, empty at the ends; ``first`` says that nothing was skipped."""

    rows: list
    previous: str
    next: str
    first: bool


def bounded_count(queryset: QuerySet, limit: int) -> int:
    """How many rows there are, counted up to ``limit`` and no further."""
    if limit <= 0:
        return 0
    return queryset.order_by().values("pk")[:limit].count()


def order_of(ordering: str) -> tuple[str, ...]:
    """The columns of an ordering such as ``-starts_at``: always down to the key, in one direction.

    An ordering may name its columns down to the key itself, commas between them: ``-priority,created_at,pk``.
    """
    if "," in ordering:
        return tuple(ordering.split(","))
    sign = "-" if ordering.startswith("-") else ""
    return (ordering,) if ordering.lstrip("-") == "pk" else (ordering, f"{sign}pk")


def page_of(queryset: QuerySet, *, ordering: str, cursor: str, size: int) -> KeysetPage:
    """The page a cursor leads to; the first one for an empty or an odd cursor. One query."""
    way, values = _read(cursor, ordering, queryset.model)
    backwards = way == BEFORE
    order = order_of(_turned(ordering) if backwards else ordering)
    rows = queryset.order_by(*order)
    if values is not None:
        rows = rows.filter(_beyond(order, values))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    before, after = (more, True) if backwards else (values is not None, more)
    ends = (found[0], found[-1]) if found else (None, None)
    return KeysetPage(
        found,
        previous=_cursor(BEFORE, ordering, ends[0]) if before and found else "",
        next=_cursor(AFTER, ordering, ends[1]) if after and found else "",
        first=values is None,
    )


def _turned(ordering: str) -> str:
    return ",".join(name[1:] if name.startswith("-") else f"-{name}" for name in ordering.split(","))


def _beyond(order: Sequence[str], values: Sequence) -> Q:
    """Rows that come after the one with these values: for (a, pk) it is a >= x and (a > x or pk > y)."""
    name, way = order[0].lstrip("-"), "lt" if order[0].startswith("-") else "gt"
    further = Q(**{f"{name}__{way}": values[0]})
    if len(order) == 1:
        return further
    return Q(**{f"{name}__{way}e": values[0]}) & (further | _beyond(order[1:], values[1:]))


def _value(row, lookup: str):
    for name in lookup.split("__"):
        row = getattr(row, name)
    return row


def _cursor(way: str, ordering: str, row) -> str:
    values = [_value(row, name.lstrip("-")) for name in order_of(ordering)]
    return _APART.join([way, ordering, *(_written(value) for value in values)])


def _written(value) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y%m%dT%H%M%S.%f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(cursor: str, ordering: str, model: type[Model]) -> tuple[str, list | None]:
    """The way and the values of a cursor; (AFTER, None) unless it belongs to this ordering."""
    way, _apart, rest = cursor.partition(_APART)
    named, _apart, rest = rest.partition(_APART)
    texts, order = rest.split(_APART), order_of(ordering)
    if way not in (AFTER, BEFORE) or named != ordering or len(texts) != len(order):
        return AFTER, None
    try:
        columns = zip(order[:-1], texts[:-1], strict=True)
        return way, [*(_understood(text, name.lstrip("-"), model) for name, text in columns), _key(texts[-1])]
    except ValueError:
        return AFTER, None


def _understood(text: str, lookup: str, model: type[Model]) -> object:
    """The value of a column as the cursor states it: a number, a code, or a moment or day."""
    field = _field(lookup, model)
    if isinstance(field, IntegerField):
        if len(text) > _LONGEST_NUMBER:
            raise ValueError(text)
        return int(text)
    return text if isinstance(field, CharField) else _moment(text)


def _field(lookup: str, model: type[Model]):
    """The field at the end of a lookup; None where a column is reckoned and not stored."""
    try:
        *path, last = lookup.split("__")
        for name in path:
            model = model._meta.get_field(name).related_model
        return model._meta.get_field(last)
    except FieldDoesNotExist:
        return None


def _moment(text: str) -> datetime | date:
    if "T" in text:
        return datetime.strptime(text, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC)
    return date.fromisoformat(text)


def _key(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > _LARGEST_KEY:
        raise ValueError(text)
    return int(text)
