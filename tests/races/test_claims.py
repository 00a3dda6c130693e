"""Two tabs claim on one cover at once, two officers decide at once: one claim, one benefit, one payable remain."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.casework import actions as casework
from services.mutual_aid import queries
from services.mutual_aid.actions import adjudicating, claiming, sums
from services.mutual_aid.actions.correcting import correct_cover
from services.mutual_aid.models import Benefit, Claim
from services.payments.models import FundSource, Payable
from tests.factories.claims import (
    at_decision,
    claims_world,
    cover_of_hers,
    drafted,
    fresh,
    looked,
    sent,
    stated,
    submitted,
)
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_two_tabs_that_claim_on_one_cover_at_once_begin_one_claim():
    world = claims_world()
    jobs = [
        lambda: (
            claiming.begin_claim(
                world.her, cover=world.cover.token, diagnosed=world.diagnosed, by=world.her.user, now=world.now
            ).pk
        )
        for _ in range(6)
    ]
    assert len(set(map(str, at_once(jobs)))) == 1
    assert Claim.objects.unscoped().count() == 1


def test_a_claim_that_is_reopened_while_another_begins_leaves_one_under_way():
    world = claims_world()
    first = at_decision(world, sent(world))
    officer = looked(world, first)
    adjudicating.refuse_with(first, verb="refuse", reason="docs_missing", by=officer, now=world.now)
    results = at_once(
        [
            lambda: adjudicating.appeal_with(first, words="材料已补齐", by=world.her.user, now=world.now).pk,
            lambda: drafted(world).pk,
        ]
    )
    assert Claim.objects.unscoped().filter(live=True).count() == 1
    assert set(map(str, results)) <= {
        *map(str, Claim.objects.unscoped().values_list("pk", flat=True)),
        "claim_under_way",
    }


def test_two_approvers_at_once_grant_owe_and_end_the_cover_once():
    world = claims_world()
    claim = at_decision(world, sent(world))
    for who in ("county", "county_two"):
        looked(world, claim, who)
    jobs = [
        lambda who=who: casework.approve(fresh(claim).case, by=world.officers[who], now=world.now).stage
        for who in ("county", "county_two") * 3
    ]
    results = at_once(jobs)
    assert Benefit.objects.unscoped().count() == Payable.objects.unscoped().count() == 1
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).committed == Benefit.objects.unscoped().get().amount
    assert queries.history_of(world.cover).count() == 2
    assert set(results) <= {"being_paid", "done_before", "not_possible_now", "changed_meanwhile"}


def test_one_disease_claimed_on_two_covers_at_once_is_paid_once():
    """The rules see no claim that isn't decided: the database does."""
    world = claims_world()
    first = at_decision(world, sent(world))
    day = timezone.localdate(world.now) - timedelta(days=300)
    later = world.covers(world.her, days_ago=400, last=day + timedelta(days=90), number="BZ-earlier")
    other = claiming.begin_claim(world.her, cover=later.token, diagnosed=day, by=world.her.user, now=world.now)
    second = at_decision(world, submitted(world, stated(world, other)))
    for one in (first, second):
        looked(world, one)
    results = at_once(
        [
            lambda one=one: casework.approve(fresh(one).case, by=world.officers["county"], now=world.now).stage
            for one in (first, second)
        ]
    )
    assert results.count("being_paid") == 1
    assert set(results) <= {"being_paid", "paid_for_this_disease", "obstructed"}
    assert Payable.objects.unscoped().count() == 1


def test_a_fund_too_small_for_two_decisions_pays_one():
    world = claims_world(budget="15000")
    her = world.woman()
    claims = [at_decision(world, sent(world)), at_decision(world, sent(world, her))]
    for one in claims:
        looked(world, one)
    results = at_once(
        [
            lambda one=one: casework.approve(fresh(one).case, by=world.officers["county"], now=world.now).stage
            for one in claims
        ]
    )
    assert results.count("being_paid") == 1
    assert set(results) <= {"being_paid", "obstructed", "fund_short"}
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).left == 5000
    unpaid = [one for one in claims if not Benefit.objects.unscoped().filter(claim=one).exists()]
    assert queries.present_version(cover_of_hers(unpaid[0].case.worker)).change == "enrolled"


def test_a_sum_changed_while_it_is_agreed_to_is_never_agreed_to_unseen():
    world = claims_world()
    claim = at_decision(world, sent(world))
    first, second = looked(world, claim), looked(world, claim, "county_two")
    sums.change_sum(claim, amount=Decimal(5000), ends_cover=True, because="按协议减半", by=first, now=world.now)
    at_once(
        [
            lambda: (
                sums.change_sum(
                    claim, amount=Decimal(6000), ends_cover=True, because="更正", by=first, now=world.now
                ).pk
            ),
            lambda: sums.second_sum(claim, seen=Decimal(5000), by=second, now=world.now).pk,
        ]
    )
    claim = fresh(claim)
    assert (claim.amount, claim.seconded_by) in [(6000, None), (5000, second)]


@pytest.mark.parametrize("again", range(3))
def test_a_claim_approved_while_its_cover_ends_before_the_diagnosis_is_refused_or_marked(again):
    world = claims_world()
    claim = at_decision(world, sent(world))
    officer, keeper = looked(world, claim), world.officers["city"]
    present = queries.present_version(world.cover)
    said = {"first_day": present.first_day, "shares": present.shares, "renewal": present.renewal}
    ends = world.diagnosed - timedelta(days=1)
    results = at_once(
        [
            lambda: casework.approve(fresh(claim).case, by=officer, now=timezone.now()).stage,
            lambda: (
                correct_cover(
                    world.cover, last_day=ends, reason="入会日期有误", by=keeper, now=timezone.now(), **said
                ).last_day
            ),
        ]
    )
    assert results[1] == ends and set(map(str, results[:1])) <= {"being_paid", "obstructed"}
    granted = Benefit.objects.unscoped().filter(claim=claim)
    assert Payable.objects.unscoped().count() == granted.count() == (results[0] == "being_paid")
    if granted.exists():
        decided = claim.assessments.filter(decisive=True).get()
        assert decided.inputs["last"] >= decided.inputs["diagnosed"], "it was decided on a cover that held"
        assert fresh(claim).flagged, "and somebody is told that it doesn't any more"
