"""Which version this is, and whether it knows what a database was written by."""

import tomllib
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = ("services.", "portal", "cms_pages")
Key = tuple[str, str]


def product_version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def our_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}


def unknown_migrations(applied: Iterable[Key]) -> list[Key]:
    """Those of ``applied`` that are ours and that this version doesn't know: a newer or another one wrote them."""
    loader, ours = MigrationLoader(connection), our_labels()
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return sorted(key for key in set(applied) - set(loader.disk_migrations) - replaced if key[0] in ours)


def named(migrations: list[Key], most: int = 5) -> str:
    names = ", ".join(f"{app}.{name}" for app, name in migrations[:most])
    return f"{names} and {len(migrations) - most} more" if len(migrations) > most else names
