"""Buckets keep what Django's storages promise, and an unreachable store is told from a missing file."""

import io

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from portal import object_storage
from portal.private_files import private_files_by_nginx
from services.foundation.stored import NotInStore, StoreUnreachable
from tests.object_storage.server import BUCKETS, KEYS, PRIVATE, PUBLIC, stores_at

pytestmark = pytest.mark.usefixtures("stores")
ELSEWHERE = "http://127.0.0.1:9"


def kept(body: bytes = b"kept", name: str = "cases/ab/one.pdf", alias: str = "private") -> str:
    return storages[alias].save(name, ContentFile(body))


def test_what_was_kept_is_read_again_and_its_like_written_beside_it():
    first, second = kept(b"first"), kept(b"second")
    assert first != second
    with storages["private"].open(first, "rb") as file:
        assert (file.read(), file.seek(2), file.read()) == (b"first", 2, b"rst")
    assert storages["private"].size(second) == 6


def test_what_was_stored_can_go_on_being_read_by_whoever_stored_it():
    stream = io.BytesIO(b"bytes")
    storages["private"].save("payments/a/bank.xlsx", File(stream))
    assert (stream.seek(0), stream.read()) == (0, b"bytes")


def test_folders_are_listed_and_a_folder_that_nobody_made_is_empty():
    kept()
    assert storages["private"].listdir("cases") == (["ab"], [])
    assert storages["private"].listdir("cases/ab") == ([], ["one.pdf"])
    assert storages["private"].listdir("children") == ([], [])


def test_a_missing_file_is_missing_as_on_disk():
    store = storages["private"]
    for ask in (store.open, store.size, store.get_modified_time):
        with pytest.raises(FileNotFoundError) as missing:
            ask("cases/ab/none.pdf")
        assert isinstance(missing.value, NotInStore)
    assert not store.exists("cases/ab/none.pdf")
    store.delete("cases/ab/none.pdf")


def test_an_unreachable_store_is_no_missing_file(server):
    name, store = kept(), storages["private"]
    server.stop()
    asks = [store.open, store.size, store.get_modified_time, store.exists, store.delete, store.listdir]
    for ask in (*asks, lambda name: store.save(name, ContentFile(b"more"))):
        with pytest.raises(StoreUnreachable):
            ask(name)


def test_a_file_that_was_opened_is_here_whatever_becomes_of_the_store(server):
    file = storages["private"].open(kept(b"all of it"), "rb")
    server.stop()
    assert file.read() == b"all of it"


def test_a_large_file_is_read_where_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(object_storage, "FETCHED_WHOLE", 10)
    monkeypatch.setattr(object_storage, "PART", 8)
    asked, body = [], bytes(range(100))
    whole = object_storage.Parts.readinto
    monkeypatch.setattr(
        object_storage.Parts, "readinto", lambda self, into: asked.append(self.tell()) or whole(self, into)
    )
    with storages["private"].open(kept(body), "rb") as file:
        file.seek(90)
        assert (file.read(4), asked) == (body[90:94], [90])
        file.seek(0)
        assert (file.read(), file.seek(-2, io.SEEK_END), file.read()) == (body, 98, body[98:])


def test_a_private_file_has_no_address_and_nobody_reads_it_without_the_key(server):
    name = kept()
    with pytest.raises(ValueError, match="not accessible via a URL"):
        storages["private"].url(name)
    assert server.names() == [name]
    assert server.answer_to_a_stranger(name) == 403


def test_a_picture_s_address_is_ours_unless_the_environment_names_another(settings):
    name = kept(name="images/示例.jpg", alias="default")
    assert storages["default"].url(name) == "/media/images/%E7%A4%BA%E4%BE%8B.jpg"
    settings.S3_PUBLIC_URL = "https://pictures.example.org/"
    assert storages["default"].url("images/a.jpg") == "https://pictures.example.org/images/a.jpg"


def test_nginx_is_told_of_no_file_that_isn_t_on_its_disk(settings):
    settings.NGINX_SENDS_FILES = True
    with pytest.raises(MiddlewareNotUsed):
        private_files_by_nginx(lambda request: None)


@pytest.mark.parametrize("missing", sorted({**KEYS, **BUCKETS}))
def test_half_of_the_settings_is_refused_with_the_name_of_what_is_missing(missing):
    with pytest.raises(ImproperlyConfigured, match=missing):
        stores_at(ELSEWHERE, **{missing: ""})


def test_a_store_is_named_by_its_address_or_its_region():
    with pytest.raises(ImproperlyConfigured, match="S3_ENDPOINT_URL or S3_REGION"):
        stores_at("")
    assert stores_at("", S3_REGION="cn-north-1")["private"]["OPTIONS"]["endpoint_url"] is None


def test_one_bucket_for_pictures_and_papers_is_refused():
    with pytest.raises(ImproperlyConfigured, match="two buckets"):
        stores_at(ELSEWHERE, S3_PUBLIC_BUCKET=PRIVATE)


def deployment_faults() -> list[tuple[str, str]]:
    found = run_checks(tags=["security"], include_deployment_checks=True)
    return [(one.id, one.msg) for one in found if one.id in ("portal.E002", "portal.E003")]


def test_the_deployment_check_leaves_nothing_behind_and_finds_nothing_in_two_closed_buckets(server):
    assert deployment_faults() == []
    assert server.names(PUBLIC) == server.names(PRIVATE) == []


def test_the_deployment_check_finds_a_private_bucket_that_strangers_read(server):
    server.open_to_all(PRIVATE)
    assert [code for code, _words in deployment_faults()] == ["portal.E003"]


def test_the_deployment_check_finds_a_bucket_that_isn_t_there_and_a_store_that_is_gone(server):
    server.client.delete_bucket(Bucket=PUBLIC)
    assert [(code, PUBLIC in words) for code, words in deployment_faults()] == [("portal.E002", True)]
    server.stop()
    assert [code for code, _words in deployment_faults()] == ["portal.E002", "portal.E002"]
