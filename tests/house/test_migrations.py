"""The models and the migrations say the same, and no migration after an app's first locks or rewrites a large table."""

import re
import subprocess
import sys

import pytest
from django.core.management import call_command
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

from tests.house.sources import ROOT


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_no_migration_after_the_first_breaks_a_rule():
    """In a process of its own: the SQL of a migration can't be had within a transaction of SQLite."""
    command = [sys.executable, "-m", "scripts.check_migrations"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    judged = re.search(r"Migrations: (\d+) after the first of their apps, 0 break a rule", done.stdout)
    assert judged and int(judged[1]) > 0


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ('CREATE INDEX "a" ON "bookings_booking" ("state")', "CREATE_INDEX"),
        ('ALTER TABLE "bookings_booking" ADD COLUMN "a" integer NOT NULL', "NOT_NULL"),
        ('ALTER TABLE "bookings_booking" DROP COLUMN "state" CASCADE', "DROP_COLUMN"),
        ('ALTER TABLE "bookings_booking" RENAME COLUMN "state" TO "stage"', "RENAME_COLUMN"),
        ('ALTER TABLE "bookings_booking" ALTER COLUMN "state" TYPE text', "ALTER_COLUMN"),
    ],
)
def test_what_would_hurt_on_postgresql_is_a_rule(sql, code):
    errors, _ignored, warnings = analyse_sql_statements(get_sql_analyser_class("postgresql"), [sql])
    assert code in {issue.code for issue in [*errors, *warnings]}
