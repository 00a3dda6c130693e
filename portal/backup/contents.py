"""What stands in a database, asked in SQL: its rows, who sealed what, and which files it names."""

import json
from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import FileField

from portal.backup.engines import Ask
from services.foundation.keys import Sealed, sealed_columns

Named = tuple[str, str]  # store, name
# Names of files in a list within a row: a file that arrives in parts.
_LISTS = (("casework_uploadinprogress", "parts", "private"),)


def row_counts(ask: Ask, engine) -> dict[str, int]:
    return {table: ask(f"SELECT count(*) FROM {quoted(table)}")[0][0] for (table,) in ask(engine.tables)}  # noqa: S608


def migrations(ask: Ask) -> list[tuple[str, str]]:
    return [(app, name) for app, name in ask("SELECT app, name FROM django_migrations ORDER BY 1, 2")]


def sealed_values(ask: Ask, engine) -> Iterator[tuple[Sealed, str, int, str]]:
    """Of every column that holds sealed values: the key, how many it sealed, and one of them. An older database may
    lack a column."""
    there = set(ask(engine.columns))
    for sealed in sealed_columns():
        if (sealed.table, sealed.column) in there:
            yield from _within(ask, sealed) if sealed.within else _of_column(ask, engine, sealed)


def _of_column(ask: Ask, engine, sealed: Sealed) -> Iterator[tuple[Sealed, str, int, str]]:
    column, table = quoted(sealed.column), quoted(sealed.table)
    asked = f"SELECT {engine.key_of.format(column)}, count(*), min({column}) FROM {table}"  # noqa: S608
    for key, count, one in ask(f"{asked} WHERE {column} <> '' GROUP BY 1"):
        yield sealed, key, count, one


def _within(ask: Ask, sealed: Sealed) -> Iterator[tuple[Sealed, str, int, str]]:
    counted, example = Counter(), {}
    for (value,) in ask(f"SELECT {quoted(sealed.column)} FROM {quoted(sealed.table)}"):  # noqa: S608
        stored = as_text(value)
        for key in sealed.keys_in(stored):
            counted[key] += 1
            example[key] = stored
    for key, count in counted.items():
        yield sealed, key, count, example[key]


def named_files(ask: Ask, engine) -> set[Named]:
    there, found = set(ask(engine.columns)), set()
    for table, column, store in _file_columns():
        if (table, column) in there:
            name = quoted(column)
            rows = ask(f"SELECT {name} FROM {quoted(table)} WHERE {name} <> ''")  # noqa: S608
            found |= {(store, value) for (value,) in rows}
    for table, column, store in _LISTS:
        if (table, column) in there:
            rows = ask(f"SELECT {quoted(column)} FROM {quoted(table)}")  # noqa: S608
            found |= {(store, name) for (value,) in rows for name in json.loads(as_text(value))}
    return found


def _file_columns() -> Iterator[tuple[str, str, str]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, FileField):
                store = "default" if field.storage is default_storage else "private"
                yield model._meta.db_table, field.column, store


def as_text(value) -> str:
    """A JSON document as it comes from either database."""
    return value if isinstance(value, str) else json.dumps(value)


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
