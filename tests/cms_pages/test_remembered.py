"""Parts of a page that follow from published pages alone are put together once, and never outlive what they show."""

import json

import pytest
from django.core.cache import caches
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from wagtail.images.tests.utils import get_test_image_file

from cms_pages import freshness
from cms_pages.models import GuideBasis
from tests.cms_pages.test_public import with_sections
from tests.factories import pages
from tests.factories.pages import article, picture
from tests.screening.her_world import text

pytestmark = pytest.mark.django_db
PART = Template("{% load page_tools %}{% remembered 'part' key %}{{ word }}{% endremembered %}")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def part(word: str, *, key=1, preview: bool = False) -> str:
    request = RequestFactory().get("/")
    request.is_preview = preview
    return PART.render(Context({"request": request, "word": word, "key": key}))


def test_a_part_is_put_together_once_for_each_value_and_language():
    assert [part("旧"), part("新"), part("别的", key=2)] == ["旧", "旧", "别的"]
    with translation.override("en"):
        assert part("new") == "new"
    freshness.renew()
    assert part("新") == "新"


def test_a_preview_is_put_together_anew_and_leaves_nothing_behind():
    assert part("草稿", preview=True) == "草稿"
    assert part("发布") == "发布"
    assert part("又一稿", preview=True) == "又一稿"


def test_a_list_on_the_home_page_shows_what_is_published_at_once(client, commit):
    with commit():
        with_sections()
        page = article("旧标题")
    assert "旧标题" in text(client.get("/"))
    page.title = "新标题"
    with commit():
        page.save_revision().publish()
    assert "新标题" in text(client.get("/"))


def test_a_draft_of_the_home_page_shows_its_own_sections(client):
    home = with_sections()
    assert "请带身份证" in text(client.get("/"))
    sections = [dict(section) for section in home.sections.raw_data]
    sections[-1] |= {"value": {**sections[-1]["value"], "text": "草稿里的一段"}}
    home.sections = json.dumps(sections)
    assert "草稿里的一段" in home.make_preview_request().render().content.decode()
    assert "请带身份证" in text(client.get("/"))


def test_the_page_of_a_service_costs_no_query_for_the_laws_it_rests_on_a_second_time(
    client, django_assert_max_num_queries
):
    law = pages.policy()
    page = pages.guide(bases=[GuideBasis(policy=law, clause="第三条")])
    assert "第三条的内容" in text(client.get(page.url))
    with django_assert_max_num_queries(2):
        assert "第三条的内容" in text(client.get(page.url))


def test_a_picture_is_written_to_no_shared_store_by_looking_at_it(client, monkeypatch):
    written = []
    monkeypatch.setattr(caches["default"], "set_many", lambda data, *more: written.append(data) or [])
    page = article(cover=picture())
    client.get(page.url)
    kept = len(caches["renditions"]._cache)
    assert kept and not [data for data in written if any("rendition" in key for key in data)]


def test_a_replaced_file_shows_at_once_in_every_process(commit):
    cover = picture()
    cover.get_rendition("fill-100x100")
    before = freshness.generation()
    with commit():
        cover.renditions.all().delete()
    assert freshness.generation() != before
    before = freshness.generation()
    with commit():
        cover.file = get_test_image_file("another.png")
        cover.save()
    assert freshness.generation() != before


def test_the_number_is_asked_for_once_in_a_request(monkeypatch):
    asked = []
    monkeypatch.setattr(freshness.cache, "get", lambda key: asked.append(key) or "one")
    with freshness.held():
        assert [freshness.generation(), freshness.generation()] == ["one", "one"]
    assert len(asked) == 1
    with freshness.held():
        pass
    assert len(asked) == 1, "nobody asked"
