"""A queryset compiled once: for the rare query that is asked in the hottest path and always has the same shape.

Compiling a wide query takes Django longer than the database takes to answer it. The ORM stays the only place where
the query is written and where rows become objects; what is kept is its SQL, with the positions of the values that
differ from call to call. On PostgreSQL, where connections are pooled, it is a prepared statement of the server too:
planning such a query takes four times as long as running it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection, connections, models

_FIRST_KEY = -9_007_199_254_740_000  # no row has such a key
_MOMENT = datetime(1, 2, 3, 4, 5, 6, 789, tzinfo=UTC)


class Prepared:
    """``build(**marks)`` makes the queryset from stand-ins for the ``keys`` (whole numbers), the ``texts`` and, if
    named, the ``moment``. It runs once for each kind of database in a process, so it must not look at anything else."""

    def __init__(
        self,
        build: Callable[..., models.QuerySet],
        *,
        keys: tuple[str, ...] = (),
        texts: tuple[str, ...] = (),
        moment: str = "",
    ):
        self.build, self.keys, self.texts, self.moment = build, keys, texts, moment
        self._compiled: dict[str, tuple] = {}

    def first(self, **values):
        """The first row as the queryset gives it; None without any. Values as for ``rows``."""
        return next(iter(self.rows(**values)), None)

    def rows(self, **values) -> list:
        """What the queryset would give for these values, in one query.

        Every value must be given; a key may be None, which no row equals.
        """
        queryset, compiler, sql, params = self._compiled.get(connection.vendor) or self._compile()
        if self.moment:
            values[self.moment] = connection.ops.adapt_datetimefield_value(values[self.moment])
        given = tuple(values[param.name] if isinstance(param, _Slot) else param for param in params)
        asked, compiler = queryset._chain(), copy(compiler)
        compiler.connection, compiler.as_sql = connections[connection.alias], lambda: (sql, given)
        asked.query.get_compiler = lambda *args, **kwargs: compiler
        with _planned_once(compiler.connection):
            return list(asked._iterable_class(asked))

    def _compile(self) -> tuple:
        marks = {name: _FIRST_KEY - place for place, name in enumerate(self.keys)}
        marks |= {name: f"\x01{name}\x01" for name in self.texts}
        stands_for = {mark: name for name, mark in marks.items()}
        if self.moment:
            marks[self.moment] = _MOMENT
            stands_for |= {_MOMENT: self.moment, connection.ops.adapt_datetimefield_value(_MOMENT): self.moment}
        queryset = self.build(**marks)
        compiler = queryset.query.get_compiler(using=connection.alias)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda fields: converters
        slots = tuple(_Slot(stands_for[p]) if _known(p, stands_for) else p for p in params)
        self._compiled[connection.vendor] = queryset, compiler, sql, slots
        return self._compiled[connection.vendor]


@contextmanager
def _planned_once(connection) -> Iterator[None]:
    """Let PostgreSQL keep its plan as well, wherever the connection lives long enough for that to pay."""
    if connection.vendor != "postgresql" or not settings.DATABASE_PREPARED_STATEMENTS:
        yield
        return
    from django.db.backends.postgresql.base import ServerBindingCursor  # needs psycopg, which SQLite does without

    connection.ensure_connection()
    ours = connection.connection
    before = ours.cursor_factory, ours.prepare_threshold
    ours.cursor_factory, ours.prepare_threshold = ServerBindingCursor, 0
    try:
        yield
    finally:
        ours.cursor_factory, ours.prepare_threshold = before


class _Slot:
    __slots__ = ("name",)

    def __init__(self, name: str):
        self.name = name


def _known(param, stands_for: dict) -> bool:
    return isinstance(param, int | str | datetime) and param in stands_for
