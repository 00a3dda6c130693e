"""Sealing everything anew under the newest key, beside people at work.

One table at a time and its rows by ascending key, in short transactions. A row that somebody holds is passed over and
met again in the next round, so this waits for nobody while it holds anything: no lock of it can be part of a ring.
What is left to do is read off the values themselves; there is no progress to keep or to lose.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from portal.backup.contents import as_text, quoted, sealed_values
from portal.backup.engines import asking, this_engine
from services.foundation import keys
from services.foundation.keys import Sealed

_AT_ONCE = 200
_ROUNDS = 30
_PAUSE = 1.0  # seconds, for those who hold a row


@dataclass(slots=True)
class Outcome:
    resealed: int = 0
    unreadable: int = 0  # sealed by a key that isn't configured, or damaged
    held: int = 0  # rows that somebody held in every round


def left_over() -> list[tuple[Sealed, str, int]]:
    """What isn't sealed by the newest key: the column, the key, how many values."""
    with connection.cursor() as cursor:
        found = sealed_values(asking(cursor), this_engine())
        return [(sealed, key, count) for sealed, key, count, _one in found if key != keys.newest_key()]


def reseal_everything(*, say: Callable[[str], object] = lambda line: None) -> Outcome:
    """Safe to be killed, to run twice, and to run twice at once."""
    outcome = Outcome()
    for sealed in keys.sealed_columns():
        done = _reseal_column(sealed)
        if done.resealed or done.unreadable or done.held:
            say(f"{sealed}: {done.resealed} sealed anew")
        outcome.resealed += done.resealed
        outcome.unreadable += done.unreadable
        outcome.held += done.held
    return outcome


def _reseal_column(sealed: Sealed) -> Outcome:
    outcome = Outcome()
    for turn in range(_ROUNDS):
        counted = _one_round(sealed)
        outcome.resealed += counted["resealed"]
        outcome.unreadable = counted["unreadable"]
        outcome.held = _not_done(sealed) - outcome.unreadable
        if outcome.held <= 0:
            outcome.held = 0
            break
        if turn < _ROUNDS - 1:
            time.sleep(_PAUSE)
    return outcome


def _one_round(sealed: Sealed) -> Counter:
    counted, last = Counter(), None
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            rows = _rows(cursor, sealed, after=last)
            changes = []
            for key, stored in rows:
                try:
                    anew = sealed.reseal(stored)
                except keys.Unreadable:
                    counted["unreadable"] += 1
                    continue
                if anew != stored:
                    changes.append((anew, key))
            cursor.executemany(_update(sealed), changes)
            counted["resealed"] += len(changes)
        if len(rows) < _AT_ONCE:
            return counted
        last = rows[-1][0]


def _rows(cursor, sealed: Sealed, *, after) -> list[tuple[object, str]]:
    """The next rows that want sealing anew, held until the transaction ends; of documents all, which are few."""
    where, given = _unsealed(sealed)
    if after is not None:
        where, given = f"{where} AND {quoted(sealed.key)} > %s", [*given, after]
    lock = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    cursor.execute(
        f"SELECT {quoted(sealed.key)}, {quoted(sealed.column)} FROM {quoted(sealed.table)} WHERE {where}"  # noqa: S608
        f" ORDER BY 1 LIMIT {_AT_ONCE}{lock}",
        given,
    )
    return [(key, as_text(stored)) for key, stored in cursor.fetchall()]


def _unsealed(sealed: Sealed) -> tuple[str, list[str]]:
    column = quoted(sealed.column)
    if sealed.within:
        return f"{column} IS NOT NULL", []
    start = f"v1:{keys.newest_key()}:"
    return f"{column} <> '' AND substr({column}, 1, {len(start)}) <> %s", [start]


def _update(sealed: Sealed) -> str:
    table, column, key = (quoted(name) for name in (sealed.table, sealed.column, sealed.key))
    return f"UPDATE {table} SET {column} = %s WHERE {key} = %s"  # noqa: S608


def _not_done(sealed: Sealed) -> int:
    """Rows that hold a value of another key, whoever holds them."""
    where, given = _unsealed(sealed)
    with connection.cursor() as cursor:
        if not sealed.within:
            cursor.execute(f"SELECT count(*) FROM {quoted(sealed.table)} WHERE {where}", given)  # noqa: S608
            return cursor.fetchone()[0]
        cursor.execute(f"SELECT {quoted(sealed.column)} FROM {quoted(sealed.table)} WHERE {where}")  # noqa: S608
        stored = [as_text(value) for (value,) in cursor.fetchall()]
    return sum(1 for value in stored if set(sealed.keys_in(value)) - {keys.newest_key()})
