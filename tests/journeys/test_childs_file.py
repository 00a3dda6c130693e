"""A teacher begins a file on her phone, the guardian answers by her link, the county asks and a leader approves."""

import pytest
from django.urls import reverse

from services.child_files.actions.links import send_link
from services.child_files.enums import FileState, Purpose
from services.child_files.models import Child
from tests.factories.child_files import MOTHER, Nursery

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
_SEND = "main form[method=post] button[type=submit], main form[method=post] button.button"


@pytest.fixture
def nursery():
    return Nursery()


def _send(walker) -> None:
    walker.go(walker.page.locator(_SEND).last)


def _to(walker, address: str) -> None:
    walker.go(walker.page.locator(f"main a[href='{address}']").first)


def test_a_teacher_begins_and_fills_a_file(walker, nursery):
    page = walker.page
    walker.sign_in(nursery.teacher)
    walker.open(reverse("child_files_desk:register"))
    page.fill("[name=name]", MOTHER.name)
    page.fill("[name=phone]", MOTHER.phone)
    page.select_option("[name=relation]", "grandparent")
    page.select_option("[name=basis]", "parent")
    _send(walker)
    walker.look("child-not-a-guardian")
    assert page.input_value("[name=phone]") == MOTHER.phone
    page.select_option("[name=relation]", "mother")
    _send(walker)
    walker.look("child-begun")
    child = Child.objects.unscoped().get()
    _to(walker, reverse("child_files_desk:link", args=[child.token, nursery.guardian(child).pk]))
    _send(walker)
    assert nursery.fresh(child).state == FileState.CONSENT_PENDING
    for purpose in (Purpose.HOME_SERVICE, Purpose.PHOTO_INSIDE):
        nursery.say(child, purpose)
    walker.open(reverse("child_files_desk:file", args=[child.token]))
    _to(walker, reverse("child_files_desk:add", args=[child.token, "basics"]))
    page.fill("[name=name]", "示例小花")
    page.check("[name=sex][value=F]")
    page.fill("[name=birth_date]", "2017-05-05")
    page.fill("[name=school_class]", "三年级一班")
    walker.look("child-basics")
    _send(walker)
    nursery.entrust(nursery.fresh(child))
    nursery.absence(nursery.fresh(child))
    walker.open(reverse("child_files_desk:file", args=[child.token]))
    walker.look("child-file")
    walker.open(reverse("child_files_desk:list"))
    walker.look("child-list")


def test_a_guardian_answers_by_her_link(walker, nursery, settings):
    settings.SHOW_CODES_ON_SCREEN = True
    page = walker.page
    child = nursery.draft()
    link = send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    walker.open(reverse("child_files:start", args=[link.secret]))
    walker.look("guardian-start")
    _send(walker)
    code = page.inner_text("[data-demo-code]")
    walker.look("guardian-code")
    page.fill("[name=code]", code)
    page.fill("[name=fact]", MOTHER.name)
    walker.press("继续", "Go on")
    walker.look("guardian-home")
    _to(walker, reverse("child_files:say", args=["home_service"]))
    walker.look("guardian-question")
    walker.go(page.locator("button[name=answer][value=yes]"))
    for purpose in list(Purpose)[1:]:
        walker.go(page.locator(f"button[name=answer][value={'no' if 'photo' in purpose else 'yes'}]"))
    assert nursery.fresh(child).state == FileState.ACTIVE
    walker.look("guardian-done")
    _to(walker, reverse("child_files:data"))
    walker.look("guardian-data")
    walker.open(reverse("child_files:ask"))
    page.check("[name=kind][value=correct]")
    walker.look("guardian-ask")
    _send(walker)
    _to(walker, reverse("child_files:stop"))
    walker.look("guardian-stop")
    _to(walker, reverse("child_files:stop_one", args=["home_service"]))
    walker.look("guardian-stop-one")
    _send(walker)
    assert nursery.fresh(child).state == FileState.RESTRICTED


def test_the_county_asks_and_a_leader_approves(walker, nursery):
    child = nursery.child(name="示例小花", agreed=[Purpose.HOME_SERVICE, Purpose.STATISTICS])
    file = reverse("child_files_desk:file", args=[child.token])
    walker.sign_in(nursery.officer)
    walker.open(file)
    walker.look("county-masked")
    assert child.name not in walker.page.content()
    _to(walker, reverse("child_files_desk:ask", args=[child.token]))
    walker.page.fill("[name=reason]", "准备入户走访")
    walker.page.select_option("[name=of]", str(nursery.leader.pk))
    walker.look("county-ask")
    _send(walker)
    walker.sign_out()
    walker.sign_in(nursery.leader)
    walker.open(reverse("child_files_desk:approvals"))
    walker.look("leader-approvals")
    walker.open(reverse("child_files_desk:approval", args=[child.grants.get().token]))
    walker.page.check("[name=yes][value=yes]")
    walker.look("leader-decides")
    _send(walker)
    walker.sign_out()
    walker.sign_in(nursery.officer)
    walker.open(file)
    assert child.name in walker.page.content()
    walker.open(reverse("child_files_desk:report"))
    walker.look("county-report")
    walker.sign_out()
    walker.sign_in(nursery.privacy)
    walker.open(reverse("child_files_desk:privacy"))
    walker.look("privacy-desk")
