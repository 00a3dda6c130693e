"""Making a backup: the database first, then every file that the very same snapshot names."""

import logging
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from portal.backup import contents, files
from portal.backup.engines import Ask, asking, this_engine
from portal.backup.manifest import Manifest, Refused, StoredFile
from portal.versions import product_version
from services.foundation import keys

logger = logging.getLogger(__name__)


def back_up(target: Path, *, now: datetime) -> Manifest:
    """Write a new folder ``target``. It bears its name only once it is whole: until then ``.part`` hangs on it.

    Raises ``Refused``, and leaves nothing behind then.
    """
    if target.exists():
        raise Refused(f"{target} is there already: every backup is a folder of its own.")
    part = target.with_name(f"{target.name}.part")
    before = os.umask(0o077)
    try:
        part.mkdir(parents=True)
        manifest = _written(part, now=now)
        manifest.write(part)
        part.rename(target)
    except FileExistsError:
        raise Refused(f"{part} is there: another backup is being made, or one was broken off. Delete it.") from None
    except BaseException as error:
        shutil.rmtree(part, ignore_errors=True)
        if isinstance(error, OSError):
            raise Refused(f"The backup wasn't made, nothing is left of it: {error}.") from error
        raise
    finally:
        os.umask(before)
    return manifest


def delete_old(beside: Path, *, days: int, now: datetime) -> list[Path]:
    """Delete whole backups in the folder of ``beside`` that were made more than so many days ago; never itself, nor
    anything that isn't a backup. Gives what went."""
    gone = []
    for folder in sorted(path for path in beside.resolve().parent.iterdir() if path != beside.resolve()):
        try:
            made_at = datetime.fromisoformat(Manifest.read(folder).made_at)
        except Refused:
            continue
        if made_at < now - timedelta(days=days):
            shutil.rmtree(folder)
            gone.append(folder)
    return gone


def _written(folder: Path, *, now: datetime) -> Manifest:
    engine = this_engine()
    dump = folder / engine.dump_name
    with engine.snapshot(dump) as ask:
        manifest = _described(ask, engine, now=now)
        named = contents.named_files(ask, engine)
    with dump.open("rb") as stream:
        manifest.dump = StoredFile("", dump.name, *files.measured(stream))
    absent = []
    copied = files.with_all(lambda one: files.copy_out(*one, folder), sorted(named))
    for one, file in copied:
        if file is None:
            absent.append(one)
        else:
            manifest.files.append(file)
    _tell_apart(absent, engine, manifest)
    return manifest


def _described(ask: Ask, engine, *, now: datetime) -> Manifest:
    ours = keys.fingerprints()
    used = {key for _sealed, key, _count, _one in contents.sealed_values(ask, engine)}
    if strangers := used - set(ours):
        raise Refused(
            f"Values are sealed by keys that FIELD_KEYS lacks ({', '.join(sorted(strangers))}): nobody can read them, "
            "nor would anybody after a restore."
        )
    return Manifest(
        version=product_version(),
        made_at=now.isoformat(),
        engine=engine.name,
        database_bytes=engine.bytes_of(ask),
        dump=StoredFile("", engine.dump_name, 0, ""),
        migrations=contents.migrations(ask),
        rows=contents.row_counts(ask, engine),
        keys={key: ours[key] for key in sorted(used)},
        index_key=keys.index_fingerprint(),
    )


def _tell_apart(absent: list[contents.Named], engine, manifest: Manifest) -> None:
    """A file may be deleted, with its row, between the snapshot and its copy; one that a row still names is lost."""
    if not absent:
        return
    with connection.cursor() as cursor:
        still = contents.named_files(asking(cursor), engine)
    for one in absent:
        (manifest.missing if one in still else manifest.deleted_since).append(one)
    if manifest.missing:
        logger.error("%s files that rows name are in no store.", len(manifest.missing))
