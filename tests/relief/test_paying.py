"""Money out and back: a case ends when the bank has paid, she is asked for an account when it came back."""

import pytest
from django.utils import timezone

from services.casework import actions as casework
from services.casework.errors import Obstructed
from services.messaging.models import Message
from services.payments.actions import cancel_payable
from services.payments.models import FundSource, Payable
from services.payments.registry import watchers
from services.relief import errors
from services.relief.models import Award
from tests.factories.households import answered, approved, at_decision, confirmed, drafted, fresh, relief_world
from tests.factories.notices import line_on, objection_to, standing_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


@pytest.fixture
def application(world):
    begun = drafted(world, code="emergency")
    answered(world, begun)
    return approved(world, at_decision(world, begun))


def _payable() -> Payable:
    return Payable.objects.unscoped().get()


def _keys() -> list[str]:
    return list(Message.objects.filter(key__startswith="relief_", channel="in_site").values_list("key", flat=True))


def test_once_paid_the_case_is_closed_and_she_is_told(world, application):
    watchers["relief"].paid(_payable(), now=timezone.now())
    application = fresh(application)
    assert (application.case.stage, application.award.state) == ("closed", "paid")
    assert application.household.state == "dropped"
    assert _keys() == ["relief_paid"]


def test_hearing_it_twice_changes_nothing(world, application):
    for _ in range(2):
        watchers["relief"].paid(_payable(), now=timezone.now())
    assert _keys() == ["relief_paid"]
    assert fresh(application).case.events.filter(verb="close").count() == 1


def test_what_the_bank_returned_asks_her_for_another_account(world, application):
    watchers["relief"].failed(_payable(), now=timezone.now())
    assert fresh(application).award.state == "failed"
    assert fresh(application).case.stage == "being_paid"
    assert _keys() == ["relief_account_needed"]
    watchers["relief"].sent(_payable(), now=timezone.now())
    assert fresh(application).award.state == "due"


def test_a_cancelled_payment_frees_the_year_and_ends_the_case(world, application):
    cancel_payable(_payable(), reason="重复申请", by=world.officers["finance"], now=timezone.now())
    application = fresh(application)
    assert (application.award.state, application.case.stage) == ("cancelled", "closed")
    assert FundSource.objects.unscoped().get(pk=world.fund.pk).committed == 0
    again = drafted(world, code="emergency")
    answered(world, again)
    approved(world, at_decision(world, again))
    assert Award.objects.unscoped().filter(state="due").count() == 1


def test_a_case_reopened_after_it_was_cancelled_owes_under_a_new_key(world, application):
    cancel_payable(_payable(), reason="账户有误", by=world.officers["finance"], now=timezone.now())
    case = casework.reopen(
        fresh(application).case, by=world.officers["county_two"], now=timezone.now(), reason="应当发放"
    )
    case = casework.pass_step(case, by=world.officers["union"], now=timezone.now())
    reopened = fresh(application)
    confirmed(world, reopened)
    casework.approve(case, by=world.officers["county"], now=timezone.now())
    keys = list(Payable.objects.unscoped().order_by("pk").values_list("key", flat=True))
    assert len(keys) == 2
    assert keys[1] == keys[0].removesuffix("1") + "2"
    assert Award.objects.unscoped().get().tries == 2


def test_money_of_a_case_that_is_looked_at_again_is_held(world, application):
    payable = _payable()
    type(application.case).objects.unscoped().filter(pk=application.case_id).update(stage="refused", reason="示例")
    held = watchers["relief"].holds([payable], now=timezone.now())
    assert held[payable.pk].finding.code == "case_stopped"


def test_money_of_a_case_with_an_open_objection_is_held_until_it_is_settled(world, application):
    """Whatever the case's stage says: the objection itself holds."""
    payable, now = _payable(), timezone.now()
    assert watchers["relief"].holds([payable], now=now) == {}
    notice = standing_notice(application.case.desk)
    objection = objection_to(line_on(notice, application.case))
    held = watchers["relief"].holds([payable], now=now)
    assert held[payable.pk].finding.code == "case_objected"
    type(objection).objects.unscoped().filter(pk=objection.pk).update(
        state="settled", outcome="not_upheld", settled_at=now
    )
    assert watchers["relief"].holds([payable], now=now) == {}


@pytest.mark.parametrize("stage", ["in_review", "returned", "notice", "objection"])
def test_money_of_a_case_that_was_reopened_is_held_at_every_stage_of_its_second_way(world, application, stage):
    payable, case = _payable(), application.case
    type(case).objects.unscoped().filter(pk=case.pk).update(stage=stage, reason="示例", due_on=timezone.localdate())
    assert watchers["relief"].holds([payable], now=timezone.now())[payable.pk].finding.code == "case_stopped"


def test_no_message_names_a_sum_or_a_hardship(world, application):
    watchers["relief"].failed(_payable(), now=timezone.now())
    watchers["relief"].paid(_payable(), now=timezone.now())
    for message in Message.objects.filter(key__startswith="relief_"):
        assert not any(word in message.subject + message.body for word in ("3000", "困难", "示例乙"))


def _reopened(world, application):
    now = timezone.now()
    watchers["relief"].paid(_payable(), now=now)
    case = casework.reopen(fresh(application).case, by=world.officers["county_two"], now=now, reason="再核")
    return casework.pass_step(case, by=world.officers["union"], now=now)


def test_what_was_paid_is_closed_again_and_no_other_sum_is_decided(world, application):
    case = _reopened(world, application)
    confirmed(world, fresh(application))
    Award.objects.unscoped().update(amount=1)
    with pytest.raises(errors.PaidDifferently):
        casework.approve(case, by=world.officers["county"], now=timezone.now())
    Award.objects.unscoped().update(amount=fresh(application).amount)
    casework.approve(fresh(application).case, by=world.officers["county"], now=timezone.now())
    assert (fresh(application).case.stage, Payable.objects.unscoped().count()) == ("closed", 1)


def test_a_refund_while_the_case_is_looked_at_again_leaves_it_in_review(world, application):
    _reopened(world, application)
    watchers["relief"].cancelled(_payable(), now=timezone.now())
    assert (fresh(application).case.stage, fresh(application).award.state) == ("in_review", "cancelled")


def test_what_another_decision_took_meanwhile_is_not_awarded(world, monkeypatch):
    """The check has passed; the file is held only afterwards."""
    begun = answered(world, drafted(world, code="emergency"))
    begun = at_decision(world, begun)
    monkeypatch.setattr("services.relief.case_service.obstacles_of", lambda *args, **kwargs: [])
    monkeypatch.setattr("services.relief.actions.deciding.refuses", lambda judgement: ["one_too_many"])
    with pytest.raises(Obstructed):
        approved(world, begun)
    assert not Award.objects.unscoped().exists()
