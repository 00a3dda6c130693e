"""docs/data-protection.md names every sealed column and every rule by which the product deletes, with its days."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings

from services.accounts.actions import codes
from services.bookings.actions.attendance import LONGEST_MEMORY
from services.casework.actions.typing import DESK_KEEPS, WAITS
from services.child_files.models.keeping import BACKUP_DAYS
from services.child_files.rules.clocks import DRAFT_DAYS, RESTRICT_AFTER
from services.foundation.crypto import SealedField
from services.privacy.registry import terms
from services.screening.actions.enrolments import FORGOTTEN_AFTER
from services.signups.actions.reminding import ANSWERS_KEPT
from services.workers.rules.retention import RETURNS_CLOSED
from tests.house.sources import ROOT, python_files

TEXT = (ROOT / "docs" / "data-protection.md").read_text()
DELETING = re.compile(r"purge|forget|expire-payment|sweep|end-child")
# A row that goes when its time is over, in one statement.
BY_TIME = re.compile(r"__lte?=.*\.delete\(")


def _table(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading."""
    body = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in body.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in rows]


def _codes(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def test_every_sealed_column_is_named_and_no_other():
    sealed = {
        model._meta.label: {field.name for field in model._meta.local_fields if isinstance(field, SealedField)}
        for model in apps.get_models()
    }
    told = {model.strip("` "): _codes(columns) for model, columns, _what in _table("Sealed columns")}
    assert told == {model: columns for model, columns in sealed.items() if columns}


def test_every_task_that_deletes_by_time_is_named_and_exists():
    told = {name for row in _table("How long") for name in _codes(row[2])}
    assert told <= set(settings.CELERY_BEAT_SCHEDULE)
    assert {name for name in settings.CELERY_BEAT_SCHEDULE if DELETING.search(name)} - told == set()


def test_every_statement_that_deletes_by_time_is_named():
    told = {name for row in _table("How long") for name in _codes(row[3])}
    found = {str(path.relative_to(ROOT)) for path in python_files() if BY_TIME.search(path.read_text())}
    assert found - told == set()
    assert {name for name in told if "/" in name and not (ROOT / name).exists()} == set()


def test_every_setting_that_says_how_long_is_named_with_its_default():
    text = (ROOT / "portal" / "settings" / "base.py").read_text()
    kept = dict(
        re.findall(r'env\.int\("(\w+_FILE_(?:DAYS|HOURS)|CASE_(?:UPLOAD|\w+_DOCUMENT)_DAYS)", default=(\d+)', text)
    )
    told = {name: row[1] for row in _table("How long") for name in _codes(row[3]) if name.isupper()}
    assert set(told) == set(kept)
    for name, number in kept.items():
        assert re.match(rf"{number} (days|hours)\b", told[name]), name
        assert told[name].split()[1].rstrip(",") == name.rpartition("_")[2].lower()


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        ("what a colleague typed and left", f"{DESK_KEEPS.days} days"),
        ("what was posted while signed out", f"{WAITS.total_seconds() / 3600:.0f} hours"),
        ("answers given when signing up", f"{ANSWERS_KEPT.days} days after the last session"),
        ("draft of a child's file nobody agreed to", f"{DRAFT_DAYS} days"),
        ("file of a child who left", f"locked after {RESTRICT_AFTER.days} days"),
        ("preview of an enrolment nobody came back to", {1: "a day"}[FORGOTTEN_AFTER.days]),
        ("a missed place", f"until no programme counts it, at most {LONGEST_MEMORY.days // 365} years"),
    ],
)
def test_what_is_kept_by_the_code_s_own_numbers_is_told_as_it_is(what, kept):
    [row] = [row for row in _table("How long") if row[0] == what]
    assert row[1].startswith(kept)


def test_the_days_of_backups_are_the_code_s():
    assert f"({BACKUP_DAYS} days unless" in TEXT


def test_every_term_that_is_kept_is_told_with_its_years():
    task = settings.CELERY_BEAT_SCHEDULE["forget-ended-matters"]["task"]
    assert task == "services.privacy.tasks.erase_ended"
    told = [row[1] for row in _table("How long") if "forget-ended-matters" in row[2]]
    by_day = f"until {date(2000, *RETURNS_CLOSED):%-d %B} of the next year"
    [of_rosters] = [words for words in told if not words[0].isdigit()]
    assert of_rosters.startswith(by_day)
    years = [int(words.split()[0]) for words in told if words[0].isdigit()]
    assert sorted(years) == sorted(term.years for term in terms if term.years)


def test_codes_are_kept_two_days():
    assert "timedelta(days=2)" in (ROOT / codes.__file__).read_text()
    [row] = [row for row in _table("How long") if row[0] == "one-time codes"]
    assert row[1] == "2 days"
