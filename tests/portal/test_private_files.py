"""A private file is handed to nginx by its name, and nothing else is."""

import io

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import FileResponse, HttpResponse

from portal.private_files import private_files_by_nginx
from services.foundation.sealed_files import sealed_file

BYTES = b"what is private"


@pytest.fixture
def private(settings):
    settings.NGINX_SENDS_FILES = True
    return storages["private"]


def _sent(response, rf):
    return private_files_by_nginx(lambda request: response)(rf.get("/"))


def test_without_nginx_the_application_sends_the_file_itself(settings):
    settings.NGINX_SENDS_FILES = False
    with pytest.raises(MiddlewareNotUsed):
        private_files_by_nginx(lambda request: HttpResponse())


def test_a_private_file_goes_out_by_name_with_the_headers_that_guard_it(private, rf):
    name = private.save("cases/ab/paper.jpg", ContentFile(BYTES))
    before = sealed_file(private.open(name), name="paper.jpg", content_type="image/jpeg")
    before.set_cookie("kept", "1")
    headers = {name: value for name, value in before.headers.items() if name != "Content-Length"}
    after = _sent(before, rf)
    assert dict(after.headers) == {**headers, "X-Accel-Redirect": f"/private-files/{name}"}
    assert (after.content, after.cookies["kept"].value) == (b"", "1")


def test_a_name_is_written_so_that_it_stays_one_name(private, rf):
    name = private.save("paper with 木棉.pdf", ContentFile(BYTES))
    sent = _sent(sealed_file(private.open(name), name="a.pdf", content_type="application/pdf"), rf)
    assert sent["X-Accel-Redirect"].isascii() and " " not in sent["X-Accel-Redirect"]


@pytest.mark.parametrize("kind", ["a page", "made in memory", "made in memory under a name", "a file elsewhere"])
def test_what_is_no_private_file_goes_out_as_before(private, rf, tmp_path, kind):
    (tmp_path / "elsewhere").write_bytes(BYTES)
    response = {
        "a page": lambda: HttpResponse(BYTES),
        "made in memory": lambda: FileResponse(io.BytesIO(BYTES)),
        "made in memory under a name": lambda: FileResponse(ContentFile(BYTES, name="cases/ab/other.jpg")),
        "a file elsewhere": lambda: FileResponse(File((tmp_path / "elsewhere").open("rb"))),
    }[kind]()
    sent = _sent(response, rf)
    assert sent is response
    assert "X-Accel-Redirect" not in sent


def test_a_file_that_begins_in_the_middle_goes_out_as_before(private, rf):
    stream = private.open(private.save("cases/ab/part.bin", ContentFile(BYTES)))
    stream.seek(5)
    assert b"".join(_sent(FileResponse(stream), rf).streaming_content) == BYTES[5:]
