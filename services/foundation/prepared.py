"""A queryset compiled once: for the rare query that is asked in the hottest path and always has the same shape.

Compiling a wide query takes Django longer than the database takes to answer it. The ORM stays the only place where
the query is written; what is kept is its SQL with the positions of the values that differ from call to call.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection, models

_FIRST_KEY = -9_007_199_254_740_000  # no row has such a key
_MOMENT = datetime(1, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


class Prepared:
    """``build(**marks)`` makes the queryset from stand-ins for the ``keys`` (whole numbers) and, if named, for the
    ``moment``. It runs once for each kind of database in a process, so it must not look at anything else."""

    def __init__(self, build: Callable[..., models.QuerySet], *, keys: tuple[str, ...], moment: str = ""):
        self.build, self.keys, self.moment = build, keys, moment
        self._compiled: dict[str, tuple] = {}

    def first(self, **values):
        """The first row as a model instance, its annotations in the database's own types; None without any.

        Every key and the moment must be given; a key may be None, which no row equals.
        """
        model, sql, params = self._compiled.get(connection.vendor) or self._compile()
        if self.moment:
            values[self.moment] = connection.ops.adapt_datetimefield_value(values[self.moment])
        given = [values[param.name] if isinstance(param, _Slot) else param for param in params]
        return next(iter(model._base_manager.raw(sql, given)), None)

    def _compile(self) -> tuple:
        marks = {name: _FIRST_KEY - place for place, name in enumerate(self.keys)}
        stands_for = {mark: name for name, mark in marks.items()}
        if self.moment:
            marks[self.moment] = _MOMENT
            stands_for |= {_MOMENT: self.moment, connection.ops.adapt_datetimefield_value(_MOMENT): self.moment}
        queryset = self.build(**marks)[:1]
        sql, params = queryset.query.sql_with_params()
        slots = tuple(_Slot(stands_for[p]) if _known(p, stands_for) else p for p in params)
        self._compiled[connection.vendor] = queryset.model, sql, slots
        return self._compiled[connection.vendor]


class _Slot:
    __slots__ = ("name",)

    def __init__(self, name: str):
        self.name = name


def _known(param, stands_for: dict) -> bool:
    return isinstance(param, int | str | datetime) and param in stands_for


def converted(field: models.Field, value):
    """An annotation's value in Python's type, as the ORM gives a column of ``field``."""
    column = field.get_col(field.model._meta.db_table)
    for convert in [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]:
        value = convert(value, column, connection)
    return value
