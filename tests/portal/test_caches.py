"""A cache that is gone costs speed, never a page; what counts attempts in it stays shut."""

import socket
from pathlib import Path

import pytest
from allauth.core import context
from allauth.mfa.base.internal.flows import check_rate_limit
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from cms_pages import freshness
from portal import caches as ours
from services.foundation.pace import minutes_to_wait
from tests.exchange.test_pace import TEN_TO
from tests.factories.accounts import StaffFactory
from tests.factories.pages import article
from tests.screening.her_world import her_world, signed_in, text

pytestmark = pytest.mark.django_db
PASSWORD = "Kapok-2026-flower"  # pragma: allowlist secret


@pytest.fixture(autouse=True)
def _afresh():
    ours._paused_until.clear()
    yield
    ours._paused_until.clear()


@pytest.fixture
def nobody_there() -> str:
    """The address of a Redis that doesn't run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


@pytest.fixture
def without_redis(settings, nobody_there):
    gone = {"BACKEND": "portal.caches.Redis", "LOCATION": nobody_there, "OPTIONS": {"socket_connect_timeout": 1}}
    settings.CACHES = dict.fromkeys(("default", "pages", "progress"), gone)
    settings.PAGE_CACHE_SECONDS = 300


@pytest.fixture
def full_disk(settings, tmp_path, monkeypatch):
    """Every write of the file cache fails as on a full disk; what can be read is read."""

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileBasedCache, "_write_content", full)
    files = {"BACKEND": "portal.caches.Files", "LOCATION": str(tmp_path)}
    settings.CACHES = dict.fromkeys(("default", "pages", "progress"), files)
    settings.PAGE_CACHE_SECONDS = 300


GONE = pytest.mark.parametrize("lost", ["without_redis", "full_disk"])


@GONE
def test_public_pages_and_her_own_are_shown(lost, request):
    world, page = her_world(), article()
    request.getfixturevalue(lost)
    for _ in range(2):
        assert page.title in text(Client().get(page.url))
    assert Client().get(reverse("screening:list")).status_code == 200
    assert signed_in(world.user).get(reverse("overview:home")).status_code == 200


@GONE
def test_what_is_asked_of_a_lost_cache_is_answered_as_by_an_empty_one(lost, request):
    request.getfixturevalue(lost)
    cache = caches["default"]
    cache.set("a", 1)
    cache.set_many({"b": 2})
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a", "b"]) == {}
    assert not cache.has_key("a")
    assert cache.add("a", 1) is False
    with pytest.raises(ValueError, match="counted"):
        cache.incr("a")
    cache.delete("a")


@GONE
def test_passwords_can_t_be_guessed_while_nobody_counts(lost, request):
    staff = StaffFactory(username="liming")
    staff.set_password(PASSWORD)
    staff.save()
    request.getfixturevalue(lost)
    client = Client()
    answer = client.post(reverse("account_login"), {"login": "liming", "password": PASSWORD})
    assert answer.status_code == 429
    assert "请几分钟后再试" in text(answer)
    assert "_auth_user_id" not in client.session


@GONE
def test_the_second_factor_can_t_be_guessed_either(lost, request):
    request.getfixturevalue(lost)
    with (
        pytest.raises(ValidationError, match="暂时无法登录") as refused,
        context.request_context(RequestFactory().post("/")),
    ):
        check_rate_limit(StaffFactory())
    assert refused.value.code == "attempts_uncounted"


@GONE
def test_an_upload_is_not_refused_for_want_of_a_count(lost, request):
    her = StaffFactory()
    request.getfixturevalue(lost)
    assert [minutes_to_wait("upload", her, limit=1, now=TEN_TO) for _ in range(3)] == [0, 0, 0]


def test_a_lost_cache_is_left_alone_for_a_moment_and_then_asked_again(settings, nobody_there, caplog, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "portal.caches.Redis", "LOCATION": nobody_there}}
    asked = [caches["default"].get("a") for _ in range(20)]
    assert asked == [None] * 20
    assert [record.name for record in caplog.records] == ["portal.caches"]
    assert "127.0.0.1" not in caplog.text
    now = ours.time.monotonic()
    monkeypatch.setattr(ours.time, "monotonic", lambda: now + ours.PAUSE)
    caches["default"].get("a")
    assert len(caplog.records) == 2


def test_what_was_published_while_the_cache_was_gone_is_told_when_it_is_back(settings, tmp_path, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "portal.caches.Files", "LOCATION": str(tmp_path)}}
    before = freshness.generation()
    with monkeypatch.context() as lost:
        lost.setattr(ours._MayFail, "paused", True)
        freshness.renew()
    (told,) = {freshness.generation() for _ in range(3)}
    assert told != before
    assert caches["default"].get(freshness._KEY) == told
    assert list(Path(tmp_path).iterdir())
