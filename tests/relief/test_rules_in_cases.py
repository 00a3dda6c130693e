"""The rules of §3.2-3.9 as they reach an application: through the file, the standards and what was awarded before."""

from decimal import Decimal

import pytest
from django.utils import timezone

from services.relief.actions import files
from services.relief.actions.assessing import judge
from services.relief.enums import AssessmentKind
from services.relief.models import Household, LivingLine
from services.relief.rules.typed import TypedMoney
from tests.factories.households import drafted, filled, fresh, members_of, relief_world
from tests.relief.her_world import fill, page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _judged(application):
    return judge(fresh(application), now=timezone.now())


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
