"""Files in buckets are backed up from there and restored to there; a store that is away leaves nothing half done."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from services.exchange.models import Export
from tests.object_storage.server import PRIVATE, PUBLIC
from tests.portal.backups import another_database, filled

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.usefixtures("stores")]


def test_files_leave_the_buckets_and_come_back_to_new_ones(server, tmp_path):
    world = filled()
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    server.begin()
    with another_database(tmp_path):
        call_command("restore", tmp_path / "backup", stdout=StringIO())
        assert server.names(PRIVATE) == [world.export.file.name] and server.names(PUBLIC) == [world.picture.file.name]
        with Export.objects.get().file.open("rb") as stream:
            assert stream.read() == b"workbook" * 1000


def test_while_the_store_is_away_neither_is_begun(server, tmp_path):
    filled()
    call_command("back_up", tmp_path / "backup", stdout=StringIO())
    server.stop()
    with pytest.raises(CommandError, match="nothing is left of it"):
        call_command("back_up", tmp_path / "second")
    assert not list(tmp_path.glob("second*"))
    with another_database(tmp_path), pytest.raises(CommandError, match="A disk or a store failed"):
        call_command("restore", tmp_path / "backup")
        assert connection.introspection.table_names() == []
