"""Write a backup of database and files into a new folder; the keys stay out of it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.backup import Refused, back_up, delete_old
from services.foundation import clock

SHOWN = 20


class Command(BaseCommand):
    help = "Writes one snapshot of the database and every file that it names into a new folder, with checksums."

    def add_arguments(self, parser):
        parser.add_argument("target", type=Path, help="the folder to be made")
        parser.add_argument("--keep", type=int, metavar="DAYS", help="delete backups beside it that are older")

    def handle(self, *, target: Path, keep: int | None, **options):
        if keep is not None and keep < 1:
            raise CommandError("--keep takes a number of days from 1 on.")
        try:
            made = back_up(target, now=clock.now())
        except Refused as error:
            raise CommandError(str(error)) from error
        rows, megabytes = sum(made.rows.values()), (made.dump.size + made.file_bytes) / 1024 / 1024
        self.stdout.write(f"{target}: {rows} rows, {len(made.files)} files, {megabytes:,.1f} MB.")
        self.stdout.write(f"Keep apart from it: INDEX_KEY, and of FIELD_KEYS {', '.join(made.keys) or 'none'}.")
        for folder in delete_old(target, days=keep, now=clock.now()) if keep else []:
            self.stdout.write(f"Deleted, as it was made more than {keep} days ago: {folder}")
        if made.deleted_since:
            self.stdout.write(f"{len(made.deleted_since)} files were deleted while it was made.")
        for store, name in made.missing[:SHOWN]:
            self.stderr.write(f"in no store: {store}/{name}")
        if made.missing:
            raise CommandError(
                f"The backup is whole, but {len(made.missing)} files that rows name were lost before.", returncode=2
            )
