"""A page is held back beside its block, a second person signs and it is public; a district's page goes up and waits."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from cms_pages.models import ArticlePage, HomePage, SectionPage
from services.organizations.actions.posts import assign_staff
from services.organizations.enums import Role
from services.publishing.actions.sections import open_section
from services.publishing.models import Hold
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.factories.pages import article
from tests.journeys.test_editor_publishes import choose

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

MASKED = "199****0001"


def staff(role: str, organization):
    user = StaffFactory()
    assign_staff(user, organization=organization, role=role, by=None, valid_from=date(2020, 1, 1))
    return user


def test_what_is_held_back_is_signed_by_a_second_person_and_public(walker):
    city = small_tree()["city"]
    writer, second = staff(Role.FEDERATION_OFFICER, city), staff(Role.FEDERATION_OFFICER, city)
    text = {"kind": "info", "title": "", "text": "值班电话 19900000001", "source": ""}
    page = article("值班安排", live=False, owner=writer, body=[("paragraph", "<p>电话</p>"), ("callout", text)])
    page.save_revision(user=writer)

    walker.sign_in(writer)
    walker.open(f"/admin/pages/{page.pk}/edit/")
    choose(walker, "action-publish")
    walker.page.wait_for_url("**/edit/")
    walker.page.get_by_text(MASKED).first.wait_for()
    walker.ignored = {"aria-input-field-name"}  # Wagtail's rich-text boxes have no name of their own
    walker.look("guard-beside-the-block")
    walker.ignored = set()
    assert not Page.objects.get(pk=page.pk).live
    hold = Hold.objects.get()
    walker.open(f"/admin/publishing/{hold.pk}/")
    walker.look("guard-own-hold")
    assert walker.page.locator("#id_reason").count() == 0
    walker.sign_out()

    walker.sign_in(second)
    walker.open("/admin/publishing/")
    walker.look("guard-held")
    walker.go(walker.page.get_by_role("link", name="值班安排").first)
    walker.page.get_by_text(MASKED).first.wait_for()
    walker.page.locator("#id_reason").fill("办公室值班电话，可以公开")
    walker.look("guard-sign")
    walker.go(walker.page.locator("form button[type=submit].button").last)
    walker.sign_out()
    walker.open(f"/articles/{page.slug}/")
    walker.page.get_by_role("heading", name="值班安排").first.wait_for()


def test_a_districts_page_is_approved_by_its_superior_and_waits_for_its_time(walker):
    tree = small_tree()
    home = HomePage.objects.get()
    section = home.add_child(instance=SectionPage(title="甲县专栏", slug="county-a"))
    open_section(page=section, organization=tree["county_a"], by=None)
    editor = staff(Role.COMMUNICATIONS_EDITOR, tree["county_a"])
    officer = staff(Role.FEDERATION_OFFICER, tree["county_a"])
    page = ArticlePage(title="县里的活动", slug="county-news", date=timezone.localdate(), live=False, owner=editor)
    page.go_live_at = timezone.now() + timedelta(days=2)
    section.add_child(instance=page)
    page.save_revision(user=editor)

    walker.sign_in(editor)
    walker.open(f"/admin/pages/{page.pk}/edit/")
    choose(walker, "action-submit")
    walker.sign_out()

    walker.sign_in(officer)
    walker.open("/admin/")
    walker.look("guard-desk")
    walker.go(walker.page.get_by_role("link", name="县里的活动").first)
    with walker.leaving():
        walker.page.locator("[data-workflow-action-name=approve]").first.evaluate("button => button.click()")
    walker.page.wait_for_url("**/admin/pages/*/")
    page.refresh_from_db()
    assert (page.live, page.approved_schedule) == (False, True)
