"""A small installation to be backed up, and an empty one beside it to restore into."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from services.exchange.models import Export
from tests.factories.accounts import StaffFactory
from tests.factories.pages import picture
from tests.factories.workers import WorkerFactory

DISK = "django.core.files.storage.FileSystemStorage"


def stores_in(folder: Path, settings) -> dict:
    return settings.STORAGES | {
        "default": {"BACKEND": DISK, "OPTIONS": {"location": str(folder / "media")}},
        "private": {"BACKEND": DISK, "OPTIONS": {"location": str(folder / "private"), "base_url": None}},
    }


@dataclass
class World:
    woman: object
    export: Export
    picture: object


def filled() -> World:
    """Sealed values in columns and within a document of a library; a file in each store."""
    woman, officer = WorkerFactory(), StaffFactory()
    RecoveryCodes.activate(officer)
    export = Export(
        listing="workers", owner=officer, language="zh-hans", created_at=timezone.now(), heartbeat_at=timezone.now()
    )
    export.file.save("export.xlsx", ContentFile(b"workbook" * 1000), save=False)
    export.save()
    return World(woman, export, picture())


@contextmanager
def another_database(folder: Path):
    """The connection leads to a new and empty database as long as this lasts."""
    settings_dict, ours = connection.settings_dict, connection.settings_dict["NAME"]
    fresh = f"mumian_restored_{uuid4().hex}" if connection.vendor == "postgresql" else str(folder / "fresh.sqlite3")
    if connection.vendor == "postgresql":
        _maintain(f'CREATE DATABASE "{fresh}"')
    _lead_to(fresh, settings_dict)
    try:
        yield
    finally:
        _lead_to(ours, settings_dict)
        if connection.vendor == "postgresql":
            _maintain(f'DROP DATABASE "{fresh}"')


def _lead_to(name: str, settings_dict: dict) -> None:
    connection.close()
    settings_dict["NAME"] = name


def _maintain(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
