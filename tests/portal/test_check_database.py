"""Before migrating, a database of a newer version is refused in words and nothing is touched."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_the_database_of_this_version_has_nothing_waiting(capsys):
    call_command("check_database")
    assert "can go on with this database: 0 migrations" in capsys.readouterr().out


def test_an_older_one_tells_how_much_waits(capsys):
    MigrationRecorder(connection).record_unapplied("cms_pages", "0004_first_words")
    call_command("check_database")
    assert "1 migrations of ours to carry out" in capsys.readouterr().out


def test_a_newer_one_is_refused_by_name():
    MigrationRecorder(connection).record_applied("bookings", "0099_of_tomorrow")
    before = MigrationRecorder(connection).applied_migrations()
    with pytest.raises(CommandError, match=r"newer or another version: it has bookings\.0099_of_tomorrow"):
        call_command("check_database")
    assert set(MigrationRecorder(connection).applied_migrations()) == set(before)


def test_what_others_brought_and_took_away_is_no_concern_of_ours():
    MigrationRecorder(connection).record_applied("somebody_elses_app", "0001_initial")
    call_command("check_database")
