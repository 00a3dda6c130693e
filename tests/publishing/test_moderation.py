"""A district publishes its own section and touches no other's; steps lie at levels of the tree, never with authors."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    TaskState,
    Workflow,
    WorkflowPage,
)

from cms_pages.models import ArticleIndexPage, ArticlePage, HomePage, SectionPage
from services.messaging.models import Message
from services.organizations.actions.posts import end_assignment
from services.organizations.enums import Role
from services.publishing.actions.sections import close_section, open_section
from services.publishing.enums import group_name
from services.publishing.errors import NoSection, SectionTaken
from services.publishing.rules.levels import desk_of
from services.publishing.todos import todos_for
from tests.factories.organizations import small_tree
from tests.factories.pages import article, picture
from tests.publishing.test_guard import enter, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two counties with a section and an editor and an officer each; both at the city too."""
    tree = small_tree()
    made = {"tree": tree}
    for name, place in (("a", "county_a"), ("b", "county_b")):
        page = HomePage.objects.get().add_child(instance=SectionPage(title=f"专栏{name}", slug=f"section-{name}"))
        made[f"section_{name}"] = open_section(page=page, organization=tree[place], by=None)
        made[f"page_{name}"] = page
        made[f"editor_{name}"] = staff(Role.COMMUNICATIONS_EDITOR, tree[place])
        made[f"officer_{name}"] = staff(Role.FEDERATION_OFFICER, tree[place])
    made["editor"] = staff(Role.COMMUNICATIONS_EDITOR, tree["city"])
    made["officer"] = staff(Role.FEDERATION_OFFICER, tree["city"])
    return made


def draft(parent, by, title: str = "区里的通知") -> ArticlePage:
    page = ArticlePage(title=title, slug=title, date=timezone.localdate(), live=False, owner=by)
    parent.add_child(instance=page)
    page.save_revision(user=by)
    return page


def rights(user, page) -> tuple[bool, bool]:
    tester = Page.objects.get(pk=page.pk).permissions_for_user(type(user).objects.get(pk=user.pk))
    return tester.can_edit(), tester.can_publish()


def test_a_district_works_on_its_own_section_and_the_city_on_all(world):
    page = draft(world["page_a"], world["editor_a"])
    whole = article("市里的")
    assert rights(world["editor_a"], page) == (True, False)
    assert rights(world["officer_a"], page) == rights(world["officer"], page) == (True, True)
    for stranger in ("editor_b", "officer_b"):
        assert rights(world[stranger], page) == (False, False)
    for district in ("editor_a", "officer_a"):
        assert rights(world[district], whole) == (False, False)


def test_rights_follow_posts_and_the_end_of_a_section(world):
    user = world["officer_a"]
    assert user.groups.filter(name=group_name(Role.FEDERATION_OFFICER, world["section_a"].pk)).exists()
    end_assignment(user.assignments.get(), by=None, on=timezone.localdate())
    assert rights(user, world["page_a"]) == (False, False)
    close_section(world["section_b"], by=world["officer"])
    assert rights(world["officer_b"], world["page_b"]) == (False, False)


def test_a_section_begins_below_the_home_page_and_once(world):
    with pytest.raises(NoSection):
        open_section(page=HomePage.objects.get(), organization=world["tree"]["town_a"], by=None)
    with pytest.raises(SectionTaken):
        open_section(page=ArticleIndexPage.objects.get(), organization=world["tree"]["county_a"], by=None)
    assert Collection.objects.filter(depth=2).count() == 2


CHAIN = [(1, "city_union"), (2, "county_union"), (3, "grassroots_union")]
KINDS = {"county": frozenset({"county_union"})}


@pytest.mark.parametrize(
    ("level", "chain", "last", "before", "desk"),
    [
        ("own", CHAIN, False, set(), 3),
        ("county", CHAIN, False, {3}, 2),
        ("top", CHAIN, True, {3, 2}, 1),
        ("county", CHAIN[:1], False, set(), None),
        ("county", CHAIN[:2], False, {2}, None),
        ("county", CHAIN[:1], True, set(), 1),
        ("top", CHAIN[:1], True, {1}, 1),
        ("own", [], True, set(), None),
    ],
)
def test_a_step_lies_at_its_level_or_is_passed_over(level, chain, last, before, desk):
    assert desk_of(level, chain, kinds=KINDS, last=last, before=before) == desk


def decide(page, user, action: str = "approve") -> None:
    page = ArticlePage.objects.get(pk=page.pk)
    page.current_workflow_task.on_action(page.current_workflow_task_state, user, action)


def offered(page, user) -> list[str]:
    page, user = ArticlePage.objects.get(pk=page.pk), type(user).objects.get(pk=user.pk)
    return [name for name, _label, _modal in page.current_workflow_task.get_actions(page, user)]


def test_level_by_level_a_page_goes_up_and_live_and_each_is_told(world):
    WorkflowPage.objects.create(page=world["page_a"], workflow=Workflow.objects.get(name="逐级审核"))
    page = draft(world["page_a"], world["editor_a"])
    page.get_workflow().start(page, world["editor_a"])
    assert offered(page, world["editor_a"]) == offered(page, world["officer_b"]) == []
    assert "approve" in offered(page, world["officer_a"])
    assert Message.objects.filter(key="publishing-waits", recipient=world["officer_a"]).exists()
    assert any(
        "区里的通知" in todo.text for todo in todos_for(type(world["officer_a"]).objects.get(pk=world["officer_a"].pk))
    )
    decide(page, world["officer_a"])
    # The step of the county is passed over: the same organisation has approved already.
    assert page.current_workflow_task_state.task.name == "市级审核"
    assert TaskState.objects.filter(status="skipped").count() == 1
    assert offered(page, world["officer_a"]) == []
    decide(page, world["officer"])
    page.refresh_from_db()
    assert page.live
    assert Message.objects.filter(key="publishing-decided", recipient=world["editor_a"]).exists()


def test_nobody_approves_what_she_wrote_or_changed(world):
    page = draft(world["page_a"], world["officer_a"])
    page.get_workflow().start(page, world["editor_a"])
    assert offered(page, world["officer_a"]) == []
    assert "approve" in offered(page, world["officer"])
    page.save_revision(user=world["officer"])
    assert offered(page, world["officer"]) == []


def test_an_approved_page_with_a_time_waits_for_it(world):
    page = draft(world["page_a"], world["editor_a"])
    page.go_live_at = timezone.now() + timedelta(days=2)
    page.save_revision(user=world["editor_a"])
    page.get_workflow().start(page, world["editor_a"])
    decide(page, world["officer_a"])
    page.refresh_from_db()
    assert (page.live, page.approved_schedule) == (False, True)


def _foreign(world) -> list[str]:
    page = draft(world["page_b"], world["editor_b"], "乙区草稿")
    page.save_revision(user=world["editor_b"])
    first, last = page.revisions.order_by("pk")
    own = draft(world["page_a"], world["editor_a"], "甲区草稿")
    one, two = [page.pk], [page.pk, world["page_a"].pk]
    return [
        *(reverse(f"wagtailadmin_pages:{name}", args=one) for name in ("edit", "copy", "move", "history", "delete")),
        *(reverse(f"wagtailadmin_pages:{name}", args=one) for name in ("view_draft", "unpublish", "workflow_history")),
        reverse("wagtailadmin_pages:move_confirm", args=two),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, first.pk]),
        reverse("wagtailadmin_pages:convert_alias", args=one),
        reverse("wagtailadmin_pages:add", args=["cms_pages", "articlepage", world["page_b"].pk]),
        # Her own page, but into a section that isn't hers.
        reverse("wagtailadmin_pages:move_confirm", args=[own.pk, world["page_b"].pk]),
    ]


def test_of_another_district_nothing_is_read_copied_or_moved(client, world):
    enter(client, world["officer_a"])
    for address in _foreign(world):
        answer = client.get(address)
        assert answer.status_code in (302, 403, 404), address
        assert "乙区草稿" not in answer.content.decode(), address
        assert client.post(address, {"new_title": "x", "new_slug": "x"}).status_code in (302, 403, 404, 405)
    assert set(ArticlePage.objects.values_list("title", flat=True)) == {"乙区草稿", "甲区草稿"}
    for action in ("copy", "move", "create_alias", "publish", "delete"):
        address = reverse("wagtailadmin_api:pages:action", args=[ArticlePage.objects.get(title="乙区草稿").pk, action])
        answer = client.post(address, {"destination_page_id": world["page_a"].pk}, content_type="application/json")
        assert answer.status_code in (400, 403, 404), (action, answer.content)
    assert ArticlePage.objects.count() == 2


def test_a_document_of_another_district_is_neither_chosen_nor_opened_nor_guessed(client, world):
    paper = get_document_model()(
        title="乙区名册", file=ContentFile(b"nothing", name="b.txt"), collection=world["section_b"].collection
    )
    paper.save()
    enter(client, world["editor_a"])
    for name in ("edit", "delete"):
        assert client.get(reverse(f"wagtaildocs:{name}", args=[paper.pk])).status_code in (302, 403, 404)
    chooser = client.get(reverse("wagtaildocs_chooser:choose"), HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    assert "乙区名册" not in chooser.json()["html"]
    assert client.get(reverse("wagtaildocs_chooser:chosen", args=[paper.pk])).status_code in (302, 403, 404)
    client.logout()
    # Private: by no address, not even that of the file itself.
    CollectionViewRestriction.objects.create(collection=paper.collection, restriction_type="login")
    for address in (paper.url, f"/media/{paper.file.name}", f"/media/documents/{paper.file_hash}"):
        answer = client.get(address)
        assert answer.status_code == (302 if address == paper.url else 404)
        assert b"nothing" not in answer.content


def test_choosing_a_page_offers_what_is_public_and_what_she_may_work_on(client, world):
    hers, theirs = draft(world["page_a"], world["editor_a"], "甲区草稿"), draft(world["page_b"], None, "乙区草稿")
    public = article("大家都能看")
    enter(client, world["editor_a"])
    xhr = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}

    def asked(page):
        return client.get(reverse("wagtailadmin_choose_page_child", args=[page.pk]), **xhr)

    def below(page) -> str:
        return asked(page).json()["html"]

    assert hers.title in below(world["page_a"])
    assert theirs.title not in below(world["page_b"])
    assert asked(theirs).status_code == 404 and asked(hers).status_code == 200
    found = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "草稿"}, **xhr).content.decode()
    assert hers.title in found and theirs.title not in found
    several = [hers.pk, theirs.pk, public.pk]
    chosen = client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": several}, **xhr).json()
    assert {one["adminTitle"] for one in chosen["result"]} == {hers.title, public.title}
    PageViewRestriction.objects.create(page=ArticleIndexPage.objects.get(), restriction_type="login")
    assert ArticleIndexPage.objects.get().title not in below(HomePage.objects.get())
    assert asked(ArticleIndexPage.objects.get()).status_code == 404


def test_what_lies_below_a_closed_collection_is_as_closed(client, world):
    """A folder inside the collection of a section is chosen from, opened and served like the section's own."""
    inner = world["section_b"].collection.add_child(name="乙区档案")
    paper = get_document_model()(title="乙区名册", file=ContentFile(b"nothing", name="c.txt"), collection=inner)
    paper.save()
    photo = picture(title="乙区合影")
    photo.collection = inner
    photo.save()
    xhr = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    for name, seen in (("editor_a", False), ("editor_b", True), ("editor", True)):
        enter(client, world[name])
        for app, thing in (("wagtaildocs", paper), ("wagtailimages", photo)):
            choose, chosen = reverse(f"{app}_chooser:choose"), reverse(f"{app}_chooser:chosen", args=[thing.pk])
            assert (thing.title in client.get(choose, **xhr).json()["html"]) is seen, (name, app)
            answer = client.get(chosen, **xhr)
            assert (answer.status_code == 200 and answer.json()["result"]["title"] == thing.title) is seen, (name, app)
        assert ("乙区档案" in client.get(reverse("wagtaildocs_chooser:choose"), **xhr).json()["html"]) is seen, name
    client.logout()
    CollectionViewRestriction.objects.create(collection=world["section_b"].collection, restriction_type="login")
    assert client.get(paper.url).status_code == 302
    assert client.get(f"/media/{paper.file.name}").status_code == 404


def test_who_may_see_what_a_version_changed(client, world):
    page = draft(world["page_a"], world["editor_a"])
    page.title = "改过的标题"
    page.save_revision(user=world["editor_a"])
    first, last = page.revisions.order_by("pk")
    enter(client, world["officer_a"])
    shown = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk]))
    assert "改过的标题" in shown.content.decode()
    assert date.today()
