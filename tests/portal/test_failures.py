"""Error pages speak the reader's language, say what to do, and keep everything else to themselves."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, override_settings
from django.urls import path

from portal import urls as portal_urls
from tests.screening.her_world import text

SECRET = "示例秘密内容"


def breaks(request):
    raise RuntimeError(SECRET)


def refuses(request):
    raise PermissionDenied


def mistrusts(request):
    raise SuspiciousOperation(SECRET)


urlpatterns = [
    path("breaks/", breaks),
    path("refuses/", refuses),
    path("mistrusts/", mistrusts),
    *portal_urls.urlpatterns,
]
handler500 = portal_urls.handler500

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__, DEBUG=False):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "chinese", "english"),
    [
        ("/mistrusts/", 400, "无法读取", "couldn't be read"),
        ("/refuses/", 403, "您不能进行此操作", "You may not do this"),
        ("/no-such-page/", 404, "找不到这个页面", "This page isn't here"),
        ("/breaks/", 500, "", "Our fault"),
    ],
)
def test_an_error_is_explained_in_both_languages(visitor, address, status, chinese, english):
    response = visitor.get(address)
    assert response.status_code == status
    assert chinese in text(response)
    assert "Our fault" not in text(response)
    visitor.cookies["language"] = "en"
    translated = visitor.get(address)
    assert english in text(translated).replace("&#x27;", "'")
    assert [word for word in (SECRET, "Traceback", "RuntimeError", "urlpatterns") if word in text(translated)] == []


def test_a_breakdown_is_logged_under_the_number_that_is_shown(visitor, caplog):
    with caplog.at_level(logging.ERROR, logger="portal.failures"):
        response = visitor.get("/breaks/?phone=19900001234")
    (number,) = re.findall(r"E\d{8}", text(response))
    (line,) = [record.getMessage() for record in caplog.records if record.name == "portal.failures"]
    assert line == f"server error {number} at GET /breaks/"


def test_the_breakdown_page_needs_no_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert visitor.get("/breaks/").status_code == 500


def test_an_expired_form_is_explained():
    visitor = Client(enforce_csrf_checks=True)
    response = visitor.post("/accounts/sign-in/", {"phone": "19900001234"})
    assert response.status_code == 403
    assert "19900001234" not in text(response)
    assert "页面" in text(response)
