"""A woman looks for her screening in the words she knows, finds it, opens it, and leaves the news she doesn't want."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.outreach.notifications import leave_path
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.models import Consent
from services.privacy.queries import current_notice
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import small_tree
from tests.factories.pages import article, campaign, guide
from tests.factories.workers import WorkerFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def pages():
    today = timezone.localdate()
    article("免费体检项目通知", intro="今年的体检项目和时间。", date=today)
    article("去年的体检总结", intro="体检三万人次。", date=today - timedelta(days=400))
    guide("女职工免费“两癌”筛查", intro="工会出资，可在线预约。")
    return campaign("健康主题月", place="职工之家", intro="讲座和咨询。")


def test_she_searches_narrows_and_opens(walker, pages):
    page = walker.open("/")
    page.locator("#search-words").fill("怎么预约免费体检")
    walker.press("搜索", "Search")
    page.get_by_role("link", name="免费体检项目通知").wait_for()
    walker.look("search-found")
    page.locator("#search-words").fill("宫颈癌")
    walker.press("搜索", "Search")
    walker.go(page.get_by_role("link", name="筛查").first)
    page.get_by_role("heading", name="女职工免费“两癌”筛查").wait_for()
    walker.open("/search/?q=体检")
    page.locator("details.narrow summary").click()
    page.locator("#id_year").select_option(str(timezone.localdate().year))
    walker.look("search-narrow")
    walker.press("显示", "Show")
    assert page.get_by_text("去年的体检总结").count() == 0 or timezone.localdate().timetuple().tm_yday > 400
    walker.open("/search/?q=养老院床位")
    walker.look("search-nothing")
    walker.open(pages.url)
    walker.follow("打印海报", "Poster to print")
    page.locator("svg.qr").wait_for()
    walker.look("poster")


def test_she_leaves_by_the_link_of_a_message(walker, pages):
    now = timezone.now()
    her = WorkerFactory(organization=small_tree()["unit_a"], user=WorkerUserFactory()).user
    notice = current_notice(Purpose.NEWS, now=now)
    give_consent(her, purpose=Purpose.NEWS, notice=notice, language="zh-hans", now=now)
    walker.open(leave_path(her))
    walker.look("leave")
    walker.press("不再接收", "Don't tell me any more")
    walker.look("left")
    assert not Consent.objects.filter(giver=her, withdrawn_at__isnull=True).exists()
    walker.sign_in(her)
    walker.open("/my/news/")
    walker.look("my-news")
