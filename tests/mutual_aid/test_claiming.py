"""From a cover to money: what a claim asks, how it is judged, what a decision leaves, what never happens twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.casework import actions as casework
from services.casework.errors import NotComplete, Obstructed
from services.mutual_aid import queries
from services.mutual_aid.actions import adjudicating, claiming, judging, sums
from services.mutual_aid.actions.covers import rewrite
from services.mutual_aid.case_service.missing import missing_of
from services.mutual_aid.enums import CoverChange, Reason
from services.mutual_aid.errors import claims as errors
from services.mutual_aid.models import Assessment, Benefit, Claim
from services.mutual_aid.rules.facts import Facts
from services.payments.actions import cancel_payable
from services.payments.models import FundSource, Payable
from services.payments.registry import watchers
from services.privacy.models import AccessRecord
from tests.factories.claims import (
    approved,
    at_decision,
    claims_world,
    cover_of_hers,
    decided,
    drafted,
    fresh,
    looked,
    refused,
    sent,
    stated,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return claims_world()


def _obstacles(claim, by, now) -> set[str]:
    with pytest.raises(Obstructed) as refusal:
        casework.approve(claim.case, by=by, now=now)
    return {one.code for one in refusal.value.findings}


def test_a_claim_lists_all_that_is_missing_at_once(world):
    claim = drafted(world)
    items = [one.item for one in missing_of(claim, now=world.now)]
    assert items == ["disease", "grade", "hospital", "stay", "pathology"]
    with pytest.raises(NotComplete):
        claiming.hand_in(claim, declares=True, seen="1", by=world.her.user, now=world.now)


def test_beginning_twice_leads_to_the_same_claim(world):
    assert drafted(world).pk == drafted(world).pk
    assert Claim.objects.unscoped().count() == 1


def test_a_claim_is_granted_owed_paid_and_ends_the_cover(world):
    claim = decided(world)
    benefit = Benefit.objects.unscoped().get()
    assert (claim.case.stage, benefit.amount, benefit.state) == ("being_paid", Decimal("10000.00"), "due")
    payable = Payable.objects.unscoped().get()
    assert (payable.amount, payable.key) == (benefit.amount, f"mutual_aid.{claim.case.number}.1")
    version = queries.present_version(world.cover)
    assert (version.last_day, version.change) == (world.diagnosed, CoverChange.ENDED_BY_CLAIM)
    watchers["mutual_aid"].paid(payable, now=timezone.now())
    claim = fresh(claim)
    assert (claim.case.stage, claim.benefit.state, claim.live) == ("closed", "paid", False)


def test_what_was_decided_can_be_judged_again_and_gives_the_same(world):
    claim = decided(world)
    kept = Assessment.objects.get(claim=claim, decisive=True)
    assert judging.again(kept) == (kept.findings, kept.amount)
    assert Facts.from_json(kept.inputs).diagnosed == world.diagnosed


def test_terms_that_change_later_leave_the_decided_claim_as_it_was(world):
    claim = decided(world)
    world.terms.lines.filter(result="full").update(per_share=Decimal(1))
    kept = Assessment.objects.get(claim=claim, decisive=True)
    assert (kept.amount, fresh(claim).amount, fresh(claim).benefit.amount) == (Decimal("10000.00"),) * 3


def test_the_unit_states_before_it_passes(world):
    claim = sent(world)
    with pytest.raises(Obstructed) as refusal:
        casework.pass_step(claim.case, by=world.officers["union"], now=world.now)
    assert [one.code for one in refusal.value.findings] == ["statement_missing"]
    assert at_decision(world, claim).case.position == 2


def test_nobody_decides_about_a_diagnosis_that_she_hasnt_opened(world):
    claim = at_decision(world, sent(world))
    officer = world.officers["county"]
    assert _obstacles(claim, officer, world.now) == {"look_first"}
    looked(world, claim)
    assert casework.approve(claim.case, by=officer, now=world.now).stage == "being_paid"
    record = AccessRecord.objects.get(viewer=officer)
    assert (record.subject_id, record.fields) == (claim.pk, "health")


def test_a_look_covers_one_sitting(world):
    claim = at_decision(world, sent(world))
    officer = looked(world, claim)
    assert adjudicating.looks_now(officer, claim, now=timezone.now())
    assert not adjudicating.looks_now(officer, claim, now=timezone.now() + timedelta(minutes=31))
    assert not adjudicating.looks_now(world.officers["county_two"], claim, now=timezone.now())


def test_the_unit_never_opens_the_diagnosis(world):
    claim = sent(world)
    with pytest.raises(PermissionDenied):
        adjudicating.look(claim, by=world.officers["union"], reason="依条款审核申领")
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"grade": "metastatic"}, "metastasis"),
        ({"disease": "other"}, "not_listed"),
        ({"hospital_level": "level_1"}, "hospital_level"),
    ],
)
def test_what_the_rules_refuse_cant_be_approved(world, said, code):
    claim = at_decision(world, sent(world, **said))
    assert code in _obstacles(claim, looked(world, claim), world.now)


def test_a_diagnosis_in_the_waiting_period_gives_nothing_and_the_cover_goes_on(world):
    her = world.woman(days_ago=50)
    claim = at_decision(world, sent(world, her, diagnosed=timezone.localdate(world.now) - timedelta(days=25)))
    assert "in_exemption_period" in _obstacles(claim, looked(world, claim), world.now)
    claim = refused(world, claim, Reason.IN_EXEMPTION_PERIOD)
    assert (claim.case.stage, claim.reason, claim.live, claim.amount) == ("refused", "in_exemption_period", False, 0)
    assert queries.present_version(cover_of_hers(her)).change == CoverChange.ENROLLED
    assert Assessment.objects.filter(claim=claim, decisive=True).exists()


def test_a_claim_after_the_last_day_is_found_late(world):
    her = world.woman(days_ago=500, last=timezone.localdate(world.now) - timedelta(days=136))
    day = timezone.localdate(world.now) - timedelta(days=366)
    claim = at_decision(world, sent(world, her, diagnosed=day))
    assert "time_barred" in _obstacles(claim, looked(world, claim), world.now)


def test_the_papers_are_judged_not_what_she_stated(world):
    claim = at_decision(world, sent(world))
    officer = looked(world, claim)
    found = {"diagnosed": world.diagnosed, "disease": "breast", "grade": "in_situ", "pre_existing": None}
    adjudicating.judge_papers(claim, found=found, by=officer, now=world.now)
    claim = fresh(claim)
    assert claim.computed == Decimal("2000.00")
    assert claim.particulars["grade"] == "invasive_primary"
    assert set(claim.findings_of_staff) == {"grade"}
    adjudicating.judge_papers(claim, found=found | {"grade": "invasive_primary"}, by=officer, now=world.now)
    assert fresh(claim).findings_of_staff == {}


def test_a_changed_sum_counts_once_a_second_person_agreed(world):
    claim = at_decision(world, sent(world))
    first, second = looked(world, claim), looked(world, claim, "county_two")
    with pytest.raises(errors.ReasonTooShort):
        sums.change_sum(claim, amount=Decimal(5000), ends_cover=True, because="", by=first, now=world.now)
    sums.change_sum(claim, amount=Decimal(5000), ends_cover=False, because="按协议减半", by=first, now=world.now)
    assert "sum_needs_second" in _obstacles(fresh(claim), second, world.now)
    with pytest.raises(errors.SecondPersonNeeded):
        sums.second_sum(claim, seen=Decimal(5000), by=first, now=world.now)
    with pytest.raises(errors.NothingToSecond):
        sums.second_sum(claim, seen=Decimal(4000), by=second, now=world.now)
    sums.second_sum(claim, seen=Decimal(5000), by=second, now=world.now)
    claim = approved(world, fresh(claim))
    assert (claim.benefit.amount, claim.computed) == (Decimal("5000.00"), Decimal("10000.00"))
    assert queries.present_version(world.cover).change == CoverChange.ENROLLED


def test_two_people_can_grant_what_the_rules_refuse(world):
    claim = at_decision(world, sent(world, hospital_level="level_1"))
    first, second = looked(world, claim), looked(world, claim, "county_two")
    sums.change_sum(
        claim, amount=Decimal(10000), ends_cover=True, because="已补做三级医院会诊", by=first, now=world.now
    )
    sums.second_sum(fresh(claim), seen=Decimal(10000), by=second, now=world.now)
    assert approved(world, fresh(claim)).benefit.amount == Decimal(10000)


def test_a_cover_that_ended_by_a_claim_isnt_claimed_again(world):
    decided(world)
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    with pytest.raises(errors.ClaimedAlready):
        drafted(world)


def test_a_disease_paid_for_before_isnt_paid_in_a_later_cover(world):
    """T6: breast again gives nothing, another listed disease is paid."""
    her = world.her
    decided(world)
    watchers["mutual_aid"].paid(Payable.objects.unscoped().get(), now=timezone.now())
    first = world.diagnosed + timedelta(days=1)
    later = world.covers(her, days_ago=19, last=first + timedelta(days=363), renewal=True, number="BZ-later")
    day = timezone.localdate(world.now) - timedelta(days=2)
    claim = claiming.begin_claim(her, cover=later.token, diagnosed=day, by=her.user, now=world.now)
    claim = at_decision(world, submitted(world, stated(world, claim)))
    assert "prior_disease" in _obstacles(claim, looked(world, claim), world.now)
    adjudicating.judge_papers(
        claim, found={"diagnosed": day, "disease": "ovary", "grade": "invasive_primary"},
        by=world.officers["county"], now=world.now,
    )  # fmt: skip
    assert approved(world, fresh(claim)).benefit.amount == Decimal(10000)


def test_a_fund_too_small_is_said_before_anything_is_granted():
    world = claims_world(budget="9999")
    claim = at_decision(world, sent(world))
    assert "fund_short" in _obstacles(claim, looked(world, claim), world.now)
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).committed == 0


def test_a_refusal_needs_its_code_and_the_timeline_names_none(world):
    claim = at_decision(world, sent(world))
    officer = looked(world, claim)
    with pytest.raises(Obstructed) as refusal:
        casework.refuse(claim.case, by=officer, now=world.now, reason="原位癌不保")
    assert [one.code for one in refusal.value.findings] == ["reason_code_missing"]
    claim = refused(world, claim, Reason.CIS_EXCLUDED, words="病理为原位癌")
    assert (claim.reason, claim.words) == ("cis_excluded", "病理为原位癌")
    told = [claim.case.reason, *claim.case.events.values_list("reason", flat=True)]
    assert not any("癌" in words for words in told)


@pytest.mark.parametrize("reason", [Reason.PRE_EXISTING, Reason.FRAUD, Reason.MISDIAGNOSIS])
def test_a_reason_that_somebody_found_is_what_the_refusal_is_judged_by(world, reason):
    claim = refused(world, at_decision(world, sent(world)), reason)
    kept = claim.assessments.filter(decisive=True).get()
    failed = [one["code"] for one in kept.findings if one["outcome"] == "failed"]
    assert (failed, kept.amount) == ([reason.value], 0)


def test_an_appeal_is_decided_by_somebody_else_and_won(world):
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    adjudicating.appeal_with(claim, words="入会前体检正常，请再看。", by=world.her.user, now=world.now)
    claim = fresh(claim)
    assert (claim.case.stage, claim.live, claim.reason, claim.decided_on) == ("appealed", True, "", None)
    assert claim.findings_of_staff == {}, "what was found by refusing goes with the refusal"
    first = looked(world, claim)
    with pytest.raises(PermissionDenied):
        casework.reopen(claim.case, by=first, now=world.now, reason="同意重审")
    with pytest.raises(PermissionDenied):
        adjudicating.judge_papers(claim, found={"pre_existing": True}, by=first, now=world.now)
    with pytest.raises(PermissionDenied):
        sums.change_sum(claim, amount=Decimal(0), ends_cover=False, because="维持原来的意见", by=first, now=world.now)
    second = looked(world, claim, "county_two")
    casework.reopen(claim.case, by=second, now=world.now, reason="同意重审")
    claim = fresh(claim)
    assert claim.case.stage == "in_review"


def test_a_cancelled_payment_lets_the_cover_go_on(world):
    claim = decided(world)
    before = queries.history_of(world.cover).first().last_day
    cancel_payable(
        Payable.objects.unscoped().get(), reason="账户有误", by=world.officers["finance"], now=timezone.now()
    )
    claim = fresh(claim)
    assert (claim.case.stage, claim.benefit.state) == ("closed", "cancelled")
    version = queries.present_version(world.cover)
    assert (version.last_day, version.change) == (before, CoverChange.CLAIM_UNDONE)


def test_withdrawing_frees_the_cover_for_another_claim(world):
    claim = sent(world)
    casework.withdraw(claim.case, by=world.her.user, now=world.now)
    assert not fresh(claim).live
    assert drafted(world).pk != claim.pk


def test_a_cover_corrected_later_flags_the_decided_claim_and_changes_nothing(world):
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    before = (claim.amount, claim.terms_id, claim.decided_on)
    rewrite(world.cover, change=CoverChange.CORRECTED, by=None, now=timezone.now(), shares=2)
    claim = fresh(claim)
    assert claim.flagged
    assert (claim.amount, claim.terms_id, claim.decided_on) == before


def test_the_end_of_a_cover_by_the_claim_itself_flags_nothing(world):
    assert decided(world).flagged == ""
