"""The index follows the pages, proves itself, and what search shows is safe, narrowed and honest."""

import json
import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from cms_pages import terms
from cms_pages.finding import indexing
from cms_pages.finding.excerpts import around, marked
from cms_pages.finding.searching import find
from cms_pages.models import ArticleIndexPage, Posting, SearchEntry, Synonyms, Topic
from cms_pages.tasks import follow_pages
from tests.cms_pages.test_public import queries_of
from tests.factories.organizations import UnionFactory
from tests.factories.pages import article, campaign, guide, training
from tests.screening.her_world import her_world, text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</mark><svg/onload=alert(1)>",
    "{{ settings.SECRET_KEY }}",
    "&lt;b&gt;",
    "javascript:alert(1)",
)


def titles(words: str) -> list[str]:
    return [entry.title for entry in find(words, today=timezone.localdate()).entries]


def shown(client, **asked) -> str:
    return client.get("/search/", asked).content.decode()


def test_a_run_is_pairs_a_word_is_a_word_and_dots_and_quotes_join():
    assert terms.of_text("体检项目") == {*map(terms.of_pair, ("体检", "检项", "项目")), terms.beginning_with("目")[0]}
    assert terms.of_text("阿依·古丽") == terms.of_text("阿依古丽")
    assert terms.of_text("“两癌”筛查") == terms.of_text("两癌筛查")
    assert terms.of_text("ＨＰＶ") == terms.of_text("hpv") == {terms.of_word("hpv")}
    low, high = terms.beginning_with("体")
    assert low <= terms.of_pair("体检") < high <= terms.beginning_with("佔")[0]
    assert all(term < 2**63 for term in terms.of_text("体检 abc \U0002f800\U0002f801"))


@pytest.mark.django_db
def test_what_happens_to_a_page_happens_to_its_entry():
    page = campaign("草编培训", live=False)
    assert titles("草编") == []
    page.save_revision().publish()
    assert titles("草编") == ["草编培训"]
    page.refresh_from_db()
    page.title = "竹编培训"
    page.save_revision().publish()
    assert (titles("草编"), titles("竹编")) == ([], ["竹编培训"])
    page.unpublish()
    assert (titles("竹编"), Posting.objects.count()) == ([], 0)
    page.refresh_from_db()
    page.save_revision().publish()
    page.move(ArticleIndexPage.objects.get(), pos="last-child")
    assert titles("竹编") == ["竹编培训"]
    page.refresh_from_db()
    page.delete()
    assert (titles("竹编"), SearchEntry.objects.count(), Posting.objects.count()) == ([], 0, 0)


@pytest.mark.django_db
def test_a_small_change_writes_few_rows(django_assert_max_num_queries):
    page = article("体检通知", body=[("paragraph", f"<p>{'免费体检项目安排' * 20}</p>")])
    before = set(Posting.objects.values_list("term", "weight", "entry_id"))
    page.intro = "新增一句"
    page.save_revision().publish()
    after = set(Posting.objects.values_list("term", "weight", "entry_id"))
    assert 0 < len(after ^ before) < 15


@pytest.mark.django_db
def test_the_command_proves_the_index_names_what_differs_and_mends_it():
    pages = [article(f"体检通知{number}") for number in range(3)]
    out = StringIO()
    call_command("search_index", stdout=out)
    assert "is what the pages say" in out.getvalue()
    Posting.objects.filter(entry=pages[1].pk)[:1].get().delete()
    with pytest.raises(CommandError, match=rf"1 pages differ.*\[{pages[1].pk}\]"):
        call_command("search_index", stdout=out)
    call_command("search_index", rebuild=True, stdout=out)
    assert "3 pages indexed" in out.getvalue()
    assert len(titles("体检")) == 3


@pytest.mark.django_db
def test_what_changed_without_a_signal_is_caught_up_with():
    gone, new = article("悄悄撤下的体检通知"), article("悄悄改过的体检通知")
    type(gone).objects.filter(pk=gone.pk).update(live=False)
    assert gone.title not in titles("悄悄撤下")  # at once: an entry is never shown without its page
    type(new).objects.filter(pk=new.pk).update(title="改好的讲座通知", last_published_at=timezone.now())
    follow_pages()
    assert titles("改好的讲座") == ["改好的讲座通知"]
    assert indexing.lagging() == ([], [])


@pytest.mark.django_db
def test_editors_add_words_that_mean_the_same(django_capture_on_commit_callbacks):
    article("草编培训")
    assert titles("蒲编") == []
    with django_capture_on_commit_callbacks(execute=True):
        Synonyms.objects.create(words="草编，蒲编")
    assert titles("蒲编") == ["草编培训"]
    with django_capture_on_commit_callbacks(execute=True):
        Synonyms.objects.filter(words="草编，蒲编").delete()
    assert titles("蒲编") == []


@pytest.mark.django_db
@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_an_editor_or_a_reader_types_becomes_markup(client, evil):
    article(
        f"体检{evil}"[:120],
        intro=f"免费{evil}",
        body=[("callout", {"kind": "info", "title": "", "text": f"体检 {evil}"})],
    )
    found = shown(client, q="体检")
    assert "<mark>体检</mark>" in found
    echoed = shown(client, q=evil)
    for page in (found, echoed):
        main = page.split("<main")[1].split("</main>")[0]
        assert not any(sign in main for sign in ("<script>alert", "<img src=x", "<svg/onload", "onerror=alert(1)>"))


@pytest.mark.parametrize("size", [20_000, 400_000])
def test_marking_takes_time_in_proportion_to_the_text(size):
    began = time.perf_counter()
    for word in ("a" * 60, "体" * 60, "<" * 60, "&amp;" * 12, "(a+)+$"):
        marked("a" * size, [word])
        marked("<" * size, [word])
        around("体" * size, [word, word[:30]])
    assert time.perf_counter() - began < 2


def test_marks_find_a_name_whatever_dot_stands_in_it():
    assert marked("阿依古丽·示例", ["阿依古丽示例"]) == "<mark>阿依古丽·示例</mark>"
    assert around("开头" * 40 + "重点内容" + "结尾" * 60, ["重点"]).startswith("…")
    assert around("没有", ["重点"]) == ""


@pytest.mark.django_db
def test_results_are_narrowed_by_kind_publisher_topic_and_year(client):
    union, other = UnionFactory(name="示例区总工会"), UnionFactory(name="示例县总工会")
    health = Topic.objects.create(name="健康示例", slug="health-x")
    today = timezone.localdate()
    page = article("体检通知甲", organization=union, date=today)
    page.topics.add(health)
    page.save_revision().publish()
    article("体检通知乙", organization=other, date=today - timedelta(days=800))
    campaign("体检活动丙")
    listed = lambda **asked: {hit.title for hit in client.get("/search/", {"q": "体检"} | asked).context["results"]}  # noqa: E731
    everything = listed()
    assert len(everything) == 3
    assert len(listed(kind="campaignpage")) == len(listed(by=union.code)) == len(listed(topic="health-x")) == 1
    assert (
        len(listed(year=str(today.year - 3 if today.timetuple().tm_yday < 70 else (today - timedelta(days=800)).year)))
        == 1
    )
    assert listed(kind="nonsense") == everything
    browsed = client.get("/search/", {"kind": "campaignpage"})
    assert [hit.title for hit in browsed.context["results"]] == ["体检活动丙"]
    narrowed = client.get("/search/", {"q": "体检", "by": union.code}).content.decode()
    assert "缩小范围" in narrowed or "Narrow" in narrowed


@pytest.mark.django_db
def test_an_open_service_stands_first_and_says_how_it_stands(client):
    world = her_world()
    article("两癌筛查须知")
    page = client.get("/search/", {"q": "筛查"})
    assert [one.title for one in page.context["services"]] == [world.programme.title]
    assert text(page).index(world.programme.title[:4]) < text(page).index("须知")


@pytest.mark.django_db
def test_some_words_or_the_sound_are_said_to_be_so(client):
    article("免费体检项目通知")
    assert client.get("/search/", {"q": "免费体检夏令营"}).context["found"].how == "some"
    assert client.get("/search/", {"q": "免費體檢"}).context["found"].how == "sound"
    assert client.get("/search/", {"q": "免费体检"}).context["found"].how == "all"


@pytest.mark.django_db
def test_nothing_found_leads_on(client):
    page = client.get("/search/", {"q": "养老院床位", "kind": "articlepage"})
    assert page.context["total"] == 0
    assert 'href="/services/"' in page.content.decode()


@pytest.mark.django_db
def test_search_costs_the_same_for_one_page_found_and_for_thirty(client):
    article("体检通知")
    alone = queries_of(client, "/search/?q=体检")
    for number in range(30):
        article(f"体检通知{number}")
    queries_of(client, "/search/?q=体检")
    assert queries_of(client, "/search/?q=体检") == alone <= 14


@pytest.mark.django_db
def test_search_feeds_and_sitemap_give_the_same_answer_to_may_she_see_it(client, django_capture_on_commit_callbacks):
    hidden, shown_one = article("秘密体检通知", slug="hidden-one"), article("公开体检通知", slug="shown-one")
    draft = article("草稿体检通知", live=False, slug="draft-one")
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    for path in ("/search/?q=体检", "/feeds/rss/", "/feeds/atom/", "/feeds/atom/articles/", "/sitemap.xml"):
        body = client.get(path).content.decode()
        assert "shown-one" in body, path
        assert "hidden-one" not in body and "draft-one" not in body, path
        assert "秘密" not in body and "草稿" not in body, path
    for page, status in ((hidden, 302), (draft, 404)):
        for part in ("poster/", "calendar/"):
            answer = client.get(f"/articles/{page.slug}/{part}")
            assert answer.status_code == status, (page.slug, part)
    assert client.get(f"/p/{draft.pk}/").status_code == 404
    assert client.get(f"/p/{shown_one.pk}/").url.endswith("/articles/shown-one/")
    assert client.get("/feeds/rss/nothing/").status_code == client.get("/p/99999999999999999999/").status_code == 404


@pytest.mark.django_db
def test_the_sitemap_dates_a_page_by_its_last_publication_not_by_a_draft(client):
    page = article("体检通知", slug="dated")
    page.title = "还没发布的标题"
    page.save_revision()
    page.refresh_from_db()
    entry = client.get("/sitemap.xml").content.decode().split("/articles/dated/")[1].split("</url>")[0]
    assert f"<lastmod>{localdate(page.last_published_at)}" in entry


@pytest.mark.django_db
def test_a_campaign_goes_into_calendars_with_its_days_and_its_programme(client):
    starts = timezone.now() + timedelta(days=3)
    schedule = {"entries": [{"starts": starts, "title": "讲座,一", "place": "二楼", "note": ""}]}
    page = campaign("健康月", place="职工之家", body=[("schedule", schedule)])
    answer = client.get(f"{page.url}calendar/")
    assert answer["Content-Type"].startswith("text/calendar")
    body = answer.content.decode().replace("\r\n ", "")
    assert body.count("BEGIN:VEVENT") == 2
    assert f"DTSTART;VALUE=DATE:{page.starts_on:%Y%m%d}" in body
    assert f"DTEND;VALUE=DATE:{page.ends_on + timedelta(days=1):%Y%m%d}" in body
    assert "SUMMARY:讲座\\,一 · 健康月" in body
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))
    assert client.get(f"{guide().url}calendar/").status_code == 404


@pytest.mark.django_db
def test_the_sessions_of_a_training_go_into_calendars_with_their_place(client):
    page = training("主任培训班", place="职工之家", sessions=2)
    first = page.sessions.first()
    first.place = "二楼教室"
    first.save()
    body = client.get(f"{page.url}calendar/").content.decode().replace("\r\n ", "")
    assert body.count("BEGIN:VEVENT") == 3
    assert body.count("LOCATION:二楼教室") == 1 and body.count("LOCATION:职工之家") == 2
    assert body.count(f"/p/{page.pk}/") == 3


@pytest.mark.django_db
@pytest.mark.parametrize("evil", ["", "</script><script>alert(1)</script>"])
def test_a_page_says_what_it_is_and_ends_no_element_by_it(client, evil):
    faq = {"questions": [{"question": f"要空腹吗{evil}"[:100], "answer": "<p>要</p>"}]}
    page = campaign(f"健康月{evil}"[:200], place="职工之家", body=[("faq", faq)])
    html = client.get(page.url).content.decode()
    block = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    event, questions = json.loads(block)["@graph"]
    assert (event["@type"], event["startDate"], event["location"]["name"]) == (
        "Event",
        page.starts_on.isoformat(),
        "职工之家",
    )
    assert event["name"] == page.title
    assert questions["mainEntity"][0]["acceptedAnswer"]["text"] == "要"
    assert html.count("<script>alert") == 0
    assert '"@type": "Article"' in client.get(article().url).content.decode()


@pytest.mark.django_db
def test_a_link_in_a_chat_has_a_square_picture_that_old_apps_know(client):
    from tests.factories.pages import picture

    plain = client.get(article("没有图").url).content.decode()
    assert "og:image" in plain and "img/share" in plain
    with_cover = client.get(article("有图", cover=picture()).url).content.decode()
    card = with_cover.split('property="og:image" content="')[1].split('"')[0]
    assert card.startswith("http") and card.endswith(".jpg") and "fill-400x400" in card


@pytest.mark.django_db
def test_a_poster_is_one_sheet_with_a_code_that_lasts(client):
    page = campaign("健康月", place="职工之家", intro="免费")
    body = client.get(f"{page.url}poster/").content.decode()
    assert "<svg" in body and f"/p/{page.pk}/" in body and "职工之家" in body
    page.slug = "elsewhere"
    page.save_revision().publish()
    assert client.get(f"/p/{page.pk}/").url.endswith("/campaigns/elsewhere/")
