"""The rule simulator: a draft over last year's claims. Counts and sums; nobody's name, nobody's illness."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from services.mutual_aid import errors, queries
from services.mutual_aid.actions import schemes as actions
from services.mutual_aid.actions.simulating import run_simulation
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import Assessment, Claim, LadderLine, Simulation
from services.mutual_aid.rules.simulation import Tally, folded
from tests.factories.accounts import StaffFactory
from tests.factories.mutual_aid import claim_route, cover_of, decided_claim, scheme_in_force
from tests.factories.organizations import small_tree
from tests.factories.payments import fund_of
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.localdate().year - 1
DECIDED = date(LAST_YEAR, 8, 1)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def city(tree):
    return at_desk(tree["city"])


@pytest.fixture
def version(tree):
    fit = {"fund": fund_of(tree["city"]), "route_code": claim_route(tree["city"]).code}
    return scheme_in_force(tree["city"], **fit)


@pytest.fixture
def claims(tree, version):
    """Six of county A, five of county B: eight invasive ones at 10,000, three in situ at 2,000."""
    for number in range(11):
        union = tree["unit_a"] if number < 6 else tree["unit_c"]
        grade = "in_situ" if number in (0, 1, 6) else "invasive_primary"
        cover = cover_of(
            WorkerFactory(organization=union), version, first=date(LAST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31)
        )
        decided_claim(cover, grade=grade, decided_on=DECIDED)
    return Claim.objects.unscoped()


def draft_with(version, city, **lines):
    """A draft in which lines of a grade give another sum."""
    draft = actions.begin_version(version.scheme, like=version, by=city.user)
    for grade, yuan in lines.items():
        LadderLine.objects.filter(terms=draft, grade=grade, per_share__gt=0).update(per_share=yuan)
    return queries.versions_of(version.scheme)[0]


def run(draft, city, year=LAST_YEAR) -> Simulation:
    return run_simulation(draft, year=year, by=city.user, now=timezone.now())


def test_it_says_how_many_would_change_and_what_it_would_cost(version, city, claims):
    found = run(draft_with(version, city, in_situ=5000), city)
    assert (found.claims, found.more, found.less, found.unsure) == (11, 3, 0, 0)
    assert (found.before, found.after) == (Decimal(86_000), Decimal(95_000))
    assert (found.by_hand, found.differing) == (0, 0), "the rules in force reproduce every decision"
    cheaper = run(draft_with(version, city, invasive_primary=8000), city)
    assert (cheaper.more, cheaper.less, cheaper.after) == (3, 8, Decimal(79_000))


def test_the_same_rules_change_nothing(version, city, claims):
    found = run(draft_with(version, city), city)
    assert (found.more, found.less, found.before) == (0, 0, found.after)


def test_what_a_person_changed_is_left_out_and_counted(version, city, claims):
    one = claims.first()
    claims.filter(pk=one.pk).update(changed_by=StaffFactory(), amount=9999)
    two = claims.exclude(pk=one.pk).first()
    claims.filter(pk=two.pk).update(amount=1)
    found = run(draft_with(version, city), city)
    assert (found.claims, found.by_hand, found.differing) == (10, 1, 1)


def test_what_a_person_refused_though_no_rule_does_is_no_claim_that_would_be_paid_newly(version, city, claims):
    claims.filter(pk=claims.first().pk).update(amount=0)
    found = run(draft_with(version, city), city)
    assert (found.claims, found.by_hand, found.newly_paid) == (10, 1, 0)


def test_a_longer_waiting_period_shows_who_would_get_nothing(version, city, claims):
    draft = draft_with(version, city)
    LadderLine.objects.filter(terms=draft, day_to=30).update(day_to=90)
    LadderLine.objects.filter(terms=draft, day_from=31).update(day_from=91)
    found = run(queries.versions_of(version.scheme)[0], city)
    assert (found.less, found.no_longer_paid, found.after) == (11, 11, 0)


def test_what_the_draft_doesnt_know_is_not_guessed(version, city, claims):
    found = run(draft_with(version, city, in_situ=None), city)
    assert (found.claims, found.unsure, found.before, found.after) == (11, 3, Decimal(80_000), Decimal(80_000))


def test_only_claims_decided_in_that_year_count(version, city, claims):
    claims.filter(pk=claims.first().pk).update(decided_on=date(LAST_YEAR - 1, 12, 31))
    draft = draft_with(version, city)
    assert run(draft, city).claims == 10
    assert run(draft, city, LAST_YEAR - 1).claims == 1
    assert queries.years_decided(version.scheme, timezone.localdate().year) == [LAST_YEAR, LAST_YEAR - 1]


def test_the_last_decision_counts_where_an_appeal_was_allowed(version, city, claims):
    claim = claims.first()
    first = claim.assessments.get()
    Assessment.objects.create(
        claim=claim, terms=first.terms, inputs=first.inputs, findings=first.findings, at=timezone.now(), decisive=True
    )
    assert run(draft_with(version, city), city).claims == 11


def test_small_numbers_are_not_told(version, city, claims):
    for claim in claims[4:]:
        claims.filter(pk=claim.pk).update(decided_on=date(LAST_YEAR - 1, 1, 1))
    found = run(draft_with(version, city, in_situ=1), city)
    assert (found.claims, found.more, found.less, found.before, found.places) == (4, 0, 0, 0, [])


def test_sums_by_organisation_hide_the_small_ones(version, city, claims, tree):
    found = run(draft_with(version, city, in_situ=5000), city)
    assert {(one["name"], one["claims"], one["more"]) for one in found.places} == {
        (tree["county_a"].name, 6, 2),
        (tree["county_b"].name, 5, 1),
    }
    claims.filter(pk=claims.last().pk).update(decided_on=date(LAST_YEAR - 1, 1, 1))
    assert run(draft_with(version, city, in_situ=5000), city).places == [], "four and six: none of them apart"


def test_small_places_are_added_up_until_they_are_enough():
    def of(*numbers):
        places = {f"place-{place}": Tally(claims=number) for place, number in enumerate(numbers)}
        return {name: tally.claims for name, tally in folded(places, least=5).items()}

    assert of(6, 7, 9) == {"place-0": 6, "place-1": 7, "place-2": 9}
    assert of(2, 7, 9) == {"": 9, "place-2": 9}
    assert of(2, 3, 9) == {"": 5, "place-2": 9}
    assert of(4, 9) == {"": 13}
    assert of(3) == {"": 3}


def test_running_it_touches_no_claim_and_shows_no_illness(version, city, claims):
    draft = draft_with(version, city, in_situ=5000)
    before = list(claims.order_by("pk").values())
    address = reverse("mutual_aid_desk:simulate", args=[version.scheme.code])
    assert city.post(address, {"year": LAST_YEAR}).status_code == 302
    assert list(claims.order_by("pk").values()) == before
    page = city.get(address).content.decode()
    assert "95,000.00" in page
    for word in ("breast", "in_situ", "乳腺", *claims.values_list("case__number", flat=True)):
        assert word not in page
    assert draft.simulations.count() == 1


def test_the_run_is_attached_to_the_approval_of_just_this_draft(version, city, claims):
    draft = draft_with(version, city, in_situ=5000)
    old = run(draft, city)
    draft = draft_with(version, city, in_situ=6000)
    assert (
        reverse("mutual_aid_desk:simulate", args=[version.scheme.code])
        in city.get(reverse("mutual_aid_desk:terms_activate", args=[version.scheme.code])).content.decode()
    )
    new = run(draft, city)
    made = actions.activate_terms(draft, by=city.user, now=timezone.now())
    assert (made.simulation, made.simulation != old) == (new, True)
    again = actions.begin_version(version.scheme, like=made, by=city.user)
    assert actions.activate_terms(again, by=city.user, now=timezone.now()).simulation is None


@pytest.mark.parametrize("year", [timezone.localdate().year, timezone.localdate().year + 1, 1999])
def test_only_a_year_that_is_over(version, city, claims, year):
    with pytest.raises(errors.PeriodInvalid):
        run(draft_with(version, city), city, year)
    address = reverse("mutual_aid_desk:simulate", args=[version.scheme.code])
    assert "year" in city.post(address, {"year": year}).context["form"].errors


def test_without_a_version_in_force_there_is_nothing_to_compare(version, city):
    draft = draft_with(version, city)
    actions.retire_terms(version, by=city.user)
    with pytest.raises(errors.NothingToSimulate):
        run(draft, city)
    assert draft.state == VersionState.DRAFT


def test_the_number_of_queries_doesnt_grow_with_the_claims(version, city, claims, django_assert_num_queries):
    draft = draft_with(version, city)
    with django_assert_num_queries(4):  # claims, versions, their lines, their diseases
        assert len(list(queries.decided_claims(version.scheme, DECIDED, DECIDED))) == 11
    assert draft.version == 2
