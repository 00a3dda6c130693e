"""T01 to T16 of the list of attacks, each tried on children's files."""

import io

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from PIL import Image
from wagtail.models import DraftStateMixin, Page, RevisionMixin, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from services.casework.models import private_storage
from services.child_files import errors, policies
from services.child_files.actions import consents, filling, granting, links, moving, papers, releasing, sharing
from services.child_files.enums import Purpose
from services.child_files.models import Child, ChildPaper, FileRead, GuardianLink, Release, Sharing
from services.child_files.queries.files import consents_standing, files_for
from services.childrens_homes.registry import home_panels
from services.exchange.actions.exports import ask_for_export
from services.exchange.models import Export
from services.foundation.exports import exports
from services.foundation.scope import ScopedManager, ScopeMissing
from services.messaging.models import Message
from services.organizations.actions import end_assignment
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from tests.child_files.counting import report_now
from tests.child_files.desk import signed_in
from tests.factories.child_files import Nursery, holder, jpeg
from tests.factories.childrens_homes import HomeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nursery():
    return Nursery()


@pytest.fixture
def child(nursery):
    return nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE])


@pytest.fixture
def theirs(nursery):
    """A child of another home of the county, with that home's teacher."""
    home = HomeFactory(host=nursery.tree["school_b"], programme=nursery.programme, code="LSZJ-990001-002")
    teacher = holder(nursery.tree["school_b"], Role.HOME_TEACHER)
    made = nursery.child(home=home, by=teacher)
    made.teacher = teacher
    return made


def page(name: str, *args) -> str:
    return reverse(f"child_files_desk:{name}", args=args)


def file_of(child) -> str:
    return page("file", child.token)


def photo_of(nursery, child) -> ChildPaper:
    return papers.add_paper(child, kind="photo", upload=jpeg(), by=nursery.teacher, now=nursery.now)


def test_t01_no_address_of_a_file_is_there_for_whoever_does_not_reach_it(nursery, child):
    paper = photo_of(nursery, child)
    addresses = [
        *(page(name, child.token) for name in ("file", "consent", "review", "exit", "readmit", "ask", "break_glass")),
        *(page(name, child.token) for name in ("note_concern", "paper_add")),
        page("add", child.token, "contact"),
        page("link", child.token, nursery.guardian(child).pk),
        page("withdraw", child.token, "home_service"),
        page("paper", child.token, paper.token, papers.link_to(paper, nursery.teacher)),
    ]
    strangers = [
        holder(nursery.tree["school_b"], Role.HOME_TEACHER),
        holder(nursery.tree["county_b"], Role.WF_OFFICER),
    ]
    for user in strangers:
        desk = signed_in(user)
        assert {desk.get(address).status_code for address in addresses} == {404}
    assert not FileRead.objects.unscoped().exists()


def test_t02_what_is_of_another_child_is_not_found_under_this_one(nursery, child):
    sister = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE])
    paper = photo_of(nursery, sister)
    nursery.absence(sister)
    desk = signed_in(nursery.teacher)
    link = papers.link_to(paper, nursery.teacher)
    assert desk.get(page("paper", child.token, paper.token, link)).status_code == 404
    assert desk.post(page("paper_remove", child.token, paper.token)).status_code == 404
    assert desk.get(page("link", child.token, nursery.guardian(sister).pk)).status_code == 404
    what = f"parent-{sister.absences.get().pk}-phone"
    assert desk.post(file_of(child), {"what": what, "reason": "示例理由"}).status_code == 404
    assert desk.get(page("paper", sister.token, paper.token, link)).status_code == 200


def test_t03_no_record_of_a_child_is_read_without_saying_for_whom():
    scoped = [
        model
        for model in apps.get_app_config("child_files").get_models()
        if isinstance(getattr(model, "objects", None), ScopedManager)
    ]
    assert {Child, ChildPaper, FileRead, Release} <= set(scoped)
    for model in scoped:
        with pytest.raises(ScopeMissing):
            list(model.objects.all())


def test_t04_a_file_is_nothing_that_wagtail_copies_translates_compares_or_chooses():
    for model in apps.get_app_config("child_files").get_models():
        assert not issubclass(model, Page | RevisionMixin | DraftStateMixin | TranslatableMixin), model
        assert model not in get_snippet_models()
        fields = [one for one in model._meta.get_fields() if isinstance(one, models.ForeignKey)]
        assert not [one for one in fields if one.related_model._meta.app_label.startswith("wagtail")], model


def test_t05_list_file_workbook_home_and_message_agree_on_who_sees_a_child(nursery, child, theirs):
    for user, mine, other in ((nursery.teacher, child, theirs), (theirs.teacher, theirs, child)):
        desk = signed_in(user)
        listed = desk.get(page("list")).content.decode()
        assert mine.code in listed and other.code not in listed
        assert file_of(other) not in desk.get(f"{page('list')}?code={other.code}").content.decode()
        assert other.code not in desk.get(page("overdue")).content.decode()
        found = exports["children"].find(user, QueryDict(""), False)
        assert [row[0] for row in found.rows] == [mine.code]
        assert home_panels["child_files"](other.home, user) is None
        assert desk.get(file_of(other)).status_code == 404
    assert child.name not in "".join(f"{one.body}{one.link}" for one in Message.objects.all())


def test_t06_a_list_of_files_is_judged_child_by_child_and_does_nothing_for_one_that_is_not_hers(nursery, child):
    """Sharing many: one whose guardian hasn't agreed, or that lies elsewhere, stops the whole and nothing is noted."""
    agreed = nursery.child(agreed=[Purpose.HOME_SERVICE, Purpose.SHARING])
    said = {"recipient": "civil_affairs", "recipient_name": "示例", "purpose": "示例", "fields": ["identity"]}
    for codes in ([agreed.code, child.code], [agreed.code, "LSZJ-999999-001-0001"]):
        with pytest.raises(errors.NotShared):
            sharing.share(
                nursery.tree["city"], codes=codes, agreement="示例", by=nursery.privacy, now=nursery.now, **said
            )
    assert not Sharing.objects.unscoped().exists()


def test_t07_neither_the_file_name_nor_what_the_camera_wrote_nor_a_count_tells_who_it_is(nursery, child):
    picture, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x013B] = "示例甲的照片", "示例甲"
    Image.new("RGB", (700, 700), "red").save(picture, "JPEG", exif=exif)
    papers.add_paper(child, kind="photo", upload=picture, by=nursery.teacher, now=nursery.now)
    paper = ChildPaper.objects.unscoped().get()
    stored = private_storage().open(paper.file.name).read()
    assert "示例甲".encode() not in stored and not Image.open(io.BytesIO(stored)).getexif()
    assert child.code not in paper.file.name and child.name not in paper.file.name
    found = report_now((nursery.tree["city"].path,), nursery.today)
    assert child.code not in str(found) and {line.children for line in found.lines} == {None}


def test_t08_a_photo_is_hidden_at_once_with_its_blur_its_link_and_its_line(nursery, child):
    paper = photo_of(nursery, child)
    desk = signed_in(nursery.teacher)
    open_link = page("paper", child.token, paper.token, papers.link_to(paper, nursery.teacher))
    shown = desk.get(file_of(child)).content.decode()
    assert paper.preview.startswith("data:image/png;base64,") and paper.preview in shown
    assert desk.get(open_link).status_code == 200
    consents.withdraw(consents_standing(child)[Purpose.PHOTO_INSIDE], now=nursery.now)
    hidden = desk.get(file_of(child)).content.decode()
    assert paper.preview not in hidden and paper.token not in hidden
    assert desk.get(open_link).status_code == 404
    papers.remove_paper(paper, by=nursery.teacher, now=nursery.now)
    assert ChildPaper.objects.unscoped().get().preview == ""


def test_t08_a_blur_holds_no_face(nursery, child):
    """Eight dots by eight: of a picture of 490,000 dots too little is left to know anybody by."""
    import base64

    paper = photo_of(nursery, child)
    blur = Image.open(io.BytesIO(base64.b64decode(paper.preview.partition(",")[2])))
    assert blur.size == (8, 8)


def test_t09_a_guardians_link_is_beyond_guessing_opens_nothing_alone_and_is_slowed_down(nursery, child, client):
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    assert len(link.secret) * 5 > 64 and link.secret not in str(GuardianLink.objects.values())
    start = client.get(reverse("child_files:start", args=[link.secret])).content.decode()
    assert child.name not in start and child.code not in start
    assert client.get(reverse("child_files:data"))["Location"] == reverse("child_files:over")
    wrong = client.get(reverse("child_files:start", args=["x" * 26]))
    for _time in range(60):
        client.get(reverse("child_files:start", args=["y" * 26]))
    slowed = client.get(reverse("child_files:start", args=[link.secret]))
    assert (wrong.status_code, wrong["Location"]) == (slowed.status_code, slowed["Location"])


def test_t10_a_workbook_of_children_is_its_askers_alone_while_it_lasts_and_lies_nowhere(nursery, child):
    made = releasing.ask_release(
        nursery.home,
        fields=["name"],
        purpose="trip",
        reason="秋游签到",
        leader=nursery.leader,
        by=nursery.officer,
        now=nursery.now,
    )
    for who in (nursery.leader, nursery.privacy):
        releasing.decide_release(made, yes=True, by=who, now=nursery.now)
    before = {path for folder in private_storage().listdir("")[:1] for path in folder}
    copy = page("release_copy", made.token)
    for user, status in ((nursery.leader, 403), (nursery.privacy, 403), (nursery.teacher, 404), (nursery.town, 404)):
        assert signed_in(user).post(copy).status_code == status, user
    assert signed_in(nursery.officer).get(copy).status_code == 405
    assert signed_in(nursery.officer).post(copy).status_code == 200
    assert {path for folder in private_storage().listdir("")[:1] for path in folder} == before
    assert not Export.objects.exists()
    masked = ask_for_export(exports["children"], by=nursery.teacher, query="", now=nursery.now)
    assert signed_in(nursery.officer).get(reverse("exports:download", args=[masked.token])).status_code == 404


def test_t11_a_photo_has_no_address_that_leads_past_the_question_who_asks(nursery, child, client):
    paper = photo_of(nursery, child)
    for address in (f"/media/{paper.file.name}", f"/documents/{paper.pk}/x.jpg", f"/{paper.file.name}"):
        assert client.get(address).status_code == 404
    lent = page("paper", child.token, paper.token, papers.link_to(paper, nursery.teacher))
    colleague = holder(nursery.tree["school_a"], Role.HOME_TEACHER)
    assert signed_in(colleague).get(lent).status_code == 404
    assert client.get(lent).status_code == 302


def test_t12_nobody_says_yes_to_her_own_question_about_a_child(nursery, child):
    grant = granting.ask(child, of=nursery.leader, purpose="help", reason="示例", by=nursery.officer, now=nursery.now)
    glass = granting.break_glass(child, reason="孩子走失", hours=1, by=nursery.officer, now=nursery.now)
    release = releasing.ask_release(
        nursery.home,
        fields=["name"],
        purpose="help",
        reason="联系助学",
        leader=nursery.leader,
        by=nursery.officer,
        now=nursery.now,
    )
    with pytest.raises(PermissionDenied):
        granting.decide(grant, yes=True, by=nursery.officer, now=nursery.now)
    with pytest.raises(PermissionDenied):
        granting.review_emergency(glass, judged="justified", note="示例", by=nursery.officer, now=nursery.now)
    with pytest.raises(PermissionDenied):
        releasing.decide_release(release, yes=True, by=nursery.officer, now=nursery.now)
    assert signed_in(nursery.officer).post(page("approval", grant.token), {"yes": "yes"}).status_code == 403
    assert signed_in(nursery.officer).post(page("release", release.token), {"yes": "yes"}).status_code == 403


def test_t13_a_file_takes_its_steps_in_their_order_whoever_calls(nursery):
    draft = nursery.draft()
    with pytest.raises((errors.NoConsent, errors.NoSuchStep)):
        filling.set_traits(draft, codes=["quiet"], by=nursery.teacher, now=nursery.now)
    for verb in ("review", "exit", "readmit", "restrict", "anonymise"):
        with pytest.raises(errors.NoSuchStep):
            moving.move_file(draft, verb, by=nursery.teacher, now=nursery.now, reason="示例")
    child = nursery.child()
    for verb in ("anonymise", "erase", "restrict"):
        with pytest.raises(errors.NoSuchStep):
            moving.move_file(child, verb, by=nursery.teacher, now=nursery.now, reason="示例")


def test_t14_a_stranger_holds_no_right_to_a_child(nursery, child):
    nobody = AnonymousUser()
    asked = [policies.may_list(nobody), policies.may_guard(nobody), policies.may_see_releases(nobody)]
    asked += [one(nobody, child) for one in (policies.may_keep, policies.may_ask, policies.may_break_glass)]
    asked += [policies.may_record_withdrawal(nobody, child), policies.may_note_concern(nobody, child)]
    assert not any(asked)
    assert not files_for(nobody).exists()


def test_t15_other_methods_and_spellings_of_a_files_address_open_nothing_more(nursery, child, client):
    address, stranger = file_of(child), signed_in(holder(nursery.tree["school_b"], Role.HOME_TEACHER))
    for method in ("put", "patch", "delete"):
        assert getattr(signed_in(nursery.teacher), method)(address).status_code == 405
        assert getattr(stranger, method)(address).status_code in (404, 405)
    assert signed_in(nursery.teacher).head(address).status_code == 200
    # To look without a body is a look.
    assert FileRead.objects.unscoped().count() == 1
    for spelling in (address[:-1], f"{address}index.json", address.upper(), address.replace("/files/", "/files//")):
        assert stranger.get(spelling).status_code in (301, 302, 404)
        assert client.get(spelling).status_code in (301, 302, 404)


def test_t16_whoever_lost_her_post_is_out_with_the_next_click_and_takes_nothing_along(nursery, child):
    desk, paper = signed_in(nursery.teacher), photo_of(nursery, child)
    made = releasing.ask_release(
        nursery.home,
        fields=["name"],
        purpose="trip",
        reason="秋游签到",
        leader=nursery.leader,
        by=nursery.teacher,
        now=nursery.now,
    )
    for who in (nursery.leader, nursery.privacy):
        releasing.decide_release(made, yes=True, by=who, now=nursery.now)
    link = page("paper", child.token, paper.token, papers.link_to(paper, nursery.teacher))
    assert desk.get(file_of(child)).status_code == 200
    post = StaffAssignment.objects.get(user=nursery.teacher)
    end_assignment(post, by=None, on=nursery.today)
    for address in (page("list"), file_of(child), link, page("release", made.token)):
        assert desk.get(address).status_code in (302, 403, 404)
    assert desk.post(page("release_copy", made.token)).status_code in (302, 403, 404)
    with pytest.raises(PermissionDenied):
        releasing.take_copy(made, by=type(nursery.teacher).objects.get(pk=nursery.teacher.pk), now=nursery.now)
    assert FileRead.objects.unscoped().filter(release__isnull=False).count() == 0
