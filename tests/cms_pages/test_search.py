"""Search finds Chinese words on either database, and survives whatever is typed."""

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms_pages.finding.searching import find
from cms_pages.search_backend import index_text, query_text
from cms_pages.templatetags.page_tools import highlight
from tests.factories.pages import article, campaign, guide
from tests.screening.her_world import her_world, text


def titles(words: str) -> set[str]:
    return {entry.title for entry in find(words, today=timezone.localdate()).entries}


def test_a_run_is_indexed_as_characters_and_pairs_and_searched_as_pairs():
    assert index_text("体检项目").split() == ["体", "检", "项", "目", "体检", "检项", "项目"]
    assert query_text("体检项目").split() == ["体检", "检项", "项目"]
    assert query_text("检").split() == ["检"]
    assert query_text('"体*检_:').split() == ["体", "检"]
    assert index_text("HPV screening") == query_text("HPV screening") == "HPV screening"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("体检", {"免费体检项目通知"}),
        ("检", {"免费体检项目通知"}),
        ("体检项目", {"免费体检项目通知"}),
        ("项体", set()),
        ("免费 通知", {"免费体检项目通知"}),
        ("阿依古丽", {"阿依古丽·示例的故事"}),
        ("阿依古丽·示例", {"阿依古丽·示例的故事"}),
        ("screening", {"HPV screening 说明"}),
        ("HPV 说明", {"HPV screening 说明"}),
        ("screen ing", set()),
    ],
)
def test_words_find_the_pages_that_hold_them_all(words, found):
    for title in ("免费体检项目通知", "阿依古丽·示例的故事", "HPV screening 说明", "心理讲座"):
        article(title)
    assert titles(words) == found


@pytest.mark.django_db
def test_where_no_page_holds_all_words_those_with_some_come_and_it_is_said():
    for title in ("免费体检项目通知", "心理讲座", "招聘信息"):
        article(title)
    found = find("免费 讲座", today=timezone.localdate())
    assert {entry.title for entry in found.entries} == {"免费体检项目通知", "心理讲座"}
    assert found.how == "some"


@pytest.mark.django_db
def test_introductions_bodies_and_places_are_found_titles_first():
    campaign("示例主题月", place="东河镇文化站", intro="走进基层")
    guide("示例指南", documents="<p>请带身份证</p>")
    article("说明一", body=[("paragraph", "<p>身份证号怎样保密</p>")])
    article("身份证忘了带怎么办")
    assert titles("东河镇") == {"示例主题月"}
    assert titles("基层") == {"示例主题月"}
    assert find("身份证", today=timezone.localdate()).entries[0].title == "身份证忘了带怎么办"
    assert titles("身份证") == {"示例指南", "说明一", "身份证忘了带怎么办"}


@pytest.mark.django_db
def test_drafts_private_and_withdrawn_pages_are_not_found():
    article("公开的体检通知")
    article("草稿里的体检通知", live=False)
    hidden = article("限制访问的体检通知")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    article("撤下的体检通知").unpublish()
    renamed = article("改名前的体检通知")
    renamed.title = "改名后的说明"
    renamed.save_revision().publish()
    assert titles("体检") == {"公开的体检通知"}
    assert titles("改名后") == {"改名后的说明"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        '"体检',
        "'体检'",
        '"" OR ""',
        "体检*",
        "NEAR(体检 项目)",
        "title:体检",
        "^体检",
        "-体检",
        "(体检",
        "体检)",
        "%_\\",
        "':*&|!<->",
        "体" * 400,
        "\U00020000\U0002f800",
        "😀",
        "NOT",
        "OR 体检 AND",
        "NEAR",
        " \t\n ",
    ],
)
def test_whatever_is_typed_is_answered_with_a_page(client, typed):
    article("免费体检项目通知")
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert len(response.context["query"]) <= 60


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["\0", "体\0检"])
def test_a_character_no_database_stores_is_dropped(client, typed):
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert "\0" not in response.context["query"]


@pytest.mark.django_db
def test_a_service_is_found_beside_the_pages(client):
    world = her_world()
    article("两癌筛查须知")
    page = text(client.get("/search/", {"q": "筛查"}))
    assert "共 2 条结果" in page
    assert world.programme.offering.title not in page
    assert f"{world.programme.title[:4]}" in page


@pytest.mark.django_db
def test_many_results_go_on_over_pages(client):
    for number in range(25):
        article(f"体检通知{number:02d}")
    first = client.get("/search/", {"q": "体检"})
    second = client.get("/search/", {"q": "体检", "p": "2"})
    assert (first.context["total"], len(first.context["results"]), len(second.context["results"])) == (25, 20, 5)
    assert b"?q=%E4%BD%93%E6%A3%80&amp;p=2" in first.content


def test_words_found_are_marked_and_everything_else_escaped():
    assert highlight("免费体检项目", "体检") == "免费<mark>体检</mark>项目"
    assert highlight("HPV hpv", "Hpv") == "<mark>HPV</mark> <mark>hpv</mark>"
    assert highlight("<b>体检</b>", "<b>") == "<mark>&lt;b&gt;</mark>体检&lt;/b&gt;"
    assert highlight("a&b", "amp") == "a&amp;b"
    assert highlight("<i>", "") == "&lt;i&gt;"
