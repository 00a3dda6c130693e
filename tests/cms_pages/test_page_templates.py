"""Page templates: all is copied into a draft with new dates, by whoever may add a page there; none is public."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms_pages.actions import make_from_template
from cms_pages.models import (
    ArticleIndexPage,
    CampaignIndexPage,
    CampaignPage,
    TemplateFolder,
    Topic,
    TrainingIndexPage,
    TrainingPage,
)
from services.foundation.errors import Refused
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.publishing.enums import group_name
from tests.cms_pages.test_rights import enter, staff
from tests.factories import pages
from tests.factories.accounts import StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return staff(Role.COMMUNICATIONS_EDITOR)


def made(template, editor, **more) -> CampaignPage:
    given = {"title": "明年的三八", "starts_on": date(2027, 3, 5), "ends_on": date(2027, 3, 9)} | more
    return make_from_template(template, to=CampaignIndexPage.objects.get(), by=editor, **given).specific


def test_the_newest_version_is_copied_and_its_programme_moves_to_the_new_days(editor):
    template = pages.page_template(theme="旧主题")
    template.theme, template.place = "新主题", "市职工之家"
    template.topics = list(Topic.objects.filter(slug="culture"))
    template.save_revision()
    page = made(template, editor)
    assert (page.live, page.title, page.theme, page.place) == (False, "明年的三八", "新主题", "市职工之家")
    assert (page.starts_on, page.ends_on, page.owner) == (date(2027, 3, 5), date(2027, 3, 9), editor)
    entry = page.body[0].value["entries"][0]
    assert timezone.localtime(entry["starts"]).strftime("%Y-%m-%d %H:%M") == "2027-03-06 09:00"
    assert [topic.slug for topic in page.topics.all()] == ["culture"]
    assert page.slug == "campaign-2027-03-05"
    assert made(template, editor).slug == "campaign-2027-03-05-2"
    template.refresh_from_db()
    assert template.get_latest_revision_as_object().starts_on == date(2026, 3, 2)


def test_sessions_of_a_training_move_along_and_are_the_copys_own(editor):
    template = pages.training("培训班（模板）", live=False)
    template.move(TemplateFolder.objects.get(), pos="last-child")
    template = TrainingPage.objects.get(pk=template.pk)
    start = template.starts_on + timedelta(days=30)
    page = make_from_template(
        template, to=TrainingIndexPage.objects.get(), title="第三期", by=editor, starts_on=start, ends_on=start
    ).specific
    assert [one.starts_at.date() for one in page.sessions.all()] == [start] * 2
    assert template.sessions.count() == 2 and not set(page.sessions.all()) & set(template.sessions.all())


def test_a_template_makes_its_kind_where_that_may_stand_and_she_may_add_one(editor):
    template = pages.page_template()
    with pytest.raises(Refused):
        make_from_template(template, to=ArticleIndexPage.objects.get(), title="x", by=editor)
    with pytest.raises(Refused):
        make_from_template(
            template,
            to=CampaignIndexPage.objects.get(),
            title="x",
            by=staff(Role.CASE_OFFICER, Organization.objects.get(code="T")),
        )


def test_no_template_is_ever_public(client):
    template = pages.page_template("秘密模板")
    with pytest.raises(PermissionDenied):
        template.save_revision().publish()
    officer = enter(client, staff(Role.FEDERATION_OFFICER))
    address = reverse("wagtailadmin_pages:edit", args=[template.pk])
    shown = officer.get(address).content.decode()
    assert "action-publish" not in shown and "action-submit" not in shown
    assert template.has_workflow is False and template.get_workflow() is None
    Page.objects.filter(pk=template.pk).update(live=True)
    assert client.get(f"/page-templates/{template.slug}/").status_code == 404
    assert client.get("/page-templates/").status_code == 404
    for path in ("/", "/campaigns/", "/sitemap.xml"):
        assert "秘密模板" not in client.get(path).content.decode()
        assert template.slug not in client.get("/sitemap.xml").content.decode()


def test_an_editor_makes_a_campaign_of_one_title_and_two_dates(client, editor):
    template = pages.page_template()
    enter(client, editor)
    listed = client.get(reverse("page_templates:list")).content.decode()
    assert template.title in listed and "主题活动" in listed
    address = reverse("page_templates:use", args=[template.pk])
    assert client.get(address).status_code == 200
    place = CampaignIndexPage.objects.get().pk
    wrong = {"title": "读书月", "starts_on": "2027-04-30", "ends_on": "2027-04-01", "place": place}
    answer = client.post(address, wrong)
    assert answer.status_code == 200 and "结束日期不能早于开始日期" in answer.content.decode()
    assert 'value="读书月"' in answer.content.decode()
    answer = client.post(address, wrong | {"ends_on": "2027-05-10"})
    page = CampaignPage.objects.get(title="读书月")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.live is False and client.get(answer.url).status_code == 200


def test_what_is_no_template_is_not_copied_and_the_place_is_asked_again(client, editor):
    """T04: a draft elsewhere is no source, and a right at the source gives none at the target."""
    template, draft = pages.page_template(), pages.campaign("别处的草稿", live=False)
    enter(client, editor)
    assert client.get(reverse("page_templates:use", args=[draft.pk])).status_code == 404
    assert client.get(reverse("page_templates:use", args=[template.pk + 10_000])).status_code == 404
    elsewhere = {
        "title": "x",
        "starts_on": "2027-04-01",
        "ends_on": "2027-04-01",
        "place": ArticleIndexPage.objects.get().pk,
    }
    assert client.post(reverse("page_templates:use", args=[template.pk]), elsewhere).status_code == 200
    assert not Page.objects.filter(title="x").exists()
    GroupPagePermission.objects.filter(group__name=group_name(Role.COMMUNICATIONS_EDITOR)).update(
        page=ArticleIndexPage.objects.get()
    )
    assert client.get(reverse("page_templates:use", args=[template.pk])).status_code == 404


def test_the_list_costs_the_same_at_one_row_and_at_thirty(client):
    enter(client, StaffFactory(is_superuser=True))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("page_templates:list")).status_code == 200
        return len(asked)

    pages.page_template("第一份")
    queries()
    alone = queries()
    for number in range(2, 31):
        pages.page_template(f"第{number}份")
    assert queries() == alone
