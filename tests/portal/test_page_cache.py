"""Copies of public pages: only for visitors without a session, never stale after publishing, never personal."""

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.page_cache import anonymous_page_cache
from services.messaging.enums import Channel
from services.messaging.models import Message
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.pages import article, campaign
from tests.screening.her_world import signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _copies(settings):
    settings.PAGE_CACHE_SECONDS = 300
    caches["pages"].clear()


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Runs what waits for the end of the transaction, as publishing does in life."""

    def run(change):
        with django_capture_on_commit_callbacks(execute=True):
            return change()

    return run


def silently(page, title: str) -> None:
    """Change the row behind the page's back: a copy goes on showing the old title."""
    type(page).objects.filter(pk=page.pk).update(title=title)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_visitor_is_given_the_copy(client, django_assert_num_queries, method):
    page = article("旧标题")
    first = client.get(page.url)
    silently(page, "新标题")
    with django_assert_num_queries(0):
        second = getattr(client, method)(page.url)
    assert second.status_code == 200
    if method == "get":
        assert second.content == first.content
    kept = {name: first[name] for name in first.headers if name not in ("Set-Cookie", "X-Request-ID")}
    assert {name: second.headers.get(name) for name in kept} == kept


def test_a_copy_is_as_guarded_as_the_page(client):
    page = article()
    answers = [client.get(page.url), client.get(page.url)]
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        assert answers[0][name] == answers[1][name]
    assert [answer["Cache-Control"] for answer in answers] == ["private, no-cache"] * 2
    assert "Cookie" in answers[1]["Vary"]


def test_head_alone_leaves_no_copy(client):
    page = article("旧标题")
    client.head(page.url)
    silently(page, "新标题")
    assert "新标题" in text(client.get(page.url))


def test_two_women_and_a_visitor_never_see_one_another(client):
    page = article("公开的资讯")
    first, second = WorkerUserFactory(), WorkerUserFactory()
    for number in range(3):
        Message.objects.create(
            recipient=first,
            channel=Channel.IN_SITE,
            key="test",
            subject="一条消息",
            body="请查看",
            dedupe_key=f"copy-{number}",
        )
    hers, others, visitors = signed_in(first), signed_in(second), client
    for _round in range(2):
        seen = [text(browser.get(page.url)) for browser in (hers, others, visitors)]
        assert ["3 条未读" in shown for shown in seen] == [True, False, False]
        assert ["登录" in shown for shown in seen] == [False, False, True]
    assert hers.get(page.url)["Cache-Control"] == "private, no-store"


def test_staff_are_led_to_their_desk(client):
    page = article()
    client.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    shown = client.get(page.url).content.decode()
    assert 'href="/admin/"' in shown
    assert 'href="/my/"' not in shown.split("<main")[0]


def test_language_large_print_and_plain_words_have_copies_of_their_own(client):
    page = article()
    seen = set()
    for language in ("zh-hans", "en"):
        for large, plain in ("00", "01", "10", "11"):
            client.cookies["language"], client.cookies["large_print"] = language, large
            client.cookies["plain_words"] = plain
            shown = client.get(page.url).content
            assert client.get(page.url).content == shown
            assert (b'data-print="large"' in shown) is (large == "1")
            assert (b'data-words="plain"' in shown) is (plain == "1")
            assert (b'<html lang="en"' in shown) is (language == "en")
            seen.add(shown)
    assert len(seen) == 8


def test_a_made_up_cookie_makes_no_further_copies(client):
    page = article("旧标题")
    client.get(page.url)
    silently(page, "新标题")
    for name, value in (("language", "xx"), ("large_print", "yes"), ("theme", "dark")):
        browser = Client()
        browser.cookies[name] = value
        assert "旧标题" in text(browser.get(page.url))


@pytest.mark.parametrize("query", ["?q=1", "?p=1&x=2", "?p=12345", "?p=abc", "?utm=1"])
def test_an_address_with_a_query_is_never_copied(client, query):
    page = article("旧标题")
    client.get(page.url + query)
    silently(page, "新标题")
    assert "新标题" in text(client.get(page.url + query))


def test_pages_of_a_list_have_copies_of_their_own(client):
    for number in range(13):
        article(f"资讯{number:02d}")
    shown = [client.get(f"/articles/?p={number}").content for number in (1, 2)]
    assert shown == [client.get(f"/articles/?p={number}").content for number in (1, 2)]
    assert shown[0] != shown[1]


@pytest.mark.parametrize("change", ["publish", "unpublish", "delete", "move"])
def test_whatever_editors_do_replaces_the_copies(client, publish, change):
    stays, page = article("留下的资讯"), campaign("会变的活动")
    assert "会变的活动" in text(client.get("/campaigns/"))
    client.get(stays.url)

    def act():
        if change == "publish":
            page.title = "变了的活动"
            page.save_revision().publish()
        elif change == "unpublish":
            page.unpublish()
        elif change == "delete":
            page.delete()
        else:
            campaign("别的活动").move(page, pos="left")

    publish(act)
    shown = text(client.get("/campaigns/"))
    assert ("会变的活动" in shown) is (change == "move")
    assert ("别的活动" in shown) is (change == "move")


def test_a_page_that_is_no_longer_for_everybody_is_not_given_from_a_copy(client, publish):
    page = campaign("只给一些人看的活动")
    assert [client.get(path).status_code for path in (page.url, "/campaigns/")] == [200, 200]
    publish(lambda: PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN))
    assert client.get(page.url).status_code == 302
    assert "只给一些人看的活动" not in text(client.get("/campaigns/"))


def test_a_copy_made_before_the_commit_is_dropped_at_the_commit(client, publish):
    page = campaign("旧标题")

    def act():
        page.title = "新标题"
        page.save_revision().publish()
        client.get("/campaigns/")

    publish(act)
    assert "新标题" in text(client.get("/campaigns/"))


@pytest.mark.parametrize("path", ["/accounts/sign-in/", "/staff/login/", "/no-such-page/", "/search/"])
def test_only_pages_that_say_so_are_copied(client, path):
    client.get(path)
    before = str(caches["pages"]._cache) if hasattr(caches["pages"], "_cache") else ""
    client.get(path)
    assert f":http:testserver{path}" not in before


@pytest.mark.parametrize("spoiled", ["csrf", "cookie", "status", "stream", "silent"])
def test_an_answer_that_is_somebody_s_own_is_not_kept(rf, spoiled):
    from django.http import HttpResponse, StreamingHttpResponse
    from django.middleware.csrf import get_token

    calls = []

    def view(request):
        calls.append(request)
        response = StreamingHttpResponse([b"x"]) if spoiled == "stream" else HttpResponse("x")
        response.page_cache_seconds = 0 if spoiled == "silent" else 60
        if spoiled == "csrf":
            get_token(request)
        elif spoiled == "cookie":
            response.set_cookie("seen", "1")
        elif spoiled == "status":
            response.status_code = 203
        return response

    middleware = anonymous_page_cache(view)
    for _time in range(2):
        middleware(rf.get("/page/"))
    assert len(calls) == 2


def test_places_left_are_at_most_half_a_minute_old(client):
    from cms_pages.models import HomePage
    from cms_pages.models.public_page import LIVE_SECONDS

    assert LIVE_SECONDS == 30
    assert client.get(HomePage.objects.get().url).page_cache_seconds == LIVE_SECONDS
    assert client.get("/services/").page_cache_seconds == LIVE_SECONDS
    assert client.get(article().url).page_cache_seconds == 300
