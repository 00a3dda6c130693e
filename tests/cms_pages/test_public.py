"""What visitors get from the page tree: every kind of page renders, in few queries, and only what is public."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms_pages.models import HomePage
from tests.factories.pages import article, campaign, guide, picture
from tests.screening.her_world import her_world, text

pytestmark = pytest.mark.django_db

SECTIONS = [
    ("services", {"title": "现在可以办", "count": 2}),
    ("campaigns", {"title": "正在开展", "count": 3}),
    ("articles", {"title": "最新资讯", "count": 3}),
    ("callout", {"kind": "needs", "title": "注意", "text": "请带身份证", "source": ""}),
]
EVERY_BLOCK = [
    ("paragraph", "<h2>一个标题</h2><p>一段文字</p>"),
    ("callout", {"kind": "quote", "title": "", "text": "一句引语", "source": "示例甲"}),
    ("callout", {"kind": "good", "title": "好消息", "text": "名额增加", "source": ""}),
    ("steps", {"steps": [{"title": "第一步", "text": "<p>先看</p>"}, {"title": "第二步", "text": ""}]}),
    ("facts", {"caption": "体检当天", "facts": [{"name": "时间", "value": "上午八点"}]}),
    ("contact", {"office": "示例女工部", "phone": "0900-0000000", "hours": "工作日", "address": "示例路"}),
    ("faq", {"questions": [{"question": "要空腹吗", "answer": "<p>要空腹</p>"}]}),
    ("action", {"text": "去看看", "page": None, "link": "https://example.org/more"}),
]


def queries_of(client, path: str) -> int:
    """How many queries a page takes once its parts that are remembered have been read."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def with_sections() -> HomePage:
    home = HomePage.objects.get()
    home.sections = SECTIONS
    home.save_revision().publish()
    return home


def test_the_home_page_answers_its_three_questions(client):
    with_sections()
    world = her_world()
    campaign("正在进行的活动")
    campaign("已经结束的活动", starts=-9, ends=-1)
    campaign("没有发布的活动", live=False)
    article("一篇资讯")
    page = text(client.get("/"))
    assert [
        part for part in (world.programme.title, "正在进行的活动", "一篇资讯", "请带身份证") if part not in page
    ] == []
    assert [part for part in ("已经结束的活动", "没有发布的活动") if part in page] == []
    assert "剩余 12 个名额" in page


def test_every_block_an_editor_may_use_shows_on_the_page(client):
    photo = picture()
    body = [
        *EVERY_BLOCK,
        ("gallery", {"pictures": [{"image": photo, "caption": "图说"}]}),
        ("gallery", {"pictures": [{"image": photo, "caption": ""}, {"image": photo, "caption": "第二张"}]}),
        (
            "schedule",
            {"entries": [{"starts": timezone.now(), "title": "健康讲座", "place": "二楼", "note": "不用报名"}]},
        ),
    ]
    page = campaign(body=body, cover=photo, related_guide=guide())
    response = client.get(page.url)
    words = (
        "一个标题 一段文字 一句引语 好消息 第二步 上午八点 示例女工部 要空腹 去看看 图说 第二张 健康讲座 免费筛查指南"
    )
    assert [word for word in words.split() if word not in text(response)] == []
    assert b'href="https://example.org/more"' in response.content


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (lambda: with_sections() and "/", 12),
        (lambda: campaign(body=EVERY_BLOCK, cover=picture(), related_guide=guide()).url, 12),
        (lambda: guide(programme=her_world().programme, body=EVERY_BLOCK).url, 12),
        (lambda: article(body=EVERY_BLOCK, cover=picture()).url, 12),
    ],
    ids=["home", "campaign", "guide", "article"],
)
def test_a_page_takes_few_queries(client, make, most):
    assert queries_of(client, make()) <= most


@pytest.mark.parametrize(("path", "make"), [("/campaigns/", campaign), ("/articles/", article), ("/services/", guide)])
def test_a_list_takes_as_many_queries_for_thirty_as_for_thirteen(client, path, make):
    with_cover = {} if make is guide else {"cover": picture()}
    for number in range(13):  # two pages of the list
        make(f"第{number}篇", **with_cover)
    queries_of(client, path)
    alone = queries_of(client, path)
    for number in range(13, 30):
        make(f"第{number}篇", **with_cover)
    queries_of(client, path)
    assert queries_of(client, path) == alone


def test_a_list_goes_on_over_pages_and_forgives_a_wrong_number(client):
    for number in range(13):
        article(f"资讯第{number:02d}篇", date=timezone.localdate() - timedelta(days=number))
    first, second = text(client.get("/articles/")), text(client.get("/articles/?p=2"))
    assert ("资讯第00篇" in first, "资讯第12篇" in first) == (True, False)
    assert ("资讯第00篇" in second, "资讯第12篇" in second) == (False, True)
    assert client.get("/articles/?p=999").status_code == client.get("/articles/?p=x").status_code == 200


def test_campaigns_are_listed_as_they_come_and_the_past_ones_last(client):
    for title, starts, ends in (("已过去", -40, -30), ("刚过去", -9, -1), ("快来了", 9, 12), ("进行中", -3, 3)):
        campaign(title, starts=starts, ends=ends)
    page = text(client.get("/campaigns/"))
    assert sorted(("已过去", "刚过去", "快来了", "进行中"), key=page.index) == ["进行中", "快来了", "刚过去", "已过去"]


@pytest.mark.parametrize(("starts", "ends", "word"), [(-5, 0, "正在进行"), (1, 5, "即将开始"), (-5, -1, "已结束")])
def test_a_campaign_says_whether_it_runs(client, starts, ends, word):
    assert word in text(client.get(campaign(starts=starts, ends=ends).url))


def test_a_campaign_must_not_end_before_it_starts():
    page = campaign()
    page.ends_on = page.starts_on - timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "ends_on" in refused.value.message_dict


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ({"page": None, "link": "https://example.org/"}, True),
        ({"page": "home", "link": ""}, True),
        ({"page": None, "link": ""}, False),
        ({"page": "home", "link": "https://example.org/"}, False),
        ({"page": None, "link": "javascript:alert(1)"}, False),
    ],
)
def test_a_button_leads_to_one_page_or_one_address(given, accepted):
    from cms_pages.blocks import ActionBlock

    block = ActionBlock()
    given = given | {"text": "去看看", "page": HomePage.objects.get() if given["page"] else None}
    try:
        block.clean(block.normalize(given))
        passed = True
    except ValidationError:
        passed = False
    assert passed is accepted


@pytest.mark.parametrize("state", ["draft", "expired", "not yet", "for some"])
def test_what_is_not_public_is_nowhere(client, state):
    if state == "draft":
        page = article("秘密通知", live=False)
    elif state == "for some":
        page = article("秘密通知")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    elif state == "expired":
        page = article("秘密通知", expire_at=timezone.now() + timedelta(hours=1))
        type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    else:
        page = article("秘密通知", live=False)
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision().publish()
    from cms_pages.tasks import publish_scheduled

    publish_scheduled()
    answers = {"for some": 302, "expired": 410}
    assert client.get(page.url or f"/articles/{page.slug}/").status_code == answers.get(state, 404)
    assert "秘密通知" not in text(client.get("/articles/"))
    assert "秘密通知" not in text(client.get("/"))
    assert "没有找到" in text(client.get("/search/", {"q": "秘密通知"}))
    assert page.slug not in client.get("/sitemap.xml").content.decode()


def test_a_page_goes_live_when_its_time_has_come(client, monkeypatch):
    from cms_pages.tasks import publish_scheduled

    page = article("定时通知", live=False)
    page.go_live_at = timezone.now() + timedelta(minutes=5)
    page.save_revision().publish()
    publish_scheduled()
    assert client.get(f"/articles/{page.slug}/").status_code == 404
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    publish_scheduled()
    publish_scheduled()
    assert client.get(f"/articles/{page.slug}/").status_code == 200


def test_machines_find_what_is_public_and_no_desk(client):
    page = article("公开通知")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert page.full_url in sitemap
    robots = client.get("/robots.txt").content.decode()
    assert robots.splitlines()[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert "/sitemap.xml" in robots


def test_what_editors_wrote_keeps_its_language_on_an_english_page(client):
    page = article(intro="一句导语", body=EVERY_BLOCK)
    assert 'lang="zh-Hans"' not in client.get(page.url).content.decode().split("<main")[1]
    client.cookies["language"] = "en"
    english = client.get(page.url).content.decode()
    assert '<html lang="en"' in english
    assert f'<h1 lang="zh-Hans">{page.title}</h1>' in english
    assert '<div class="prose" lang="zh-Hans">' in english


@pytest.mark.parametrize("script", ['<script>alert("x")</script>', '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"])
def test_what_is_typed_is_shown_and_never_run(client, script):
    escaped = script.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    page = article(
        script,
        slug="script",
        intro=script[:160],
        source=script[:60],
        body=[("callout", {"kind": "info", "title": script[:60], "text": script, "source": ""})],
    )
    for path in (page.url, "/articles/", "/search/"):
        answer = client.get(path, {"q": script} if path == "/search/" else {})
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "onerror=alert(1)>" not in shown.replace(escaped, "")
        if "{{" in script and path != "/search/":
            assert "{{ 7|add:7 }}" in shown


def test_public_notices_are_one_tap_from_every_page(client):
    for address in ("/", reverse("screening:list")):
        assert f'href="{reverse("notices:list")}"' in client.get(address).content.decode()
