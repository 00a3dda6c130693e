"""The dictionary: what is in use is never edited in place, every year keeps the definition it was judged by."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.log_actions import registry

from services.indicators import errors
from services.indicators.actions import checking, elements, entries, indicators, rounds
from services.indicators.desk.pages import report_url
from services.indicators.models import EarlierDefinition, Element, ValidationRule, Value
from services.indicators.queries.dictionary import defined_in, earlier_of, is_in_use
from services.indicators.queries.reports import asked_of, elements_of, points_of, rules_of
from services.indicators.rules import spans
from services.organizations.enums import Kind
from tests.factories.indicators import NOW, YEAR, MonitoringWorld, element, sexes
from tests.factories.organizations import UnionFactory

years = st.integers(1990, 2100)


@settings(deadline=None)
@given(st.lists(years, unique=True, max_size=5).map(sorted), years)
def test_every_year_has_exactly_one_definition(last_years, year):
    place = spans.definition_in(last_years, year)
    begins = [0, *(last + 1 for last in last_years)]
    ends = [*last_years, 9999]
    at = len(last_years) if place is None else place
    assert begins[at] <= year <= ends[at]
    assert [begin <= year <= end for begin, end in zip(begins, ends, strict=True)].count(True) == 1


@settings(deadline=None)
@given(st.none() | years, st.none() | years, years)
def test_both_ends_of_a_span_are_included_and_an_empty_end_is_open(first, last, year):
    assert spans.counts_in(first, last, year) == (year >= (first or 0) and year <= (last or 9999))


pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return MonitoringWorld()


def of_element(one: Element | None = None, **more) -> dict:
    fields = {
        "title": "示例数据",
        "title_en": "",
        "domain": "health",
        "level": 2,
        "summed": True,
        "unit": "人",
        "decimals": 0,
        "lowest": Decimal(0),
        "highest": None,
        "protected": False,
        "fed_by": "",
        "splits": [],
    }
    if one is not None:
        fields = {name: getattr(one, name) for name in fields} | {"splits": list(one.splits.all())}
    return fields | more


def of_indicator(one, **more) -> dict:
    names = (
        *("title", "title_en", "kind", "numerator", "denominator", "factor", "unit", "decimals", "direction"),
        *("definition", "definition_en", "source", "source_priority", "notes", "audience", "domain", "number"),
    )
    return {name: getattr(one, name) for name in names} | more


def of_rule(**more) -> dict:
    return {
        "title": "示例规则",
        "title_en": "",
        "kind": "compare",
        "left": "managed",
        "operator": "<=",
        "right": "births",
        "limit": 0,
        "strategy": "skip_any",
        "severity": "refuse",
    } | more


def by(world, **more) -> dict:
    return {"by": world.city_officer, "now": NOW} | more


def logged(entry) -> list[str]:
    return [one.action for one in registry.get_logs_for_instance(entry).order_by("pk")]


def test_an_element_is_added_and_asked_for_in_years_from_its_first(world):
    made = elements.add_element(world.city, code="teams", fields=of_element(), first_year=YEAR + 1, **by(world))
    assert made not in asked_of(world.report(world.county_a).place)
    assert made not in elements_of(world.city.pk, year=YEAR) and made in elements_of(world.city.pk, year=YEAR + 1)
    assert logged(made) == ["indicators.add_element"]
    with pytest.raises(errors.CodeTaken):
        elements.add_element(world.city, code="teams", fields=of_element(), first_year=None, **by(world))
    with pytest.raises(PermissionDenied):
        elements.add_element(world.city, code="mine", fields=of_element(), first_year=None, by=world.clerk_a, now=NOW)
    with pytest.raises(errors.BoundsCrossed):
        crossed = of_element(highest=Decimal(-1))
        elements.add_element(world.city, code="odd", fields=crossed, first_year=None, **by(world))


def test_a_locked_year_gets_no_new_question(world):
    for county in (world.county_a, world.county_b):
        world.accepted(county, births=5, managed=4)
    rounds.lock_round(world.round, **by(world))
    with pytest.raises(errors.YearShut):
        elements.add_element(world.city, code="teams", fields=of_element(), first_year=YEAR, **by(world))
    made = elements.add_element(world.city, code="teams", fields=of_element(), first_year=None, **by(world))
    assert made.first_year == YEAR + 1


def test_an_element_is_free_until_something_is_stated_of_it(world):
    split = sexes(world.city)
    with pytest.raises(errors.WordsMissing):
        elements.change_element(world.births, fields=of_element(world.births, unit="名"), because=" ", **by(world))
    with pytest.raises(errors.NothingChanged):
        elements.change_element(world.births, fields=of_element(world.births), because="示例", **by(world))
    changed = elements.change_element(
        world.births, fields=of_element(world.births, unit="名", splits=[split]), because="口径说明", **by(world)
    )
    assert changed.unit == "名" and list(changed.splits.all()) == [split]
    entry = registry.get_logs_for_instance(changed).get()
    assert entry.data["reason"] == "口径说明"
    assert entry.data["changed"] == [["unit", "人", "名"], ["splits", "", "sex"]]


def test_what_is_stated_keeps_its_meaning(world):
    world.fill(world.county_a, births=5)
    for change in ({"unit": "名"}, {"level": 3}, {"summed": False}, {"decimals": 2}, {"title": "别的"}):
        with pytest.raises(errors.EntryFixed):
            elements.change_element(world.births, fields=of_element(world.births, **change), because="x", **by(world))
    loose = {"highest": Decimal(99), "protected": True, "title_en": "Births"}
    shut = elements.change_element(world.births, fields=of_element(world.births, **loose), because="x", **by(world))
    assert shut.protected
    with pytest.raises(errors.EntryFixed):  # who was hidden is never shown again
        elements.change_element(shut, fields=of_element(shut, protected=False), because="x", **by(world))


def test_an_element_ends_when_nothing_needs_it_and_stays_in_years_before(world):
    with pytest.raises(errors.StillNeeded):
        entries.end(world.births, last_year=YEAR, because="停用", **by(world))
    entries.end(world.care, last_year=YEAR, because="停用", **by(world))
    rule = checking.add_rule(world.city, code="within", fields=of_rule(), first_year=None, **by(world))
    with pytest.raises(errors.StillNeeded):
        entries.end(world.births, last_year=YEAR, because="停用", **by(world))
    entries.end(rule, last_year=YEAR, because="停用", **by(world))
    ended = entries.end(world.births, last_year=YEAR, because="停用", **by(world))
    assert ended in elements_of(world.city.pk, year=YEAR) and ended not in elements_of(world.city.pk, year=YEAR + 1)
    assert ended in asked_of(world.report(world.county_a).place)
    with pytest.raises(errors.EndedAlready):
        entries.end(ended, last_year=YEAR + 1, because="停用", **by(world))
    assert logged(ended) == ["indicators.end_element"]


def test_an_indicator_is_corrected_in_place_only_while_nothing_was_read_by_it(world):
    corrected = indicators.correct_indicator(
        world.care, fields=of_indicator(world.care, definition="更正"), because="笔误", **by(world)
    )
    assert (corrected.version, corrected.definition) == (1, "更正")
    world.fill(world.county_a, births=5)
    assert is_in_use(corrected)
    with pytest.raises(errors.DefinitionInUse):
        indicators.correct_indicator(
            corrected, fields=of_indicator(corrected, factor=1000), because="笔误", **by(world)
        )
    assert EarlierDefinition.objects.unscoped().count() == 0


def redefined(world, year: int, **more):
    return indicators.redefine_indicator(
        world.care, first_year=year, fields=of_indicator(world.care, **more), because="口径调整", **by(world)
    )


def test_a_new_version_counts_from_its_year_and_the_years_before_keep_theirs(world):
    other = element(world.city, "visited")
    made = redefined(world, YEAR + 1, numerator=other, factor=1000, unit="‰")
    made = redefined(world, YEAR + 3, numerator=other, factor=10_000, unit="/万")
    assert (made.version, made.defined_from, made.factor) == (3, YEAR + 3, 10_000)
    earlier = earlier_of([made])
    found = [
        (one.version, one.numerator, one.factor, one.unit)
        for one in (defined_in(made, year, earlier) for year in (YEAR, YEAR + 1, YEAR + 2, YEAR + 3, YEAR + 9))
    ]
    first, second, third = (1, world.managed, 100, "%"), (2, other, 1000, "‰"), (3, other, 10_000, "/万")
    assert found == [first, second, second, third, third]
    assert logged(made) == ["indicators.redefine_indicator"] * 2
    kept = EarlierDefinition.objects.unscoped().order_by("version").first()
    assert (kept.because, kept.replaced_by, kept.last_year) == ("口径调整", world.city_officer, YEAR)


def test_a_version_needs_a_reason_a_change_and_a_year_that_is_open(world):
    for county in (world.county_a, world.county_b):
        world.accepted(county, births=5, managed=4)
    rounds.lock_round(world.round, **by(world))
    with pytest.raises(errors.YearShut):
        redefined(world, YEAR, factor=1000)
    redefined(world, YEAR + 2, factor=1000)
    with pytest.raises(errors.VersionTooEarly):
        redefined(world, YEAR + 2, factor=10)
    with pytest.raises(errors.NothingChanged):
        redefined(world, YEAR + 4, factor=1000)
    with pytest.raises(errors.WordsMissing):
        indicators.redefine_indicator(
            world.care, first_year=YEAR + 4, fields=of_indicator(world.care, factor=5), because="", **by(world)
        )
    with pytest.raises(PermissionDenied):
        indicators.redefine_indicator(
            world.care,
            first_year=YEAR + 4,
            fields=of_indicator(world.care, factor=5),
            because="x",
            by=world.clerk_a,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        (errors.DenominatorMissing, {"denominator": None}),
        (errors.DenominatorTooMany, {"kind": "number"}),
        (errors.DividedByItself, {"denominator": "numerator"}),
    ],
)
def test_a_rate_has_two_parts_and_nothing_else_has(world, fault, more):
    more = {name: world.managed if value == "numerator" else value for name, value in more.items()}
    with pytest.raises(fault):
        redefined(world, YEAR + 1, **more)


def test_parts_are_stated_in_every_year_for_which_the_indicator_counts(world):
    late = elements.add_element(world.city, code="late", fields=of_element(), first_year=YEAR + 2, **by(world))
    with pytest.raises(errors.PartEnded):
        redefined(world, YEAR + 1, numerator=late)
    assert redefined(world, YEAR + 2, numerator=late).version == 2
    foreign = element(UnionFactory(kind=Kind.CITY_UNION), "foreign")
    with pytest.raises(errors.PartForeign):
        redefined(world, YEAR + 5, numerator=foreign)


def test_the_database_keeps_a_reason_and_one_definition_a_year(world):
    redefined(world, YEAR + 1, factor=1000)
    kept = EarlierDefinition.objects.unscoped()
    for change in ({"because": ""}, {"denominator": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.update(**change)


@pytest.mark.parametrize(
    ("fault", "more"),
    [
        (errors.SideUnreadable, {"left": "managed births"}),
        (errors.SideUnreadable, {"right": ""}),
        (errors.SideUnreadable, {"left": "=1+1"}),
        (errors.SideUnreadable, {"left": "5", "right": "6"}),
        (errors.SideUnknown, {"right": "births + nobody"}),
        (errors.SidesApart, {"right": "towns"}),
        (errors.ChangeWithoutLimit, {"kind": "change"}),
    ],
)
def test_a_rule_that_could_never_be_asked_is_refused(world, fault, more):
    element(world.city, "towns", level=3)
    with pytest.raises(fault):
        checking.add_rule(world.city, code="within", fields=of_rule(**more), first_year=None, **by(world))
    assert not ValidationRule.objects.unscoped().exists()


@pytest.mark.parametrize("raw", [{"left": "births +"}, {"right": "1 2"}, {"operator": "~"}, {"left": ""}])
def test_a_rule_that_was_written_past_the_desk_is_told_and_holds_nothing_up(world, raw):
    rule = checking.add_rule(world.city, code="within", fields=of_rule(), first_year=None, **by(world))
    ValidationRule.objects.unscoped().filter(pk=rule.pk).update(**raw)
    world.fill(world.county_a, births=10, managed=4)
    report = world.report(world.county_a)
    [point] = points_of(report)
    assert (point.code, point.refuses) == ("unreadable", False)
    client = Client()
    client.force_login(world.clerk_a, backend="services.accounts.backends.StaffPassword")
    shown = client.get(report_url(report))
    assert (shown.status_code, rule.name in shown.content.decode()) == (200, True)
    world.sign(world.county_a)
    assert world.report(world.county_a).state == "signed"


def test_a_rule_does_with_a_missing_value_what_it_says_and_a_change_says_why(world):
    rule = checking.add_rule(
        world.city, code="within", fields=of_rule(strategy="as_zero"), first_year=None, **by(world)
    )
    world.fill(world.county_a, births="missing_late", managed=4)
    report = world.report(world.county_a)
    assert [point.code for point in points_of(report)] == ["rule"]
    changed = checking.change_rule(rule, fields=of_rule(strategy="skip_any"), because="缺失不判", **by(world))
    assert points_of(report) == []
    entry = registry.get_logs_for_instance(changed).order_by("-pk").first()
    assert entry.data["changed"] == [["strategy", "as_zero", "skip_any"]]
    entries.end(changed, last_year=YEAR, because="停用", **by(world))
    assert [rules_of(world.city.pk, year=year) for year in (YEAR, YEAR + 1)] == [[changed], []]


def test_a_change_keeps_no_second_side(world):
    moved = of_rule(kind="change", right="births", limit=Decimal(30))
    rule = checking.add_rule(world.city, code="moved", fields=moved, first_year=None, **by(world))
    assert (rule.right, rule.limit) == ("", 30)


def test_ending_and_redefining_touch_no_value(world):
    for county in (world.county_a, world.county_b):
        world.accepted(county, births=5, managed=4)
    before = list(Value.objects.order_by("pk").values())
    redefined(world, YEAR + 1, factor=1000)
    entries.end(world.care, last_year=YEAR + 4, because="停用", **by(world))
    assert list(Value.objects.order_by("pk").values()) == before
