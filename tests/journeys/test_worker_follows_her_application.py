"""A woman looks after her application on her phone: sends photos, supplies what is missing, appeals, ends a leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.casework import actions
from services.casework.queries.documents import documents_of
from tests.casework import samples
from tests.casework.papers import INCOME, KINDS
from tests.factories.casework import AuthorisationFactory, allowance_service, casework_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def service():
    with allowance_service() as service:
        service.document_kinds = lambda case: KINDS
        service.her_facts = lambda case: [("申请项目", "示例补助"), ("所属工会", case.organization.name)]
        yield service


@pytest.fixture
def files(tmp_path):
    def write(name: str, data: bytes) -> str:
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


def add(walker, kind: str, path: str, *, again: bool = False) -> None:
    """Choose a file under a heading and send it; ``again`` sends what the page has warned of."""
    form = walker.page.locator(f"form.upload:has(input[name=kind][value={kind}])")
    form.locator("input[type=file]").set_input_files(path)
    button = form.locator("button[type=submit]")
    if again:
        button.click()
        form.locator(".upload-state.is-wrong").wait_for()
    walker.go(button)


def test_she_sends_photos_supplies_what_is_missing_and_asks_for_another_look(walker, files):
    world = casework_world()
    case = world.draft()
    walker.sign_in(world.her.user)
    walker.open("/my/cases/")
    walker.look("cases")
    walker.go(walker.page.locator("a.row-link").first)
    walker.look("case-draft")
    walker.follow("补充材料", "Add the papers")
    walker.look("papers-empty")
    add(walker, INCOME, files("工资单.heic", samples.photo(kind="HEIF")))
    add(walker, INCOME, files("夜里拍的.jpg", samples.dark()), again=True)
    assert [document.warnings for document in documents_of(case)] == [[], ["dark"]]
    form = walker.page.locator("form.upload").first
    form.locator("input[type=file]").set_input_files(files("照片.jpg", samples.HTML))
    form.locator("button[type=submit]").click()
    form.locator(".upload-state.is-wrong").wait_for()
    walker.look("papers")
    case = actions.submit(case, by=world.her.user, now=timezone.now())
    walker.open(f"/my/cases/{case.token}/")
    walker.look("case-review")
    asked = [actions.AskedItem("identity", "身份证背面"), actions.AskedItem(INCOME, "三月的工资单", "照片太暗,看不清")]
    case = actions.return_case(case, items=asked, by=world.officers["union"], now=timezone.now())
    walker.open(f"/my/cases/{case.token}/")
    walker.look("case-returned")
    walker.follow("去补充", "Supply it")
    add(walker, "identity", files("背面.jpg", samples.photo(salt="b")))
    walker.look("supply")
    add(walker, INCOME, files("三月.pdf", samples.pdf(2)))
    walker.press("提交补充的材料", "Send what was missing")
    case = actions.refuse(case, by=world.officers["union"], now=timezone.now(), reason="家庭收入超过标准。")
    walker.open(f"/my/cases/{case.token}/")
    walker.look("case-refused")
    walker.follow("申请复核", "Ask for another look")
    walker.press("提交", "Send it")
    walker.look("appeal-errors")
    walker.page.locator("#id_reason").fill("收入里多算了一笔。")
    walker.press("提交", "Send it")
    walker.look("case-appealed")
    case.refresh_from_db()
    assert case.stage == "appealed"


def test_she_takes_over_what_was_begun_for_her_and_ends_the_leave(walker):
    world = casework_world()
    now = timezone.now()
    leave = AuthorisationFactory(
        worker=world.her,
        representative=world.officers["union"],
        signed_on=now.date() - timedelta(days=2),
        valid_until=now.date() + timedelta(days=20),
    )
    case = actions.open_case(
        service="allowance",
        subject_code="spring",
        worker=world.her,
        route_code=world.route.code,
        by=world.officers["union"],
        now=now,
        authorisation=leave,
    )
    walker.sign_in(world.her.user)
    walker.open(f"/my/cases/{case.token}/")
    walker.look("case-represented")
    walker.press("由我自己继续", "Go on myself")
    walker.open("/my/cases/authorisations/")
    walker.look("authorisations")
    walker.follow("终止授权", "End it")
    walker.look("revoke")
    walker.press("确认终止", "Yes, end it")
    walker.look("authorisations-ended")
    walker.open(f"/my/cases/{case.token}/withdraw/")
    walker.look("withdraw")
    leave.refresh_from_db()
    assert leave.revoked_at is not None
