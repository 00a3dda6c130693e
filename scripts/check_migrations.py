"""Judges every migration after an app's first by the SQL it runs: locks, rewritten tables, columns the version before
still needs.

The SQL is that of the database the settings name: `make lint` judges SQLite's, the tests PostgreSQL's as well
(tests/house/test_migrations.py). What has to be done all the same is said in the migration, with
``IgnoreMigration()`` and the reason beside it.
"""

import os
import sys

OURS = ("services.", "portal", "cms_pages")


def lint() -> tuple[int, int]:
    """How many migrations were judged, and how many break a rule; each finding is printed."""
    from django.apps import apps
    from django_migration_linter import MigrationLinter

    ours = [config.label for config in apps.get_app_configs() if config.name.startswith(OURS)]
    linter = MigrationLinter(
        include_apps=ours,
        ignore_initial_migrations=True,
        all_warnings_as_errors=True,
        no_cache=True,
        quiet=["ok", "ignore"],
    )
    linter.lint_all_migrations()
    return linter.nb_total - linter.nb_ignored, linter.nb_erroneous


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    judged, broken = lint()
    print(f"Migrations: {judged} after the first of their apps, {broken} break a rule.")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
