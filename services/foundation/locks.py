"""Locks on things that are not rows: a name is held until the transaction ends."""

import hashlib

from django.db import connection, transaction


def advisory_key(name: str) -> int:
    """The signed 64-bit key that stands for ``name`` in PostgreSQL."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def hold(name: str) -> None:
    """Wait for ``name`` and keep it until the surrounding transaction ends.

    On SQLite there is nothing to do: our transactions are IMMEDIATE, so only one writer runs at a time.
    Raises ``TransactionManagementError`` outside a transaction, where the lock would be let go at once.
    """
    _hold(name, "SELECT pg_advisory_xact_lock(%s)")


def hold_shared(name: str) -> None:
    """As ``hold``, but together with others who share it: only whoever holds it alone waits, or is waited for."""
    _hold(name, "SELECT pg_advisory_xact_lock_shared(%s)")


def _hold(name: str, statement: str) -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"hold({name!r}) needs a transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, [advisory_key(name)])
