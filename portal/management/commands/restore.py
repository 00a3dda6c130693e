"""Restore a backup into an empty database and the stores, and prove it; ``--check`` only judges the backup."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup import Refused, examine, restore
from services.foundation import clock


class Command(BaseCommand):
    help = "Restores what back_up wrote. Refuses before touching anything where it can't be restored here."
    requires_system_checks = []  # there are no tables yet

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="the folder that back_up wrote")
        parser.add_argument("--check", action="store_true", help="only say whether it is whole and fits our keys")

    def handle(self, *, source: Path, check: bool, **options):
        try:
            found = examine(source) if check else restore(source, now=clock.now(), say=self.stdout.write)
        except Refused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"A disk or a store failed: {error}. The database is empty as before, or restored and not yet proved."
            ) from error
        if check:
            self.stdout.write(f"Whole, and fits our keys: made at {found.made_at} by version {found.version}.")
            return
        self.stdout.write(f"Restored as of {found.made_at}. What happened since then is lost: see docs/operations.md.")
