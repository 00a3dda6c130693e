"""The rules of §3.2-3.9 as they reach an application: through the file, the standards and what was awarded before."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.casework import actions as casework
from services.casework.actions import handling
from services.casework.errors import Obstructed
from services.casework.models import Case
from services.relief.actions import files
from services.relief.actions.assessing import judge
from services.relief.case_service.missing import missing_of
from services.relief.enums import AmountKind, AssessmentKind, ProgrammeKind
from services.relief.models import Award, Household, LivingLine, Programme
from services.relief.rules.typed import TypedMoney
from tests.factories.households import (
    answered,
    approved,
    at_decision,
    drafted,
    filled,
    fresh,
    members_of,
    on_file,
    programme,
    relief_world,
)
from tests.relief.her_world import fill, page, send, signed_in, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _judged(application):
    return judge(fresh(application), now=timezone.now())


def _failed(application) -> list[str]:
    parts = _judged(application).parts
    return [finding.code for part in parts for finding in part.findings if finding.outcome == "failed"]


def _income_findings(application) -> list[str]:
    return [finding.code for finding in _judged(application).part(AssessmentKind.INCOME).findings]


def _husband(world, application, **particulars) -> None:
    """The husband of her file, as he is now said to be."""
    spouse, child = members_of(world)
    household = Household.objects.unscoped().get(pk=application.household_id)
    rows = [
        type(spouse)(
            spouse.relation, spouse.name, spouse.birth_date, spouse.id_number, spouse.particulars | particulars
        ),
        child,
    ]
    household = files.save_members(household, rows, by=world.her.user, now=world.now, seen=household.version)
    money = [TypedMoney(True, "wages", Decimal("24000")), TypedMoney(False, "medical", Decimal("3000"))]
    files.save_money(household, money, by=world.her.user, now=world.now, seen=household.version)


# --- §3.2: who could work and doesn't ---


def test_a_husband_without_a_job_counts_with_the_minimum_wage_of_her_region(world):
    """21,000 left for three is deep; with 12 × 2,000 more it is 1,250 a person: relative."""
    LivingLine.objects.update(minimum_wage=2000)
    application = drafted(world)
    filled(world, application)
    assert _judged(application).category == "deep"
    _husband(world, application, work="jobless")
    assert _judged(application).category == "relative"
    assert "wage_imputed" in _income_findings(application)


def test_what_staff_found_proven_counts_nothing_and_she_cannot_say_it_herself(world):
    LivingLine.objects.update(minimum_wage=2000)
    application = drafted(world)
    filled(world, application)
    _husband(world, application, work="jobless", excused="yes")
    assert _judged(application).category == "deep" and "wage_excused" in _income_findings(application)
    # Her own form has no such field: what she posts is dropped, what was found stays.
    spouse = application.household.members.get(relation="spouse")
    typed = {"relation": "spouse", "name": "示例丁", "birth_date": "1974-04-03", "work": "jobless", "health": "well"}
    fill(signed_in(world.her), page(application, "person", spouse.pk), **typed, lives_with="on", excused="")
    assert application.household.members.get(relation="spouse").particulars["excused"] == "yes"
    _husband(world, application, work="jobless")
    spouse = application.household.members.get(relation="spouse")
    fill(signed_in(world.her), page(application, "person", spouse.pk), **typed, lives_with="on", excused="on")
    assert "excused" not in application.household.members.get(relation="spouse").particulars


# --- §3.8: what was given before, and who decides ---


def _event(world, code: str, **typed):
    return at_decision(world, answered(world, drafted(world, code=code), **typed))


def test_a_year_gives_no_more_than_its_cap_whatever_the_rules_compute(world):
    Programme.objects.filter(code="emergency").update(caps={"per_year": "4000"})
    approved(world, _event(world, "emergency"))
    Case.objects.unscoped().update(stage="closed")  # paid meanwhile
    second = answered(world, drafted(world, code="emergency"), event="accident")
    assert _judged(second).amount == Decimal("1000.00")
    codes = [finding.code for finding in _judged(second).part(AssessmentKind.AMOUNT).findings]
    assert "cap_per_year" in codes


def test_the_same_event_is_helped_once_by_all_programmes_that_help_once_for_a_cause(world):
    """§3.8 S79m; a programme without that rule may still help."""
    terms = {"conditions": [{"code": "event_in", "events": ["serious_illness"]}], "fund": world.fund}
    terms |= {"amount_kind": AmountKind.FIXED, "amount": {"by_category": {"any": "500"}}}
    programme(world.tree["city"], "temporary", ProgrammeKind.TEMPORARY, same_cause_once=True, **terms)
    programme(world.tree["city"], "comfort", ProgrammeKind.TEMPORARY, **terms)
    approved(world, _event(world, "emergency"))
    assert _failed(answered(world, drafted(world, code="temporary"))) == ["same_cause_once"]
    assert _failed(answered(world, drafted(world, code="comfort"))) == []


@pytest.mark.parametrize(("counts", "category", "amount"), [(True, "relative", "6560.00"), (False, "deep", "8200.00")])
def test_before_another_grant_the_one_of_this_year_counts_as_income(world, counts, category, amount):
    """§3.8 S78f: 21,000 left for three is deep, 31,000 isn't; ten months of the line become eight."""
    living = {"amount_kind": AmountKind.MONTHS_OF_LINE, "amount": {"months": {"deep": 10, "relative": 8}}}
    shared = {"conditions": [{"code": "on_file"}], "fund": world.fund}
    fixed = {"amount_kind": AmountKind.FIXED, "amount": {"by_category": {"any": "10000"}}}
    programme(world.tree["city"], "treatment", ProgrammeKind.EMERGENCY, **shared, **fixed)
    caps = {"grants_count": True} if counts else {}
    programme(world.tree["city"], "living", ProgrammeKind.TEMPORARY, **shared, **living, caps=caps)
    on_file(world)
    assert _judged(drafted(world, code="living")).amount == Decimal("8200.00")
    approved(world, _event(world, "treatment"))
    judged = _judged(drafted(world, code="living"))
    assert (judged.category, judged.amount) == (category, Decimal(amount))


@pytest.mark.parametrize(("bound", "refers"), [("2999.99", True), ("3000", False)])
def test_a_sum_above_the_bound_is_decided_one_level_up(world, bound, refers):
    """§3.8 S78f: above 20,000 the province; here the county's desk and the city above it."""
    Programme.objects.filter(code="emergency").update(caps={"refer_over": bound})
    application = _event(world, "emergency")
    if refers:
        with pytest.raises(Obstructed) as refused:
            casework.approve(application.case, by=world.officers["county"], now=world.now)
        assert [finding.code for finding in refused.value.findings] == ["refer_undecided"]
        assert refused.value.findings[0].figures["place"] == world.tree["city"].name
        case = handling.take_over(fresh(application).case, by=world.officers["city"], now=world.now)
        casework.approve(case, by=world.officers["city"], now=world.now)
    else:
        casework.approve(application.case, by=world.officers["county"], now=world.now)
    assert Award.objects.unscoped().get().amount == Decimal("3000.00")


# --- §3.1: migrant workers ---


def _about(world, application, **typed):
    return fill(signed_in(world.her), page(application, "you"), work="at_work", health="well", **typed)


def _missing(application) -> set[str]:
    return {one.item for one in missing_of(fresh(application), now=timezone.now())}


def test_of_a_migrant_worker_alone_long_residence_a_years_work_and_the_contract_are_asked(world):
    """§3.1 S69m S70, §3.5 S89."""
    Programme.objects.filter(code="filing").update(
        conditions=[
            {"code": "resident", "only_migrants": True},
            {"code": "labour_relation", "months": 12, "only_migrants": True},
        ],
        documents=[{"kind": "contract", "required": True, "when": "migrant"}],
    )
    world.her.hired_on = timezone.localdate(world.now) - timedelta(days=200)
    world.her.save()
    application = drafted(world)
    filled(world, application)
    assert _missing(application) == {"you"}
    answer = _about(world, application, migrant="yes")
    assert answer.status_code == 422 and answer.context["form"].errors["resident"]
    assert _about(world, application, migrant="no").status_code == 302
    assert (_missing(application), _failed(application)) == (set(), [])
    assert _about(world, application, migrant="yes", resident="yes").status_code == 302
    assert (_missing(application), _failed(application)) == ({"contract"}, ["labour_relation"])
    _about(world, application, migrant="yes", resident="no")
    assert _failed(application) == ["resident", "labour_relation"]


# --- §3.9: festival care is for groups ---


def test_festival_care_is_for_the_groups_that_its_version_names(world):
    terms = {"conditions": [{"code": "group_in", "groups": ["harsh_work", "new_form"]}], "fund": world.fund}
    terms |= {"amount_kind": AmountKind.FIXED, "amount": {"by_category": {"any": "500"}}}
    programme(world.tree["city"], "care", ProgrammeKind.FESTIVAL_CARE, **terms)
    application, client = drafted(world, code="care"), signed_in(world.her)
    address = page(application, "group")
    assert _missing(application) == {"group"} and address in text(client.get(page(application, "application")))
    assert fill(client, address).status_code == 422
    assert fill(client, address, group="posted_away").status_code == 422
    assert fill(client, address, group="none").status_code == 302
    assert (_missing(application), _failed(application)) == (set(), ["group_in"])
    assert fill(client, address, group="new_form").status_code == 302
    assert "骑手" in text(client.get(page(application, "check")))
    assert send(client, application).status_code == 302
    assert (_failed(application), _judged(application).amount) == ([], Decimal("500.00"))
    assert fresh(application).answers == {"group": "new_form", "told": ""}


def test_a_programme_for_nobody_in_particular_asks_no_group(world):
    application = drafted(world, code="emergency")
    assert signed_in(world.her).get(page(application, "group")).url == page(application, "application")
