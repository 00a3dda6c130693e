"""The portal's files in an S3 server instead of on disk: every field that keeps a file, and what asks by name."""

import pytest
from django.apps import apps
from django.core.files.storage import default_storage, storages
from django.db.models import FileField

from tests.object_storage.server import s3_server, stores_at


@pytest.fixture(scope="session")
def s3():
    with s3_server() as running:
        yield running


@pytest.fixture
def server(s3):
    s3.begin()
    return s3


@pytest.fixture
def stores(server, settings, monkeypatch):
    """Fields ask for their storage once, when the models are loaded; here they are asked again."""
    settings.STORAGES = settings.STORAGES | stores_at(server.address)
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField) and field.storage is not default_storage:
                monkeypatch.setattr(field, "storage", storages["private"])
    return server
