"""A year from its opening to the lock: values, signatures, acceptance up the levels, sums, versions with a reason."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction

from services.figures.registry import Source, sources
from services.indicators import errors
from services.indicators.actions import climbing, dictionary, rounds
from services.indicators.actions.totalling import recount_round, totals_of
from services.indicators.enums import ReportState
from services.indicators.models import Element, Indicator, Place, Reference, Report, Total, ValidationRule, Value
from services.indicators.queries.known import known_of
from services.indicators.queries.reports import open_points
from services.indicators.queries.totals import results
from services.organizations.enums import Branch
from tests.factories.indicators import NOW, YEAR, MonitoringWorld, element, officer, sexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return MonitoringWorld()


def rate(world, organization, year: int = YEAR):
    found = results([world.care], organization, [year])[world.care.pk]
    return found[year].value if year in found else None


def test_opening_a_year_expects_a_report_of_every_place_that_is_asked(world):
    expected = {one.place.organization for one in Report.objects.unscoped().select_related("place__organization")}
    assert expected == {world.county_a, world.county_b}  # towns aren't asked, the city only adds up
    city = Place.objects.unscoped().get(organization=world.city)
    assert (city.expected(2), city.above_id) == (2, None)
    assert world.open().pk == world.round.pk and Report.objects.unscoped().count() == 2


def test_a_year_is_opened_by_the_top_for_a_year_that_is_over(world):
    with pytest.raises(errors.YearNotOver):
        world.open(2026)
    with pytest.raises(PermissionDenied):
        rounds.open_round(world.county_a, year=2024, due_on=NOW.date(), by=world.clerk_a, now=NOW)


def test_from_values_to_the_sum_above(world):
    assert rate(world, world.city) is None
    world.accepted(world.county_a, births=200, managed=190)
    assert rate(world, world.county_a) == 95
    assert rate(world, world.city) is None  # county b hasn't told: a sum with a gap is no data
    world.accepted(world.county_b, births=800, managed=640)
    assert rate(world, world.city) == 83  # 830 of 1,000; the mean of 95 % and 80 % would be 87.5 %


def test_nothing_counts_before_it_is_accepted_and_a_gap_stays_a_gap(world):
    world.accepted(world.county_a, births=200, managed=190)
    world.fill(world.county_b, births=800, managed="missing_not_collected")
    world.sign(world.county_b)
    climbing.accept(world.report(world.county_b), by=world.city_officer, now=NOW)
    assert rate(world, world.county_b) is None and rate(world, world.city) is None


def test_what_doesnt_apply_leaves_the_sum_whole_and_nought_is_a_number(world):
    world.accepted(world.county_a, births=200, managed=0)
    world.accepted(world.county_b, births="missing_not_applicable", managed="missing_not_applicable")
    assert rate(world, world.city) == 0
    assert rate(world, world.county_b) is None


def test_a_denominator_of_nought_is_no_data(world):
    world.accepted(world.county_a, births=0, managed=0)
    assert rate(world, world.county_a) is None


def test_values_are_kept_together_or_not_at_all(world):
    with pytest.raises(errors.ValuesWrong) as wrong:
        world.fill(world.county_a, births=200, managed=-1)
    assert [fault[0].code for fault in wrong.value.faults.values()] == ["too_low"]
    assert Value.objects.count() == 0


def test_whoever_reports_elsewhere_may_not_write_here_and_nobody_accepts_her_own(world):
    with pytest.raises(PermissionDenied):
        world.fill(world.county_a, by=world.clerk_b, births=1)
    world.fill(world.county_a, births=200, managed=190)
    world.sign(world.county_a)
    with pytest.raises(PermissionDenied):
        climbing.accept(world.report(world.county_a), by=world.clerk_a, now=NOW)
    held = world.report(world.county_b)
    world.fill(world.county_b, births=1, managed=1)
    climbing.sign(held, name="示例", by=world.city_officer, now=NOW)
    with pytest.raises(PermissionDenied):
        climbing.accept(held, by=world.city_officer, now=NOW)
    assert climbing.accept(held, by=world.second, now=NOW).state == ReportState.ACCEPTED


def test_a_report_isnt_signed_while_something_is_unsaid_or_a_rule_is_broken(world):
    ValidationRule.objects.create(
        owner=world.city, code="within", title="示例", left="managed", operator="<=", right="births", severity="refuse"
    )
    world.fill(world.county_a, births=100)
    with pytest.raises(errors.PointsOpen):
        world.sign(world.county_a)
    report = world.fill(world.county_a, managed=101)
    assert [point.code for point in open_points(report)] == ["rule"]
    assert open_points(world.fill(world.county_a, managed=100)) == []


def test_the_parts_of_a_split_add_up_to_the_whole(world):
    world.births.splits.add(sexes(world.city))
    world.fill(world.county_a, births=100, managed=90, births__sex_f=49, births__sex_m=50)
    report = world.report(world.county_a)
    assert [point.code for point in open_points(report)] == ["parts_differ"]
    world.fill(world.county_a, births__sex_m=51)
    assert open_points(report) == []


def test_sent_back_with_words_and_signed_again(world):
    world.fill(world.county_a, births=200, managed=190)
    report = world.sign(world.county_a)
    with pytest.raises(errors.WordsMissing):
        climbing.give_back(report, words=" ", by=world.city_officer, now=NOW)
    climbing.give_back(report, words="请核实", by=world.city_officer, now=NOW)
    assert world.report(world.county_a).returned_because == "请核实"
    world.accepted(world.county_a, births=201)
    assert Total.objects.get(place=report.place, element=world.births).amount == 201


def test_accepted_ones_can_come_back_until_the_year_is_locked_then_only_a_version_with_a_reason_changes_them(world):
    report = world.accepted(world.county_a, births=200, managed=190)
    climbing.give_back(report, words="请核实", by=world.city_officer, now=NOW)
    assert rate(world, world.county_a) is None
    world.accepted(world.county_a, births=200, managed=190)
    world.accepted(world.county_b, births=100, managed=90)
    rounds.lock_round(world.round, by=world.city_officer, now=NOW)
    with pytest.raises(errors.WrongState):
        world.fill(world.county_a, births=1)
    with pytest.raises(errors.WrongState):
        climbing.give_back(world.report(world.county_a), words="x", by=world.city_officer, now=NOW)
    with pytest.raises(errors.WordsMissing):
        climbing.amend(world.report(world.county_a), because="", by=world.clerk_a, now=NOW)
    climbing.amend(world.report(world.county_a), because="漏报一家医院", by=world.clerk_a, now=NOW)
    assert rate(world, world.city) == Fraction(28000, 300)  # the old version counts meanwhile
    world.accepted(world.county_a, births=220, managed=210)
    assert rate(world, world.county_a) * 220 == 21000
    states = Report.objects.unscoped().filter(place__organization=world.county_a).order_by("version")
    assert [(one.version, one.state) for one in states] == [(1, "replaced"), (2, "locked")]
    old = Value.objects.get(report=states[0], element=world.births)
    assert old.amount == 200  # nobody overwrote it


def test_what_comes_after_the_lock_counts_from_then_on(world):
    world.accepted(world.county_a, births=200, managed=190)
    rounds.lock_round(world.round, by=world.city_officer, now=NOW)
    with pytest.raises(errors.RoundLockedBefore):
        rounds.lock_round(world.round, by=world.city_officer, now=NOW)
    late = world.accepted(world.county_b, births=100, managed=90)
    assert late.state == ReportState.LOCKED and rate(world, world.city) is not None


def test_three_levels_and_gaps_that_need_a_word():
    world = MonitoringWorld(opened=False)
    Element.objects.unscoped().filter(owner=world.city).update(level=3)
    element(world.city, "teams")
    world.open()
    town, county = world.tree["town_a"], world.county_a
    clerk = officer(town)
    world.fill(county, teams=5)
    with pytest.raises(errors.GapUnexplained):
        world.sign(county)
    world.fill(town, by=clerk, births=10, managed=9)
    climbing.sign(world.report(town), name="示例", by=clerk, now=NOW)
    climbing.accept(world.report(town), by=world.clerk_a, now=NOW)
    world.accepted(county)
    assert rate(world, county) == 90
    with pytest.raises(errors.AboveSigned):  # the county's report is accepted and counts the town's
        climbing.give_back(world.report(town), words="x", by=world.clerk_a, now=NOW)


def test_every_sum_equals_its_recount(world):
    world.accepted(world.county_a, births=200, managed=190)
    world.accepted(world.county_b, births=7, managed="missing_late")
    before = {(t.place_id, t.element_id): (t.amount, t.told) for t in Total.objects.all()}
    Total.objects.all().delete()
    recount_round(world.round)
    assert {(t.place_id, t.element_id): (t.amount, t.told) for t in Total.objects.all()} == before
    city = Place.objects.unscoped().get(organization=world.city)
    assert totals_of(city)[world.births.pk, ""][:2] == [207, 2]


def test_what_a_place_gives_itself_is_never_added_up(world):
    given = element(world.city, "gap", summed=False, decimals=2, lowest=None)
    world.open()
    world.accepted(world.county_a, births=1, managed=1, gap=Decimal("2.5"))
    world.accepted(world.county_b, births=1, managed=1, gap=Decimal("1.5"))
    city = Place.objects.unscoped().get(organization=world.city)
    assert not Total.objects.filter(place=city, element=given).exists()
    assert Report.objects.unscoped().filter(place=city).exists()  # the city states its own


def test_the_database_keeps_missing_apart_from_nought(world):
    report = world.report(world.county_a)
    for status, amount in (("missing_late", 3), ("reported", None), ("zero", 3), ("reported", 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Value.objects.create(report=report, element=world.births, status=status, amount=amount)


def test_what_our_own_services_know_stands_beside_and_is_named_where_it_was_taken(world):
    told = Source("示例服务", "示例", Branch.WOMENS_FEDERATION, lambda keys, year: dict.fromkeys(keys, 42))
    sources.register("test.births", told)
    try:
        Element.objects.unscoped().filter(pk=world.births.pk).update(fed_by="test.births")
        report = world.report(world.county_a)
        births = Element.objects.unscoped().get(pk=world.births.pk)
        assert known_of(report.place, [births])[births.pk].amount == 42
        world.fill(world.county_a, births=42, managed=40)
        assert Value.objects.get(report=report, element=births).source == "test.births"
        world.fill(world.county_a, births=43)
        assert Value.objects.get(report=report, element=births).source == ""
    finally:
        sources._items.pop("test.births")


def test_the_thirty_indicators_come_in_once_as_samples_with_national_numbers_apart(world):
    made = dictionary.load_samples(world.city, by=world.city_officer, now=NOW)
    loaded = Indicator.objects.unscoped().filter(owner=world.city, sample=True)
    assert loaded.count() == made
    assert {int(one.number.rstrip("abcd")) for one in loaded} == set(range(1, 31))
    assert all(one.source and one.source_priority and one.definition for one in loaded)
    assert Reference.objects.unscoped().exclude(extent="national").count() == 0
    assert Value.objects.count() == 0  # a national number is nobody's value
    Indicator.objects.unscoped().filter(code="infant-mortality").update(title="本地名称")
    call_command("load_sample_indicators", world.city.code)
    assert Indicator.objects.unscoped().get(code="infant-mortality").title == "本地名称"
    assert Indicator.objects.unscoped().filter(owner=world.city, sample=True).count() == made
    for rule in ValidationRule.objects.unscoped():
        assert rule.as_check.left
