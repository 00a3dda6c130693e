"""Log lines as JSON: with the number of the request, without a path, and blotted out before anything is written."""

import io
import json
import logging
import logging.config

import pytest
from django.conf import settings as project
from django.test import Client

from portal.logs import JsonFormatter, RequestId, current_id
from services.foundation.redaction import RedactingFilter

IDENTITY = "990000199001010017"
GIVEN = "0a" * 16


@pytest.fixture
def lines():
    """What a handler as the settings describe it writes, line by line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    for one in (RedactingFilter(), RequestId()):
        handler.addFilter(one)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_production_writes_json_through_both_filters():
    handler = project.LOGGING["handlers"]["console"]
    assert handler["filters"] == ["redact", "request_id"]
    assert {"plain", "json"} == set(project.LOGGING["formatters"])


def test_a_line_is_one_object_and_holds_no_number_of_a_person(lines):
    token = current_id.set("0123456789abcdef")
    try:
        try:
            raise ValueError(f"bad {IDENTITY}")
        except ValueError:
            logging.getLogger("services.example").exception("refused %s\nand more", IDENTITY)
    finally:
        current_id.reset(token)
    [line] = lines()
    assert (line["level"], line["logger"], line["request_id"]) == ("ERROR", "services.example", "0123456789abcdef")
    assert "ValueError" in line["exception"] and IDENTITY not in json.dumps(line)


@pytest.mark.django_db
def test_each_request_leaves_one_line_with_its_view_and_without_its_address(lines):
    answer = Client().get(f"/accounts/sign-in/?phone={IDENTITY}")
    [line] = [one for one in lines() if one["logger"] == "portal.requests"]
    assert (line["view"], line["method"], line["status"]) == ("accounts:sign_in", "GET", 200)
    assert line["request_id"] == answer["X-Request-ID"] and isinstance(line["milliseconds"], int)
    assert "sign-in" not in json.dumps(line) and "phone" not in json.dumps(line)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("behind_proxy", "given", "kept"),
    [
        (True, GIVEN, True),
        (True, IDENTITY, False),
        (True, "words of a stranger", False),
        (False, GIVEN, False),
    ],
)
def test_the_number_is_the_proxy_s_where_there_is_one(settings, behind_proxy, given, kept):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    answer = Client().get("/accounts/sign-in/", headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) == kept
    assert len(answer["X-Request-ID"]) >= 32
    assert current_id.get() == "-"
