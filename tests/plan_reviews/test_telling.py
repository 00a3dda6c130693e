"""How a hidden number stands against its target is told only where it follows from what is shown; and what is told of
all indicators together tells nothing of one."""

from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from services.indicators.actions.climbing import accept
from services.indicators.models import Element
from services.indicators.rules.hiding import hidden_places, widest
from services.indicators.rules.ratios import ratio
from services.organizations.enums import Role
from services.plan_reviews import tasks, wording
from services.plan_reviews.actions import issues
from services.plan_reviews.queries.evaluation import evaluate
from services.plan_reviews.queries.ledger import issues_for
from services.plan_reviews.rules.comparing import WITHHELD, Aim, Comparator
from services.plan_reviews.rules.counting import count
from services.plan_reviews.rules.course import Judged, Span, look
from services.plan_reviews.rules.telling import told
from tests.factories.households import officer_at
from tests.factories.indicators import NOW, YEAR, element, indicator
from tests.plan_reviews.world import ReviewWorld

THRESHOLD, MOST = 5, 9
numbers = st.integers(0, 40)
aims = st.builds(
    lambda comparator, target, width, base: Aim(comparator, Fraction(target), Fraction(target + width), base),
    st.sampled_from(list(Comparator)),
    numbers,
    st.integers(0, 10),
    st.none() | st.builds(Fraction, numbers),
)
spans = st.builds(Span, st.just(2020), st.integers(2021, 2030))


def judging(aim: Aim, span: Span):
    return lambda value: look(value, aim, span, 2025)


@settings(deadline=None)
@given(aims, spans, st.integers(0, 60), st.integers(0, 30))
def test_what_is_told_of_a_hidden_number_holds_of_every_number_it_may_be(aim, span, most, denominator):
    judged = judging(aim, span)
    said = told(judged, lambda n: ratio(n, denominator, 10), aim, most)
    if said.status != WITHHELD:
        assert {judged(ratio(n, denominator, 10)) for n in range(most + 1)} == {said}


@settings(deadline=None)
@given(aims, spans, st.integers(0, 30))
def test_without_an_end_only_what_no_number_changes_is_told(aim, span, denominator):
    judged = judging(aim, span)
    said = told(judged, lambda n: ratio(n, denominator, 10), aim, None)
    if said.status != WITHHELD:
        assert {judged(ratio(n, denominator, 10)) for n in (*range(200), 10**9)} == {said}


def view(parts: tuple[int, ...], aim: Aim, span: Span) -> tuple:
    """All that a reader sees of a region and the places below it, by one indicator of a known denominator."""
    names = [f"p{n}" for n in range(len(parts))]
    below, counts = {"t": names}, dict(zip(names, parts, strict=True)) | {"t": sum(parts)}
    hidden = hidden_places("t", below, counts, THRESHOLD)
    most = widest("t", below, counts, hidden, THRESHOLD)
    judged = judging(aim, span)
    statuses: dict[str, Judged] = {
        name: told(judged, Fraction, aim, most[name]) if name in hidden else judged(Fraction(counts[name]))
        for name in ("t", *names)
    }
    shown = {name: counts[name] for name in ("t", *names) if name not in hidden}
    return (tuple(sorted(shown.items())), frozenset(hidden)), statuses, count(one.status for one in statuses.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, MOST), min_size=1, max_size=3).map(tuple), aims, spans)
def test_statuses_and_rates_are_alike_whatever_the_hidden_numbers_are(parts, aim, span):
    """The attacker tries every assignment that shows the same numbers and hides the same places."""
    shown, statuses, rates = view(parts, aim, span)
    hidden = [n for n in range(len(parts)) if f"p{n}" in shown[1]]
    for tried in product(range(MOST + 1), repeat=len(hidden)):
        other = list(parts)
        for place, number in zip(hidden, tried, strict=True):
            other[place] = number
        also_shown, also_told, also_rates = view(tuple(other), aim, span)
        if also_shown == shown:
            assert (also_told, also_rates) == (statuses, rates)


pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = ReviewWorld()
    Element.objects.unscoped().filter(pk=world.managed.pk).update(protected=True)
    return world


def line(world, organization, one=None, year: int = YEAR):
    found = evaluate(world.plan, organization, year)
    return next(each for each in found.lines if each.indicator == (one or world.care))


def test_a_status_that_would_tell_is_withheld_and_stands_in_no_rate(world):
    world.aim(world.care, "le", 10, due_year=YEAR)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30})
    found = evaluate(world.plan, world.county_a, YEAR)
    assert [(one.status, one.judged.course, one.judged.expected) for one in found.lines] == [("withheld", "", None)]
    assert (found.counts.total, found.counts.withheld, found.counts.of_all) == (0, 1, None)
    assert line(world, world.city).status == "not_met"  # what many say is told
    with translation.override("en"):
        said = wording.finding_said(found)
    assert "few people" in said and "no indicator has a target" not in said


def test_a_status_that_anybody_works_out_is_told(world):
    """Fewer than five of a hundred thousand are within twelve, whoever they are."""
    rate = indicator(world.city, "deaths", world.managed, world.births, factor=100_000, direction="down")
    world.aim(rate, "le", 12, due_year=YEAR)
    world.told(a={"births": 50_000, "managed": 1}, b={"births": 50_000, "managed": 2})
    found = line(world, world.city, rate)
    assert found.hidden and found.value is None and found.status == "met"


def test_the_ledger_opens_nothing_that_would_tell(world):
    world.aim(world.care, "le", 2, due_year=YEAR)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30})
    assert line(world, world.county_a).status == "withheld"
    found = {(one.organization, one.kind): one for one in world.issues()}
    assert set(found) == {(world.city, "not_met"), (world.county_a, "few"), (world.county_b, "few")}
    assert found[world.county_a, "few"].found["value"] is None


def _at(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def test_what_few_people_miss_stands_in_the_ledger_for_who_reads_the_report_and_for_nobody_else(world):
    """The auditor reads evaluations, where the status is withheld: neither list, page, workbook nor log tells her."""
    world.aim(world.care, "le", 2, due_year=YEAR)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30})
    [few] = world.issues(world.county_a)
    auditor = officer_at(world.city, role=Role.AUDITOR)
    assert few in issues_for(world.clerk_a)
    assert few in issues_for(world.city_officer)
    assert few not in issues_for(world.clerk_b)
    assert [one.kind for one in issues_for(auditor)] == ["not_met"]
    address = reverse("plan_reviews_desk:issue", args=[few.token])
    assert _at(world.city_officer).get(address).status_code == 200
    client = _at(auditor)
    shown = client.get(reverse("plan_reviews_desk:issues"))
    assert (shown.status_code, few.token in shown.content.decode()) == (200, False)
    assert client.get(reverse("plan_reviews_desk:issue", args=[few.token])).status_code == 404
    [entry] = ModelLogEntry.objects.filter(action="plan_reviews.open_issues")
    assert entry.data["count"] == 1


def test_a_target_that_few_people_reach_opens_nothing_and_nobody_is_told_either(world):
    world.aim(world.care, "le", 10, due_year=YEAR)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30})
    assert line(world, world.county_a).status == "withheld"
    assert world.issues(world.county_a) == []


def test_what_few_people_miss_is_worked_on_and_closed_like_any_other(world):
    world.aim(world.care, "le", 2, due_year=YEAR)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30})
    [few] = world.issues(world.county_a)
    few = issues.assign(
        few,
        cause="人手不足",
        measure="增加随访",
        owner_name="示例科长",
        due_on=(NOW + timedelta(days=30)).date(),
        lead=few.lead,
        by=world.clerk_a,
        now=NOW,
    )
    few = issues.hand_in(few, done="已随访", by=world.clerk_a, now=NOW)
    assert issues.close(few, because="已核实", by=world.city_officer, now=NOW).state == "closed"
    assert tasks.open_issues() == 0


def test_a_hidden_base_is_told_by_no_course_and_no_expected_value(world):
    rising = indicator(world.city, "rising", world.managed, world.births)
    world.aim(rising, "ge", 90)
    trend = indicator(world.city, "trend", world.managed, world.births)
    world.aim(trend, "trend_up", None)
    world.told(a={"births": 100, "managed": 3}, b={"births": 100, "managed": 30}, year=2020)
    world.told(a={"births": 100, "managed": 60}, b={"births": 100, "managed": 70})
    found, moved = line(world, world.county_a, rising), line(world, world.county_a, trend)
    assert (found.hidden, found.value) == (False, 60)
    assert (found.status, found.judged.course, found.judged.expected, found.since_base) == ("not_due", "", None, None)
    assert (moved.status, moved.value) == ("withheld", 60)


def test_a_denominator_that_is_hidden_is_told_by_no_status_not_even_by_being_nought(world):
    Element.objects.unscoped().filter(pk__in=[world.births.pk, world.managed.pk]).update(protected=True)
    world.aim(world.care, "ge", 50, due_year=YEAR)
    world.told(a={"births": 0, "managed": 0}, b={"births": 3, "managed": 2})
    for organization in (world.county_a, world.county_b, world.city):
        found = line(world, organization)
        assert (found.hidden, found.status, wording.why_nothing(found)) == (True, "withheld", "")


def test_who_has_told_nothing_is_said_to_have_no_data_all_the_same(world):
    other = indicator(world.city, "other", world.managed, element(world.city, "unsaid"))
    world.aim(other, "ge", 50)
    world.fill(world.county_a, births=100, managed=3, unsaid="missing_late")
    world.sign(world.county_a)
    accept(world.report(world.county_a), by=world.city_officer, now=NOW)
    assert (line(world, world.county_a, other).status, line(world, world.county_a, other).cause) == (
        "no_data",
        "missing_late",
    )
