"""An editor begins a campaign from a template, pastes from Word, is told what is wrong, and a reader finds it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms_pages.models import CampaignPage, HomePage
from services.organizations.enums import Role
from tests.cms_pages.test_rights import staff
from tests.factories import pages
from tests.factories.organizations import small_tree

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TITLE = "女职工读书月"
WORD = (
    '<html><body><!--StartFragment--><h2 style="mso-outline-level:2">一、时间</h2>'
    '<p class="MsoNormal" style="margin-left:21pt"><span style="font-family:仿宋">四月<b>每个周末</b></span></p>'
    '<img src="file:///C:/x.png"><!--EndFragment--></body></html>'
)
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "一、时间\\n四月每个周末");
    editor.focus();
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
# The editor hands over what was typed a quarter of a second later; nobody publishes faster than that.
TAKEN_OVER = "[...document.querySelectorAll('input, textarea')].some(field => field.value.includes('每个周末'))"


def choose(walker, name: str) -> None:
    """Press one of the actions behind the arrow beside the main button of the editor."""
    walker.page.locator("footer .w-dropdown [data-w-dropdown-target=toggle]").first.click()
    walker.go(walker.page.locator(f"[name={name}]").first)


def begin(walker) -> None:
    """From the menu to the draft: one title, two dates."""
    today = timezone.localdate()
    page = walker.page
    walker.open("/admin/page-templates/")
    walker.look("page-templates")
    walker.follow("读书月（模板）", "读书月（模板）")
    page.get_by_label(walker.in_language("标题", "Title"), exact=False).first.fill(TITLE)
    page.locator("#id_starts_on").fill(f"{today:%Y-%m-%d}")
    page.locator("#id_ends_on").fill(f"{today - timedelta(days=3):%Y-%m-%d}")
    walker.press("生成草稿", "Make the draft")
    page.get_by_text(walker.in_language("结束日期不能早于开始日期。", "It must start before it ends.")).wait_for()
    walker.look("from-template")
    page.locator("#id_ends_on").fill(f"{today + timedelta(days=20):%Y-%m-%d}")
    walker.press("生成草稿", "Make the draft")
    page.wait_for_url("**/edit/")


def test_a_campaign_is_begun_from_a_template_and_published(walker, settings):
    settings.PAGE_CACHE_SECONDS = 300
    city = small_tree()["city"]
    body = [
        ("paragraph", "<p>每年一样的话</p>"),
        ("schedule", {"entries": [{"starts": timezone.now(), "title": "开幕"}]}),
    ]
    pages.page_template("读书月（模板）", theme="书香", body=body)
    pages.campaign("早先的活动")
    officer = staff(Role.FEDERATION_OFFICER, city)
    walker.open("/campaigns/")
    assert walker.page.get_by_text(TITLE).count() == 0

    walker.sign_in(officer)
    begin(walker)
    page = walker.page
    draft = CampaignPage.objects.get(title=TITLE)
    assert (draft.live, draft.theme) == (False, "书香")
    editor = page.locator(".public-DraftEditor-content").first
    editor.press("Control+End")
    editor.press("Enter")
    editor.evaluate(PASTE, WORD)
    page.get_by_text("每个周末").first.wait_for()
    page.wait_for_function(TAKEN_OVER)
    page.locator("#id_intro").fill("一起读书，一起成长。")
    choose(walker, "action-publish")
    draft.refresh_from_db()
    html = draft.body[0].value.source
    assert draft.live and "<h2" in html and "<b>每个周末</b>" in html
    assert "mso" not in html and "MsoNormal" not in html and "<img" not in html

    walker.sign_out()
    walker.open("/campaigns/")
    walker.go(page.get_by_role("link", name=TITLE))
    page.get_by_role("heading", name=TITLE).wait_for()
    page.get_by_text("每年一样的话").wait_for()
    walker.look("campaign-from-template")


def test_a_reader_goes_from_a_service_to_its_law_and_back(walker):
    from cms_pages.models import GuideBasis

    law = pages.policy("示例市筛查办法", clauses=("第三条", "第七条"))
    pages.guide("免费筛查", bases=[GuideBasis(policy=law, clause="第七条", means="结果只告诉您本人。")])
    pages.questions("体检问答", ("要空腹吗", "要空腹八小时"))
    home = HomePage.objects.get()
    home.sections = [("figures", {"title": "今年", "count": 4})]
    home.save_revision().publish()
    walker.open("/")
    walker.look("home-figures")
    walker.open("/services/")
    walker.go(walker.page.get_by_role("link", name="免费筛查"))
    walker.page.get_by_text("结果只告诉您本人。").click()
    walker.look("guide-with-basis")
    walker.go(walker.page.get_by_role("link", name="示例市筛查办法 第七条"))
    walker.look("law")
    walker.go(walker.page.get_by_role("link", name="免费筛查").first)
    walker.open("/questions/?q=空腹")
    walker.page.get_by_role("link", name="要空腹吗").first.wait_for()
    walker.look("questions-found")
