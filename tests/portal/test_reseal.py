"""A new key takes over while people work: everything is sealed anew, and the old key can go."""

import base64
import os
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.db import connection

from portal import resealing
from services.accounts.models import User
from services.foundation.keys import sealed_columns
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
NEW = f"new:{base64.b64encode(os.urandom(32)).decode()}"


@pytest.fixture
def old(settings) -> list[str]:
    return list(settings.FIELD_KEYS)


@pytest.fixture
def women(old):
    return WorkerFactory.create_batch(5)


@pytest.fixture
def changed(settings, women, old):
    """The new key stands in front; what there was is sealed by the old one."""
    settings.FIELD_KEYS = [NEW, *old]


def reseal(*options: str) -> str:
    said = StringIO()
    call_command("reseal", *options, stdout=said, stderr=said)
    return said.getvalue()


def stored(column: str = "id_number") -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {column} FROM workers_worker ORDER BY id")  # noqa: S608
        return dict(cursor.fetchall())


def test_the_old_key_can_go_and_everybody_is_found_as_before(changed, women, settings):
    assert "rows sealed anew with new" in reseal()
    settings.FIELD_KEYS = [NEW]
    for woman in women:
        again = Worker.objects.unscoped().get(id_index=Worker.index_of(woman.id_number))
        assert (again.pk, again.id_number, again.phone) == (woman.pk, woman.id_number, woman.phone)
    assert {token.partition(":new:")[0] for token in stored().values()} == {"v1"}
    assert "Every sealed value is sealed by new." in reseal("--check")


def test_until_then_the_check_says_where_and_how_many(changed, women, capsys, old):
    before = stored()
    with pytest.raises(CommandError, match="keep those keys"):
        call_command("reseal", "--check")
    assert f"workers_worker.id_number: 5 values under {old[0].partition(':')[0]}" in capsys.readouterr().err
    assert stored() == before


def test_a_second_run_changes_nothing(changed):
    reseal()
    before = stored(), stored("phone")
    assert reseal().startswith("0 rows sealed anew")
    assert (stored(), stored("phone")) == before


def test_killed_half_way_it_goes_on_where_it_was(changed, women, settings, monkeypatch):
    monkeypatch.setattr(resealing, "_AT_ONCE", 2)
    rows, calls = resealing._rows, []

    def killed_the_third_time(cursor, sealed, *, after):
        calls.append(sealed.table == "workers_worker")
        if sum(calls) == 3:
            raise KeyboardInterrupt
        return rows(cursor, sealed, after=after)

    with monkeypatch.context() as once:
        once.setattr(resealing, "_rows", killed_the_third_time)
        with pytest.raises(KeyboardInterrupt):
            reseal()
    assert sorted(":new:" in token for token in stored().values()) == [False, True, True, True, True]
    assert Worker.objects.unscoped().count() == len({one.id_number for one in Worker.objects.unscoped()})
    reseal()
    settings.FIELD_KEYS = [NEW]
    assert {one.phone for one in Worker.objects.unscoped()} == {woman.phone for woman in women}


def test_second_factors_in_a_library_s_table_are_sealed_anew_too(old, settings):
    officer = StaffFactory()
    codes = RecoveryCodes.activate(officer).get_unused_codes()
    settings.FIELD_KEYS = [NEW, *old]
    with pytest.raises(CommandError):
        call_command("reseal", "--check", stderr=StringIO())
    reseal()
    settings.FIELD_KEYS = [NEW]
    found = Authenticator.objects.get(user=officer)
    assert RecoveryCodes(found).get_unused_codes() == codes
    assert "seed" in found.data and found.data["used_mask"] == 0


def test_what_no_key_opens_is_left_and_told_and_the_rest_is_done(changed, women):
    lost = women[0].pk
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workers_worker SET phone = %s WHERE id = %s", ["v1:lost:QUJD" * 3, lost])
    said = StringIO()
    with pytest.raises(CommandError, match="keep those keys"):
        call_command("reseal", stdout=said, stderr=said)
    assert "1 rows can't be opened with any key" in said.getvalue()
    assert "workers_worker.phone: 1 values under lost" in said.getvalue()
    assert [key for key, token in stored("phone").items() if ":new:" not in token] == [lost]


def test_no_sealed_column_stands_in_a_table_whose_rows_are_written_once():
    asked = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE%' AND sql LIKE '%UPDATE%'"
    if connection.vendor == "postgresql":
        # 16: fired by an update.
        asked = """SELECT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                   WHERE NOT t.tgisinternal AND p.prosrc LIKE '%RAISE EXCEPTION%' AND (t.tgtype & 16) > 0"""
    with connection.cursor() as cursor:
        cursor.execute(asked)
        written_once = {table for (table,) in cursor.fetchall()}
    assert written_once and not written_once & {sealed.table for sealed in sealed_columns()}


def test_every_column_that_is_declared_sealed_is_among_them():
    found = {(sealed.table, sealed.column): sealed.context for sealed in sealed_columns()}
    assert found["workers_worker", "id_number"] == "workers.worker.id_number"
    assert found["mfa_authenticator", "data"] == "accounts.user.factor"
    assert (User._meta.db_table, "phone") in found and len(found) > 60
