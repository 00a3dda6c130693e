"""What an organisation publishes in its own section: in the lists of its kind too, pinned at home alone, in reach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms_pages.models import CampaignPage, HomePage, NoticePage, SectionPage, Topic
from tests.cms_pages.test_kinds import queries_of
from tests.factories import pages
from tests.screening.her_world import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    made = HomePage.objects.get().add_child(
        instance=SectionPage(title="甲县专栏", title_en="County A", slug="county-a")
    )
    made.save_revision().publish()
    return made


def put(section, page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


def notice(title: str, **fields) -> NoticePage:
    return NoticePage(title=title, date=timezone.localdate(), **fields)


def test_a_list_shows_what_sections_publish_and_leads_back_to_them(client, section):
    today = timezone.localdate()
    page = put(section, CampaignPage(title="甲县读书月", starts_on=today, ends_on=today))
    put(section, notice("甲县通知"))
    assert page.title in text(client.get("/campaigns/")) and "甲县通知" in text(client.get("/announcements/"))
    assert "甲县专栏" in text(client.get(page.url))
    page.unpublish()
    assert page.title not in text(client.get("/campaigns/"))


def test_a_section_is_one_tap_from_the_home_page_in_both_languages(client, section, django_capture_on_commit_callbacks):
    assert f'href="{section.url}"' in client.get("/").content.decode() and "甲县专栏" in text(client.get("/"))
    client.cookies["language"] = "en"
    assert "County A" in text(client.get("/"))
    with django_capture_on_commit_callbacks(execute=True):
        section.unpublish()
    assert section.url not in client.get("/").content.decode()


def test_what_is_pinned_in_a_section_stands_first_there_and_nowhere_else(client, section):
    home = HomePage.objects.get()
    home.sections = [("notices", {"title": "通知", "count": 6})]
    home.save_revision().publish()
    put(section, notice("县里的置顶", pinned=True))
    put(section, notice("县里后发的"))
    pages.notice("市里的置顶", days=3, pinned=True)
    pages.notice("市里的新通知")

    def order(path: str, *titles: str) -> list[str]:
        shown = text(client.get(path))
        return sorted(titles, key=shown.index)

    assert order(section.url, "县里的置顶", "县里后发的") == ["县里的置顶", "县里后发的"]
    for path in ("/", "/announcements/"):
        assert order(path, "县里的置顶", "市里的置顶", "市里的新通知")[0] == "市里的置顶", path
        # Newest first among the rest: the one that was published last, not the one that was pinned elsewhere.
        assert order(path, "县里的置顶", "县里后发的") == ["县里后发的", "县里的置顶"], path


def test_a_section_says_what_each_of_its_pages_is_and_of_when(client, section):
    today = timezone.localdate()
    put(
        section,
        CampaignPage(title="甲县读书月", title_en="Reading", starts_on=today, ends_on=today + timedelta(days=3)),
    )
    assert "主题活动" in text(client.get(section.url))
    client.cookies["language"] = "en"
    assert "Reading" in text(client.get(section.url))


def test_a_topic_of_a_page_in_a_section_leads_to_what_is_about_it(client, section):
    topic = Topic.objects.first()
    page = put(section, notice("甲县通知"))
    page.topics = [topic]
    page.save_revision().publish()
    assert f'href="/search/?topic={topic.slug}"' in client.get(page.url).content.decode()
    assert page.title in text(client.get(f"/search/?topic={topic.slug}"))
    whole = pages.notice("市里的通知")
    whole.topics = [topic]
    whole.save_revision().publish()
    assert f'href="/announcements/?topic={topic.slug}"' in client.get(whole.url).content.decode()


def test_a_section_costs_the_same_with_thirty_pages_as_with_thirteen(client, section):
    for number in range(13):
        put(section, notice(f"第{number}号"))
    few = queries_of(client, section.url)
    for number in range(13, 30):
        put(section, notice(f"第{number}号"))
    assert queries_of(client, section.url) == few
