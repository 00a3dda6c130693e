"""A backup holds one moment whole and no key; a restore refuses before it touches, and proves what it put back."""

import base64
import json
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from portal import ledgers
from portal.backup import engines, making, restoring
from portal.backup.manifest import Manifest
from services.casework import actions as casework
from services.exchange.models import Export
from services.privacy.models import Erasure
from services.relief.models import Household
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory
from tests.factories.households import answered, at_decision, drafted, relief_world
from tests.portal.backups import another_database, filled, stores_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
OTHER_KEY = base64.b64encode(os.urandom(32)).decode()


@pytest.fixture
def stores(settings, tmp_path):
    """Stores of this test alone; fields of the private one ask for it anew."""
    settings.STORAGES = stores_in(tmp_path / "var", settings)
    return tmp_path


@pytest.fixture
def private_fields(stores, monkeypatch):
    """Fields ask for their storage once, when the models are loaded."""

    def ask() -> None:
        monkeypatch.setattr(Export._meta.get_field("file"), "storage", storages["private"])

    ask()
    return ask


@pytest.fixture
def world(private_fields):
    return filled()


@pytest.fixture
def backup(world, tmp_path) -> Path:
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    return tmp_path / "backup"


@pytest.fixture
def elsewhere(backup, settings, tmp_path, private_fields):
    """An empty database, and empty stores."""
    settings.STORAGES = stores_in(tmp_path / "new", settings)
    private_fields()
    with another_database(tmp_path):
        yield tmp_path / "new"


def restore(source: Path, *more: str) -> str:
    said = StringIO()
    call_command("restore", source, *more, stdout=said)
    return said.getvalue()


def refused(source: Path, *more: str) -> str:
    with pytest.raises(CommandError) as error:
        restore(source, *more)
    return str(error.value)


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def is_untouched(folder: Path) -> bool:
    return connection.introspection.table_names() == [] and not list(folder.rglob("*"))


def rewritten(backup: Path, **changes) -> None:
    """The manifest as another version or machine would have written it."""
    manifest = Manifest.read(backup)
    for name, value in changes.items():
        setattr(manifest, name, value)
    manifest.write(backup)


def test_it_says_what_it_holds(backup, world):
    manifest = Manifest.read(backup)
    assert (manifest.version, manifest.engine) == ("0.1.0", connection.vendor)
    assert manifest.rows["workers_worker"] == 1 and manifest.rows["django_session"] == 0
    assert ("workers", "0001_initial") in manifest.migrations
    named = {(file.store, file.name) for file in manifest.files}
    assert named == {("private", world.export.file.name), ("default", world.picture.file.name)}
    assert manifest.missing == manifest.deleted_since == []


def test_no_key_is_in_it_and_nobody_else_may_read_it(backup, settings):
    held = everything_in(backup)
    for entry in [*settings.FIELD_KEYS, settings.INDEX_KEY]:
        encoded = entry.rpartition(":")[2]
        assert encoded.encode() not in held and base64.b64decode(encoded) not in held
    assert {oct(path.stat().st_mode & 0o077) for path in [backup, *backup.rglob("*")]} == {"0o0"}


def test_it_is_made_once_and_bears_its_name_only_when_it_is_whole(backup, world, monkeypatch, tmp_path):
    with pytest.raises(CommandError, match="is there already"):
        call_command("back_up", backup)
    monkeypatch.setattr(making.files, "copy_out", lambda *asked: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CommandError, match=r"nothing is left of it: .*No space left"):
        call_command("back_up", tmp_path / "second")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("second")] == []


def test_what_is_written_while_it_is_made_is_not_half_in_it(world, tmp_path, monkeypatch):
    described = making._described

    def write() -> None:
        Export.objects.update(rows=77)
        connection.close()

    def with_a_late_row(ask, engine, *, now):
        writer = Thread(target=write)
        writer.start()
        writer.join()
        manifest = described(ask, engine, now=now)
        assert ask("SELECT max(rows) FROM exchange_export") == [(0,)]
        return manifest

    monkeypatch.setattr(making, "_described", with_a_late_row)
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    assert Export.objects.get().rows == 77


def test_a_file_deleted_while_it_is_made_is_told_from_one_that_was_lost(world, tmp_path, monkeypatch, capsys):
    copy_out = making.files.copy_out

    def meanwhile(store, name, folder):
        if store == "private":
            Export.objects.all().delete()
            storages["private"].delete(name)
        return copy_out(store, name, folder)

    monkeypatch.setattr(making.files, "copy_out", meanwhile)
    monkeypatch.setattr(making.files, "_AT_ONCE", 1)
    storages["default"].delete(world.picture.file.name)
    with pytest.raises(CommandError, match="is whole, but 1 files that rows name were lost before"):
        call_command("back_up", tmp_path / "backup")
    manifest = Manifest.read(tmp_path / "backup")
    assert manifest.deleted_since == [("private", world.export.file.name)]
    assert manifest.missing == [("default", world.picture.file.name)]


def test_values_that_nobody_can_open_are_no_backup(world, settings, tmp_path):
    settings.FIELD_KEYS = [f"new:{OTHER_KEY}"]
    with pytest.raises(CommandError, match="sealed by keys that FIELD_KEYS lacks"):
        call_command("back_up", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_it_comes_back_as_it_was(elsewhere, backup, world):
    said = restore(backup)
    assert "2 files stand" in said and "Ledgers agree: places, funds, figures, draws" in said
    woman = Worker.objects.unscoped().get(pk=world.woman.pk)
    assert (woman.id_number, woman.phone) == (world.woman.id_number, world.woman.phone)
    assert Worker.objects.unscoped().filter(id_index=Worker.index_of(woman.id_number)).exists()
    with Export.objects.get().file.open("rb") as stream:
        assert stream.read() == b"workbook" * 1000
    assert storages["default"].exists(world.picture.file.name)
    assert "Restored as of" in said


def test_rows_go_on_being_numbered_and_the_database_still_keeps_its_promises(elsewhere, backup, world):
    restore(backup)
    StaffFactory()
    with pytest.raises(Exception, match=r"(?i)unique"):
        woman = Worker.objects.unscoped().get()
        woman.pk, woman.token = None, "x" * 22
        woman.save()


def test_whoever_was_signed_in_then_is_signed_out(world, settings, tmp_path, private_fields):
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=timezone.now())
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    settings.STORAGES = stores_in(tmp_path / "new", settings)
    with another_database(tmp_path):
        restore(tmp_path / "backup")
        assert not Session.objects.exists()
    private_fields()


def test_a_database_with_tables_is_refused(backup):
    assert "The database isn't empty" in refused(backup)


def test_a_newer_version_s_is_refused(elsewhere, backup):
    manifest = Manifest.read(backup)
    rewritten(backup, version="9.0", migrations=[*manifest.migrations, ("bookings", "0099_of_tomorrow")])
    said = refused(backup)
    assert "newer or another version (9.0; this is 0.1.0)" in said and "bookings.0099_of_tomorrow" in said
    assert is_untouched(elsewhere)


def test_an_older_version_s_is_brought_up(world, settings, tmp_path, private_fields):
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("cms_pages", "0004_first_words")
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    recorder.record_applied("cms_pages", "0004_first_words")
    settings.STORAGES = stores_in(tmp_path / "new", settings)
    private_fields()
    with another_database(tmp_path):
        assert "Brought up to this version by 1 migrations" in restore(tmp_path / "backup")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda keys: {"FIELD_KEYS": [f"new:{OTHER_KEY}"]}, "FIELD_KEYS lacks keys that sealed this data"),
        (lambda keys: {"FIELD_KEYS": [f"{keys[0].partition(':')[0]}:{OTHER_KEY}"]}, "has other keys by the names"),
        (lambda keys: {"INDEX_KEY": OTHER_KEY}, "INDEX_KEY isn't the one"),
    ],
)
def test_keys_that_don_t_fit_are_refused(elsewhere, backup, settings, change, words):
    for name, value in change(settings.FIELD_KEYS).items():
        setattr(settings, name, value)
    assert words in refused(backup)
    assert is_untouched(elsewhere)


def test_what_is_damaged_or_missing_is_refused_by_name(elsewhere, backup, world):
    paper = backup / "files" / "private" / world.export.file.name
    whole = paper.read_bytes()
    paper.write_bytes(whole[:-1] + b"!")
    assert f"{world.export.file.name} is damaged" in refused(backup, "--check")
    paper.unlink()
    assert f"{world.export.file.name} is missing" in refused(backup)
    paper.write_bytes(whole)
    dump = backup / Manifest.read(backup).dump.name
    with dump.open("r+b") as stream:
        stream.seek(dump.stat().st_size // 2)
        stream.write(b"!!!!!!!!")
    assert "is damaged" in refused(backup)
    dump.unlink()
    assert "is missing or can't be read" in refused(backup)
    assert is_untouched(elsewhere)


def test_a_manifest_that_somebody_changed_is_refused(elsewhere, backup):
    said = json.loads((backup / "manifest.json").read_text())
    said["files"] = []
    (backup / "manifest.json").write_text(json.dumps(said))
    assert "their checksum" in refused(backup)
    (backup / "manifest.json").write_text("{")
    assert "can't be read" in refused(backup)
    assert "has no manifest.json" in refused(backup / "nothing")


def test_a_name_that_leads_out_of_it_is_refused(elsewhere, backup):
    manifest = Manifest.read(backup)
    manifest.files[0] = type(manifest.files[0])("private", "../../../etc/passwd", 1, "0" * 64)
    manifest.write(backup)
    assert "can't be one of ours" in refused(backup)
    assert is_untouched(elsewhere)


def test_a_disk_that_is_too_small_is_refused(elsewhere, backup, monkeypatch):
    monkeypatch.setattr(engines.shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1_000_000}))
    assert "The disk is too small" in refused(backup)
    assert is_untouched(elsewhere)


def test_files_of_the_same_name_and_another_content_are_not_written_over(elsewhere, backup, world):
    storages["private"].save(world.export.file.name, ContentFile(b"somebody else's"))
    assert "hold files of the same names already" in refused(backup)
    with storages["private"].open(world.export.file.name) as stream:
        assert stream.read() == b"somebody else's"
    assert connection.introspection.table_names() == []


def test_a_restore_that_was_broken_off_goes_on(elsewhere, backup, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(
            restoring.this_engine().__class__, "restore", lambda *asked: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            restore(backup)
    assert connection.introspection.table_names() == []
    assert "2 files stand" in restore(backup)


def test_a_dump_that_breaks_off_leaves_the_database_empty(elsewhere, backup):
    if connection.vendor == "postgresql":
        dump = backup / Manifest.read(backup).dump.name
        dump.write_bytes(dump.read_bytes()[: dump.stat().st_size * 2 // 3])
        with dump.open("rb") as stream:
            size, digest = making.files.measured(stream)
        rewritten(backup, dump=type(Manifest.read(backup).dump)("", dump.name, size, digest))
        assert "pg_restore failed" in refused(backup)
        assert connection.introspection.table_names() == []


def test_rows_that_are_missing_afterwards_are_told(elsewhere, backup):
    rows = Manifest.read(backup).rows
    rewritten(backup, rows={**rows, "workers_worker": 2})
    assert "don't use this database: ['workers_worker']" in refused(backup)


def test_ledgers_that_disagree_are_told(elsewhere, backup, monkeypatch):
    monkeypatch.setattr(ledgers, "faults", lambda: iter(["one"]))
    assert "ledgers disagree: {'funds': 1}" in refused(backup)


def test_a_backup_is_judged_without_being_restored(backup):
    assert "Whole, and fits our keys: made at" in restore(backup, "--check")


def test_a_backup_of_the_other_database_is_refused(elsewhere, backup):
    rewritten(backup, engine="oracle")
    assert "a backup of a oracle database" in refused(backup)


def test_without_postgresql_s_programs_it_says_which_one_is_missing(world, tmp_path, monkeypatch):
    monkeypatch.setattr(engines.subprocess, "run", lambda *asked, **more: (_ for _ in ()).throw(FileNotFoundError))
    with pytest.raises(engines.Refused, match="pg_dump is missing: install PostgreSQL's client"):
        engines._run("pg_dump", [])


def test_old_backups_are_deleted_in_time(backup, tmp_path):
    rewritten(backup, made_at=(timezone.now() - timedelta(days=30, minutes=1)).isoformat())
    (tmp_path / "letters").mkdir()
    with pytest.raises(CommandError, match="takes a number of days"):
        call_command("back_up", tmp_path / "second", "--keep", "0")
    call_command("back_up", tmp_path / "second", "--keep", "31", stdout=StringIO())
    assert backup.exists()
    call_command("back_up", tmp_path / "third", "--keep", "30", stdout=StringIO())
    assert not backup.exists()
    assert (tmp_path / "second").exists() and (tmp_path / "third").exists() and (tmp_path / "letters").exists()


def test_what_is_over_by_now_is_erased_again(stores, settings, tmp_path, private_fields):
    household = relief_world()
    begun = drafted(household, code="emergency")
    answered(household, begun)
    case = at_decision(household, begun).case
    casework.refuse(case, by=household.officers["county"], now=household.now, reason="收入超过标准")
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    settings.STORAGES = stores_in(tmp_path / "new", settings)
    private_fields()
    with another_database(tmp_path):
        said = []
        restoring.restore(tmp_path / "backup", now=household.now + timedelta(days=4 * 366), say=said.append)
        assert any("Erased anew, as its term is over: 1 of relief" in line for line in said)
        assert Erasure.objects.filter(matters=1).exists() and not Household.objects.unscoped().exists()
