"""A migrated database kept as a template, so that a test run doesn't pay for 300 migrations again.

The template is named after the digest of every migration file of ours and of the lock file; it is built by a
separate process under a file lock, so that parallel runs share it. SQLite copies the file, PostgreSQL uses
``CREATE DATABASE … TEMPLATE``.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STORE = Path(tempfile.gettempdir()) / "mumian-test-templates"


def digest() -> str:
    """Sixteen characters that change with any migration, first notice or pinned version."""
    total = hashlib.sha256()
    files = [*ROOT.glob("services/*/migrations/*.py"), *ROOT.glob("cms_pages/migrations/*.py")]
    files += ROOT.glob("services/privacy/notices/*.txt")  # the first notices are written while it migrates
    for path in [ROOT / "requirements.txt", *sorted(files)]:
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:16]


def _migrate(url: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)


def sqlite_template() -> Path:
    """Path of a migrated SQLite file."""
    STORE.mkdir(exist_ok=True)
    path = STORE / f"{digest()}.sqlite3"
    with open(STORE / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            fresh = path.with_suffix(".building")
            for leftover in STORE.glob("*.building*"):
                leftover.unlink()
            _migrate(f"sqlite:///{fresh}")
            import sqlite3

            connection = sqlite3.connect(fresh)
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.close()
            fresh.rename(path)
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
    with open(STORE / "lock", "w") as lock, psycopg.connect(**server, autocommit=True) as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            building = f"{name}_building"
            connection.execute(f'DROP DATABASE IF EXISTS "{building}"')
            connection.execute(f"CREATE DATABASE \"{building}\" ENCODING 'UTF8' TEMPLATE template0")
            login = f"{settings['USER'] or ''}{':' + settings['PASSWORD'] if settings['PASSWORD'] else ''}"
            host = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
            _migrate(f"postgres://{login}@{host}/{building}")
            connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


def private_copy(template: Path) -> Path:
    """This process's own copy of the SQLite template."""
    folder = Path(tempfile.mkdtemp(prefix="mumian-db-"))
    target = folder / "test.sqlite3"
    shutil.copy(template, target)
    return target
