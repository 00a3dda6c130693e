"""The way to a page is remembered; what was published, moved, hidden or taken away counts at once."""

import pytest
from django.urls import resolve
from wagtail.models import PageViewRestriction, Site

from cms_pages import freshness
from cms_pages.models import ArticleIndexPage, CampaignIndexPage, HomePage
from tests.cms_pages.test_public import queries_of
from tests.factories.pages import article, campaign
from tests.screening.her_world import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def status(client, path: str) -> int:
    return client.get(path).status_code


def test_the_second_reader_of_a_page_costs_it_alone(client):
    assert queries_of(client, article().url) == 1


def test_a_new_text_shows_at_once_though_the_way_is_remembered(client, commit):
    page = article("旧标题")
    assert "旧标题" in text(client.get(page.url))
    page.title = "新标题"
    with commit():
        page.save_revision().publish()
    assert "新标题" in text(client.get(page.url))


def test_the_old_address_of_a_page_leads_to_the_new_one(client, commit):
    page = article()
    old = page.url
    assert status(client, old) == 200
    page.slug = "another"
    with commit():
        page.save_revision().publish()
    assert (status(client, old), status(client, "/articles/another/")) == (301, 200)


def test_the_old_place_of_a_moved_page_leads_to_the_new_one(client, commit):
    page = campaign()
    old = page.url
    assert status(client, old) == 200
    with commit():
        page.move(ArticleIndexPage.objects.get(), pos="last-child")
    assert (status(client, old), status(client, f"/articles/{page.slug}/")) == (301, 200)


@pytest.mark.parametrize("taken", ["unpublished", "deleted"])
def test_a_page_taken_away_is_gone(client, commit, taken):
    page = article()
    assert status(client, page.url) == 200
    with commit():
        page.unpublish() if taken == "unpublished" else page.delete()
    assert status(client, "/articles/" + page.slug + "/") == 404


def test_a_page_hidden_without_any_signal_is_gone_too(client):
    page = article()
    assert status(client, page.url) == 200
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert status(client, page.url) == 404


@pytest.mark.parametrize("above", [False, True], ids=["itself", "its-list"])
def test_a_page_made_private_asks_who_is_there(client, commit, above):
    page = campaign()
    assert status(client, page.url) == 200
    with commit():
        PageViewRestriction.objects.create(
            page=CampaignIndexPage.objects.get() if above else page, restriction_type=PageViewRestriction.LOGIN
        )
    assert status(client, page.url) == 302
    with commit():
        PageViewRestriction.objects.get().delete()
    assert status(client, page.url) == 200


def test_a_second_site_keeps_its_own_pages(client, commit, settings):
    settings.ALLOWED_HOSTS = ["*"]
    page = article("资讯")
    assert status(client, page.url) == 200
    with commit():
        Site.objects.create(hostname="second.example", port=80, root_page=ArticleIndexPage.objects.get())
    assert (
        client.get("/", headers={"host": "second.example"}).context["page"].specific == ArticleIndexPage.objects.get()
    )
    assert status(client, page.url) == 200


def test_what_is_remembered_does_not_grow_without_bound(monkeypatch):
    monkeypatch.setattr(freshness, "_MAX_VALUES", 5)
    for number in range(50):
        freshness.remembered(("number", number), lambda: True)
    assert sum(len(values) for values in freshness._memory.values()) <= 5


def test_what_was_worked_out_before_a_publication_is_not_taken_for_new():
    before = freshness.generation()
    freshness.renew()
    freshness.remember("late", "old", since=before)
    assert freshness.recall("late") is None


def test_no_list_lies_behind_the_address_of_a_service():
    lists = [page.url for page in HomePage.objects.get().get_children().live()]
    assert lists and [url for url in lists if resolve(url).url_name != "wagtail_serve"] == []
