"""The way of an inspection: sent, in the field, scored, signed by both sides, confirmed; failed ones come back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.childrens_homes.actions.homes import move_home
from services.childrens_homes.enums import HomeState
from services.childrens_homes.errors import StandsAgainst
from services.childrens_homes.models import Home
from services.childrens_homes.registry import shortfall_closed, shortfall_opened
from services.home_inspections import errors
from services.home_inspections.actions import conflicts, county_facts, findings, inspections
from services.home_inspections.actions.answers import save_answers
from services.home_inspections.enums import InspectionState, RectificationState, Round
from services.home_inspections.models import Inspection, Rectification
from services.home_inspections.rules.merging import Change
from tests.factories.home_inspections import InspectionWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return InspectionWorld()


def test_from_the_plan_to_the_verdict(world):
    one = world.confirmed()
    assert (one.state, one.score, one.passed) == (InspectionState.CONFIRMED, Decimal(100), True)
    assert Home.objects.unscoped().get(pk=world.home.pk).state == HomeState.COUNTY_INSPECTED
    assert not Rectification.objects.unscoped().exists()


def test_an_inspection_needs_two_who_can_be_sent_and_have_no_conflict(world):
    with pytest.raises(errors.TwoInspectors):
        world.planned(inspectors=world.inspectors[:1])
    with pytest.raises(errors.NotAnInspector):
        world.planned(inspectors=[world.inspectors[0], world.county_b_officer])
    conflicts.declare(world.tree["school_a"], reason="示例亲属", by=world.inspectors[1], now=world.now)
    with pytest.raises(errors.InConflict):
        world.planned()
    world.planned(home=world.homes["school_b"])
    with pytest.raises(PermissionDenied):
        world.planned(home=world.homes["school_b"], by=world.teacher)
    with pytest.raises(PermissionDenied):
        world.planned(round=Round.CITY, by=world.county_officer)


def test_one_first_visit_a_round(world):
    one = world.planned()
    with pytest.raises(errors.AlreadyUnderWay):
        world.planned()
    inspections.call_off(one, reason="示例：学校放假", by=world.county_officer, now=world.now)
    assert world.planned().state == InspectionState.SCHEDULED


def test_points_beyond_the_maximum_are_refused_and_nothing_else_is_lost(world):
    one = world.in_field()
    by = world.inspectors[0]
    results = save_answers(
        one,
        [Change("4.1", Decimal("99")), Change("4.2", Decimal("0.3")), Change("4.3", Decimal(1))],
        by=by,
        now=world.now,
    )
    assert [(one.code, one.outcome) for one in results] == [("4.1", "refused"), ("4.2", "refused"), ("4.3", "saved")]
    assert "4" in results[0].words


def test_what_a_phone_sends_twice_is_saved_once(world):
    one, by = world.in_field(), world.inspectors[0]
    change = Change("4.1", Decimal(2), key="k-1")
    assert save_answers(one, [change], by=by, now=world.now)[0].outcome == "saved"
    again = save_answers(one, [change], by=by, now=world.now)[0]
    assert (again.outcome, again.answer.version) == ("same", 1)


def test_two_inspectors_meet_in_one_answer(world):
    """T54: what only one changed goes together, what both changed is shown and nothing is overwritten."""
    one = world.in_field()
    her, other = world.inspectors
    save_answers(one, [Change("4.1", Decimal(2), key="a")], by=her, now=world.now)
    late = save_answers(one, [Change("4.1", Decimal(3), key="b")], by=other, now=world.now)[0]
    assert (late.outcome, late.answer.half_points, late.clashes) == ("conflict", 4, ("half_points",))
    base = {"half_points": 4, "not_applicable": False, "reason": "", "counted": None, "note": ""}
    save_answers(one, [Change("4.1", Decimal(2), note="窗户破损", seen=1, base=base, key="c")], by=her, now=world.now)
    merged = save_answers(one, [Change("4.1", Decimal(1), seen=1, base=base, key="d")], by=other, now=world.now)[0]
    assert (merged.outcome, merged.answer.half_points, merged.answer.note) == ("merged", 2, "窗户破损")


def test_the_sheet_is_finished_when_everything_is_answered_and_the_county_is_settled():
    world = InspectionWorld(settled=False)
    one = world.in_field()
    by = world.inspectors[0]
    with pytest.raises(errors.SheetOpen):
        inspections.finish(one, by=by, now=world.now)
    one = world.answered(home=world.homes["school_b"])
    with pytest.raises(errors.CountyFactsOpen):
        inspections.finish(one, by=by, now=world.now)
    world.settle(world.tree["county_a"], world.county_officer)
    assert inspections.finish(one, by=by, now=world.now).score == 100


def test_required_evidence_has_to_be_there():
    world = InspectionWorld(criteria={"4.1": {"needs_count": True}, "4.2": {"needs_photo": True}})
    one = world.answered()
    with pytest.raises(errors.EvidenceMissing, match="evidence_missing"):
        inspections.finish(one, by=world.inspectors[0], now=world.now)


def test_both_sides_sign_before_anybody_confirms(world):
    one = world.scored()
    with pytest.raises(errors.SignedNotYet):
        inspections.confirm(one, by=world.county_officer, now=world.now)
    inspections.sign(one, by=world.inspectors[0], now=world.now)
    with pytest.raises(errors.StepTaken):
        inspections.sign(one, by=world.inspectors[0], now=world.now)
    signed = inspections.sign_for_host(
        one, name="示例校长", post="校长", objection="室外场地按两块计算", by=world.inspectors[0], now=world.now
    )
    assert (signed.state, signed.objection) == (InspectionState.SCORED, "室外场地按两块计算")
    inspections.sign(one, by=world.inspectors[1], now=world.now)
    assert Inspection.objects.unscoped().get(pk=one.pk).state == InspectionState.SIGNED
    with pytest.raises(PermissionDenied):
        inspections.confirm(one, by=world.inspectors[0], now=world.now)
    with pytest.raises(PermissionDenied):
        inspections.confirm(one, by=world.county_b_officer, now=world.now)


def test_opening_the_sheet_again_voids_the_signatures(world):
    one = world.scored()
    inspections.sign(one, by=world.inspectors[0], now=world.now)
    with pytest.raises(errors.ReasonMissing):
        inspections.reopen(one, reason=" ", by=world.inspectors[0], now=world.now)
    again = inspections.reopen(one, reason="漏看室外场地", by=world.inspectors[0], now=world.now)
    assert (again.state, again.score) == (InspectionState.IN_FIELD, None)
    assert not again.inspectors.filter(signed_at__isnull=False).exists()


@pytest.fixture
def told():
    heard = []
    shortfall_opened.register("test", lambda shortfall, by: heard.append(("opened", shortfall.criterion)))
    shortfall_closed.register("test", lambda key, by: heard.append(("closed", key)))
    yield heard
    shortfall_opened._items.pop("test")
    shortfall_closed._items.pop("test")


def test_a_failed_home_puts_right_what_lost_points_and_is_inspected_again(world, told):
    """A1.42: failed, put right within a time, inspected again until done; findings stay until evidence is accepted."""
    one = world.confirmed(share=Decimal("0.5"))
    assert (one.state, one.passed) == (InspectionState.RECTIFYING, False)
    assert one.due_on == world.today + timedelta(days=30)
    opened = [code for what, code in told if what == "opened"]
    assert "5.1" in opened and "1.1" not in opened  # a county's fact is no finding of a home
    again = world.confirmed(again_of=one, share=Decimal("0.6"))
    one.refresh_from_db()
    assert (one.state, again.state) == (InspectionState.ESCALATED, InspectionState.RECTIFYING)
    last = world.confirmed(again_of=again)
    one.refresh_from_db()
    again.refresh_from_db()
    assert (one.state, again.state, last.state) == ("put_right", "put_right", "confirmed")
    assert not Rectification.objects.unscoped().exclude(state=RectificationState.ACCEPTED).exists()
    assert len([1 for what, _code in told if what == "closed"]) == len(opened)


def test_a_finding_stays_open_until_evidence_is_accepted(world, told):
    world.confirmed(points={"5.1": Decimal(0)})
    finding = Rectification.objects.unscoped().get()
    assert (finding.code, told) == ("5.1", [("opened", "5.1")])
    with pytest.raises(errors.EvidenceNeeded):
        findings.hand_in(finding, done="已补书架", by=world.teacher, now=world.now)
    with pytest.raises(errors.EvidenceNeeded):
        findings.accept(finding, by=world.county_officer, now=world.now)
    assert Rectification.objects.unscoped().get().state == RectificationState.OPEN


def test_what_a_county_has_done_since_is_scored_anew_and_its_homes_can_pass():
    """A1.42: a home that failed by what its county lacked isn't lost; what was signed before keeps its reckoning."""
    world = InspectionWorld(settled=False)
    county, by, city = world.tree["county_a"], world.county_officer, world.city_officer
    sheet = world.settle(county, by, share=Decimal(0))
    failed = world.confirmed()
    assert not failed.passed
    with pytest.raises(errors.StepTaken):
        world.settle(county, by)
    with pytest.raises(PermissionDenied):
        county_facts.reopen_county(sheet, reason="已成立领导小组", by=by, now=world.now)
    with pytest.raises(errors.ReasonMissing):
        county_facts.reopen_county(sheet, reason=" ", by=city, now=world.now)
    county_facts.reopen_county(sheet, reason="已成立领导小组", by=city, now=world.now)
    with pytest.raises(errors.StepTaken):
        county_facts.reopen_county(sheet, reason="示例", by=city, now=world.now)
    one = world.answered(again_of=failed)
    with pytest.raises(errors.CountyFactsOpen):
        inspections.finish(one, by=world.inspectors[0], now=world.now)
    world.settle(county, by)
    assert inspections.finish(one, by=world.inspectors[0], now=world.now).passed
    before = Inspection.objects.unscoped().get(pk=failed.pk)
    assert before.score == failed.score < 80


def test_nobody_says_by_hand_what_no_visit_has_found(world):
    with pytest.raises(StandsAgainst):
        move_home(world.home, "record_county_inspection", by=world.county_officer)
    failed = world.confirmed(share=Decimal("0.5"))
    with pytest.raises(StandsAgainst):
        move_home(world.home, "accept", by=world.city_officer)
    world.confirmed(again_of=failed)
    assert move_home(world.home, "accept", by=world.city_officer).state == HomeState.ACCEPTED


@pytest.mark.parametrize("state", [HomeState.EQUIPPED, HomeState.COUNTY_INSPECTED, HomeState.ACCEPTED])
def test_a_home_whose_school_closes_leaves_whatever_its_state(world, state):
    """Else its county never reaches a hundred per cent, and the city never draws."""
    Home.objects.unscoped().filter(pk=world.home.pk).update(state=state)
    assert move_home(world.home, "close", by=world.city_officer, reason="学校撤并").state == HomeState.CLOSED


def test_a_veto_fails_the_home_whatever_its_points():
    world = InspectionWorld(criteria={"4.4": {"veto": True}})
    one = world.scored(points={"4.4": Decimal(0)})
    assert one.score > 80
    assert (one.passed, one.breakdown["vetoed"]) == (False, ["4.4"])


def test_a_preschool_home_is_never_given_nought_for_what_it_isnt_asked(world):
    one = world.scored(home=world.homes["nursery"])
    assert one.score == Decimal(100)
    fifth = next(item for item in one.breakdown["items"] if item["code"] == "R5")
    assert (fifth["score"], fifth["left_out"]) == ("15.00", ["5.1", "5.2", "5.3", "5.4"])


def test_the_database_refuses_points_beyond_the_weight(world):
    one = world.answered()
    answer = one.answers.first()
    answer.half_points = answer.most + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        answer.save()


def test_an_old_inspection_keeps_its_rubric(world):
    from services.home_inspections.actions import rubrics
    from tests.factories.home_inspections import MARKS

    one = world.scored()
    draft = rubrics.begin_draft(world.tree["city"], by=world.city_officer)
    rubrics.write_draft(draft, fields=MARKS | {"pass_mark": Decimal(95)}, criteria={}, by=world.city_officer)
    rubrics.put_in_force(draft, by=world.city_officer, today=world.today)
    old = Inspection.objects.unscoped().select_related("rubric").get(pk=one.pk)
    assert (old.rubric.version, old.rubric.pass_mark) == (1, Decimal(80))
    assert world.planned(home=world.homes["school_b"]).rubric.version == 2
