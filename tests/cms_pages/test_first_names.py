"""A new installation names in Chinese what Wagtail names in English, and leaves alone what somebody named or uses."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow, WorkflowPage

from cms_pages.first_names import ensure_first_names
from cms_pages.models import HomePage
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db


def test_a_new_installation_has_chinese_roots_and_workflows():
    assert Page.get_first_root_node().title == "全部页面"
    assert Collection.get_first_root_node().name == "全部文件"
    assert set(Workflow.objects.values_list("name", flat=True)) == {"内容审核", "逐级审核"}
    assert WorkflowPage.objects.get().workflow.name == "内容审核"
    assert not GroupApprovalTask.objects.filter(active=True).exists()
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()


def test_a_root_that_somebody_named_keeps_its_name():
    Page.objects.filter(depth=1).update(title="本会网站")
    ensure_first_names()
    assert Page.get_first_root_node().title == "本会网站"


def test_a_workflow_and_a_group_in_use_stay():
    group = Group.objects.create(name="Moderators")
    group.user_set.add(StaffFactory())
    workflow = Workflow.objects.create(name="Moderators approval")
    WorkflowPage.objects.create(page=HomePage.objects.get(), workflow=workflow)
    ensure_first_names()
    assert Workflow.objects.filter(name="Moderators approval").exists()
    assert Group.objects.filter(name="Moderators").exists()
