"""From a programme to a home: numbers that add up, applications that climb, plans that make homes."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.childrens_homes import errors
from services.childrens_homes.actions import applications, plans, programmes
from services.childrens_homes.actions.follow_tree import follow
from services.childrens_homes.enums import (
    ApplicationState,
    HomeState,
    PlanState,
    ProgrammeState,
    RequirementCode,
    SiteType,
)
from services.childrens_homes.models import ConstructionPlan, Home, Milestone, PlanLine, Programme, Requirement
from services.childrens_homes.queries.requirements import asked_by, in_force
from services.messaging.models import Message
from tests.childrens_homes.office import STATED, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


NUMBERS = {"target": 100, "target_school": 97, "target_preschool": 3, "lead_department": "示例", "phrase": ""}


def test_97_and_4_make_no_100_and_say_so(office):
    with pytest.raises(errors.TargetsDiffer) as refused:
        programmes.set_up(office.tree["city"], by=office.city, year=2030, **(NUMBERS | {"target_preschool": 4}))
    assert "101" in refused.value.message(staff=True) and refused.value.context["field"] == "target"
    assert not Programme.objects.unscoped().filter(year=2030).exists()


def test_the_database_itself_refuses_a_sum_that_differs(office):
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.unscoped().filter(pk=office.programme.pk).update(target=7)


def test_a_programme_starts_only_with_a_pass_mark(office):
    made = programmes.set_up(office.tree["city"], by=office.city, year=2030, **NUMBERS)
    with pytest.raises(errors.PassMarkMissing):
        programmes.activate(made, by=office.city)
    programmes.change(made, by=office.city, pass_mark=Decimal(85))
    assert programmes.activate(made, by=office.city).state == ProgrammeState.ACTIVE
    with pytest.raises(errors.ProgrammeRunning):
        programmes.change(made, by=office.city, target=5)


def test_only_the_city_sets_programmes_up(office):
    with pytest.raises(PermissionDenied):
        programmes.set_up(office.tree["city"], by=office.county, year=2030, **NUMBERS)


def test_the_words_of_the_plan_are_kept_and_read_anew_with_a_reason(office):
    before = in_force(office.programme)[RequirementCode.TEACHERS]
    assert (before.least, before.most, before.phrase) == (1, 2, "分别确定12名教师") and "T2" in before.note
    with pytest.raises(errors.ReasonMissing):
        programmes.set_requirement(office.programme, "teachers", by=office.city, reason=" ", least=1, most=3)
    programmes.set_requirement(
        office.programme, "teachers", by=office.city, reason="示例", least=Decimal(1), most=Decimal(3)
    )
    now = in_force(office.programme)[RequirementCode.TEACHERS]
    assert (now.version, now.most, now.phrase) == (2, 3, before.phrase)
    assert asked_by(in_force(office.programme)).teachers_most == 3
    assert Requirement.objects.unscoped().filter(programme=office.programme, code="teachers").count() == 2


def test_milestones_come_with_their_days_and_the_stricter_one_counts(office):
    year = office.programme.year
    stones = {one.code: one for one in Milestone.objects.unscoped().filter(programme=office.programme)}
    assert len(stones) == 9
    # T3: 79月 is July to September; T7: counties by 10 October although the list says November.
    assert (stones["M7"].from_on, stones["M7"].until_on) == (date(year, 7, 1), date(year, 9, 30))
    assert stones["M8"].due(county=True) == date(year, 10, 10)
    assert stones["M8"].due(county=False) == date(year, 10, 31)
    assert stones["M9"].until_on == date(year, 12, 31)


def test_a_classroom_of_4000_square_metres_is_refused_and_the_bound_is_data(office):
    with pytest.raises(errors.AreaAbsurd) as refused:
        office.application(room_m2=Decimal("4000"))
    assert refused.value.context["field"] == "room_m2" and "4000" in refused.value.message(staff=True)
    programmes.set_requirement(
        office.programme, "room", by=office.city, reason="礼堂", least=Decimal(40), absurd=Decimal(5000)
    )
    assert office.application(room_m2=Decimal("4000")).room_m2 == 4000


@pytest.mark.parametrize(
    ("host", "site_type", "profile"),
    [
        ("nursery", "primary_school", "preschool"),
        ("school_a", "kindergarten", "preschool"),
        ("school_a", "primary_school", "preschool"),
    ],
)
def test_site_and_standard_are_two_things_but_not_every_pair_can_be(office, host, site_type, profile):
    with pytest.raises(errors.SiteDoesNotFit):
        office.application(host, site_type=site_type, profile=profile)


def test_a_village_primary_school_may_host_a_home_below_school_age(office):
    made = office.application("school_b", site_type=SiteType.VILLAGE_PRIMARY, profile="preschool")
    assert made.profile == "preschool"


def test_a_host_applies_once_and_a_township_is_no_host(office):
    office.application()
    with pytest.raises(errors.Invalid):
        office.application()
    with pytest.raises(errors.NotAHost):
        applications.draft_application(
            office.programme,
            office.tree["town_a"],
            by=office.county,
            site_type="primary_school",
            profile="school",
            **STATED,
        )


def test_an_application_climbs_from_the_school_to_the_city(office):
    made = office.application(by=office.teacher)
    now = office.now
    made = applications.move_application(made, "submit", by=office.teacher, now=now)
    with pytest.raises(PermissionDenied):
        applications.move_application(made, "check", by=office.town, now=now)
    with pytest.raises(PermissionDenied):
        applications.move_application(made, "check", by=office.other, now=now)
    made = applications.move_application(made, "check", by=office.county, now=now)
    with pytest.raises(PermissionDenied):
        applications.move_application(made, "take_up", by=office.county, now=now)
    made = applications.move_application(made, "take_up", by=office.city, now=now)
    assert made.state == ApplicationState.CITY_REVIEW
    assert applications.move_application(made, "take_up", by=office.city, now=now).state == made.state
    with pytest.raises(errors.NotFromHere):
        applications.move_application(made, "submit", by=office.city, now=now)


def test_returned_with_words_it_is_corrected_and_handed_in_again(office, django_capture_on_commit_callbacks):
    made = office.moved(office.application(), "submit")
    with pytest.raises(errors.ReasonMissing):
        applications.move_application(made, "return", by=office.county, now=office.now, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        made = applications.move_application(made, "return", by=office.county, now=office.now, reason="示例原因")
    assert (made.state, made.reason) == (ApplicationState.RETURNED, "示例原因")
    assert Message.objects.get().recipient == office.county
    stated = STATED | {"site_type": "primary_school", "profile": "school", "lbc_count": 70}
    made = applications.edit_application(made, by=office.county, **stated)
    made = office.moved(made, "submit")
    assert (made.state, made.reason, made.lbc_count) == (ApplicationState.SUBMITTED, "", 70)
    with pytest.raises(errors.NotEditable):
        applications.edit_application(made, by=office.county, **stated)


def test_rejected_for_good_a_site_may_be_applied_for_anew(office):
    made = office.moved(office.under_review(), "reject", reason="示例")
    assert made.state == ApplicationState.REJECTED
    assert office.application().pk != made.pk


def test_v1_a_plan_is_approved_only_when_the_sums_match(office):
    plan = office.consulted("school_a")
    with pytest.raises(errors.PlanDoesNotAddUp) as refused:
        plans.move_plan(plan, "approve", by=office.chair, now=office.now)
    assert "0/1" in refused.value.message(staff=True)
    assert not Home.objects.unscoped().exists()


def test_a_plan_wants_both_opinions_and_no_objection(office):
    plan = office.consulted("school_a", "nursery")
    said = {"department": "finance", "given_on": office.today, "by": office.city}
    with pytest.raises(errors.ReasonMissing):
        plans.record_opinion(plan, agrees=False, words="", **said)
    plans.record_opinion(plan, agrees=False, words="示例意见", **said)
    with pytest.raises(errors.OpinionAgainst):
        plans.move_plan(plan, "approve", by=office.chair, now=office.now)
    plan.opinions.all().delete()
    with pytest.raises(errors.OpinionMissing):
        plans.move_plan(plan, "approve", by=office.chair, now=office.now)


def test_a_plan_is_approved_by_a_second_person_and_the_database_says_so_too(office):
    plan = office.consulted("school_a", "nursery")
    with pytest.raises(errors.SecondPerson):
        plans.move_plan(plan, "approve", by=office.city, now=office.now)
    plan = plans.move_plan(plan, "take_back", by=office.chair, now=office.now, reason="示例")
    plan = plans.move_plan(plan, "consult", by=office.chair, now=office.now)
    for one in (office.city, office.chair):
        with pytest.raises(errors.SecondPerson):
            plans.move_plan(plan, "approve", by=one, now=office.now)
    assert not Home.objects.unscoped().exists()
    for name in ("created_by", "consulted_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConstructionPlan.objects.unscoped().update(approved_by=getattr(plan, name), approved_at=office.now)


def test_approval_makes_each_home_once_and_includes_the_applications(office):
    plan = office.published("school_a", "nursery")
    homes = list(Home.objects.unscoped().order_by("code"))
    assert [one.code for one in homes] == ["LSZJ-990001-001", "LSZJ-990001-002"]
    assert {one.profile for one in homes} == {"school", "preschool"}
    assert {one.home_id for one in PlanLine.objects.unscoped()} == {one.pk for one in homes}
    assert homes[0].room_m2 == 48 and homes[0].state == HomeState.PLANNED
    states = {line.application.state for line in PlanLine.objects.unscoped().select_related("application")}
    assert states == {ApplicationState.INCLUDED} and plan.state == PlanState.PUBLISHED
    plans.move_plan(plan, "publish", by=office.city, now=office.now)
    assert Home.objects.unscoped().count() == 2


def test_an_amendment_says_why_drops_what_isnt_built_and_replaces_the_earlier_version(office):
    office.published("school_a", "nursery")
    with pytest.raises(errors.ReasonMissing):
        plans.draft_plan(office.programme, by=office.city)
    plan = plans.draft_plan(office.programme, by=office.city, reason="学校撤并")
    with pytest.raises(errors.PlanBeingMade):
        plans.draft_plan(office.programme, by=office.city, reason="再来")
    plans.drop_line(plan, office.tree["school_a"].code, by=office.city)
    plans.add_lines(plan, [office.under_review("school_b")], by=office.city)
    plan = plans.move_plan(plan, "consult", by=office.city, now=office.now)
    for one in ("education", "finance"):
        plans.record_opinion(plan, department=one, agrees=True, words="", given_on=office.today, by=office.city)
    for verb in ("approve", "publish"):
        plan = plans.move_plan(plan, verb, by=office.chair, now=office.now)
    states = dict(Home.objects.unscoped().values_list("host__code", "state"))
    assert states["F-A-1-1"] == HomeState.CLOSED and states["F-A-1-2"] == HomeState.PLANNED
    versions = dict(ConstructionPlan.objects.unscoped().values_list("version", "state"))
    assert versions == {1: PlanState.AMENDED, 2: PlanState.PUBLISHED}


def test_a_home_that_operates_cannot_leave_the_plan_with_its_line(office):
    office.published("school_a", "nursery")
    Home.objects.unscoped().update(state=HomeState.OPERATING)
    plan = plans.draft_plan(office.programme, by=office.city, reason="示例")
    with pytest.raises(errors.HomeTooFar):
        plans.drop_line(plan, office.tree["school_a"].code, by=office.city)


def test_a_plan_under_consultation_is_closed_to_changes_until_it_is_taken_back(office):
    plan = office.consulted("school_a")
    with pytest.raises(errors.PlanClosed):
        plans.drop_line(plan, office.tree["school_a"].code, by=office.city)
    plan = plans.move_plan(plan, "take_back", by=office.city, now=office.now, reason="示例")
    plans.drop_line(plan, office.tree["school_a"].code, by=office.city)
    assert not plan.lines.exists()


def test_a_school_that_moves_takes_its_home_to_the_new_county(office):
    home = office.home("school_c", code="LSZJ-990002-009")
    Home.objects.unscoped().filter(pk=home.pk).update(county=office.tree["county_a"])
    assert follow(office.tree["school_c"], was="") == 1
    home.refresh_from_db()
    assert home.county == office.tree["county_b"]
