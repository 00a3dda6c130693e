"""Requests made to keep the server busy: each is answered at once, refused or read within bounds, never with a 500."""

import time
from contextlib import suppress
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import RawPostDataException
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
FORM = reverse("screening:list")
SIGN_IN = reverse("accounts:sign_in")
EDGE = "edge"
# Seconds of work for what takes milliseconds when it is read once, and minutes when it is read over and over.
PATIENCE = 5


def part(name: str, body: bytes, *headers: str) -> bytes:
    head = "\r\n".join([f'Content-Disposition: form-data; name="{name}"', *headers])
    return f"--{EDGE}\r\n{head}\r\n\r\n".encode() + body + b"\r\n"


def post(body: bytes, **headers):
    """A multipart form as it comes over the wire."""
    began = time.thread_time()
    answer = Client(raise_request_exception=False).generic(
        "POST", SIGN_IN, body, content_type=f"multipart/form-data; boundary={EDGE}", **headers
    )
    assert time.thread_time() - began < PATIENCE
    return answer


END = f"--{EDGE}--\r\n".encode()


def test_base64_stuffed_with_blanks_is_read_once_and_not_over_and_over():
    stuffed = (b" " * 1000 + b"A" + b"\n" * 1000) * 1000
    answer = post(part('file"; filename="a.txt', stuffed, "Content-Transfer-Encoding: base64") + END)
    assert answer.status_code in (200, 400, 403, 413)


def test_a_part_with_thousands_of_headers_is_answered_at_once():
    many = [f"X-Filler-{number}: {'x' * 20}" for number in range(20_000)]
    assert post(part("phone", b"19900000001", *many) + END).status_code in (200, 302, 400)


def test_thousands_of_headers_with_one_name_cost_no_more_than_reading_them():
    """A server in front joins what is repeated; a value of that length is what reaches the application."""
    long = {"HTTP_ACCEPT_LANGUAGE": ",".join(["zh"] * 20_000), "HTTP_X_FILLER": "x," * 50_000}
    answer = post(part("phone", b"1") + END, **long)
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["multipart", "urlencoded", "query"])
def test_more_fields_than_a_form_may_hold_are_refused(settings, kind):
    number = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    client, began = Client(raise_request_exception=False), time.thread_time()
    if kind == "multipart":
        answer = post(b"".join(part(f"f{n}", b"") for n in range(number)) + END)
    elif kind == "urlencoded":
        body = "&".join(f"f{n}=" for n in range(number))
        answer = client.generic("POST", SIGN_IN, body, content_type="application/x-www-form-urlencoded")
    else:
        answer = client.get(FORM, QUERY_STRING="&".join(f"f{n}=" for n in range(number)))
    assert answer.status_code == 400
    assert time.thread_time() - began < PATIENCE


def test_a_body_larger_than_a_form_may_be_is_refused(settings):
    body = b"phone=" + b"1" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    client = Client(raise_request_exception=False)
    assert client.generic("POST", SIGN_IN, body, "application/x-www-form-urlencoded").status_code in (400, 413)
    assert post(part("phone", b"1" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)) + END).status_code in (400, 413)


def test_a_body_that_says_it_is_longer_than_it_is_ends_where_it_ends():
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE}",
        "CONTENT_LENGTH": "1000000",
        "wsgi.input": BytesIO(part("phone", b"1")),
    }
    with suppress(OSError, RawPostDataException):
        assert len(WSGIRequest(environ).POST) <= 1
