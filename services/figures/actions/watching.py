"""Triggers that mark an organisation when something its counts are made of changes, whoever writes it and how."""

import hashlib

from django.db import connections

from services.figures.registry import Watch, watches

PREFIX = "figures_mark_"
_PRESENT = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE %s",
}
_ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def watch_tables(*, using: str = "default", **kwargs) -> list[str]:
    """Put missing triggers in place and drop outdated ones; called after every ``migrate``. Gives the new ones' names.

    Migrations run without them (``lift_triggers``); a name holds the digest of what the trigger does.
    Whatever happened while one was missing is unknown, so every organisation is marked.
    """
    connection = connections[using]
    wanted = expected_triggers(connection)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        wanted = {name: made for name, made in wanted.items() if made[0] in tables}
        if "figures_mark" not in tables:
            return []
        present = _present(cursor, connection)
        for name, table in present.items():
            if name not in wanted:
                _drop(cursor, connection, name, table)
        missing = [name for name in wanted if name not in present]
        for name in missing:
            for statement in wanted[name][1]:
                cursor.execute(statement)
        if missing and "organizations_organization" in tables:
            cursor.execute("INSERT INTO figures_mark (organization) SELECT id FROM organizations_organization")
    return missing


def lift_triggers(*, using: str = "default", plan=(), **kwargs) -> None:
    """Drop all of ours before migrations run: a column that a trigger names can't be changed, and SQLite can't even
    rebuild a table that a trigger of another one reads. ``watch_tables`` puts them back."""
    if not plan:
        return
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in _present(cursor, connection).items():
            _drop(cursor, connection, name, table)


def missing_triggers(connection) -> list[str]:
    with connection.cursor() as cursor:
        present = _present(cursor, connection)
    return [name for name in expected_triggers(connection) if name not in present]


def expected_triggers(connection) -> dict[str, tuple[str, list[str]]]:
    """By name: the table, and the statements that make the trigger."""
    made = {}
    for code in watches.codes():
        watch = watches[code]
        for event in watch.events:
            concerned = " UNION ".join(watch.organizations.format(row=row) for row in _ROWS[event])
            body = f"INSERT INTO figures_mark (organization) {concerned};"
            of = f" OF {', '.join(watch.columns)}" if event == "update" else ""
            digest = hashlib.sha256(f"{watch.table}{of}{body}".encode()).hexdigest()[:8]
            name = f"{PREFIX}{code}_{event}_{digest}"
            made[name] = (watch.table, _statements(connection, name, watch, f"{event.upper()}{of}", body))
    return made


def _statements(connection, name: str, watch: Watch, event: str, body: str) -> list[str]:
    head = f"CREATE TRIGGER {name} AFTER {event} ON {watch.table} FOR EACH ROW"
    if connection.vendor == "sqlite":
        return [f"{head} BEGIN {body} END"]
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
    return [f"{function} BEGIN {body} RETURN NULL; END $$", f"{head} EXECUTE FUNCTION {name}()"]


def _present(cursor, connection) -> dict[str, str]:
    """The table of each of our triggers, by name."""
    cursor.execute(_PRESENT[connection.vendor], [f"{PREFIX}%"])
    return dict(cursor.fetchall())


def _drop(cursor, connection, name: str, table: str) -> None:
    if connection.vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER {name}")
    else:
        cursor.execute(f"DROP TRIGGER {name} ON {table}")
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
