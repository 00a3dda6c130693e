"""Whoever belongs to a household, or is related to it, neither decides about its help nor lets the money go (T12)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from services.casework import actions as casework
from services.casework import policies
from services.casework.queries.parties import read_parties
from services.organizations.actions import assign_staff
from services.organizations.enums import Role
from services.payments import actions as payments
from services.payments import policies as payment_policies
from services.payments.models import Batch, Payable
from services.relief import policies as relief_policies
from services.relief.actions import reviewing
from services.relief.models import Member
from services.relief.rules.typed import TypedMember
from tests.factories.households import answered, approved, at_decision, drafted, files, filled, fresh, relief_world
from tests.factories.payments import LayoutFactory

pytestmark = pytest.mark.django_db
BORN = date(1980, 5, 6)


@pytest.fixture
def world():
    return relief_world()


def staff_record_of(world, officer):
    """The record of a woman worker that carries the mobile number of a staff account."""
    record = world.woman("unit_b", birth_date=BORN, id_number=world.number(BORN))
    officer.phone = record.phone
    officer.save()
    return record


def with_member(world, application, record) -> None:
    household = application.household
    household.refresh_from_db()
    sister = TypedMember("sibling", record.name, BORN, record.id_number)
    files.save_members(household, [sister], by=world.her.user, now=world.now, seen=household.version)


def test_an_officer_of_the_household_decides_nothing_and_reveals_nothing_of_it(world):
    county = world.officers["county"]
    record = staff_record_of(world, county)
    application = answered(world, drafted(world, code="emergency"))
    with_member(world, application, record)
    assert Member.objects.filter(id_index=record.id_index, household=application.household).exists()
    application = at_decision(world, application)
    assert not policies.may_handle(county, application.case)
    assert policies.may_handle(world.officers["county_two"], application.case)
    for refused in (
        lambda: casework.approve(fresh(application).case, by=county, now=world.now),
        lambda: casework.refuse(fresh(application).case, by=county, now=world.now, reason="不符"),
        lambda: reviewing.check_exclusion(
            fresh(application), code="two_homes", result="absent", by=county, now=world.now
        ),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert not relief_policies.may_reveal(county, application.household)
    assert relief_policies.may_reveal(world.officers["county_two"], application.household)
    assert (
        casework.approve(fresh(application).case, by=world.officers["county_two"], now=world.now).stage == "being_paid"
    )


def test_a_declared_relation_closes_the_file_and_its_review(world):
    county = world.officers["county"]
    application = at_decision(world, answered(world, drafted(world, code="emergency")))
    assert relief_policies.may_reveal(county, application.household)
    casework.recuse(application.case, tie="relative", by=county, now=world.now)
    application = fresh(application)
    assert not relief_policies.may_reveal(county, application.household)
    with pytest.raises(PermissionDenied):
        reviewing.check_exclusion(application, code="two_homes", result="absent", by=county, now=world.now)
    with pytest.raises(PermissionDenied):
        casework.approve(application.case, by=county, now=world.now)


def test_households_of_thirty_cases_cost_the_queries_of_one(world, django_assert_num_queries):
    record = staff_record_of(world, world.officers["county"])
    first = drafted(world, code="emergency")
    with_member(world, first, record)
    others = [drafted(world, world.woman(), code="emergency") for _ in range(4)]
    for cases in ([first], [first, *others]):
        cases = [fresh(one).case for one in cases]
        with django_assert_num_queries(4):
            read_parties(cases)
    assert world.officers["county"].pk in cases[0].parties.household
    assert not any(case.parties.household for case in cases[1:])


class TestMoney:
    def frozen(self, world) -> Batch:
        application = drafted(world, code="emergency")
        filled(world, application)
        approved(world, at_decision(world, answered(world, application)))
        by, now = world.officers["finance"], world.now
        batch = payments.open_batch(
            fund=world.fund, layout=LayoutFactory(organization=world.tree["city"]), by=by, now=now
        )
        payments.add(batch, payables=Payable.objects.unscoped().all(), by=by, now=now)
        return payments.freeze(batch, by=by, now=now)

    def insist_that_another_approves(self, world, batch) -> None:
        related = world.officers["finance_two"]
        verdict = payment_policies.may_approve(related, batch)
        assert (verdict.allowed, bool(verdict.reason)) == (False, True)
        with pytest.raises(PermissionDenied):
            payments.approve(batch, seen=batch.digest, by=related, now=world.now)
        other = world.officers["city"]
        assert payments.approve(batch, seen=batch.digest, by=other, now=world.now).approved_by == other

    def test_nobody_approves_money_that_goes_to_herself(self, world):
        batch, related = self.frozen(world), world.officers["finance_two"]
        assert payment_policies.may_approve(related, batch)
        related.phone = world.her.phone
        related.save()
        self.insist_that_another_approves(world, batch)

    def test_nor_money_of_her_household(self, world):
        record = staff_record_of(world, world.officers["finance_two"])
        batch = self.frozen(world)
        member = Member.objects.filter(household__worker=world.her).exclude(relation="self").first()
        member.id_number = record.id_number
        member.save()
        self.insist_that_another_approves(world, batch)

    def test_nor_of_somebody_to_whom_she_declared_to_be_related(self, world):
        batch, related = self.frozen(world), world.officers["finance_two"]
        assign_staff(
            related, organization=world.tree["city"], role=Role.CASE_OFFICER, by=None, valid_from=date(2020, 1, 1)
        )
        related = type(related).objects.get(pk=related.pk)
        world.officers["finance_two"] = related
        case = Payable.objects.unscoped().get().worker.cases.get()
        casework.recuse(case, tie="relative", by=related, now=world.now)
        self.insist_that_another_approves(world, batch)
