"""Beginning an application: consent, one at a time, in her name or by her own hand; what is missing, all at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.casework import actions as casework
from services.casework.errors import ConsentMissing, NotComplete, Obstructed
from services.casework.models import Authorisation, Case
from services.casework.registry import services
from services.privacy.actions import withdraw_consent
from services.privacy.models import Consent
from services.privacy.registry import withdrawal_effects
from services.relief import errors
from services.relief.actions import applying, representing
from services.relief.models import Application, Household, Programme
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.households import answered, drafted, filled, fresh, on_file, relief_world, submitted
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _missing(application) -> set[str]:
    return {one.item for one in services["relief"].missing(application.case, now=timezone.now())}


def test_without_her_consent_nothing_begins(world):
    her = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    with pytest.raises(errors.NoConsent):
        drafted(world, her)
    assert not Household.objects.unscoped().filter(worker=her).exists()


def test_beginning_twice_leads_to_the_same_application(world):
    first, second = drafted(world), drafted(world)
    assert first.pk == second.pk
    assert Case.objects.unscoped().count() == 1


def test_the_number_of_a_case_and_of_a_file_are_for_the_telephone(world):
    application = drafted(world)
    assert application.case.number.startswith("KN-")
    assert application.household.number.startswith("DA-")


def test_whoever_is_on_file_needs_no_second_file(world):
    on_file(world)
    with pytest.raises(errors.AlreadyOnFile):
        drafted(world)


def test_a_programme_of_another_tree_or_a_retired_one_isnt_open(world):
    with pytest.raises(errors.NoProgramme):
        drafted(world, code="unheard-of")
    Programme.objects.filter(code="festival").update(state="retired")
    with pytest.raises(errors.NoProgramme):
        drafted(world, code="festival")


def test_outside_its_time_a_programme_takes_no_application_and_says_when(world):
    today = timezone.localdate(world.now)
    Programme.objects.filter(code="emergency").update(closes_on=today - timedelta(days=1))
    with pytest.raises(errors.OutsideWindow) as refused:
        drafted(world, code="emergency")
    assert refused.value.message()


def test_a_draft_begun_in_time_cant_be_handed_in_after_it(world):
    application = drafted(world, code="emergency")
    answered(world, application)
    today = timezone.localdate(world.now)
    Programme.objects.filter(code="emergency").update(closes_on=today - timedelta(days=1))
    with pytest.raises(Obstructed) as refused:
        submitted(world, application)
    (finding,) = refused.value.findings
    assert finding.code == "outside_window"
    assert services["relief"].explain(finding)


def test_everything_that_is_missing_is_said_at_once(world):
    application = drafted(world)
    with pytest.raises(NotComplete) as refused:
        submitted(world, application)
    assert {one.item for one in refused.value.missing} == {
        "household",
        "members",
        "money",
        "causes",
        "particulars",
    }
    filled(world, application)
    assert _missing(fresh(application)) == set()


def test_only_what_its_programme_needs_is_asked(world):
    assert _missing(drafted(world, code="emergency")) == {"event", "cost"}
    assert "student" in _missing(drafted(world, code="study"))


def test_an_account_is_asked_for_where_money_follows(world):
    her = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    world.agrees(her)
    assert "account" in _missing(drafted(world, her, code="emergency"))
    assert "account" not in _missing(drafted(world, her))


def test_papers_are_asked_for_where_their_condition_holds(world):
    papers = [
        {"kind": "identity", "required": True, "when": ""},
        {"kind": "divorce", "required": True, "when": "single_parent"},
        {"kind": "other", "required": False, "when": ""},
    ]
    Programme.objects.filter(code="filing").update(documents=papers)
    application = drafted(world)
    filled(world, application)
    assert _missing(fresh(application)) == {"identity"}
    Household.objects.unscoped().filter(pk=application.household_id).update(single_parent=True)
    assert _missing(fresh(application)) == {"identity", "divorce"}


@pytest.mark.parametrize(
    ("typed", "fault", "field"),
    [
        ({"event_on": timezone.localdate() + timedelta(days=30)}, "event_in_future", "event_on"),
        ({"event_on": None}, "event_day_missing", "event_on"),
        ({"event": "curse"}, "unknown_event", "event"),
        ({"event": ""}, "event_missing", "event"),
        ({"cost": Decimal("-5")}, "amount_negative", "cost"),
        ({"student": 999}, "student_foreign", "student"),
    ],
)
def test_answers_that_cant_be_are_refused_beside_their_field(world, typed, fault, field):
    application = drafted(world, code="emergency")
    with pytest.raises(errors.FileInvalid) as refused:
        answered(world, application, **typed)
    assert (fault, field) in {(found.code, found.field) for found in refused.value.faults}


def test_answers_typed_upon_an_older_version_change_nothing(world):
    application = drafted(world, code="emergency")
    answered(world, application)
    from services.relief.rules.typed import TypedAnswers

    with pytest.raises(errors.FileChanged):
        applying.save_answers(application, TypedAnswers(), by=world.her.user, now=world.now, seen=1)
    assert fresh(application).answers["cost"] == "12000"


def test_once_handed_in_she_cant_change_what_is_judged(world):
    application = drafted(world, code="emergency")
    answered(world, application)
    submitted(world, application)
    with pytest.raises(errors.FileClosed):
        answered(world, application, cost=Decimal("90000"))
    with pytest.raises(PermissionDenied):
        filled(world, application)


def _for_her(world, her: Worker, **changes):
    today = timezone.localdate(world.now)
    told = {"code": "filing", "way": "paper", "signed_on": today, "valid_until": today + timedelta(days=30)}
    return representing.begin_for_her(her, **(told | changes), by=world.officers["union"], now=world.now)


def test_an_officer_files_in_her_name_with_authorisation_and_consent_on_record(world):
    her = WorkerFactory(organization=world.tree["unit_a"], user=None)
    application = _for_her(world, her)
    authorisation = Authorisation.objects.own(worker=her).get()
    assert application.case.filed_by == "representative"
    assert (authorisation.representative, authorisation.subject_code) == (world.officers["union"], "filing")
    assert Consent.objects.get(record=her.token).recorded_by == world.officers["union"]
    assert application.case.events.get(verb="open").by == world.officers["union"]


def test_an_authorisation_covers_one_programme_and_ends(world):
    her = WorkerFactory(organization=world.tree["unit_a"], user=None)
    _for_her(world, her)
    officer = world.officers["union"]
    with pytest.raises(ConsentMissing):
        applying.begin_application(her, code="emergency", by=officer, now=world.now)
    application = Application.objects.unscoped().get(case__worker=her)
    from services.relief import policies

    assert policies.may_write_file(officer, application.household, now=world.now)
    assert not policies.may_write_file(officer, application.household, now=world.now + timedelta(days=40))
    assert not policies.may_write_file(world.officers["union_two"], application.household, now=world.now)


def test_nobody_of_another_union_files_in_her_name(world):
    her = WorkerFactory(organization=world.tree["unit_c"], user=None)
    with pytest.raises(PermissionDenied):
        _for_her(world, her)


def test_withdrawing_consent_ends_what_isnt_decided_and_her_place_on_file(world):
    household = on_file(world)
    application = drafted(world, code="emergency")
    consent = Consent.objects.get(giver=world.her.user, purpose="relief")
    assert len(list(withdrawal_effects["relief"].consequences(world.her.user))) == 3
    withdraw_consent(consent, by=world.her.user, now=world.now)
    assert fresh(application).case.stage == "withdrawn"
    household.refresh_from_db()
    assert (household.state, household.exit_reason) == ("exited", "own_wish")
    with pytest.raises(errors.NoConsent):
        drafted(world)


def test_a_withdrawn_application_lets_those_in_its_draft_file_go(world):
    application = drafted(world)
    filled(world, application)
    casework.withdraw(application.case, by=world.her.user, now=world.now)
    household = fresh(application).household
    assert (household.state, household.members.filter(live=True).count()) == ("dropped", 0)
