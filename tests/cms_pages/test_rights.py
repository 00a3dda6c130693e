"""Editors write and submit, federation officers approve and publish, every other role has no pages at all."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms_pages.models import CampaignIndexPage
from cms_pages.rights import ensure_publishing_rights
from services.organizations.actions.posts import assign_staff
from services.organizations.enums import Role
from services.publishing.actions.rights import ensure_rights
from services.publishing.enums import group_name
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.factories.pages import campaign

pytestmark = pytest.mark.django_db
WRITERS = {Role.COMMUNICATIONS_EDITOR, Role.FEDERATION_OFFICER}


def staff(role: str, city=None):
    """Somebody who holds the role at the city."""
    user = StaffFactory()
    assign_staff(user, organization=city or small_tree()["city"], role=role, by=None, valid_from=date(2020, 1, 1))
    return user


def enter(client, user):
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def test_only_two_roles_have_rights_on_pages():
    held = {}
    for given in GroupPagePermission.objects.select_related("group", "permission"):
        held.setdefault(given.group.name, set()).add(given.permission.codename)
    assert held == {
        group_name(Role.COMMUNICATIONS_EDITOR): {"add_page", "change_page"},
        group_name(Role.FEDERATION_OFFICER): {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
    }


@pytest.mark.parametrize("role", [role for role in Role if role not in WRITERS])
def test_other_roles_can_neither_write_nor_publish(client, role):
    user = staff(role)
    rights = campaign().permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_delete(), rights.can_unpublish()) == (False,) * 4
    assert CampaignIndexPage.objects.get().permissions_for_user(user).can_add_subpage() is False


def test_an_editor_writes_and_submits_but_does_not_publish():
    editor = staff(Role.COMMUNICATIONS_EDITOR)
    page = campaign(live=False)
    rights = page.permissions_for_user(editor)
    assert (rights.can_edit(), rights.can_submit_for_moderation(), rights.can_publish()) == (True, True, False)
    assert CampaignIndexPage.objects.get().permissions_for_user(editor).can_add_subpage()


def test_pressing_publish_without_the_right_publishes_nothing(client):
    page = campaign("未经审核", live=False)
    page.save_revision()
    enter(client, staff(Role.COMMUNICATIONS_EDITOR))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = {
        "title": "未经审核",
        "slug": page.slug,
        "intro": "",
        **dict.fromkeys(("theme", "organization", "title_en", "intro_en", "plain_words"), ""),
        "results": streamfield([]),
        "starts_on": page.starts_on,
        "ends_on": page.ends_on,
        "place": "",
        "cover": "",
        "related_guide": "",
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    assert client.post(address, nested_form_data(form)).status_code == 302
    assert page.revisions.count() == 2
    assert Page.objects.get(pk=page.pk).live is False
    assert client.post(reverse("wagtailadmin_pages:unpublish", args=[campaign().pk])).status_code in (302, 403)


def test_a_submitted_page_goes_live_when_an_officer_approves():
    city = small_tree()["city"]
    editor, officer = staff(Role.COMMUNICATIONS_EDITOR, city), staff(Role.FEDERATION_OFFICER, city)
    page = campaign(live=False)
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor)
    task = state.current_task_state
    assert task.task.specific.user_can_access_editor(page, officer)
    assert task.task.specific.get_actions(page, editor) == []
    assert "approve" in [action[0] for action in task.task.specific.get_actions(page, officer)]
    task.approve(user=officer)
    page.refresh_from_db()
    assert page.live


def test_making_the_rights_again_adds_nothing():
    before = (GroupPagePermission.objects.count(), Workflow.objects.count(), WorkflowPage.objects.count())
    ensure_rights()
    ensure_publishing_rights()
    assert (GroupPagePermission.objects.count(), Workflow.objects.count(), WorkflowPage.objects.count()) == before


@pytest.mark.parametrize("role", sorted(WRITERS))
def test_whoever_writes_opens_the_editor_with_all_its_parts(client, role):
    page = campaign()
    enter(client, staff(role))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    parent = CampaignIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["cms_pages", "campaignpage", parent.pk])
    assert client.get(add).status_code == 200
