"""The desk of the dictionary: the top keeps it, those below read it, strangers find nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.indicators.actions import rounds
from services.indicators.models import EarlierDefinition, Element, Indicator, ValidationRule
from services.organizations.enums import Kind, Role
from tests.factories.indicators import NOW, YEAR, MonitoringWorld, element, indicator, officer, sexes
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db
ELEMENT = {
    "code": "teams",
    "title": "班子数",
    "domain": "decisions",
    "level": "2",
    "summed": "on",
    "unit": "个",
    "decimals": "0",
    "lowest": "0",
    "first_year": str(YEAR + 1),
}
RULE = {
    "code": "within",
    "title": "不超过活产数",
    "kind": "compare",
    "left": "managed",
    "operator": "<=",
    "right": "births",
    "strategy": "skip_any",
    "severity": "refuse",
}


@pytest.fixture
def world():
    return MonitoringWorld()


def at(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def url(name: str, *args) -> str:
    return reverse(f"indicators_desk:{name}", args=args)


def care(world, **more) -> dict:
    one = world.care
    return {
        "title": one.title,
        "kind": "ratio",
        "numerator": one.numerator_id,
        "denominator": one.denominator_id,
        "factor": "100",
        "unit": "%",
        "decimals": "1",
        "direction": "up",
        "definition": "示例定义",
        "source": "示例来源",
        "source_priority": "年报\n监测",
        "audience": "women",
        "domain": "health",
        "because": "口径调整",
    } | more


def test_the_top_adds_changes_and_ends_an_element(world):
    top, split = at(world.city_officer), sexes(world.city)
    assert top.get(url("element_add")).status_code == 200
    beside = top.post(url("element_add"), ELEMENT | {"code": "births", "title": "另一数据"})
    assert beside.status_code == 200 and "另一数据" in beside.content.decode()
    assert beside.context["form"].errors.keys() == {"code"}
    for odd in ("births-seen", "9births", "Births", "活产"):
        assert "code" in top.post(url("element_add"), ELEMENT | {"code": odd}).context["form"].errors
    assert top.post(url("element_add"), ELEMENT | {"splits": [split.pk]}).status_code == 302
    made = Element.objects.unscoped().get(code="teams")
    assert (made.owner, made.first_year, list(made.splits.all())) == (world.city, YEAR + 1, [split])
    change = url("element_change", world.city.code, "teams")
    assert "班子数" in top.get(change).content.decode()
    refused = top.post(change, ELEMENT | {"unit": "支", "because": ""})
    assert refused.context["form"].errors.keys() == {"because"}
    assert top.post(change, ELEMENT | {"unit": "支", "because": "量词"}).status_code == 302
    page = top.get(url("element", world.city.code, "teams")).content.decode()
    assert "量词" in page and "支" in page
    end = url("element_end", world.city.code, "teams")
    assert top.get(end).status_code == 200
    assert top.post(end, {"last_year": YEAR, "because": "停用"}).context["form"].errors.keys() == {"last_year"}
    assert top.post(end, {"last_year": YEAR + 2, "because": "停用"}).status_code == 302
    assert url("element_change", world.city.code, "teams") not in top.get(url("elements")).content.decode()


def test_an_indicator_in_use_is_redefined_and_shows_what_it_was(world):
    top, code = at(world.city_officer), world.city.code
    page = top.get(url("indicator", code, "care")).content.decode()
    assert url("indicator_correct", code, "care") in page and url("indicator_redefine", code, "care") not in page
    world.fill(world.county_a, births=5, managed=4)
    page = top.get(url("indicator", code, "care")).content.decode()
    assert url("indicator_correct", code, "care") not in page and url("indicator_redefine", code, "care") in page
    refused = top.post(url("indicator_correct", code, "care"), care(world, factor="1000"))
    assert refused.status_code == 200 and refused.context["form"].non_field_errors()
    assert Indicator.objects.unscoped().get(code="care").factor == 100
    version = url("indicator_redefine", code, "care")
    assert top.get(version).status_code == 200
    beside = top.post(version, care(world, first_year=YEAR + 1, denominator="", because="口径调整"))
    assert beside.context["form"].errors.keys() == {"denominator"}
    assert top.post(version, care(world, first_year=YEAR + 1, factor="1000", unit="‰")).status_code == 302
    page = at(world.clerk_a).get(url("indicator", code, "care")).content.decode()
    assert "口径调整" in page and "× 1,000" in page and "× 100 " in page
    assert url("indicator_redefine", code, "care") not in page  # she reads
    assert EarlierDefinition.objects.unscoped().get().last_year == YEAR


def test_an_indicator_is_added_with_parts_of_its_own_tree(world):
    top = at(world.city_officer)
    foreign = element(UnionFactory(kind=Kind.CITY_UNION), "foreign")
    new = care(world, code="visited", title="访视率")
    assert top.get(url("indicator_add")).status_code == 200
    beside = top.post(url("indicator_add"), new | {"numerator": foreign.pk})
    assert beside.context["form"].errors.keys() == {"numerator"}
    assert top.post(url("indicator_add"), new).status_code == 302
    assert Indicator.objects.unscoped().get(code="visited").source_priority == ["年报", "监测"]


def test_a_rule_says_what_a_missing_value_does_before_it_is_kept(world):
    top = at(world.city_officer)
    assert 'name="strategy" value="skip_any" checked' not in top.get(url("rule_add")).content.decode()
    silent = {name: value for name, value in RULE.items() if name != "strategy"}
    assert top.post(url("rule_add"), silent).context["form"].errors.keys() == {"strategy"}
    beside = top.post(url("rule_add"), RULE | {"right": "births + nobody"})
    assert beside.context["form"].errors.keys() == {"right"} and "births + nobody" in beside.content.decode()
    assert top.post(url("rule_add"), RULE).status_code == 302
    change = url("rule_change", world.city.code, "within")
    assert top.post(change, RULE | {"strategy": "as_zero", "because": "从严"}).status_code == 302
    assert ValidationRule.objects.unscoped().get().strategy == "as_zero"
    page = at(world.clerk_a).get(url("rule", world.city.code, "within")).content.decode()
    assert "从严" in page and "managed &lt;= births" in page
    end = url("rule_end", world.city.code, "within")
    assert top.post(end, {"last_year": YEAR, "because": "停用"}).status_code == 302
    again = top.post(end, {"last_year": YEAR, "because": "停用"})
    assert again.status_code == 302  # a second click finds it done


def test_a_locked_year_is_named_beside_the_field(world):
    for county in (world.county_a, world.county_b):
        world.accepted(county, births=5, managed=4)
    rounds.lock_round(world.round, by=world.city_officer, now=NOW)
    top = at(world.city_officer)
    version = url("indicator_redefine", world.city.code, "care")
    beside = top.post(version, care(world, first_year=YEAR, factor="1000"))
    assert beside.context["form"].errors.keys() == {"first_year"}


def test_those_below_read_and_others_find_nothing(world):
    code = world.city.code
    ValidationRule.objects.create(owner=world.city, code="within", title="示例", left="managed", right="births")
    entries = [("element", "births"), ("indicator", "care"), ("rule", "within")]
    elsewhere = UnionFactory(kind=Kind.CITY_UNION)
    clerk, stranger = at(world.clerk_a), at(officer(elsewhere))
    for name, entry in entries:
        assert clerk.get(url(name, code, entry)).status_code == 200
        assert stranger.get(url(name, code, entry)).status_code == 404
        assert clerk.get(url(name, code, "nothing")).status_code == 404
        assert clerk.get(url(f"{name}_end", code, entry)).status_code == 403
        assert stranger.get(url(f"{name}_end", code, entry)).status_code == 404
    auditor = at(officer(world.city, Role.AUDITOR))
    for name in ("element_add", "indicator_add", "rule_add"):
        assert (clerk.get(url(name)).status_code, auditor.get(url(name)).status_code) == (403, 403)


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_of_entries_cost_the_same_whatever_rests_on_them(world):
    top, code, split = at(world.city_officer), world.city.code, sexes(world.city)
    world.births.splits.add(split)
    rule = {"owner": world.city, "title": "示例", "left": "managed", "right": "births"}
    ValidationRule.objects.create(code="within", **rule)
    addresses = [url("element", code, "births"), url("indicator", code, "care"), url("rule", code, "within")]
    alone = [queries(top, address) for address in addresses]
    for number in range(20):
        indicator(world.city, f"more-{number}", world.births)
        ValidationRule.objects.create(code=f"more-{number}", **rule)
    assert [queries(top, address) for address in addresses] == alone
