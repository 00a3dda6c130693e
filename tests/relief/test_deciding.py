"""From review to money: what stands in the way, what a decision leaves behind, what is never done twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.casework import actions as casework
from services.casework.errors import DoneBefore, Obstructed
from services.casework.registry import services
from services.payments.models import FundSource, Payable
from services.relief import errors
from services.relief.actions import assessing, reviewing, sums
from services.relief.enums import CheckResult
from services.relief.models import Assessment, Award, Household, LivingLine, Programme
from tests.factories.households import (
    answered,
    approved,
    at_decision,
    drafted,
    filled,
    fresh,
    on_file,
    relief_world,
    submitted,
    visited,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _emergency(world, her=None, **typed):
    """An application for emergency relief at its decision."""
    application = drafted(world, her, code="emergency")
    answered(world, application, **typed)
    return at_decision(world, application)


def _obstacles(application, verb="approve") -> set[str]:
    return {
        one.code for one in services["relief"].obstacles(fresh(application).case, verb, by=None, now=timezone.now())
    }


def test_a_household_comes_on_file_with_the_computed_category_and_a_day_to_check_again(world):
    household = on_file(world)
    assert (household.state, household.category) == ("on_file", "deep")
    assert household.on_file_since == timezone.localdate(world.now)
    assert household.recheck_due_on.year == household.on_file_since.year + 1
    case = household.applications.get().case
    assert case.stage == "closed"
    assert not Payable.objects.unscoped().exists()


def test_the_case_after_approval_is_the_one_in_the_database(world):
    application = _emergency(world)
    case = casework.approve(application.case, by=world.officers["county"], now=world.now)
    assert case.stage == fresh(application).case.stage == "being_paid"


def test_an_approved_application_owes_its_sum_once_and_promises_it(world):
    application = approved(world, _emergency(world))
    award, payable = Award.objects.unscoped().get(), Payable.objects.unscoped().get()
    assert award.amount == payable.amount == Decimal("3000.00")
    assert (award.application, award.state, payable.fund) == (application, "due", world.fund)
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).committed == Decimal("3000.00")
    assert payable.case_number == application.case.number


def test_approving_again_says_that_it_is_done_and_pays_nothing_more(world):
    application = approved(world, _emergency(world))
    again = casework.approve(application.case, by=world.officers["county"], now=world.now)
    assert (again.stage, bool(again.repeats)) == ("being_paid", True)
    with pytest.raises(DoneBefore):
        casework.approve(application.case, by=world.officers["county_two"], now=world.now)
    assert Payable.objects.unscoped().count() == Award.objects.unscoped().count() == 1


def test_a_filing_asks_for_visit_and_exclusions_before_it_is_approved(world):
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    casework.pass_step(application.case, by=world.officers["union"], now=world.now)
    with pytest.raises(Obstructed) as refused:
        casework.pass_step(application.case, by=world.officers["union_two"], now=world.now)
    assert [finding.code for finding in refused.value.findings] == ["visit_missing"]
    assert {"visit_missing", "exclusion_open"} <= _obstacles(application)
    visited(world, application)
    assert _obstacles(application) == {"exclusion_open"}


def test_an_exclusion_that_applies_keeps_her_off_the_file(world):
    application = drafted(world)
    filled(world, application)
    application = at_decision(world, application)
    with pytest.raises(errors.ReasonMissing):
        reviewing.check_exclusion(
            application, code="two_homes", result=CheckResult.PRESENT, by=world.officers["county"], now=world.now
        )
    reviewing.check_exclusion(
        application,
        code="two_homes",
        result=CheckResult.PRESENT,
        note="两处房产登记",
        by=world.officers["county"],
        now=world.now,
    )
    assert _obstacles(application) == {"exclusion_applies"}
    with pytest.raises(errors.UnknownExclusion):
        reviewing.check_exclusion(
            application, code="moon", result=CheckResult.ABSENT, by=world.officers["county"], now=world.now
        )


def test_a_household_above_the_line_cant_be_approved_and_its_refusal_keeps_the_trace(world):
    application = drafted(world)
    filled(world, application, income="240000", rigid="0")
    application = at_decision(world, application)
    assert "category_in" in _obstacles(application)
    casework.refuse(application.case, by=world.officers["county"], now=world.now, reason="收入高于标准")
    kept = Assessment.objects.filter(application=application, decisive=True)
    assert {one.kind for one in kept} == {"income", "eligibility"}
    assert kept.get(kind="income").outcome == "none"
    assert fresh(application).household.state == "dropped"


def test_every_refusal_rests_on_a_stored_trace_even_where_no_line_is_entered(world):
    LivingLine.objects.all().delete()
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    casework.refuse(application.case, by=world.officers["union"], now=world.now, reason="材料与规定不符")
    income = Assessment.objects.get(application=application, decisive=True, kind="income")
    assert income.outcome == "unknown"


def test_without_a_living_line_nothing_is_approved(world):
    application = drafted(world)
    filled(world, application)
    application = at_decision(world, application)
    LivingLine.objects.all().delete()
    assert {"no_living_line", "category_in"} <= _obstacles(application)


def test_stored_inputs_judged_again_give_the_same_findings(world):
    on_file(world)
    application = _emergency(world)
    approved(world, application)
    stored = list(Assessment.objects.all())
    assert len(stored) >= 5
    for one in stored:
        assert assessing.again(one) == (one.findings, one.outcome)


def test_a_decision_keeps_the_rules_of_its_day(world):
    """T58: a changed test, line or programme touches later cases alone."""
    household = on_file(world)
    before = list(Assessment.objects.filter(decisive=True).values_list("inputs_digest", "outcome"))
    LivingLine.objects.update(monthly=Decimal("1"))
    Programme.objects.filter(code="filing").update(conditions=[{"code": "single_parent"}])
    assert list(Assessment.objects.filter(decisive=True).values_list("inputs_digest", "outcome")) == before
    for one in Assessment.objects.filter(decisive=True):
        assert assessing.again(one) == (one.findings, one.outcome)
    household.refresh_from_db()
    assert household.category == "deep"


def test_a_running_application_keeps_the_version_under_which_it_began(world):
    application = _emergency(world)
    old = application.programme
    Programme.objects.filter(pk=old.pk).update(state="retired")
    Programme.objects.create(
        code="emergency",
        version=2,
        kind=old.kind,
        name=old.name,
        organization=old.organization,
        state="active",
        amount_kind=old.amount_kind,
        amount={"bands": [{"over": "0", "sum": "1"}]},
        fund=old.fund,
        route_code=old.route_code,
    )
    approved(world, application)
    assert Award.objects.unscoped().get().amount == Decimal("3000.00")


def test_a_fund_that_is_short_stands_in_the_way_and_nothing_is_promised():
    world = relief_world(budget="2999.99")
    application = _emergency(world)
    assert _obstacles(application) == {"fund_short"}
    with pytest.raises(Obstructed):
        approved(world, application)
    assert not Award.objects.unscoped().exists()
    assert fresh(application).case.stage == "in_review"


def test_the_same_event_is_awarded_once(world):
    approved(world, _emergency(world))
    case = Award.objects.unscoped().get().application.case
    casework.close(case, now=world.now)
    again = _emergency(world, cost=Decimal("30000"))
    assert "same_cause_once" in _obstacles(again)


def test_a_programme_once_a_year_is_awarded_once_a_household(world):
    on_file(world)
    first = at_decision(world, drafted(world, code="festival"))
    approved(world, first)
    casework.close(fresh(first).case, now=world.now)
    again = at_decision(world, drafted(world, code="festival"))
    assert "once_a_year" in _obstacles(again)
    with pytest.raises(Obstructed):
        approved(world, again)


def test_what_the_database_refuses_is_a_clear_refusal(world, monkeypatch):
    """Two decisions pass the check at one moment: the constraint has the last word, in words."""
    on_file(world)
    first = at_decision(world, drafted(world, code="festival"))
    approved(world, first)
    casework.close(fresh(first).case, now=world.now)
    again = at_decision(world, drafted(world, code="festival"))
    monkeypatch.setattr("services.relief.case_service.obstacles_of", lambda *args, **kwargs: [])
    with pytest.raises(errors.AwardedThisYear) as refused:
        approved(world, again)
    assert refused.value.message(staff=True)
    assert Payable.objects.unscoped().count() == 1


def test_the_sum_follows_the_line_and_stops_at_the_cap(world):
    on_file(world)
    application = at_decision(world, drafted(world, code="festival"))
    approved(world, application)
    assert Award.objects.unscoped().get().amount == Decimal("4000.00")


def _changed(world, application, amount="2000", because="已由互助会补助一部分", by="county"):
    return sums.change_sum(
        fresh(application), amount=Decimal(amount), because=because, by=world.officers[by], now=world.now
    )


def test_a_changed_sum_needs_a_reason_and_a_second_person(world):
    application = _emergency(world)
    with pytest.raises(errors.ReasonMissing):
        _changed(world, application, because=" ")
    _changed(world, application)
    assert _obstacles(application) == {"sum_needs_second"}
    with pytest.raises(errors.SecondPersonNeeded):
        sums.second_sum(fresh(application), seen=Decimal("2000"), by=world.officers["county"], now=world.now)
    with pytest.raises(errors.NothingToSecond):
        sums.second_sum(fresh(application), seen=Decimal("2500"), by=world.officers["county_two"], now=world.now)
    sums.second_sum(fresh(application), seen=Decimal("2000"), by=world.officers["county_two"], now=world.now)
    approved(world, fresh(application))
    assert Payable.objects.unscoped().get().amount == Decimal("2000.00")


def test_changing_it_again_voids_the_second_persons_word(world):
    application = _emergency(world)
    _changed(world, application)
    sums.second_sum(fresh(application), seen=Decimal("2000"), by=world.officers["county_two"], now=world.now)
    _changed(world, application, amount="2500")
    assert _obstacles(application) == {"sum_needs_second"}
    _changed(world, application, amount="3000")
    assert _obstacles(application) == set()


@pytest.mark.parametrize("amount", ["0", "-1", "1.005"])
def test_a_sum_that_is_none_is_refused(world, amount):
    with pytest.raises(errors.SumInvalid):
        _changed(world, _emergency(world), amount=amount)


def test_a_changed_sum_stays_within_the_caps(world):
    on_file(world)
    application = at_decision(world, drafted(world, code="festival"))
    with pytest.raises(errors.SumAboveCap):
        _changed(world, application, amount="4000.01")


def test_nobody_above_or_beside_the_desk_and_no_party_touches_the_review(world):
    """T12: her own case, a case one filed, and desks that aren't one's own."""
    application = _emergency(world)
    self_made = world.officer("county_a")
    type(self_made).objects.filter(pk=self_made.pk).update(phone_index=world.her.phone_index)
    self_made.refresh_from_db()
    for who in (world.officers["union"], world.officers["finance"], self_made, world.her.user):
        with pytest.raises(PermissionDenied):
            sums.change_sum(fresh(application), amount=Decimal("1"), because="试一试", by=who, now=world.now)
        with pytest.raises(PermissionDenied):
            casework.approve(fresh(application).case, by=who, now=world.now)
    assert not Award.objects.unscoped().exists()


def test_visits_are_made_by_two_and_not_tomorrow(world):
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    today = timezone.localdate(world.now)
    right = {"visited_on": today, "companion": "示例己", "met": "本人", "finding": "与申报情况一致", "agrees": True}
    for wrong, refusal in (
        ({"visited_on": today + timedelta(days=1)}, errors.VisitTomorrow),
        ({"visited_on": today - timedelta(days=1)}, errors.VisitBeforeApplication),
        ({"companion": " "}, errors.VisitAlone),
        ({"finding": "好"}, errors.VisitWithoutFinding),
    ):
        with pytest.raises(refusal):
            reviewing.record_visit(application, **(right | wrong), by=world.officers["union"], now=world.now)
    once, twice = (
        reviewing.record_visit(application, **right, by=world.officers["union"], now=world.now) for _ in range(2)
    )
    assert once == twice


def test_nothing_of_the_review_is_done_before_or_after_it(world):
    application = drafted(world)
    with pytest.raises(PermissionDenied):
        _changed(world, application, by="union")
    done = approved(world, _emergency(world, world.woman()))
    with pytest.raises((errors.NotReviewed, PermissionDenied)):
        _changed(world, done)


def test_an_appeal_that_is_allowed_takes_up_the_dropped_file(world):
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    case = casework.refuse(application.case, by=world.officers["union"], now=world.now, reason="材料与规定不符")
    assert fresh(application).household.state == "dropped"
    case = casework.appeal(case, by=world.her.user, now=world.now, reason="请再看一遍")
    casework.reopen(case, by=world.officers["county"], now=world.now, reason="应当重新审核")
    household = fresh(application).household
    assert (household.state, household.members.filter(live=True).count()) == ("draft", 3)


def test_a_notice_learns_category_programme_and_sum_and_nothing_else(world):
    filing, aid = drafted(world), None
    filled(world, filing)
    filing = at_decision(world, filing)
    aid = _emergency(world, world.woman())
    fields = services["relief"].notice_fields([filing.case, aid.case])
    assert fields[filing.case.pk] == {"category": "深度困难", "programme": "示例filing", "amount": ""}
    assert fields[aid.case.pk]["amount"] == "3,000.00 元"
    assert set(fields[aid.case.pk]) == {"category", "programme", "amount"}


def test_a_suspended_file_opens_no_programme(world):
    household = on_file(world)
    Household.objects.unscoped().filter(pk=household.pk).update(state="suspended")
    application = at_decision(world, drafted(world, code="festival"))
    assert "on_file" in _obstacles(application)
