"""Checking, declaring and sending: once, what she saw; afterwards how it stands and why. Hers alone."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.casework import actions as casework
from services.casework.actions import AskedItem
from services.casework.enums import Stage
from services.payments.models import Payable
from services.relief.actions.sending import hand_in, version_seen
from services.relief.errors import NotDeclared
from services.relief.models import Application, Household
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
)
from tests.relief.her_world import confirmed, fill, page, paper, send, signed_in, text

pytestmark = pytest.mark.django_db
KEEP = {"HTTP_X_KEEP": "1"}


@pytest.fixture
def world():
    return relief_world()


@pytest.fixture
def her(world) -> Client:
    return signed_in(world.her)


def file_of(application) -> Household:
    return Household.objects.unscoped().get(pk=application.household_id)


# Checking and sending


def ready(world) -> Application:
    application = drafted(world, code="emergency")
    return answered(world, application)


def test_she_checks_declares_and_sends_once(world, her):
    application = ready(world)
    refused = send(her, application, lets_check="")
    assert refused.status_code == 422 and list(refused.context["form"].errors) == ["lets_check"]
    sent = send(her, application)
    assert sent["Location"] == page(application, "sent")
    assert her.post(page(application, "check"), {"declares": "on"})["Location"] == page(application, "sent")
    shown = text(her.get(page(application, "sent")))
    assert application.case.number in shown and "告知您决定" in shown
    assert fresh(application).declared_at and fresh(application).case.stage == Stage.IN_REVIEW
    assert fresh(application).case.events.filter(verb="submit").count() == 1


def test_what_was_changed_since_she_looked_is_shown_before_it_is_sent(world, her):
    application = ready(world)
    old = her.get(page(application, "check")).context["seen"]
    answered(world, application, cost=Decimal(99))
    answer = her.post(page(application, "check"), {"declares": "on", "lets_check": "on", "seen": old})
    assert answer.status_code == 422 and fresh(application).case.stage == Stage.DRAFT
    assert "99" in text(answer)


def test_everything_that_is_missing_stands_there_at_once_each_with_its_page(world, her):
    application = drafted(world)
    answer = send(her, application)
    assert answer.status_code == 422
    addresses = {one.address for one in answer.context["missing"]}
    assert addresses == {page(application, name) for name in ("people", "money", "causes", "home")}


def test_without_her_declaration_nothing_is_sent(world):
    application = ready(world)
    with pytest.raises(NotDeclared):
        hand_in(
            application,
            declares=False,
            lets_check=True,
            seen=version_seen(application),
            by=world.her.user,
            now=timezone.now(),
        )
    assert fresh(application).case.stage == Stage.DRAFT


def test_the_rules_speak_before_she_sends_and_never_end_with_no(world, her):
    application = drafted(world)
    filled(world, application, income="500000", rigid="0")
    shown = her.get(page(application, "check"))
    assert shown.context["preview"].standing == "not_eligible"
    words = text(shown)
    assert words.index("先和工会聊聊") > words.index("按规定您目前不能享受")
    assert send(her, application).status_code == 302


@pytest.mark.parametrize("code", ["study", "emergency"])
def test_answers_to_what_is_not_asked_are_dropped_when_she_sends(world, her, code):
    """However they came into the draft (T18): a page that was hidden, another programme, a forged post."""
    on_file(world)
    application = drafted(world, code=code)
    child = application.household.members.filter(relation="child").get()
    today = timezone.localdate().isoformat()
    typed = {"event": "accident", "event_on": today, "cost": "999", "told": "请核实", "amount": "5"}
    Application.objects.unscoped().filter(pk=application.pk).update(
        answers=typed, student=child, event_index=Application.index_of("accident:2026-01"), amount=None
    )
    assert send(her, application).status_code == 302
    sent = fresh(application)
    assert sent.case.stage == Stage.IN_REVIEW
    assert sent.amount == sent.computed != Decimal(typed["amount"])
    if code == "study":
        assert (sent.answers, sent.event_index, sent.student) == ({"told": "请核实"}, "", child)
    else:
        assert (sent.answers["event"], sent.student) == ("accident", None)


def test_what_the_rules_need_is_looked_at_again_when_she_sends_whatever_the_page_said_before(world, her):
    application = ready(world)
    assert not her.get(page(application, "check")).context["missing"]
    Application.objects.unscoped().filter(pk=application.pk).update(answers={"event": "accident", "told": "x"})
    answer = send(her, application)
    assert answer.status_code == 422 and "cost" in {one.item for one in answer.context["missing"]}
    assert fresh(application).case.stage == Stage.DRAFT


def test_her_pages_are_closed_once_it_is_sent(world, her):
    application = submitted(world, ready(world))
    for name in ("application", "event", "account"):
        assert her.get(page(application, name))["Location"] == reverse("casework:case", args=[application.case.token])
    assert her.post(page(application, "event"), {"told": "x"}, **KEEP).status_code == 409


def test_a_returned_application_can_be_corrected_and_nothing_else(world, her):
    application = submitted(world, ready(world))
    asked = [AskedItem("bills", "票据")]
    casework.return_case(application.case, items=asked, by=world.officers["union"], now=timezone.now())
    case_page = text(her.get(reverse("casework:case", args=[application.case.token])))
    assert page(application, "application") in case_page
    today = timezone.localdate().isoformat()
    assert fill(her, page(application, "event"), event="accident", event_on=today, cost="7").status_code == 302
    assert her.get(page(application, "check")).status_code == 302
    home = text(her.get("/my/"))
    assert reverse("casework:supply", args=[application.case.token]) in home


def test_the_case_page_says_why_and_where_the_money_is(world, her):
    application = approved(world, at_decision(world, ready(world)))
    shown = text(her.get(reverse("casework:case", args=[application.case.token])))
    payable = Payable.objects.unscoped().get()
    assert "3,000.00" in shown
    assert reverse("payments:one", args=[payable.token]) in shown
    assert "by" not in shown.partition("决定的依据")[1]


def test_papers_are_kept_with_the_draft_through_every_mistake(world, her):
    application = ready(world)
    paper(application, "other", now=timezone.now())
    send(her, application, declares="")
    assert "照片.jpg" in text(her.get(page(application, "check")))
    send(her, application)
    assert "照片.jpg" in text(her.get(reverse("casework:case", args=[application.case.token])))


# Whose


def test_another_woman_finds_nothing(world):
    application, other = drafted(world), signed_in(world.woman())
    for name in ("application", "you", "people", "money", "causes", "home", "event", "check", "sent"):
        assert other.get(page(application, name)).status_code == 404


def test_her_task_list_costs_the_same_with_two_lines_and_with_twenty(world, her):
    application = drafted(world)
    filled(world, application)
    costs = []
    for _round in range(2):
        her.get(page(application, "application"))
        with CaptureQueriesContext(connection) as asked:
            her.get(page(application, "application"))
        with CaptureQueriesContext(connection) as listed:
            her.get(page(application, "money"))
        costs.append((len(asked), len(listed)))
        for number in range(1, 19):
            typed = {"kind": "gifts", "amount": str(number), "per": "year"}
            fill(her, page(application, "line_add", "in"), **typed)
    assert costs[0] == costs[1]


def test_what_she_sent_is_printed_after_a_code_to_her_phone_and_never_from_a_draft(world, her):
    application = ready(world)
    address = page(application, "what_i_sent")
    assert her.get(address)["Location"] == page(application, "application")
    application = submitted(world, application)
    case = her.get(reverse("casework:case", args=[application.case.token]))
    assert address in text(case)
    assert reverse("accounts:confirm") in her.get(address)["Location"]
    shown = text(confirmed(her).get(address))
    assert application.case.number in shown and "12000" in shown.replace(",", "")
    assert world.her.id_number not in shown and "is-print" in shown
    assert confirmed(signed_in(world.woman())).get(address).status_code == 404
