"""Her side: what she was paid, whether it arrived, where her money goes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.foundation import clock
from services.payments import actions
from services.payments.enums import PayableState
from services.payments.models import Account
from services.privacy.registry import held_data
from tests.factories.accounts import WorkerUserFactory
from tests.factories.payments import AccountFactory, Office, card_number, owed
from tests.factories.workers import WorkerFactory

WRONG_DIGIT = card_number(3)[:-1] + str((int(card_number(3)[-1]) + 1) % 10)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def woman(office, **kwargs):
    her = WorkerFactory(organization=office.organization, user=WorkerUserFactory(), **kwargs)
    client = Client()
    client.force_login(her.user, backend="services.accounts.backends.WorkerCode")
    return her, client


def confirmed(client) -> Client:
    session = client.session
    session["confirmed_at"] = clock.now().timestamp()
    session.save()
    return client


def text_of(response) -> str:
    return response.content.decode()


def test_she_sees_her_payments_and_nobody_else_s(office):
    her, client = woman(office)
    other, _ = woman(office)
    mine, theirs = owed(office.fund, worker=her, title="她的"), owed(office.fund, worker=other, title="别人的")
    shown = text_of(client.get(reverse("payments:list")))
    assert "她的" in shown
    assert "别人的" not in shown
    assert client.get(reverse("payments:one", args=[mine.token])).status_code == 200
    for name in ("one", "receipt"):
        assert client.get(reverse(f"payments:{name}", args=[theirs.token])).status_code == 404
    assert client.post(reverse("payments:arrived", args=[theirs.token]), {"arrived": "yes"}).status_code == 404


def test_no_page_of_hers_shows_a_whole_account_number(office):
    her, client = woman(office)
    account = AccountFactory(worker=her)
    payable = owed(office.fund, worker=her)
    office.answered(payable)
    confirmed(client)
    for address in (
        reverse("payments:list"),
        reverse("payments:account"),
        *(reverse(f"payments:{name}", args=[payable.token]) for name in ("one", "receipt")),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert account.number not in text_of(response)
        assert "no-store" in response["Cache-Control"]


def test_she_says_it_did_not_arrive_and_corrects_herself(office):
    her, client = woman(office)
    payable = owed(office.fund, worker=her)
    address = reverse("payments:arrived", args=[payable.token])
    assert client.post(address, {"arrived": "yes"}).context["refusal"]
    office.answered(payable)
    for said, kept in (("no", False), ("yes", True), ("perhaps", True)):
        client.post(address, {"arrived": said})
        payable.refresh_from_db()
        assert payable.received is kept


def test_only_what_was_paid_has_a_receipt(office):
    her, client = woman(office)
    payable = owed(office.fund, worker=her)
    address = reverse("payments:receipt", args=[payable.token])
    assert client.get(address).status_code == 302
    office.answered(payable)
    shown = text_of(client.get(address))
    assert her.name in shown
    assert "500.00" in shown


def test_her_account_asks_for_a_code_first(office):
    _her, client = woman(office)
    address = reverse("payments:account")
    given = {"holder": "示例乙", "bank": "示例银行", "number": card_number(3), "again": card_number(3)}
    assert client.get(address).status_code == 302
    sent = client.post(address, given)
    assert sent.status_code == 200 and sent.context["form"]["bank"].value() == "示例银行"  # nothing typed is lost
    assert reverse("accounts:confirm") in sent.content.decode()
    assert not Account.objects.exists()


def test_a_returned_payment_waits_again_once_she_corrects_her_account(office):
    her, client = woman(office)
    payable = owed(office.fund, worker=her)
    office.answered(payable, word="失败", reason="户名不符")
    assert "户名不符" in text_of(client.get(reverse("payments:one", args=[payable.token])))
    number = card_number(4)
    given = {"holder": "示例乙", "bank": "示例银行", "number": f"{number[:6]} {number[6:]}", "again": number}
    assert confirmed(client).post(reverse("payments:account"), given).status_code == 302
    payable.refresh_from_db()
    assert (payable.state, payable.account.number) == (PayableState.WAITING, number)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "1234", "again": "1234"}, "number"),
        ({"number": WRONG_DIGIT, "again": WRONG_DIGIT}, "number"),
        ({"again": card_number(9)}, "again"),
        ({"holder": "=1+1"}, "holder"),
        ({"bank": ""}, "bank"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_beside_the_field_and_the_rest_stays(office, change, field):
    _her, client = woman(office)
    given = {"holder": "示例乙", "bank": "示例银行", "number": card_number(3), "again": card_number(3)} | change
    response = confirmed(client).post(reverse("payments:account"), given)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert all(response.context["form"][name].value() == value for name, value in given.items())
    assert not Account.objects.exists()


def test_one_payment_or_fifteen_cost_the_same_queries(office):
    her, client = woman(office)
    AccountFactory(worker=her)
    owed(office.fund, worker=her)
    client.get(reverse("payments:list"))
    spent = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("payments:list"))
        spent.append(len(asked))
        for _more in range(14):
            owed(office.fund, worker=her, amount="1.00")
    assert spent[0] == spent[1]


def test_my_data_says_what_is_held_and_no_value(office):
    her, _client = woman(office)
    kinds = held_data["payments"].kinds
    assert kinds(her.user) == []
    AccountFactory(worker=her)
    owed(office.fund, worker=her)
    assert len(kinds(her.user)) == 2
    assert kinds(WorkerUserFactory()) == []


def test_what_was_cancelled_before_it_was_paid_is_no_payment(office):
    her, client = woman(office)
    payable = owed(office.fund, worker=her)
    actions.cancel_payable(payable, reason="撤销", by=office.first, now=timezone.now())
    assert client.get(reverse("payments:one", args=[payable.token])).status_code == 404
