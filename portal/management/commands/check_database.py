"""Says before migrating whether this version can go on with this database; touches nothing."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.versions import named, our_labels, unknown_migrations


class Command(BaseCommand):
    help = "Ends with an error where the database was written by a newer or another version. Run it before migrate."

    def handle(self, *args, **options):
        loader, ours = MigrationLoader(connection), our_labels()
        if unknown := unknown_migrations(loader.applied_migrations):
            raise CommandError(
                f"This database was written by a newer or another version: it has {named(unknown)}, which this one "
                "doesn't know. Nothing was changed. Install the version that wrote it, or restore a backup of this one."
            )
        waiting = sum(key[0] in ours and key not in loader.applied_migrations for key in loader.disk_migrations)
        self.stdout.write(f"This version can go on with this database: {waiting} migrations of ours to carry out.")
