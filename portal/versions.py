"""Which version this is, and whether it knows what a database was written by."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

OURS = ("services.", "portal", "cms_pages")
Key = tuple[str, str]


def product_version() -> str:
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]


def our_labels() -> set[str]:
    return {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}


@lru_cache(maxsize=1)
def _on_disk() -> tuple[frozenset[Key], frozenset[Key]]:
    """The migrations this version brings, and those that they stand for. A process runs one version."""
    found = MigrationLoader(None).disk_migrations
    return frozenset(found), frozenset(key for migration in found.values() for key in migration.replaces)


def unknown_migrations(applied: Iterable[Key]) -> list[Key]:
    """Those of ``applied`` that are ours and that this version doesn't know: a newer or another one wrote them."""
    (known, replaced), ours = _on_disk(), our_labels()
    return sorted(key for key in set(applied) - known - replaced if key[0] in ours)


def has_all_migrations(applied: Iterable[Key]) -> bool:
    return _on_disk()[0] <= set(applied)


def named(migrations: list[Key], most: int = 5) -> str:
    names = ", ".join(f"{app}.{name}" for app, name in migrations[:most])
    return f"{names} and {len(migrations) - most} more" if len(migrations) > most else names
