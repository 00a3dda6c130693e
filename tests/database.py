"""A migrated database kept as a template, so that a test run doesn't pay for 300 migrations again.

The template is named after the digest of every migration file of ours and of the lock file; it is built by a
separate process under a file lock, so that parallel runs share it. SQLite copies the file, PostgreSQL uses
``CREATE DATABASE … TEMPLATE``. A new migration costs itself alone: the nearest older template is carried on.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORE = Path(tempfile.gettempdir()) / "mumian-test-templates"


def _parts() -> dict[str, str]:
    """The digest of every migration, and of what all of them rest on, by path."""
    migrations = sorted([*ROOT.glob("services/*/migrations/*.py"), *ROOT.glob("cms_pages/migrations/*.py")])
    # The first notices are written while it migrates.
    base = [ROOT / "requirements.txt", *sorted(ROOT.glob("services/privacy/notices/*.txt"))]
    total = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in base)).hexdigest()
    return {
        "": total,
        **{str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in migrations},
    }


def digest() -> str:
    """Sixteen characters that change with any migration, first notice or pinned version."""
    return hashlib.sha256(json.dumps(_parts(), sort_keys=True).encode()).hexdigest()[:16]


def _nearest(has: Callable[[str], bool]) -> str | None:
    """The digest of the template that has the most migrations, all of them among ours and unchanged."""
    ours, found = _parts().items(), []
    for listed in STORE.glob("*.json"):
        parts = json.loads(listed.read_text())
        if parts.items() <= ours and has(listed.stem):
            found.append((len(parts), listed.stem))
    return max(found)[1] if found else None


def _list() -> None:
    (STORE / f"{digest()}.json").write_text(json.dumps(_parts()))


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)


def sqlite_template() -> Path:
    """Path of a migrated SQLite file."""
    STORE.mkdir(exist_ok=True)
    path = STORE / f"{digest()}.sqlite3"
    with open(path.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fresh = path.with_suffix(".building")
            for leftover in STORE.glob(f"{fresh.name}*"):
                leftover.unlink()
            if nearest := _nearest(lambda key: (STORE / f"{key}.sqlite3").exists()):
                shutil.copy(STORE / f"{nearest}.sqlite3", fresh)
            _migrate(f"sqlite:///{fresh}")
            import sqlite3

            connection = sqlite3.connect(fresh)
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.close()
            fresh.rename(path)
            _list()
    return path


def postgres_template(settings: dict) -> str:
    """Name of a migrated PostgreSQL database on the configured server."""
    import psycopg

    name = f"mumian_template_{digest()}"
    server = {
        "host": settings["HOST"] or None,
        "port": settings["PORT"] or None,
        "user": settings["USER"] or None,
        "password": settings["PASSWORD"] or None,
        "dbname": "postgres",
    }
    STORE.mkdir(exist_ok=True)
    with open(STORE / f"{name}.lock", "w") as lock, psycopg.connect(**server, autocommit=True) as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        there = {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if name not in there:
            building = f"{name}_building"
            nearest = _nearest(lambda key: f"mumian_template_{key}" in there)
            from_ = f"mumian_template_{nearest}" if nearest else "template0"
            connection.execute(f'DROP DATABASE IF EXISTS "{building}"')
            connection.execute(f'CREATE DATABASE "{building}" ENCODING \'UTF8\' TEMPLATE "{from_}"')
            login = f"{settings['USER'] or ''}{':' + settings['PASSWORD'] if settings['PASSWORD'] else ''}"
            host = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
            _migrate(f"postgres://{login}@{host}/{building}")
            connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
            _list()
    return name


def private_copy(template: Path) -> Path:
    """This process's own copy of the SQLite template."""
    folder = Path(tempfile.mkdtemp(prefix="mumian-db-"))
    target = folder / "test.sqlite3"
    shutil.copy(template, target)
    return target
