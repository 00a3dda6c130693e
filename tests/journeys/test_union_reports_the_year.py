"""A union's annual return: filled in beforehand, corrected, signed, handed up, accepted above."""

import pytest
from django.urls import reverse
from django.utils import timezone

from services.foundation import clock
from services.organizations.enums import Role
from tests.factories.organizations import small_tree
from tests.factories.returns import NOW, YEAR, officer_at, opened, return_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tree(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: timezone.localdate(NOW))
    found = small_tree()
    found["unit_a"].staff_count = 63
    found["unit_a"].save()
    opened(found["city"])
    return found


def test_a_union_reports_the_year(walker, tree):
    unit, page = tree["unit_a"], walker.page

    def at(name: str) -> str:
        return reverse(f"coverage_returns:{name}", args=[YEAR, unit.code])

    walker.sign_in(officer_at(unit))
    walker.open(at("one"))
    walker.look("return")
    walker.open(at("edit"))
    assert page.input_value("[name=staff]") == "63"
    page.fill("[name=staff_women]", "99")
    walker.go(page.locator("main form[method=post] button.button").last)
    walker.look("return-more-women-than-staff")
    page.fill("[name=staff_women]", "40")
    for field in page.locator("main form[method=post] input[type=number], main form input[inputmode=numeric]").all():
        if not field.input_value():
            field.fill("0")
    for why in page.locator("[name$='_reason'], [name^='reason']").all():
        why.fill("本单位台账")
    walker.go(page.locator("main form[method=post] button.button").last)
    walker.look("return-filled")
    walker.open(at("sign"))
    page.fill("[name=name]", "示例主席")
    walker.go(page.locator("main form[method=post] button.button").last)
    walker.open(at("submit"))
    walker.go(page.locator("main form[method=post] button.button").last)
    assert return_of(unit).state == "submitted"
    walker.open(at("print"))
    walker.look("return-on-paper")
    walker.sign_out()
    walker.sign_in(officer_at(tree["town_a"], Role.FEDERATION_OFFICER))
    walker.open(reverse("coverage_returns:list"))
    walker.look("returns-handed-up")
    walker.open(at("accept"))
    walker.go(page.locator("main form[method=post] button.button").last)
    assert return_of(unit).state == "accepted"
