"""The two databases: a snapshot into one file, questions to that very snapshot, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from portal.backup.manifest import Refused

_HERE = ("", "localhost", "127.0.0.1", "::1")
# A question in SQL, and its rows.
Ask = Callable[[str], list[tuple]]


def asking(cursor) -> Ask:
    def ask(sql: str) -> list[tuple]:
        cursor.execute(sql)
        return cursor.fetchall()

    return ask


class PostgreSQL:
    name, dump_name = "postgresql", "database.dump"
    key_of = "split_part({0}, ':', 2)"
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
    refresh = "ANALYZE"

    @contextmanager
    def snapshot(self, dump: Path) -> Iterator[Ask]:
        """Writes the dump; what is asked is answered from the same moment. No writer waits, nor is waited for."""
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            ask = asking(cursor)
            [(snapshot,)] = ask("SELECT pg_export_snapshot()")
            order = ["--format", "custom", "--no-password", "--snapshot", snapshot, "--file", str(dump)]
            _run("pg_dump", [*order, *_database()])
            yield ask

    def bytes_of(self, ask: Ask) -> int:
        return ask("SELECT pg_database_size(current_database())")[0][0]

    def free_bytes(self) -> tuple[int, int] | None:
        """Room where the server keeps its data, and the disk's number; None where that isn't ours to know."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                [(folder,)] = asking(cursor)("SHOW data_directory")
        except Exception:  # only who may read the server's settings is told
            return None
        host = connection.settings_dict["HOST"]
        return room(Path(folder)) if host in _HERE or host.startswith("/") else None

    def restore(self, dump: Path) -> None:
        """All of it or nothing: a restore that is broken off leaves the database as empty as it was."""
        order = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", "--no-password"]
        connection.close()
        _run("pg_restore", [*order, *_database("--dbname"), str(dump)])


class SQLite:
    name, dump_name = "sqlite", "database.sqlite3"
    key_of = "substr({0}, 4, instr(substr({0}, 4), ':') - 1)"
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1"
    columns = (
        "SELECT one.name, of.name FROM sqlite_master AS one, pragma_table_info(one.name) AS of WHERE one.type = 'table'"
    )
    refresh = "ANALYZE"

    @contextmanager
    def snapshot(self, dump: Path) -> Iterator[Ask]:
        connection.ensure_connection()
        with closing(sqlite3.connect(dump)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            yield asking(copy.cursor())

    def bytes_of(self, ask: Ask) -> int:
        [(pages,)], [(size,)] = ask("PRAGMA page_count"), ask("PRAGMA page_size")
        return pages * size

    def free_bytes(self) -> tuple[int, int] | None:
        return room(Path(connection.settings_dict["NAME"]).parent)

    def restore(self, dump: Path) -> None:
        with closing(sqlite3.connect(f"{dump.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            connection.ensure_connection()
            copy.backup(connection.connection)
        connection.close()


def this_engine() -> PostgreSQL | SQLite:
    return {"postgresql": PostgreSQL, "sqlite": SQLite}[connection.vendor]()


def room(folder: Path) -> tuple[int, int] | None:
    """Free bytes where a folder is, or will be, and the number of its disk; None where we may not look."""
    try:
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free, folder.stat().st_dev
    except OSError:
        return None


def _database(option: str = "") -> list[str]:
    """How to reach ours, in the words of PostgreSQL's own programs; the password goes by the environment."""
    order, _environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *reach, name = order[1:]
    return [*reach, *([option] if option else []), name]


def _run(program: str, order: list[str]) -> None:
    _order, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    try:
        done = subprocess.run(  # noqa: S603 - options of ours, no shell
            [program, *order], env={**os.environ, **(environment or {})}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise Refused(f"{program} is missing: install PostgreSQL's client (Debian: postgresql-client).") from None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"it ended with {done.returncode}"]
        raise Refused(f"{program} failed: {last[0]}")
