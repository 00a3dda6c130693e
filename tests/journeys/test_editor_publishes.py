"""An editor writes a campaign, previews and submits it; a federation officer approves; visitors see it at once."""

from datetime import date

import pytest
from django.core.cache import caches
from django.utils import timezone

from cms_pages.models import CampaignIndexPage, CampaignPage
from services.organizations.actions.posts import assign_staff
from services.organizations.enums import Role
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.factories.pages import campaign

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TITLE = "女职工读书月"


def staff(role: str, city):
    user = StaffFactory()
    assign_staff(user, organization=city, role=role, by=None, valid_from=date(2020, 1, 1))
    return user


def choose(walker, name: str) -> None:
    """Press one of the actions behind the arrow beside the main button of the editor."""
    walker.page.locator("footer .w-dropdown [data-w-dropdown-target=toggle]").first.click()
    walker.go(walker.page.locator(f"[name={name}]").first)


def write(walker) -> None:
    """Fill in the campaign as far as it must be and save it as a draft."""
    today = timezone.localdate()
    page = walker.page
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_intro").fill("一起读书，一起成长。")
    for field in ("#id_starts_on", "#id_ends_on"):
        page.locator(field).fill(f"{today:%Y-%m-%d}")
    page.locator("#id_title").click()  # else the calendar stays open over the buttons of a phone
    page.locator("#id_place").fill("示例职工书屋")
    page.keyboard.press("Escape")
    walker.go(page.locator("footer button.action-save").first)
    page.wait_for_url("**/edit/")


def preview(walker) -> None:
    """See beside the form what visitors will see, and close it again: on a phone it lies over the form."""
    page = walker.page
    page.locator("[data-side-panel-toggle=preview]").first.click()
    shown = page.frame_locator("#w-preview-iframe")
    shown.get_by_role("heading", name=TITLE).wait_for()
    shown.get_by_text("示例职工书屋").first.wait_for()
    walker.look("campaign-preview")
    page.locator("[data-form-side-close-button]").first.click()
    page.locator("#w-preview-iframe").wait_for(state="hidden")


def test_a_campaign_goes_from_an_editors_draft_to_every_visitor(walker, settings):
    settings.PAGE_CACHE_SECONDS = 300
    caches["pages"].clear()
    city = small_tree()["city"]
    editor, officer = staff(Role.COMMUNICATIONS_EDITOR, city), staff(Role.FEDERATION_OFFICER, city)
    campaign("早先的活动")
    walker.open("/campaigns/")
    walker.look("campaigns-before")
    assert walker.page.get_by_text(TITLE).count() == 0

    walker.sign_in(editor)
    parent = CampaignIndexPage.objects.get()
    walker.open(f"/admin/pages/add/cms_pages/campaignpage/{parent.pk}/")
    write(walker)
    draft = CampaignPage.objects.get(title=TITLE)
    assert draft.live is False
    preview(walker)
    assert walker.page.locator("[name=action-publish]").count() == 0
    choose(walker, "action-submit")
    assert draft.workflow_in_progress

    walker.sign_out()
    assert walker.open(f"/campaigns/{draft.slug}/").title()
    walker.open("/campaigns/")
    assert walker.page.get_by_text(TITLE).count() == 0

    walker.sign_in(officer)
    walker.open(f"/admin/pages/{draft.pk}/edit/")
    with walker.leaving():
        walker.page.locator("[data-workflow-action-name=approve]").first.evaluate("button => button.click()")
    walker.page.wait_for_url("**/admin/pages/*/")
    draft.refresh_from_db()
    assert draft.live

    walker.sign_out()
    walker.open("/campaigns/")
    walker.go(walker.page.get_by_role("link", name=TITLE))
    walker.page.get_by_role("heading", name=TITLE).wait_for()
    walker.look("campaign-live")
