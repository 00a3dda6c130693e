"""All that is missing is asked for at once, and nothing twice without a reason (D16)."""

import pytest

from services.casework import actions, errors
from services.casework.actions import AskedItem
from services.casework.enums import ScanState, Stage
from services.casework.models import Document
from services.messaging.models import Message
from tests.factories.casework import MONDAY, case_at

pytestmark = pytest.mark.django_db
INCOME, DISABILITY = AskedItem("income", "请补充收入证明"), AskedItem("certificate", "请补充证件照片")


def attach(case, kind, *, request=None, **changes):
    return Document.objects.create(
        case=case,
        worker=case.worker,
        kind=kind,
        request=request,
        name="示例.jpg",
        extension="jpg",
        content_type="image/jpeg",
        size=1,
        digest="0" * 64,
        scan=ScanState.CLEAN,
        uploaded_at=MONDAY,
        **changes,
    )


def ask(world, case, *items):
    return actions.return_case(case, items=list(items), by=world.officers["union"], now=world.now)


def test_one_message_names_how_many_things_are_missing(world):
    case = ask(world, world.submitted(), INCOME, DISABILITY)
    assert (case.stage, case.rounds, case.due_on, case.desk) == (Stage.RETURNED, 1, None, world.tree["unit_a"])
    assert case.reason == "请补充收入证明\n请补充证件照片"
    assert list(case.requested.values_list("round", "item")) == [(1, "income"), (1, "certificate")]
    message = Message.objects.get(key="casework-asked", channel="in_site")
    assert "2 项" in message.body


@pytest.mark.parametrize(
    ("items", "refusal"),
    [
        ([], errors.NothingAsked),
        ([AskedItem("income", " ")], errors.NothingAsked),
        ([INCOME, INCOME], errors.AskedTwice),
        ([INCOME, AskedItem("x", " ")], errors.NothingAsked),
    ],
)
def test_a_request_says_what_it_asks_for(world, items, refusal):
    case = world.submitted()
    with pytest.raises(refusal):
        ask(world, case, *items)
    case.refresh_from_db()
    assert (case.stage, case.requested.count()) == (Stage.IN_REVIEW, 0)


def test_asking_twice_with_one_click_is_asking_once(world):
    case = world.submitted()
    ask(world, case, INCOME)
    ask(world, case, INCOME)
    assert (case.requested.count(), Message.objects.filter(key="casework-asked", channel="in_site").count()) == (1, 1)


def test_it_comes_back_only_when_all_of_it_is_there(world):
    case = ask(world, world.submitted(), INCOME, DISABILITY)
    first, second = case.requested.all()
    attach(case, "income", request=first)
    with pytest.raises(errors.NotComplete) as refusal:
        actions.resubmit(case, by=world.her.user, now=world.now)
    assert [one.item for one in refusal.value.missing] == ["certificate"]
    removed = attach(case, "certificate", request=second, removed_at=MONDAY)
    with pytest.raises(errors.NotComplete):
        actions.resubmit(case, by=world.her.user, now=world.now)
    attach(case, removed.kind, request=second)
    case = actions.resubmit(case, by=world.her.user, now=world.now)
    assert (case.stage, case.position, case.reason) == (Stage.IN_REVIEW, 1, "")
    assert not case.requested.filter(supplied_at=None).exists()


def test_what_needs_no_file_is_marked_by_her_or_at_the_desk(world):
    case = ask(world, world.submitted(), INCOME, DISABILITY)
    first, second = case.requested.all()
    actions.mark_supplied(first, by=world.her.user, now=world.now)
    actions.mark_supplied(second, by=world.officers["union"], now=world.now)
    actions.mark_supplied(second, by=world.officers["union"], now=world.now)
    assert case.events.filter(verb="supplied").count() == 2
    assert actions.resubmit(case, by=world.her.user, now=world.now).stage == Stage.IN_REVIEW


def test_what_was_there_already_is_asked_for_again_only_with_a_reason(world):
    case = world.submitted()
    attach(case, "income")
    with pytest.raises(errors.SuppliedAlready) as refusal:
        ask(world, case, INCOME, DISABILITY)
    assert refusal.value.context["items"] == "请补充收入证明"
    again = AskedItem("income", "请补充收入证明", again_because="照片模糊，看不清金额")
    case = ask(world, case, again, DISABILITY)
    for line in case.requested.all():
        actions.mark_supplied(line, by=world.her.user, now=world.now)
    case = actions.resubmit(case, by=world.her.user, now=world.now)
    with pytest.raises(errors.SuppliedAlready):
        ask(world, case, DISABILITY)


def test_it_goes_on_at_the_step_that_asked_with_whoever_asked(world):
    case = actions.claim(world.submitted(), by=world.officers["union"], now=world.now)
    case = ask(world, case, INCOME)
    actions.mark_supplied(case.requested.get(), by=world.her.user, now=world.now)
    assert actions.resubmit(case, by=world.her.user, now=world.now).handler == world.officers["union"]


def test_rounds_are_counted(world):
    case = case_at(world, Stage.RETURNED)
    actions.mark_supplied(case.requested.get(), by=world.her.user, now=world.now)
    case = actions.resubmit(case, by=world.her.user, now=world.now)
    case = ask(world, case, DISABILITY)
    assert (case.rounds, case.requested.get(round=2).item) == (2, "certificate")
