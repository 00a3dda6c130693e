"""A public notice from end to end: previewed, published, read and objected to by a stranger, answered, settled."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.casework.models import Case, PublicNotice
from services.organizations.actions import sync_groups
from tests.casework.notice_world import fields
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import WITH_NOTICE, allowance_service, casework_world
from tests.factories.workers import WorkerFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def service():
    with allowance_service() as service:
        service.notice_fields = fields
        service.her_facts = lambda case: [("申请项目", "示例补助")]
        yield service


@pytest.fixture
def world():
    made = casework_world(steps=WITH_NOTICE)
    made.now = timezone.now()
    for officer in made.officers.values():
        sync_groups(officer)
    for name in ("张小梅", "张雪梅"):  # colleagues among whom a mask hides her
        WorkerFactory(organization=made.tree["unit_a"], name=name)
    return made


def verified(world, name: str) -> Case:
    return world.verified(WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory(), name=name))


def fill(walker, **typed) -> None:
    for name, text in typed.items():
        walker.page.locator(f"[name={name}]").fill(text)


def publish(walker, world, case: Case) -> PublicNotice:
    """From the case to the notice: tick, see exactly what will be public, publish that."""
    walker.sign_in(world.officers["town"])
    walker.open(reverse("casework_desk:case", args=[case.token]))
    walker.look("case-waits-for-notice")
    walker.go(walker.page.locator(f"a[href='{reverse('casework_notices:publish', args=['T-A-1', 'allowance'])}']"))
    walker.look("notice-choose")
    walker.press("预览公开内容", "Show what will be public")
    walker.look("notice-preview")
    assert "张*梅" in walker.page.content() and "张晓梅" not in walker.page.locator("main").inner_text()
    walker.press("立即发布", "Publish now")
    walker.look("notice-at-the-desk")
    return PublicNotice.objects.unscoped().get()


def object_to(walker, notice: PublicNotice, case: Case) -> tuple[str, str]:
    """A stranger, not signed in; what she is told once."""
    walker.sign_out()
    walker.open(reverse("notices:list"))
    walker.look("notices")
    walker.open(reverse("notices:notice", args=[notice.token]))
    walker.look("notice")
    assert "张晓梅" not in walker.page.content()
    line = notice.lines.get(case=case)
    walker.go(walker.page.locator(f"a[href$='/{notice.token}/{line.position}/']"))
    walker.press("提交异议", "Send the objection")
    walker.look("object-errors")
    walker.page.locator("input[name=about][value=income]").check()
    fill(walker, text="她家另有门面房出租。")
    walker.look("object")
    walker.press("提交异议", "Send the objection")
    walker.look("objection-received")
    reference, code = walker.page.locator("strong.entry-number").all_inner_texts()
    return reference, code


def answer(walker, case: Case) -> None:
    """The woman: her page says that somebody asked, and what is public of her."""
    walker.sign_in(case.worker.user)
    walker.open(f"/my/cases/{case.token}/")
    walker.look("her-case-objected")
    walker.follow("我的公示内容", "What is public of me")
    walker.look("own-line")
    walker.open(f"/my/cases/{case.token}/")
    walker.go(walker.page.locator(f".notice a[href*='/mine/{case.token}/']"))
    fill(walker, text="门面房去年已经卖掉，有合同。")
    walker.look("answer")
    walker.press("提交答复", "Send the answer")
    walker.look("answered")


def settle(walker, world, case: Case) -> None:
    """Somebody of the township who had no part in the case."""
    walker.sign_in(world.officers["town_two"])
    walker.open(reverse("casework_desk:case", args=[case.token]))
    walker.look("case-objected")
    walker.go(walker.page.locator("section[aria-labelledby=public] a[href*=objections]").first)
    fill(walker, look_reason="核实异议")
    walker.press("显示异议和答复", "Show the objection and the answer")
    walker.look("objection-opened")
    assert "门面房去年已经卖掉" in walker.page.content()
    walker.page.locator("input[name=outcome][value=not_upheld]").check()
    fill(walker, told="已核实，您的申请继续办理。")
    walker.page.locator("input[name=go_on][value=on]").check()
    walker.press("确认处理结果", "Settle the objection")
    walker.look("objection-settled")


def test_a_stranger_objects_and_learns_the_outcome_and_nothing_else(walker, world):
    case, _other = verified(world, "张晓梅"), verified(world, "李秀英")
    notice = publish(walker, world, case)
    reference, code = object_to(walker, notice, case)
    answer(walker, case)
    settle(walker, world, case)
    walker.sign_out()
    walker.open(reverse("notices:status"))
    fill(walker, reference=reference, code=code)
    walker.look("status-asked")
    walker.press("查询", "Ask")
    walker.look("status")
    shown = walker.page.locator("main").inner_text()
    assert walker.in_language("异议不成立", "The objection was not right") in shown
    assert "门面房" not in shown and "张" not in shown
    walker.open(reverse("notices:notice", args=[notice.token]))
    assert notice.lines.get(case=case).number in walker.page.content()
    assert Case.objects.unscoped().get(pk=case.pk).stage == "notice"
