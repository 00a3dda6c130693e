"""Two officers decide at once, two tabs apply at once, two files take up one person at once: one of each remains."""

from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from services.casework import actions as casework
from services.payments.models import FundSource, Payable
from services.privacy.actions import withdraw_consent
from services.privacy.models import Consent
from services.relief.actions import applying, files, reviewing
from services.relief.models import Application, Award, Household, Member
from services.relief.queries.overlaps import overlaps_of
from services.relief.rules.typed import TypedMember
from tests.factories.households import answered, at_decision, drafted, fresh, on_file, relief_world
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def _at_decision(world, her=None):
    application = drafted(world, her, code="emergency")
    answered(world, application)
    return at_decision(world, application)


def test_two_approvers_at_once_award_and_owe_once():
    world = relief_world()
    application = _at_decision(world)
    jobs = [
        lambda who=who: casework.approve(fresh(application).case, by=world.officers[who], now=world.now).stage
        for who in ("county", "county_two") * 3
    ]
    results = at_once(jobs)
    assert Award.objects.unscoped().count() == Payable.objects.unscoped().count() == 1
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).committed == Award.objects.unscoped().get().amount
    assert fresh(application).case.events.filter(verb="approve").count() == 1
    assert set(results) <= {"being_paid", "done_before"}


def test_one_fund_too_small_for_two_decisions_pays_one():
    world = relief_world(budget="5000")
    first, second = _at_decision(world), _at_decision(world, world.woman())
    results = at_once(
        [
            lambda one=one: casework.approve(fresh(one).case, by=world.officers["county"], now=world.now).stage
            for one in (first, second)
        ]
    )
    assert sorted(results)[0] == "being_paid"
    assert set(results) <= {"being_paid", "obstructed", "fund_short"}
    assert Payable.objects.unscoped().count() == 1
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).left == 2000


def test_two_tabs_that_apply_at_once_begin_one_application_and_one_file():
    world = relief_world()
    at_once(
        [
            lambda: applying.begin_application(world.her, code="festival", by=world.her.user, now=world.now).pk
            for _ in range(6)
        ]
    )
    assert Application.objects.unscoped().count() == 1
    assert Household.objects.unscoped().count() == 1


def test_a_yearly_programme_is_awarded_once_to_a_household_by_two_cases_at_once():
    """Two cases of one household for one programme can only stem from two women of it: the database decides."""
    world = relief_world()
    household = on_file(world)
    first = at_decision(world, drafted(world, code="festival"))
    sister = world.woman()
    second = applying.begin_application(sister, code="festival", by=sister.user, now=world.now)
    draft = second.household
    Application.objects.unscoped().filter(pk=second.pk).update(household=household)
    Member.objects.filter(household=draft).update(live=False)
    second = at_decision(world, second)
    for one in (first, second):
        _let_stand(world, one)
    results = at_once(
        [
            lambda one=one: casework.approve(fresh(one).case, by=world.officers["county"], now=world.now).stage
            for one in (first, second)
        ]
    )
    assert results.count("being_paid") == 1
    assert set(results) <= {"being_paid", "obstructed", "awarded_this_year"}
    assert Payable.objects.unscoped().count() == 1


def _let_stand(world, application) -> None:
    """Overlaps were looked at before: what is raced for is the limit of the year."""
    application = fresh(application)
    for overlap in overlaps_of(application, now=timezone.now()):
        reviewing.decide_overlap(
            application,
            other=overlap.key,
            choice="allow",
            reason="两人同户，均已核对",
            by=world.officers["county_two"],
            now=world.now,
        )


def test_two_files_that_take_up_one_person_at_once_leave_her_in_one():
    world = relief_world()
    born = date(1950, 3, 4)
    mother = TypedMember("parent", "示例寅", born, world.number(born))
    drafts = [drafted(world, her).household for her in (world.her, world.woman(), world.woman("unit_b"))]
    results = at_once(
        [
            lambda one=one: (
                files.save_members(one, [mother], by=one.worker.user, now=world.now, seen=one.version).version
            )
            for one in drafts
        ]
    )
    assert sorted(map(str, results)) == ["2", "another_file", "another_file"]
    assert Member.objects.filter(id_index=Member.index_of(mother.id_number), live=True).count() == 1


def test_two_who_save_one_file_at_once_change_it_once():
    world = relief_world()
    household = drafted(world).household
    jobs = [
        lambda: (
            files.save_causes(
                household, cause="accident", more=[], single_parent=False, by=world.her.user, now=world.now, seen=1
            ).version
        )
        for _ in range(4)
    ]
    results = at_once(jobs)
    assert sorted(map(str, results)) == ["2", "file_changed", "file_changed", "file_changed"]


def test_a_consent_withdrawn_while_she_applies_comes_wholly_before_or_wholly_after():
    world = relief_world()
    consent = Consent.objects.get(giver=world.her.user, purpose="relief")

    def begin():
        return applying.begin_application(world.her, code="emergency", by=world.her.user, now=world.now).pk

    def withdraw():
        with transaction.atomic():
            withdraw_consent(consent, by=world.her.user, now=world.now)

    results = at_once([begin, withdraw])
    assert not any(isinstance(result, Exception) for result in results)
    stages = set(Application.objects.unscoped().values_list("case__stage", flat=True))
    assert stages <= {"withdrawn"}
