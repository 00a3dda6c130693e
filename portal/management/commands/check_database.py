"""Says before migrating whether this version can go on with this database; touches nothing."""

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = ("services.", "portal", "cms_pages")


class Command(BaseCommand):
    help = "Ends with an error where the database was written by a newer or another version. Run it before migrate."

    def handle(self, *args, **options):
        loader = MigrationLoader(connection)
        ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
        applied = {key for key in loader.applied_migrations if key[0] in ours}
        replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
        unknown = sorted(applied - set(loader.disk_migrations) - replaced)
        if unknown:
            names = ", ".join(f"{app}.{name}" for app, name in unknown[:5])
            more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
            raise CommandError(
                f"This database was written by a newer or another version: it has {names}{more}, which this one "
                "doesn't know. Nothing was changed. Install the version that wrote it, or restore a backup of this one."
            )
        waiting = sum(key[0] in ours and key not in applied for key in loader.disk_migrations)
        self.stdout.write(f"This version can go on with this database: {waiting} migrations of ours to carry out.")
