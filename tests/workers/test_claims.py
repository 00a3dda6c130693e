"""A signed-in woman is tied to her record by two facts, or by her union's officer; nobody learns what missed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.enums import Purpose
from services.privacy.models import Consent, Notice
from services.privacy.queries import current_notice
from services.workers.actions.claims import (
    TRIES_A_DAY,
    claim_record,
    confirm_claim,
    refuse_claim,
    request_claim,
    withdraw_claim,
)
from services.workers.enums import ClaimState
from services.workers.errors import (
    AlreadyDecided,
    AlreadyTied,
    AnotherRequestWaits,
    NoMatch,
    OtherUnionsRecord,
    ReasonMissing,
    TooManyTries,
)
from services.workers.models import ClaimTry, RecordClaim, Worker
from services.workers.queries import unions_named, worker_of
from services.workers.rules.claim import same_person
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree
from tests.factories.workers import WorkerFactory, identity_number

pytestmark = pytest.mark.django_db
NOW = (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
PHONE = "19900001234"
NUMBER = identity_number(date(1984, 5, 6), 7)


def claim(user, *, name="示例桂兰", last4=NUMBER[-4:], now=NOW):
    return claim_record(
        by=user, name=name, last4=last4, notice=current_notice(Purpose.ROSTER), language="zh-hans", now=now
    )


def ask(union, user, *, name="示例桂兰", now=NOW):
    return request_claim(
        union,
        by=user,
        name=name,
        id_number=NUMBER,
        notice=current_notice(Purpose.ROSTER),
        language="zh-hans",
        now=now,
    )


@pytest.fixture
def her():
    return WorkerUserFactory(phone=PHONE)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def record(tree):
    return WorkerFactory(
        organization=tree["unit_a"], name="示例桂兰", phone=PHONE, id_number=NUMBER, birth_date=date(1984, 5, 6)
    )


@pytest.fixture
def officer(tree):
    return AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user


def test_phone_name_and_last_four_tie_her_to_her_record_and_keep_her_consent(her, record):
    assert claim(her) == record
    assert worker_of(her) == record
    consent = Consent.objects.get(giver=her, purpose=Purpose.ROSTER)
    assert (consent.notice, consent.language, consent.given_at) == (current_notice(Purpose.ROSTER), "zh-hans", NOW)


@pytest.mark.parametrize(
    ("stated", "tail", "same"),
    [
        ("示例桂兰", "123X", True),
        (" 示例 桂兰 ", "１２３ｘ", True),
        ("示例\u200b桂兰", "123x", True),
        ("示例桂", "123X", False),
        ("示例桂兰", "1230", False),
        ("示例桂兰", "", False),
    ],
)
def test_width_case_and_spaces_do_not_matter_but_letters_do(stated, tail, same):
    assert same_person(stated_name=stated, stated_tail=tail, name="示例桂兰", tail="123X") is same


def test_the_dot_of_a_transliterated_name_may_be_any_dot():
    for dot in "·•・．.":
        assert same_person(stated_name=f"示例古丽{dot}买买提", stated_tail="0012", name="示例古丽·买买提", tail="0012")


def test_a_record_without_number_never_matches_an_empty_answer():
    assert same_person(stated_name="示例", stated_tail="", name="示例", tail="") is False


@pytest.mark.parametrize("miss", ["name", "number", "phone", "taken"])
def test_every_miss_has_the_same_answer_and_changes_nothing(her, record, miss):
    wrong = {}
    if miss == "name":
        wrong = {"name": "示例别人"}
    elif miss == "number":
        wrong = {"last4": "0000"}
    elif miss == "phone":
        Worker.objects.unscoped().update(phone_index="")
    else:
        Worker.objects.unscoped().update(user=WorkerUserFactory())
    with pytest.raises(NoMatch) as refusal:
        claim(her, **wrong)
    assert refusal.value.message() == NoMatch().message()
    assert worker_of(her) is None
    assert not Consent.objects.filter(giver=her).exists()


def test_two_records_that_both_fit_are_left_to_the_officer(her, record):
    WorkerFactory(
        organization=record.organization,
        name=record.name,
        phone=PHONE,
        id_number=f"990000198001{NUMBER[-6:-4]}{NUMBER[-4:]}",
    )
    with pytest.raises(NoMatch):
        claim(her)


def test_after_five_tries_a_day_even_the_right_answer_waits_until_tomorrow(her, record):
    for _ in range(TRIES_A_DAY):
        with pytest.raises(NoMatch):
            claim(her, last4="0000")
    with pytest.raises(TooManyTries):
        claim(her)
    assert ClaimTry.objects.filter(user=her).count() == TRIES_A_DAY
    midnight = (NOW + timedelta(days=1)).replace(hour=0, minute=0)
    with pytest.raises(TooManyTries):
        claim(her, now=midnight - timedelta(seconds=1))
    assert claim(her, now=midnight) == record


def test_claiming_again_returns_the_record_without_a_try_or_a_second_consent(her, record):
    claim(her)
    assert claim(her, name="anything", last4="0000") == record
    assert ClaimTry.objects.count() == 1
    assert Consent.objects.filter(giver=her).count() == 1


def test_staff_cannot_claim(record):
    with pytest.raises(PermissionDenied):
        claim(StaffFactory())


def test_a_request_goes_to_one_union_once(her, tree):
    first = ask(tree["unit_a"], her)
    assert ask(tree["unit_a"], her) == first
    with pytest.raises(AnotherRequestWaits):
        ask(tree["unit_c"], her)
    assert RecordClaim.objects.own(user=her).count() == 1
    assert first.stated_id_index != "" and Consent.objects.filter(giver=her, purpose=Purpose.ROSTER).count() == 1


def test_a_request_taken_back_forgets_her_number_and_frees_her_to_ask_elsewhere(her, tree):
    first = withdraw_claim(ask(tree["unit_a"], her), by=her, now=NOW)
    assert (first.state, first.stated_id_number, first.stated_id_index) == (ClaimState.WITHDRAWN, "", "")
    assert ask(tree["unit_c"], her).organization == tree["unit_c"]


def test_nobody_takes_back_another_womans_request(her, tree):
    theirs = ask(tree["unit_a"], WorkerUserFactory())
    with pytest.raises(RecordClaim.DoesNotExist):
        withdraw_claim(theirs, by=her, now=NOW)


def test_the_officer_ties_the_record_and_she_is_told(her, record, officer):
    Worker.objects.unscoped().filter(pk=record.pk).update(phone_index="")
    request = confirm_claim(ask(record.organization, her), by=officer, worker=record, now=NOW)
    assert (request.state, request.worker, request.stated_id_number) == (ClaimState.CONFIRMED, record, "")
    assert worker_of(her) == record
    message = Message.objects.get(recipient=her, channel="in_site")
    assert record.name not in message.body and NUMBER not in message.body


def test_the_officer_of_another_union_may_not_decide(her, record, tree):
    stranger = AssignmentFactory(organization=tree["unit_b"], role=Role.GRASSROOTS_OFFICER).user
    request = ask(record.organization, her)
    with pytest.raises(PermissionDenied):
        confirm_claim(request, by=stranger, worker=record, now=NOW)
    with pytest.raises(PermissionDenied):
        refuse_claim(request, by=stranger, reason="不是本单位职工", now=NOW)
    request.refresh_from_db()
    assert request.state == ClaimState.WAITING and worker_of(her) is None


def test_an_auditor_reads_but_may_not_decide(her, record, tree):
    auditor = AssignmentFactory(organization=tree["unit_a"], role=Role.AUDITOR).user
    with pytest.raises(PermissionDenied):
        confirm_claim(ask(record.organization, her), by=auditor, worker=record, now=NOW)


def test_a_record_of_another_union_or_one_that_is_tied_is_refused(her, record, officer, tree):
    request = ask(record.organization, her)
    with pytest.raises(OtherUnionsRecord):
        confirm_claim(request, by=officer, worker=WorkerFactory(organization=tree["unit_b"]), now=NOW)
    taken = WorkerFactory(organization=record.organization, user=WorkerUserFactory())
    with pytest.raises(AlreadyTied):
        confirm_claim(request, by=officer, worker=taken, now=NOW)
    assert worker_of(her) is None


def test_an_answer_is_given_once(her, record, officer):
    request = ask(record.organization, her)
    confirm_claim(request, by=officer, worker=record, now=NOW)
    with pytest.raises(AlreadyDecided):
        refuse_claim(request, by=officer, reason="重复", now=NOW)
    assert worker_of(her) == record


def test_a_refusal_needs_a_reason_and_reaches_her_without_it_in_the_message(her, record, officer):
    request = ask(record.organization, her)
    with pytest.raises(ReasonMissing):
        refuse_claim(request, by=officer, reason="  ", now=NOW)
    request = refuse_claim(request, by=officer, reason="请带身份证到工会核对", now=NOW)
    assert (request.state, request.reason, request.stated_id_number) == (
        ClaimState.REFUSED,
        "请带身份证到工会核对",
        "",
    )
    assert request.reason not in Message.objects.get(recipient=her, channel="in_site").body


def test_proving_it_online_closes_the_request_that_waits(her, record, tree):
    request = ask(tree["unit_c"], her)
    claim(her)
    request.refresh_from_db()
    assert (request.state, request.stated_id_number) == (ClaimState.WITHDRAWN, "")


def test_a_search_shows_only_open_trade_unions_and_says_when_it_left_some_out(tree):
    closed = UnionFactory(parent=tree["town_a"], name="甲县东河镇第9中学工会", closed_on=date(2025, 1, 1))
    found, more = unions_named("东河 中学")
    assert [item.union for item in found] == [tree["unit_a"]] and closed not in [item.union for item in found]
    assert found[0].above == "示例市总工会 › 甲县总工会 › 甲县东河镇总工会"
    assert more is False
    for _ in range(25):
        UnionFactory(parent=tree["county_b"])
    found, more = unions_named("示例第")
    assert (len(found), more) == (20, True)


@pytest.mark.parametrize("text", ["", " ", "东", " 东 "])
def test_the_tree_is_not_for_leafing_through(tree, text):
    assert unions_named(text) == ([], False)


def test_a_search_costs_two_queries_however_many_it_finds(tree, django_assert_num_queries):
    with django_assert_num_queries(2):
        unions_named("第1中学")
    for _ in range(30):
        UnionFactory(parent=tree["county_b"])
    with django_assert_num_queries(2):
        unions_named("示例第")


def test_the_notice_in_force_exists_without_being_set_up():
    assert Notice.objects.filter(purpose=Purpose.ROSTER).exists()
