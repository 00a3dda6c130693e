"""The editor's own pages: in Chinese throughout, with every field in a comparison, safe for two at once."""

import json
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms_pages.models import CampaignIndexPage, GuideBasis, HomePage, NoticePage, SectionPage, Topic
from services.organizations.enums import Role
from services.publishing.actions.sections import open_section
from tests.cms_pages.editing import as_sent, edit_address
from tests.cms_pages.test_rights import enter, staff
from tests.factories import pages
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.house.test_chinese import FORMATS, SAME_IN_CHINESE, STANDS_FOR_ITSELF
from tests.house.visible import latin_words

pytestmark = pytest.mark.django_db
KINDS = ("article", "campaign", "guide", "training", "notice", "policy", "questions", "story", "activity")
# Names of formats in help texts, and what stands in an example.
NAMES = {"WebM", "VTT", "MP4"}


@pytest.fixture
def admin(client):
    return enter(client, StaffFactory(is_superuser=True))


def english_on(response) -> set[str]:
    assert response.status_code == 200
    return latin_words(response.content.decode()) - SAME_IN_CHINESE - STANDS_FOR_ITSELF - FORMATS - NAMES


@pytest.mark.parametrize("kind", KINDS)
def test_the_editor_is_chinese_throughout(admin, kind):
    page = getattr(pages, kind)()
    parent, model = page.get_parent(), page._meta.model_name
    assert english_on(admin.get(reverse("wagtailadmin_pages:add", args=["cms_pages", model, parent.pk]))) == set()


def test_topics_templates_and_the_folder_are_chinese(admin):
    template = pages.page_template()
    for address in (
        reverse("wagtailsnippets_cms_pages_topic:list"),
        reverse("wagtailsnippets_cms_pages_topic:add"),
        reverse("wagtailsnippets_cms_pages_trainingform:list"),
        reverse("page_templates:list"),
        reverse("page_templates:use", args=[template.pk]),
        edit_address(template),
    ):
        assert english_on(admin.get(address)) == set(), address


def test_a_topic_holds_no_personal_number(admin):
    address = reverse("wagtailsnippets_cms_pages_topic:add")
    answer = admin.post(address, {"name": "电话19900000001", "name_en": "", "slug": "call", "position": "0"})
    assert answer.status_code == 200 and "199****0001" in answer.content.decode()
    assert not Topic.objects.filter(slug="call").exists()


@pytest.mark.parametrize("kind", ["topic", "trainingform", "synonyms"])
def test_a_short_list_of_words_can_be_searched(admin, kind):
    answer = admin.get(reverse(f"wagtailsnippets_cms_pages_{kind}:list"), {"q": "健康"})
    assert answer.status_code == 200


def test_blocks_tell_their_names_and_help_in_chinese():
    from cms_pages.blocks import BodyBlock
    from cms_pages.models.home import HomeSections

    wrong = {}
    for block in (*BodyBlock().child_blocks.values(), *HomeSections().child_blocks.values()):
        for part in (block, *getattr(block, "child_blocks", {}).values()):
            words = f"{part.label} {getattr(part.meta, 'help_text', '') or ''}"
            if left := latin_words(words) - SAME_IN_CHINESE - NAMES - FORMATS:
                wrong[part.name] = left
    assert wrong == {}
    assert len(BodyBlock().child_blocks) == 11


def test_a_comparison_shows_every_field_that_changed(admin):
    law = pages.policy(clauses=("第三条", "第五条"))
    page = pages.guide(bases=[GuideBasis(policy=law, clause="第三条")])
    first = page.latest_revision
    page.title, page.title_en, page.plain_words = "新的标题", "New title", "新的大白话"
    page.organization, page.topics = small_tree()["county_a"], [Topic.objects.get(slug="health")]
    page.bases = [GuideBasis(policy=law, clause="第五条", means="新的说明")]
    page.body = [
        ("paragraph", "<p>新的正文</p>"),
        ("facts", {"caption": "新的表", "facts": [{"name": "时间", "value": "新的时间"}]}),
        ("gallery", {"pictures": [{"image": pages.picture(), "caption": "新的图说"}]}),
    ]
    last = page.save_revision()
    answer = admin.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk]))
    shown = answer.content.decode()
    for words in (
        *("新的标题", "New title", "新的大白话", "健康", str(page.organization), "第五条", "新的说明"),
        *("新的正文", "新的表", "新的时间", "新的图说"),
    ):
        assert words in shown, words
    assert english_on(answer) <= {"New", "title"}
    assert admin.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])).status_code == 200


def section_of(organization) -> SectionPage:
    """Pages of this organisation, which posts there carry rights over."""
    section = SectionPage(title=organization.name, slug="section")
    HomePage.objects.get().add_child(instance=section)
    open_section(page=section, organization=organization, by=None)
    return section


def moved(page, section):
    page.move(section, pos="last-child")
    return page.__class__.objects.get(pk=page.pk)


def test_who_publishes_begins_with_the_editors_own_post_and_reaches_no_further(client):
    tree = small_tree()
    officer = enter(client, staff(Role.FEDERATION_OFFICER, tree["county_a"]))
    section = section_of(tree["county_a"])
    add = reverse("wagtailadmin_pages:add", args=["cms_pages", "noticepage", section.pk])
    assert f'value="{tree["county_a"].code}"' in officer.get(add).content.decode()
    page = moved(pages.notice("归属", live=False), section)
    page.save_revision()
    foreign = officer.post(edit_address(page), as_sent(officer, page, organization=tree["county_b"].code))
    assert foreign.status_code == 200 and "没有" in foreign.content.decode()
    own = as_sent(officer, page, organization=tree["county_a"].name)
    assert officer.post(edit_address(page), own | {"action-publish": "1"}).status_code == 302
    assert NoticePage.objects.get(pk=page.pk).organization == tree["county_a"]


def test_a_page_of_a_foreign_organisation_can_be_saved_without_taking_it_over(client):
    tree = small_tree()
    page = pages.notice("外单位的")
    page.organization = tree["county_b"]
    page.save_revision().publish()
    page = moved(page, section_of(tree["county_a"]))
    officer = enter(client, staff(Role.FEDERATION_OFFICER, tree["county_a"]))
    sent = as_sent(officer, page, title="改个字")
    assert officer.post(edit_address(page), sent | {"action-publish": "1"}).status_code == 302
    assert NoticePage.objects.get(pk=page.pk).organization == tree["county_b"]


# --- two editors at once -----------------------------------------------------------------------------


def test_two_editors_see_each_other_and_neither_loses_a_word(client):
    """Wagtail's notes on who else edits are on, its autosave never overwrites another's, and both versions are kept."""
    assert getattr(settings, "WAGTAIL_EDITING_SESSION_PING_INTERVAL", 10_000) > 0
    assert getattr(settings, "WAGTAIL_AUTOSAVE_INTERVAL", 500) > 0
    page, city = pages.notice("原来的标题"), small_tree()["city"]
    one, two = (enter(type(client)(), staff(Role.FEDERATION_OFFICER, city)) for _ in range(2))
    hers = as_sent(one, page, title="甲写的标题")
    theirs = as_sent(two, page, title="乙写的标题")
    assert one.get(edit_address(page)).content.decode().count("w-session") > 0
    assert one.post(edit_address(page), hers).status_code == 302
    late = two.post(edit_address(page), theirs, headers={"accept": "application/json"})
    assert late.status_code == 400 and "较新" in json.loads(late.content)["error_message"]
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, _session_of(two, page)])
    told = two.post(ping, {"revision_id": page.latest_revision_id}).json()
    assert "html" in told
    assert two.post(edit_address(page), theirs).status_code == 302
    titles = [revision.content["title"] for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["甲写的标题", "乙写的标题"]


def _session_of(client, page) -> int:
    from wagtail.admin.models import EditingSession

    client.get(edit_address(page))
    return EditingSession.objects.filter(user_id=client.session["_auth_user_id"]).latest("pk").pk


# --- a right at one place is none at another (T04) -----------------------------------------------------


@pytest.fixture
def narrow(client):
    """Somebody with every right on campaigns, and on nothing else."""
    group = Group.objects.create(name="只管主题活动")
    here = CampaignIndexPage.objects.get()
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=here, permission=permission)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = StaffFactory()
    user.groups.add(group)
    return enter(client, user)


def test_a_page_elsewhere_is_neither_copied_compared_previewed_moved_nor_read_in_draft(narrow):
    page = pages.article("别处的文章")
    page.title = "别处的机密草稿"
    draft = page.save_revision()
    of_two = {
        "revisions_compare": [page.pk, page.live_revision_id, draft.pk],
        "revisions_revert": [page.pk, draft.pk],
        "revisions_view": [page.pk, draft.pk],
    }
    for name in (
        *("edit", "history", "history_results", "copy", "move", "delete", "unpublish", "usage", "preview_on_edit"),
        *("view_draft", "revisions_compare", "revisions_revert", "revisions_view", "workflow_history", "set_privacy"),
    ):
        address = reverse(f"wagtailadmin_pages:{name}", args=of_two.get(name, [page.pk]))
        for answer in (narrow.get(address), narrow.post(address, {"new_title": "x", "new_slug": "x"})):
            assert "别处的机密草稿" not in answer.content.decode(), name
    assert not Page.objects.filter(slug="x").exists()
    page.refresh_from_db()
    assert (page.live, page.get_parent().slug) == (True, "articles")


def test_copying_takes_a_right_at_the_source_and_at_the_target(narrow):
    here, elsewhere = pages.campaign("这里的"), pages.article("别处的")
    address = reverse("wagtailadmin_pages:copy", args=[here.pk])
    sent = {"new_title": "x", "new_slug": "x", "new_parent_page": elsewhere.get_parent().pk}
    narrow.post(address, sent)
    narrow.post(
        reverse("wagtailadmin_pages:copy", args=[elsewhere.pk]), sent | {"new_parent_page": here.get_parent().pk}
    )
    assert not Page.objects.filter(slug="x").exists()
    narrow.post(address, sent | {"new_parent_page": here.get_parent().pk})
    assert Page.objects.filter(slug="x").exists()


def test_a_scheduled_page_is_changed_by_nobody_before_its_time_unless_it_is_taken_back(client):
    officer = enter(client, staff(Role.FEDERATION_OFFICER))
    page = pages.article(live=False)
    later = f"{timezone.localtime() + timedelta(days=2):%Y-%m-%d %H:%M}"
    sent = as_sent(officer, page, go_live_at=later)
    assert officer.post(edit_address(page), sent | {"action-publish": "1"}).status_code == 302
    page.refresh_from_db()
    assert page.approved_schedule and not page.live


def test_whoever_changes_nothing_of_a_programme_is_no_author_of_it(admin):
    """Approving from the editor sends the whole form: what comes back unchanged makes no new version."""
    starts = timezone.make_aware(datetime(2027, 3, 5, 14, 0))
    body = [("schedule", {"entries": [{"starts": starts, "title": "表彰大会", "place": "", "note": ""}]})]
    page = pages.campaign(live=False, body=body)
    page.save_revision()
    (block,) = page.get_latest_revision_as_object().body
    ids = {"body-0": block.id, "body-0-value-entries-0": block.value["entries"].bound_blocks[0].id}

    def changed(moment: str) -> list[str]:
        part = {"starts": moment, "title": "表彰大会", "place": "", "note": ""}
        sent = {f"body-0-value-entries-0-value-{name}": value for name, value in part.items()}
        for part, key in ids.items():
            sent |= {f"{part}-deleted": "", f"{part}-order": "0", f"{part}-id": key}
        sent |= {"body-count": "1", "body-0-type": "schedule", "body-0-value-entries-count": "1"}
        data = as_sent(admin, page, **sent)
        newest = page.get_latest_revision_as_object()
        form_class = newest.get_edit_handler().get_form_class()
        form = form_class(data, instance=newest, for_user=None, parent_page=newest.get_parent())
        assert form.is_valid() is (moment != "gestern"), form.errors
        return [name for name in form.changed_data if name == "body"]

    assert changed("2027-03-05 14:00") == []
    assert changed("2027-03-05 14:30") == changed("gestern") == ["body"]
