"""Restoring: everything is judged before anything is touched, and proved when it stands."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal import ledgers
from portal.backup import contents, files
from portal.backup.engines import asking, room, this_engine
from portal.backup.manifest import Manifest, Refused, StoredFile
from portal.versions import has_all_migrations, named, product_version, unknown_migrations
from services.foundation import keys
from services.privacy.actions import erase_ended

_SHOWN = 5
_SPARE = 64 * 1024 * 1024


def examine(source: Path) -> Manifest:
    """Whether a backup is whole, of a version that this one can go on with, and readable with our keys.

    Reads all of it and touches nothing. Raises ``Refused``.
    """
    manifest = Manifest.read(source)
    engine = this_engine()
    if manifest.engine != engine.name:
        raise Refused(f"This is a backup of a {manifest.engine} database; DATABASE_URL names a {engine.name} one.")
    if unknown := unknown_migrations(manifest.migrations):
        raise Refused(
            f"This backup was made by a newer or another version ({manifest.version}; this is {product_version()}): "
            f"it has {named(unknown)}, which this one doesn't know. Install the version that made it."
        )
    _insist_on_keys(manifest)
    _insist_on_whole(manifest, source)
    return manifest


def _insist_on_keys(manifest: Manifest) -> None:
    ours = keys.fingerprints()
    lacking = [key for key in manifest.keys if key not in ours]
    others = [key for key, print_ in manifest.keys.items() if key in ours and ours[key] != print_]
    if lacking:
        raise Refused(f"FIELD_KEYS lacks keys that sealed this data: {', '.join(lacking)}. Nothing could be read.")
    if others:
        raise Refused(f"FIELD_KEYS has other keys by the names of those that sealed this data: {', '.join(others)}.")
    if manifest.index_key != keys.index_fingerprint():
        raise Refused("INDEX_KEY isn't the one this data was indexed with: nobody would be found by her number.")


def _insist_on_whole(manifest: Manifest, source: Path) -> None:
    dump = source / manifest.dump.name
    try:
        with dump.open("rb") as stream:
            whole = files.measured(stream) == (manifest.dump.size, manifest.dump.sha256)
    except OSError:
        raise Refused(f"{dump} is missing or can't be read: this backup is of no use.") from None
    if not whole:
        raise Refused(f"{dump} is damaged: its checksum is another one.")
    judged = files.with_all(lambda file: files.fault_in(file, source), manifest.files)
    _refuse("This backup isn't whole", ((file, fault) for file, fault in judged if fault))


def _refuse(what: str, faults: Iterator[tuple[StoredFile, str]]) -> None:
    found = [f"{file.name} is {fault}" for file, fault in faults]
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise Refused(f"{what}: {'; '.join(found[:_SHOWN])}{more}.")


def restore(source: Path, *, now: datetime, say=lambda line: None) -> Manifest:
    """Put a backup into an empty database and its files into the stores, prove it, and bring it up to this version.

    Files come first, under names that nobody can guess and no row names yet; the database comes in one transaction.
    Whatever breaks it off before that leaves the database empty, and the same call goes on. Who was signed in then is
    signed out, and what should have been erased since is erased anew. Raises ``Refused``.
    """
    manifest = examine(source)
    engine = this_engine()
    _insist_on_empty(engine)
    here = _insist_on_free_names(manifest)
    _insist_on_room(manifest, engine, here)
    say("The backup is whole, fits our keys, and there is room for it.")
    for _file, _none in files.with_all(
        lambda file: files.copy_in(file, source), (file for file in manifest.files if file not in here)
    ):
        pass
    say(f"{len(manifest.files)} files stand.")
    engine.restore(source / manifest.dump.name)
    with connection.cursor() as cursor:
        cursor.execute(engine.refresh)
        _prove(manifest, asking(cursor), engine)
    _refuse("Not every file arrived", _faults_stored(manifest))
    say(f"{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables stand; every sealed column opens.")
    if not has_all_migrations(manifest.migrations):
        _bring_up_to_date(say)
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    for alias in settings.CACHES:
        caches[alias].clear()
    counted = ledgers.differences(now=now)
    for proof in erase_ended(now=now):
        say(f"Erased anew, as its term is over: {proof.matters} of {proof.kind}.")
    _insist_on_ledgers(counted)
    say(f"Ledgers agree: {', '.join(counted)}.")
    return manifest


def _insist_on_empty(engine) -> None:
    with connection.cursor() as cursor:
        tables = asking(cursor)(engine.tables)
    if tables:
        raise Refused(
            f"The database isn't empty: it has {len(tables)} tables. Restore into a new one (createdb, or another "
            "file), so that nothing is written over and the old one stays for comparison. Nothing was changed."
        )


def _insist_on_free_names(manifest: Manifest) -> set[StoredFile]:
    """The files that stand already, as after a restore that was broken off. One of another content is refused."""
    judged = list(files.with_all(files.fault_stored, manifest.files))
    faults = ((file, "another file there") for file, fault in judged if fault == "damaged")
    _refuse("The stores hold files of the same names already, nothing was changed", faults)
    return {file for file, fault in judged if not fault}


def _insist_on_room(manifest: Manifest, engine, here: set[StoredFile]) -> None:
    needed: Counter = Counter()
    free: dict[int, int] = {}
    places = [(engine.free_bytes(), manifest.database_bytes)]
    for store in files.STORES:
        if isinstance(storages[store], FileSystemStorage):
            coming = sum(file.size for file in manifest.files if file.store == store and file not in here)
            places.append((room(Path(storages[store].location)), coming))
    for found, amount in places:
        if found:
            free[found[1]] = found[0]
            needed[found[1]] += amount
    for disk, amount in needed.items():
        if free[disk] < amount + _SPARE:
            raise Refused(
                f"The disk is too small: {_megabytes(amount)} are needed and {_megabytes(free[disk])} are free. "
                "Nothing was changed."
            )


def _megabytes(amount: int) -> str:
    return f"{amount / 1024 / 1024:,.0f} MB"


def _prove(manifest: Manifest, ask, engine) -> None:
    """Row counts, migrations, and one value of every key in every sealed column, of what was just restored."""
    rows = contents.row_counts(ask, engine)
    differing = [table for table in sorted(rows | manifest.rows) if rows.get(table) != manifest.rows.get(table)]
    if differing:
        raise Refused(f"Rows are missing or too many after the restore, don't use this database: {differing[:_SHOWN]}.")
    if contents.migrations(ask) != manifest.migrations:
        raise Refused("Other migrations than those of the backup stand in the database: don't use it.")
    for sealed, key, _count, one in contents.sealed_values(ask, engine):
        try:
            sealed.check(one)
        except keys.Unreadable:
            raise Refused(f"A value of {sealed} sealed by {key} doesn't open: don't use this database.") from None


def _faults_stored(manifest: Manifest) -> Iterator[tuple[StoredFile, str]]:
    return ((file, fault) for file, fault in files.with_all(files.fault_stored, manifest.files) if fault)


def _bring_up_to_date(say) -> None:
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        say(f"Brought up to this version by {len(waiting)} migrations.")


def _insist_on_ledgers(counted: dict[str, int]) -> None:
    if wrong := {name: count for name, count in counted.items() if count}:
        raise Refused(
            f"Everything was restored as it was, but ledgers disagree: {wrong}. They did when the backup was made: "
            "see audit_places, check_funds and check_figures."
        )
