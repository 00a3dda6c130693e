"""The top keeps the dictionary: an element and a rule come in, an indicator in use gets its next version."""

import pytest
from django.urls import reverse

from services.foundation import clock
from services.indicators.models import Element, Indicator, ValidationRule
from tests.factories.indicators import NOW, YEAR, MonitoringWorld

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: NOW.date())
    world = MonitoringWorld()
    world.fill(world.county_a, births=100, managed=95)
    return world


def address(name: str, *args) -> str:
    return reverse(f"indicators_desk:{name}", args=args)


def sent(walker) -> None:
    walker.go(walker.page.locator("main form[method=post] button.button").last)


def test_the_top_keeps_the_dictionary(walker, world):
    page, code = walker.page, world.city.code
    walker.sign_in(world.city_officer)
    walker.open(address("elements"))
    walker.look("dictionary-elements")
    walker.open(address("element_add"))
    for name, text in {"code": "visited", "title": "产后访视人数", "unit": "人", "first_year": str(YEAR + 1)}.items():
        page.fill(f"[name={name}]", text)
    page.select_option("[name=domain]", "health")
    walker.look("dictionary-element-add")
    sent(walker)
    visited = Element.objects.unscoped().get(code="visited")
    walker.open(address("indicator", code, "care"))
    walker.look("dictionary-indicator")
    walker.open(address("indicator_redefine", code, "care"))
    page.select_option("[name=numerator]", str(visited.pk))
    page.fill("[name=first_year]", str(YEAR + 1))
    sent(walker)
    walker.look("dictionary-version-refused")
    page.fill("[name=because]", "口径调整")
    sent(walker)
    page.get_by_text("口径调整").first.wait_for()
    walker.look("dictionary-indicator-second-version")
    assert Indicator.objects.unscoped().get(code="care").version == 2
    walker.open(address("rule_add"))
    for name, text in {"code": "within", "title": "不超过活产数", "left": "managed", "right": "births"}.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=strategy][value=skip_any]")
    walker.look("dictionary-rule-add")
    sent(walker)
    assert ValidationRule.objects.unscoped().get().strategy == "skip_any"
    walker.open(address("rule", code, "within"))
    walker.look("dictionary-rule")
