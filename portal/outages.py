"""What kind of failure an error of the database is: the server's, which passes, or ours, which somebody must mend."""

import sqlite3

from django.db import InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

# SQLSTATE classes (PostgreSQL, appendix A): lost or refused connections, resources used up, somebody stepped in, the
# server's own disk.
_PASSING = ("08", "53", "57", "58")
_FULL = "53100"
_SQLITE_PASSING = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN"}
_SQLITE_FULL = {"SQLITE_FULL"}


def outage(error: BaseException | None) -> str:
    """``"away"``: the database can't be asked just now. ``"full"``: it has no room left. Empty: none of these.

    A statement that the server understood and refused is a defect of ours and no outage, whatever Django calls it.
    """
    if not isinstance(error, (OperationalError, InterfaceError)):
        return ""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(getattr(cause, "sqlite_errorname", None) or "")
    state = getattr(cause, "sqlstate", None)
    if state == _FULL:
        return "full"
    # Without a state nothing came back: no server, a cut connection, or a pool whose every connection is taken.
    return "away" if state is None or state.startswith(_PASSING) or isinstance(cause, PoolTimeout) else ""


def _of_sqlite(name: str) -> str:
    if name in _SQLITE_FULL:
        return "full"
    return "away" if any(name == code or name.startswith(f"{code}_") for code in _SQLITE_PASSING) else ""
