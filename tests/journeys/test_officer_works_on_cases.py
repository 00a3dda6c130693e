"""An officer works through her cases: finds one, asks for more, passes steps, and keeps the route they go."""

import pytest
from django.utils import timezone

from services.casework import actions
from services.casework.enums import Stage
from services.casework.models import Case
from tests.casework.papers import KINDS
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import allowance_service, casework_world
from tests.factories.workers import WorkerFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def service():
    with allowance_service() as service:
        service.document_kinds = lambda case: KINDS
        yield service


def test_she_works_through_the_cases_of_her_union(walker):
    world = casework_world()
    world.now = timezone.now()
    women = [
        WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory(), name=name)
        for name in ("示例小梅", "示例玉兰", "示例秀英")
    ]
    first, second, third = (world.submitted(her) for her in women)
    actions.claim(third, by=world.officers["union_two"], now=world.now)
    walker.sign_in(world.officers["union"])
    page = walker.page
    walker.open("/admin/")
    walker.look("desk")
    walker.open("/admin/cases/")
    walker.look("list")
    page.locator("#find-text").fill(first.number)
    walker.go(page.locator(".desk-find button"))
    walker.look("case")
    walker.go(page.locator(f"a[href$='/{first.token}/return/']"))
    page.locator("input[name=items-0-wanted]").check()
    walker.look("ask")
    walker.go(page.locator(".desk-form button[type=submit]"))
    assert Case.objects.unscoped().get(pk=first.pk).stage == Stage.RETURNED
    walker.look("returned")
    walker.open("/admin/cases/?whose=desk")
    page.locator(f"input[name=case][value='{second.token}']").check()
    page.locator(f"input[name=case][value='{third.token}']").check()
    walker.go(page.locator("button[formaction$='many/pass/']"))
    walker.look("preview")
    walker.go(page.locator(".desk-page form button[type=submit]"))
    walker.look("outcome")
    assert Case.objects.unscoped().get(pk=second.pk).position == 2
    assert Case.objects.unscoped().get(pk=third.pk).position == 1
    walker.open(f"/admin/cases/case/{third.token}/refuse/")
    walker.look("refused-to-her")
    walker.open("/admin/cases/deputies/add/")
    walker.look("deputy")


def test_a_federation_officer_keeps_the_route(walker):
    world = casework_world()
    walker.sign_in(world.officers["city"])
    page = walker.page
    walker.open("/admin/cases/routes/")
    walker.look("routes")
    walker.open(f"/admin/cases/routes/{world.route.code}/1/")
    walker.look("route")
    walker.go(page.locator("form[action$='/next/'] button"))
    page.locator("input[name=decision_days]").fill("25")
    walker.look("route-draft")
    walker.go(page.locator(".desk-form button[type=submit]"))
    walker.go(page.locator("a[href$='/2/activate/']"))
    walker.go(page.locator(".desk-form button[type=submit]"))
    walker.look("route-in-force")
    world.route.refresh_from_db()
    assert world.route.state == "retired"
    for name in ("words", "words/add", "days", "deputies"):
        walker.open(f"/admin/cases/{name}/")
        walker.look(name.replace("/", "-"))
