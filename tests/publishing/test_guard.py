"""Nothing comes around the guard: button, clock, approval, in bulk, API, copy, alias, or a file replaced later."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from cms_pages.models import ArticleIndexPage, ArticlePage
from services.foundation.errors import AlreadyDone
from services.messaging.models import Message
from services.organizations.actions.posts import assign_staff
from services.organizations.enums import Role
from services.publishing.actions import guard
from services.publishing.actions.files import look_into
from services.publishing.enums import FileState, Subject, Through
from services.publishing.errors import NothingToSign, PublicationHeld, ReasonTooShort
from services.publishing.models import FileScan, Hold, Signature
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.factories.pages import article
from tests.publishing import samples
from tests.publishing.samples import IDENTITY, MOBILE

pytestmark = pytest.mark.django_db
REASON = "办公室值班电话，可以公开"


@pytest.fixture
def city():
    return small_tree()["city"]


def staff(role: str, organization):
    user = StaffFactory()
    assign_staff(user, organization=organization, role=role, by=None, valid_from=date(2020, 1, 1))
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def editor(city):
    return staff(Role.COMMUNICATIONS_EDITOR, city)


@pytest.fixture
def officer(city):
    return staff(Role.FEDERATION_OFFICER, city)


@pytest.fixture
def second(city):
    return staff(Role.FEDERATION_OFFICER, city)


def enter(client, user):
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def dirty(text: str = f"联系人 {MOBILE}", *, by=None, **fields) -> ArticlePage:
    """A draft that may not become public, written by somebody."""
    page = article(
        "值班安排", live=False, owner=by, body=[("paragraph", "<p>安排</p>"), ("callout", _callout(text))], **fields
    )
    page.save_revision(user=by)
    return page


def _callout(text: str) -> dict:
    return {"kind": "info", "title": "", "text": text, "source": ""}


def live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def document(data: bytes, name: str = "名单.xlsx", *, by=None):
    made = get_document_model()(title="名单", file=ContentFile(data, name=name), uploaded_by_user=by)
    made.save()
    look_into(made.pk, now=timezone.now())
    return made


def post_edit(client, page, **more):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

    blocks = [
        (child.block_type, dict(child.value) if child.block_type == "callout" else rich_text(child.value.source))
        for child in page.body
    ]
    form = {
        "title": page.title,
        "slug": page.slug,
        "intro": "",
        "plain_words": "",
        "date": page.date,
        "source": "",
        "cover": "",
        "body": streamfield(blocks),
        "comments": inline_formset([]),
        **more,
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))


def test_pressing_publish_keeps_the_draft_and_shows_each_place_beside_its_block(client, officer):
    page = dirty(by=officer)
    enter(client, officer)
    answer = post_edit(client, page, **{"action-publish": "1"})
    assert (answer.status_code, live(page)) == (302, False)
    assert answer["Location"].endswith(f"/pages/{page.pk}/edit/")
    hold = Hold.objects.get()
    assert (hold.subject_id, hold.through, hold.asked_by, hold.authors) == (page.pk, "publish", officer, [officer.pk])
    assert MOBILE not in repr((hold.found, hold.title))
    again = client.get(answer["Location"])
    form = again.context["form"]
    error = form.errors.as_data()["body"][0]
    assert list(error.block_errors) == [1]
    assert "199****0001" in str(error.block_errors[1].block_errors["text"].messages)
    assert any("值班安排" in str(message) for message in get_messages(again.wsgi_request)) or "199****0001" in (
        again.content.decode()
    )


def test_the_author_can_not_sign_and_a_second_person_publishes_with_a_reason(client, officer, second):
    page = dirty(by=officer)
    enter(client, officer)
    post_edit(client, page, **{"action-publish": "1"})
    hold = Hold.objects.get()
    address = reverse("publishing_desk:one", args=[hold.pk])
    assert client.post(address, {"reason": REASON}).status_code == 403
    assert Message.objects.filter(key="publishing-held", recipient=second).exists()
    enter(client, second)
    assert "199****0001" in client.get(address).content.decode()
    assert client.post(address, {"reason": "可以"}).status_code == 200
    assert not live(page)
    assert client.post(address, {"reason": REASON}).status_code == 302
    signature = Signature.objects.get()
    assert (signature.signed_by, signature.reason, live(page)) == (second, REASON, True)
    for change in (signature.save, signature.delete, Signature.objects.all().delete):
        with pytest.raises(TypeError):
            change()


def test_a_changed_text_needs_a_new_signature(officer, second):
    page = dirty(by=officer)
    hold = held(page, officer)
    guard.sign(hold, by=second, reason=REASON, now=timezone.now())
    page.body = [("callout", _callout(f"联系人 {MOBILE} 或 19900000002"))]
    revision = page.save_revision(user=officer)
    with pytest.raises(PublicationHeld):
        revision.publish(user=officer)
    assert not live(page)


def held(page, by, through: str = Through.PUBLISH) -> Hold:
    revision = page.get_latest_revision()
    return guard.hold_back(
        revision.as_object(), guard.review(revision.as_object()), through=through, by=by, revision_id=revision.pk
    )


def test_what_changed_since_it_was_held_is_not_signed(officer, second):
    page = dirty(by=officer)
    hold = held(page, officer)
    page.body = [("callout", _callout(f"联系人 19900000003 {IDENTITY}"))]
    page.save_revision(user=officer)
    with pytest.raises(NothingToSign):
        guard.sign(hold, by=second, reason=REASON, now=timezone.now())
    with pytest.raises(ReasonTooShort):
        guard.sign(held(page, officer), by=second, reason="好", now=timezone.now())


def test_everybody_who_wrote_a_part_counts_as_author(officer, second, editor):
    page = dirty(by=second)
    page.save_revision(user=officer)
    hold = held(page, officer)
    assert set(hold.authors) == {second.pk, officer.pk}
    with pytest.raises(AlreadyDone):
        third = staff(Role.FEDERATION_OFFICER, page_city())
        guard.sign(hold, by=third, reason=REASON, now=timezone.now())
        guard.sign(hold, by=third, reason=REASON, now=timezone.now())


def page_city():
    from services.organizations.models import Organization

    return Organization.objects.filter(depth=1).first()


def _by_revision(page, user):
    page.get_latest_revision().publish(user=user)


def _by_saving(page, user):
    page.live = True
    page.save()


def _by_base_page(page, user):
    Page.objects.filter(pk=page.pk).update(live=False)
    base = Page.objects.get(pk=page.pk)
    base.live = True
    base.save()


def _by_schedule(page, user):
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=user).publish(user=user)


@pytest.mark.parametrize("way", [_by_revision, _by_saving, _by_base_page, _by_schedule])
def test_no_way_of_code_comes_around(officer, way):
    page = dirty(by=officer)
    with pytest.raises(PublicationHeld):
        way(page, officer)
    assert (live(page), Revision.objects.exclude(approved_go_live_at=None).count()) == (False, 0)


def test_what_was_scheduled_is_looked_at_again_when_its_time_has_come(officer, monkeypatch):
    page, other = article("到点发布", live=False, body=[]), article("另一篇", live=False)
    paper = document(samples.saved(samples.workbook()))
    page.body = [("files", {"documents": [paper]})]
    for scheduled in (page, other):
        scheduled.go_live_at = timezone.now() + timedelta(hours=1)
        scheduled.save_revision(user=officer).publish(user=officer)
    paper.file = ContentFile(samples.hidden_sheet(), name="新名单.xlsx")
    paper.save()
    look_into(paper.pk, now=timezone.now())
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    call_command("publish_scheduled")
    assert (live(page), live(other)) == (False, True)
    hold = Hold.objects.get(subject_type=Subject.PAGE)
    assert hold.through == Through.SCHEDULE
    call_command("publish_scheduled")
    assert Hold.objects.filter(subject_type=Subject.PAGE).count() == 1


def test_approval_is_undone_and_the_approver_who_wrote_nothing_signs_herself(client, editor, officer):
    page = dirty(by=editor)
    page.get_workflow().start(page, editor)
    enter(client, officer)
    step = [page.pk, "approve", page.current_workflow_task_state.pk]
    answer = client.post(reverse("wagtailadmin_pages:workflow_action", args=step), {"comment": ""})
    hold = Hold.objects.get()
    assert answer["Location"] == reverse("publishing_desk:one", args=[hold.pk])
    page.refresh_from_db()
    assert (live(page), page.workflow_in_progress) == (False, True)
    assert client.post(answer["Location"], {"reason": REASON}).status_code == 302
    page.refresh_from_db()
    assert (live(page), page.workflow_in_progress) == (True, False)


def test_of_many_pages_none_is_published_while_one_is_held(client, officer):
    page, clean = dirty(by=officer), article("无关", live=False)
    clean.save_revision(user=officer)
    enter(client, officer)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}&id={clean.pk}&next=/admin/", {"include_descendants": ""})
    assert (live(page), live(clean), Hold.objects.get().through) == (False, False, "bulk")


def test_the_api_publishes_nothing_that_is_held(client, officer):
    page = dirty(by=officer)
    enter(client, officer)
    answer = client.post(reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"]))
    assert (answer.status_code, live(page)) == (400, False)


def test_copies_become_drafts_and_aliases_follow_their_original(officer, second):
    page = dirty(by=officer)
    guard.sign(held(page, officer), by=second, reason=REASON, now=timezone.now())
    page.get_latest_revision().publish(user=officer)
    page.refresh_from_db()
    copy = page.copy(update_attrs={"slug": "copy"}, keep_live=True, user=officer)
    alias = page.create_alias(update_slug="alias", user=officer)
    assert (live(page), live(copy), live(alias)) == (True, False, True)
    page.body = [("callout", _callout("电话 19900000009"))]
    with pytest.raises(PublicationHeld):
        page.save_revision(user=officer).publish(user=officer)
    assert "19900000009" not in str(ArticlePage.objects.get(pk=alias.pk).body)


def test_creating_and_publishing_in_one_go_keeps_what_was_typed_as_a_draft(officer):
    page = ArticlePage(title="新的", slug="new", date=timezone.localdate(), intro=f"电话 {MOBILE}", live=True)
    ArticleIndexPage.objects.get().add_child(instance=page)
    assert (live(page), ArticlePage.objects.get(pk=page.pk).intro) == (False, f"电话 {MOBILE}")


@pytest.mark.parametrize(("make", "state"), [(samples.hidden_sheet, "held"), (samples.bomb, "refused")])
def test_a_document_goes_out_only_once_it_was_cleared(client, officer, second, make, state):
    paper = document(make(), by=officer)
    row = FileScan.objects.get(document=paper)
    assert (row.state, client.get(paper.url).status_code) == (state, 404)
    assert enter(client, officer).get(paper.url).status_code == 200
    client.logout()
    hold = Hold.objects.get(subject_type=Subject.DOCUMENT)
    if state == "refused":
        from services.publishing.errors import CannotBeSigned

        with pytest.raises(CannotBeSigned):
            guard.sign(hold, by=second, reason=REASON, now=timezone.now())
        return
    guard.sign(hold, by=second, reason=REASON, now=timezone.now())
    assert client.get(paper.url).status_code == 200
    paper.file = ContentFile(samples.hidden_row(), name="换过.xlsx")
    paper.save()
    assert client.get(paper.url).status_code == 404


def test_a_page_with_a_held_document_waits_and_one_signature_serves_both(client, officer, second):
    paper = document(samples.hidden_sheet(), by=officer)
    page = article("附件", live=False, owner=officer, body=[("files", {"documents": [paper]})])
    page.save_revision(user=officer)
    with pytest.raises(PublicationHeld):
        page.get_latest_revision().publish(user=officer)
    hold = held(page, officer)
    assert "名单" in repr(hold.found)
    guard.sign(hold, by=second, reason=REASON, now=timezone.now())
    assert guard.go_on(hold, by=second) == "published"
    assert (live(page), client.get(paper.url).status_code) == (True, 200)
    assert FileScan.objects.get().state == FileState.CLEAN


def test_rules_that_find_more_raise_an_alarm_and_ask_for_a_new_signature(officer, second, monkeypatch):
    from services.publishing.queries import review

    page = article("公开的", body=[("callout", _callout("欢迎来电"))])
    assert guard.look_again(now=timezone.now()) == 0
    words = review.pieces
    monkeypatch.setattr(review, "pieces", lambda contents: [*words(contents), (("intro",), MOBILE)])
    assert guard.look_again(now=timezone.now()) > 0
    hold = Hold.objects.get(subject_id=page.pk)
    assert (hold.through, live(page)) == (Through.RESCAN, True)
    assert Message.objects.filter(key="publishing-still-public", recipient=second).exists()


def test_a_photo_is_stripped_and_a_number_leaves_its_name():
    picture = get_image_model()(title="合影", file=ContentFile(samples.photo(), name=f"{MOBILE}.jpg"))
    picture.save()
    from PIL import Image

    with Image.open(picture.file.open()) as kept:
        assert (dict(kept.getexif()), kept.size) == ({}, (30, 40))
    assert MOBILE not in picture.file.name


def test_titles_and_names_of_the_library_hold_no_number(client, officer):
    enter(client, officer)
    answer = client.post(
        reverse("wagtaildocs:add"), {"title": IDENTITY, "file": ContentFile(b"x", name=f"{MOBILE}.txt"), "tags": ""}
    )
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"title", "file"}
    assert not get_document_model().objects.exists()
