"""Every kind of page as readers see it, in both languages, in few queries; and how its lists are narrowed."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms_pages.models import FaqIndexPage, GuideBasis, HomePage, Topic, TrainingForm
from services.foundation import clock
from services.organizations.models import Organization
from tests.factories import pages
from tests.factories.organizations import small_tree
from tests.screening.her_world import her_world, text

pytestmark = pytest.mark.django_db
MOST = 12
BODY = [("paragraph", "<h2>小标题</h2><p>正文一段</p>")]
KINDS = {
    "article": lambda **more: pages.article(body=BODY, cover=pages.picture(), **more),
    "campaign": lambda **more: pages.campaign(body=BODY, results=BODY, ends=-1, cover=pages.picture(), **more),
    "guide": lambda **more: _guide(**more),
    "training": lambda **more: pages.training(
        body=BODY, materials=[("files", {"documents": [pages.document()]})], **more
    ),
    "notice": lambda **more: pages.notice(body=BODY, valid=3, **more),
    "policy": lambda **more: _policy(**more),
    "questions": lambda **more: pages.questions(**more),
    "story": lambda **more: pages.story(body=BODY, cover=pages.picture(), honour="五一巾帼奖", **more),
    "activity": lambda **more: pages.activity(body=BODY, cover=pages.picture(), campaign=pages.campaign(), **more),
}
LISTS = {
    "articles": pages.article,
    "campaigns": pages.campaign,
    "services": pages.guide,
    "training": pages.training,
    "announcements": pages.notice,
    "policies": pages.policy,
    "questions": pages.questions,
    "stories": pages.story,
    "activities": pages.activity,
}


def _policy(**more):
    law = pages.policy(body=BODY, clauses=("第三条", "第五条"), **more)
    pages.guide("甲指南", bases=[GuideBasis(policy=law, clause="第三条")])
    pages.guide("乙指南", bases=[GuideBasis(policy=law, clause="第五条")])
    return law


def _guide(**more):
    laws = [pages.policy(f"{name}办法") for name in ("筛查", "保障")]
    bases = [GuideBasis(sort_order=n, policy=law, clause="第三条") for n, law in enumerate(laws)]
    return pages.guide(programme=her_world().programme, bases=bases, body=BODY, **more)


def queries_of(client, path: str) -> int:
    """How many queries a page takes once its parts that are remembered have been read."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_renders_in_both_languages_in_few_queries(client, kind):
    page = KINDS[kind](title_en="An English title", intro="中文导语", intro_en="An English introduction")
    page.organization = Organization.objects.first() or small_tree()["city"]
    page.topics = list(Topic.objects.all()[:3])
    page.save_revision().publish()
    assert queries_of(client, page.url) <= MOST
    chinese = text(client.get(page.url))
    assert page.title in chinese and "中文导语" in chinese and str(page.organization) in chinese
    assert "An English" not in chinese
    client.cookies["language"] = "en"
    english = client.get(page.url).content.decode()
    assert "<h1>An English title</h1>" in english and "An English introduction" in english
    assert "the text below is in Chinese" in english
    client.cookies["large_print"] = client.cookies["plain_words"] = "1"
    assert client.get(page.url).status_code == 200


def test_a_page_without_an_english_title_says_so_to_readers_of_english(client):
    page = pages.notice(intro="中文导语", intro_en="Left over")
    client.cookies["language"] = "en"
    english = client.get(page.url).content.decode()
    assert f'<h1 lang="zh-Hans">{page.title}</h1>' in english
    assert "This page is in Chinese only." in english and "Left over" not in english
    assert (
        f'<span class="card-title" lang="zh-Hans">{page.title}</span>' in client.get("/announcements/").content.decode()
    )


@pytest.mark.parametrize("slug", LISTS)
def test_a_list_costs_the_same_with_thirty_as_with_thirteen(client, slug, django_capture_on_commit_callbacks):
    costs = []
    for numbers in (range(13), range(13, 30)):
        with django_capture_on_commit_callbacks(execute=True):
            for number in numbers:
                LISTS[slug](f"第{number}篇")
        costs.append(queries_of(client, f"/{slug}/"))
    assert costs[0] == costs[1] <= MOST


def test_a_list_is_put_in_order_anew_each_day(client, monkeypatch):
    pages.campaign("今天结束", starts=-2, ends=0)
    pages.campaign("下周开始", starts=5, ends=6)
    first = text(client.get("/campaigns/"))
    assert first.index("今天结束") < first.index("下周开始")
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    then = text(client.get("/campaigns/"))
    assert then.index("下周开始") < then.index("今天结束")


def test_a_list_is_narrowed_by_topic_publisher_kind_and_year(client):
    tree, health = small_tree(), Topic.objects.get(slug="health")
    one = pages.notice("健康通知", kind="call", days=400)
    one.topics, one.organization = [health], tree["county_a"]
    one.save_revision().publish()
    other = pages.notice("维权通知", kind="result")
    other.topics, other.organization = [Topic.objects.get(slug="rights")], tree["county_b"]
    other.save_revision().publish()
    year = (timezone.localdate() - timedelta(days=400)).year
    for query in ("topic=health", f"by={tree['county_a'].code}", "kind=call", f"year={year}"):
        page = text(client.get(f"/announcements/?{query}"))
        assert ("健康通知" in page, "维权通知" in page) == (True, False), query
    nothing = text(client.get("/announcements/?topic=health&kind=result"))
    assert "没有符合条件的内容" in nothing and "显示全部" in nothing


def test_trainings_are_narrowed_by_their_form_which_is_an_open_list(client):
    TrainingForm.objects.create(name="线上课", slug="online", position=40)
    pages.training("线上一课", form="online")
    pages.training("集中班")
    page = text(client.get("/training/?kind=online"))
    assert "线上一课" in page and "集中班" not in page and "线上课" in page


def test_a_choice_that_is_none_narrows_nothing_and_is_told(client):
    pages.notice("一份通知", kind="call")
    pages.notice("另一份", kind="result", days=500)
    for name, value in product(("topic", "by", "kind", "year", "p"), ("nonsense", "\0", "9" * 40, "<script>")):
        answer = client.get("/announcements/", {name: value})
        assert answer.status_code == 200, (name, value)
        shown = answer.content.decode()
        assert "一份通知" in shown and "<script>" not in shown
        assert ('class="field-error"' in shown) is (name != "p"), (name, value)


def test_further_pages_keep_the_choice_and_a_narrowed_list_has_no_copy(client, settings):
    settings.PAGE_CACHE_SECONDS = 300
    for number in range(15):
        pages.notice(f"第{number}份", kind="call" if number else "result")
    page = client.get("/announcements/?kind=call").content.decode()
    assert "?kind=call&amp;p=2" in page and 'content="noindex"' in page
    assert not hasattr(client.get("/announcements/?kind=call"), "page_cache_seconds")
    assert client.get("/announcements/").page_cache_seconds == 300


def test_a_list_offers_what_its_pages_have_and_hears_of_changes(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for kind in ("call", "result"):
            pages.notice(kind, kind=kind)
    assert "时间地点变更" not in text(client.get("/announcements/"))
    with django_capture_on_commit_callbacks(execute=True):
        pages.notice("搬家", kind="change")
    assert "时间地点变更" in text(client.get("/announcements/"))


# --- what is particular to one kind -----------------------------------------------------------------


def test_a_clause_and_the_service_that_rests_on_it_lead_to_each_other(client, django_capture_on_commit_callbacks):
    law = pages.policy("示例法", clauses=("第三条", "第七条"))
    page = pages.guide("领补贴", bases=[GuideBasis(policy=law, clause="第七条", means="每月可以领一次。")])
    shown = client.get(page.url).content.decode()
    assert "每月可以领一次。" in shown and "第七条的内容" in shown and f'href="{law.url}#c-第七条"' in shown
    back = client.get(law.url).content.decode()
    third, seventh = back.split('id="c-第七条"')
    assert f'href="{page.url}"' in seventh and page.url not in third
    page.unpublish()
    assert "领补贴" not in text(client.get(law.url))
    with django_capture_on_commit_callbacks(execute=True):
        law.unpublish()
        page.save_revision().publish()
    assert "第七条的内容" not in text(client.get(page.url))


@pytest.mark.parametrize(
    ("starts", "repealed", "words"),
    [(-10, None, "现行有效"), (10, None, "尚未施行"), (-10, 1, "现行有效"), (-10, 0, "已失效")],
)
def test_whether_a_rule_is_in_force_follows_from_its_days(client, starts, repealed, words):
    today = timezone.localdate()
    from_, gone = today + timedelta(days=starts), None if repealed is None else today + timedelta(days=repealed)
    law = pages.policy(issued_on=today - timedelta(days=20), in_force_from=from_, repealed_on=gone)
    status = {"现行有效": "in_force", "尚未施行": "coming", "已失效": "repealed"}[words]
    assert law.status(today) == status
    new = pages.policy("新办法", clauses=())
    law.replaced_by = new if gone else None
    law.save_revision().publish()
    page = client.get(law.url).content.decode()
    assert (new.url in page) is (status == "repealed")


def test_a_notice_is_over_after_its_last_day_and_leaves_the_home_page(client):
    home = HomePage.objects.get()
    home.sections = [("notices", {"title": "通知", "count": 6})]
    home.save_revision().publish()
    pages.notice("今天还有效", days=9, valid=0)
    gone = pages.notice("昨天到期", days=9, valid=-1, pinned=True)
    pages.notice("置顶的", days=8, valid=5, pinned=True)
    pages.notice("长期有效")
    shown = text(client.get("/"))
    assert "昨天到期" not in shown
    assert sorted(("置顶的", "长期有效", "今天还有效"), key=shown.index) == ["置顶的", "长期有效", "今天还有效"]
    assert "现已结束" in text(client.get(gone.url))
    listed = text(client.get("/announcements/"))
    assert listed.index("置顶的") < listed.index("长期有效") < listed.index("昨天到期")


def test_a_campaign_shows_its_results_once_it_is_over(client):
    results = [("facts", {"caption": "成果", "facts": [{"name": "参加", "value": "1126 人次"}]})]
    assert "1126 人次" not in text(client.get(pages.campaign("进行中", results=results).url))
    assert "1126 人次" in text(client.get(pages.campaign("已结束", starts=-9, ends=-1, results=results).url))


def test_a_training_lists_its_sessions_and_adds_up_their_hours(client):
    shown = text(client.get(pages.training(sessions=3, audience="女职工主任").url))
    assert [
        part for part in ("第0讲", "第2讲", "示例丙", "示例党校", "女职工主任", "培训班") if part not in shown
    ] == []
    assert "学时 9" in " ".join(shown.split())


def test_questions_are_found_by_their_words(client):
    pages.questions("体检问答", ("要空腹吗", "前一晚十点后不吃东西"), ("要带什么", "身份证"))
    pages.questions("保障问答", ("怎样申领", "手机上传材料"))
    pages.questions("草稿问答", ("要空腹多久", "八小时"), live=False)
    index = FaqIndexPage.objects.get()
    assert [entry.question for entry in index.found("空腹")] == ["要空腹吗"]
    assert [entry.question for entry in index.found("不吃 空腹")] == ["要空腹吗"]
    assert [entry.question for entry in index.found("身份证")] == ["要带什么"]
    page = text(client.get("/questions/?q=空腹"))
    assert "找到 1 个问题" in page
    assert "没有找到含“蓝天”的问题" in text(client.get("/questions/?q=蓝天"))
    assert client.get("/questions/", {"q": "%" * 400 + "\0<script>"}).status_code == 200


def test_her_agreement_is_kept_and_never_shown(client):
    page = pages.story(agreed_on=date(2001, 2, 3), date=date(2020, 5, 6))
    assert "2001" not in client.get(page.url).content.decode().split("<main")[1]


def test_the_home_page_lists_what_editors_chose_in_their_order_and_counts_what_is_public(client):
    home = HomePage.objects.get()
    chosen = ("stories", "figures", "trainings", "notices", "activities", "articles", "campaigns", "services")
    home.sections = [(name, {"title": f"栏目{name}", "count": 4}) for name in chosen]
    home.save_revision().publish()
    pages.story("她的故事"), pages.notice("一份通知"), pages.article(), pages.campaign()
    pages.training("来日的班")
    held = pages.training("今天的班", starts=0)
    pages.activity("走访", people=26), pages.activity("草稿", people=500, live=False)
    assert queries_of(client, "/") <= MOST
    shown = text(client.get("/"))
    places = [shown.index(f"栏目{name}") for name in chosen]
    assert places == sorted(places)
    assert f"{held.starts_on.year} 年举办培训（期），共 6 学时" in shown
    assert "惠及女职工（人次）" in shown and "26" in shown and "526" not in shown
    assert "/policies/" in client.get("/").content.decode()


def test_nobody_is_asked_for_a_session_to_read(client):
    anonymous = Client()
    for slug in LISTS:
        assert anonymous.get(f"/{slug}/").status_code == 200
        assert not anonymous.cookies
