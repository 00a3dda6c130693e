"""Emptying the database after a test that commits, and putting the initial rows back, in tens of milliseconds.

Django truncates every table there is and saves every initial row by itself: with some 300 tables and 1,500 rows that is
most of the time of a short test. Here only tables that hold rows are emptied, and rows go back table by table.
"""

from contextlib import contextmanager

from django.core.management.commands import flush
from django.db import transaction
from django.db.backends.base.creation import BaseDatabaseCreation

_AT_ONCE = 200  # SQLite joins at most 500 selects
_initial: dict[str, tuple[str, list[tuple]]] = {}


def install(connection) -> None:
    """Remember the rows of the migrated database, and answer Django's own calls for the rest of the run."""
    for table in sorted(_with_rows(connection)):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- names of our own tables
            columns = [column[0] for column in cursor.description]
            _initial[table] = _insert(connection, table, columns), cursor.fetchall()
    flush.sql_flush = lambda style, connection, **_options: _empty(connection)
    BaseDatabaseCreation.deserialize_db_from_string = lambda creation, _data: _put_back(creation.connection)


def _insert(connection, table: str, columns: list[str]) -> str:
    quoted = map(connection.ops.quote_name, (table, *columns))
    name, fields, slots = next(quoted), ", ".join(quoted), ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {name} ({fields}) VALUES ({slots}) ON CONFLICT DO NOTHING"  # noqa: S608


def _with_rows(connection) -> set[str]:
    tables = sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))
    quote, found = connection.ops.quote_name, set()
    with connection.cursor() as cursor:
        for start in range(0, len(tables), _AT_ONCE):
            some = tables[start : start + _AT_ONCE]
            parts = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in some)  # noqa: S608
            cursor.execute(" UNION ALL ".join(parts))
            found |= {name for (name,) in cursor.fetchall()}
    return found


def _empty(connection) -> list[str]:
    """Nothing is left for Django to run. A trigger may write into a table that was empty before: it is looked again."""
    while tables := _with_rows(connection):
        with _without_constraints(connection) as cursor:
            for table in sorted(tables):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return []


def _put_back(connection) -> None:
    with _without_constraints(connection) as cursor:
        for insert, rows in _initial.values():
            cursor.executemany(insert, rows)


@contextmanager
def _without_constraints(connection):
    """A cursor in one transaction; neither foreign keys nor triggers hold rows back (PostgreSQL), nor keys (SQLite)."""
    on_postgresql = connection.vendor == "postgresql"
    if not on_postgresql:
        connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if on_postgresql:
                cursor.execute("SET LOCAL session_replication_role = replica")
            yield cursor
    finally:
        if not on_postgresql:
            connection.enable_constraint_checking()
