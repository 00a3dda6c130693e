"""How many codes a number gets, and for whom: no stranger spends those of a browser she has used."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from services.accounts import actions
from services.accounts.enums import CodePurpose
from services.accounts.errors import AddressBusy, CodeSpent, CodeTooSoon, CodeWrong, TooManyCodes
from services.accounts.models import OneTimeCode
from services.foundation import clock
from tests.accounts.test_sign_in import ENTER, SIGN_IN, enter, shown_code
from tests.accounts.test_sign_in import ask as ask_on_the_page

pytestmark = pytest.mark.django_db
PHONE = "19900000001"
ADDRESS, ELSEWHERE = "192.0.2.1", "192.0.2.66"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def now():
    return clock.now()


def ask(now, *, phone=PHONE, binding="browser-a", address=ADDRESS, known=""):
    purpose = CodePurpose.SIGN_IN
    return actions.request_code(phone=phone, binding=binding, address=address, purpose=purpose, now=now, known=known)


def redeem(code, now, *, phone=PHONE, binding="browser-a", address=ADDRESS, known=""):
    return actions.redeem_code(
        phone=phone, binding=binding, code=code, address=address, purpose=CodePurpose.SIGN_IN, now=now, known=known
    )


def sent_until_refused(begin, every, **who) -> int:
    """How many codes go out when one asks again and again until there are no more."""
    for count in range(100):
        try:
            ask(begin + count * every, **who)
        except TooManyCodes:
            return count
    raise AssertionError("there is no end to it")


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_another_code_has_to_wait_a_minute_whatever_the_browser_calls_itself(now):
    ask(now)
    with pytest.raises(CodeTooSoon) as refused:
        ask(now + timedelta(seconds=20), binding="browser-b")
    assert refused.value.context == {"seconds": 40}
    ask(now + timedelta(seconds=60))
    assert OneTimeCode.objects.count() == 2


def test_a_stranger_who_asks_first_does_not_make_her_wait(now):
    ask(now, binding="stranger", address=ELSEWHERE)
    assert redeem(ask(now), now).phone == PHONE


def test_one_network_gets_half_of_a_number_s_codes_of_an_hour_and_of_a_day(now):
    assert sent_until_refused(now, 2 * MINUTE) == 3
    assert sent_until_refused(now + timedelta(days=2), 61 * MINUTE) == 5


def test_all_strangers_together_get_five_codes_an_hour_and_ten_a_day_to_one_number(now):
    sent = []
    for hour in range(4):
        for n in range(8):
            try:
                ask(now + timedelta(hours=hour * 1.5, minutes=n), address=f"192.0.2.{hour * 8 + n}")
                sent.append(hour)
            except TooManyCodes:
                pass
    assert sent == [0] * 5 + [1] * 5


def test_from_one_network_nobody_spends_the_codes_of_a_woman_elsewhere(now):
    sent_until_refused(now, 2 * MINUTE, address=ELSEWHERE, binding="stranger")
    later = now + 10 * MINUTE
    assert redeem(ask(later), later).phone == PHONE


def test_a_known_browser_has_codes_that_no_stranger_can_spend(now):
    for n in range(5):
        ask(now, binding=f"stranger-{n}", address=f"192.0.2.{60 + n}")
    with pytest.raises(TooManyCodes):
        ask(now)
    assert redeem(ask(now, known="hers"), now).phone == PHONE
    assert sent_until_refused(now + 2 * MINUTE, 2 * MINUTE, known="hers") == 2


def test_known_browsers_together_have_their_limit_and_leave_the_others_theirs(now):
    for n in range(5):
        ask(now, known=f"known-{n}")
    with pytest.raises(TooManyCodes):
        ask(now, known="known-5")
    assert redeem(ask(now), now).phone == PHONE


def test_what_others_did_on_her_network_does_not_stop_a_known_browser(now, settings):
    settings.CODES_PER_ADDRESS_HOUR = settings.WRONG_CODES_PER_ADDRESS_HOUR = 2
    for n in range(2):
        ask(now, phone=f"1990000010{n}")
        with pytest.raises(CodeWrong):
            redeem("000000", now, phone="19900000199")
    with pytest.raises(AddressBusy):
        ask(now)
    code = ask(now, known="hers")
    with pytest.raises(AddressBusy):
        redeem(code, now)
    assert redeem(code, now, known="hers").phone == PHONE


def test_a_known_browser_has_no_more_tries_for_a_code_than_a_stranger(now):
    code = ask(now, known="hers")
    for _ in range(4):
        with pytest.raises(CodeWrong):
            redeem(other(code), now, known="hers")
    for guess in (other(code), code):
        with pytest.raises(CodeSpent):
            redeem(guess, now, known="hers")


def strangers_spend_her_codes() -> None:
    """From as many networks as it takes."""
    for n in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{60 + n}").post(SIGN_IN, {"phone": PHONE})


def signed_in_once(client, phone=PHONE) -> None:
    """She signed in here the day before yesterday and out again."""
    enter(client, phone)
    client.post(reverse("accounts:sign_out"))
    OneTimeCode.objects.update(created_at=clock.now() - timedelta(days=2))


def known(count: int) -> list[bool]:
    """Whether the browser was known for each of the last codes, the newest first."""
    return [row.known_index != "" for row in OneTimeCode.objects.order_by("-pk")[:count]]


def test_she_gets_a_code_where_she_signed_in_before_whatever_strangers_do(client):
    signed_in_once(client)
    strangers_spend_her_codes()
    assert ask_on_the_page(client).url == ENTER
    assert client.post(ENTER, {"code": shown_code(client)}).url == "/my/"


def test_a_browser_is_known_for_the_numbers_signed_in_there_and_for_no_other(client):
    signed_in_once(client, "19900000002")
    strangers_spend_her_codes()
    assert ask_on_the_page(client).context["form"].errors["phone"]
    assert ask_on_the_page(client, "19900000002").url == ENTER
    assert known(1) == [True]


def test_a_family_s_telephone_is_known_for_the_last_four_numbers(client):
    phones = [f"1990000000{n}" for n in range(1, 7)]
    for phone in phones:
        signed_in_once(client, phone)
    for phone in phones:
        ask_on_the_page(client, phone)
    assert known(6) == [True] * 4 + [False] * 2


@pytest.mark.parametrize("forge", [lambda value: "x y", lambda value: value[:-3] + "abc", lambda value: ""])
def test_a_forged_or_emptied_cookie_makes_the_browser_a_stranger_s(client, forge):
    signed_in_once(client)
    client.cookies["known_browser"] = forge(client.cookies["known_browser"].value)
    ask_on_the_page(client)
    assert known(1) == [False]


def test_a_browser_is_forgotten_after_its_time(client, settings):
    signed_in_once(client)
    settings.KNOWN_BROWSER_DAYS = -1
    ask_on_the_page(client)
    assert known(1) == [False]


def test_the_cookie_names_no_number_no_script_reads_it_and_it_opens_nothing(client):
    signed_in_once(client)
    cookie = client.cookies["known_browser"]
    assert PHONE not in cookie.value
    assert OneTimeCode.index_of(PHONE) not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", SIGN_IN)
    thief = Client()
    thief.cookies["known_browser"] = cookie.value
    ask_on_the_page(thief)
    wrong = other(shown_code(thief))
    assert thief.post(ENTER, {"code": wrong}).context["form"].errors["code"]
    assert "_auth_user_id" not in thief.session


def test_asking_alone_makes_no_browser_known(client):
    ask_on_the_page(client)
    client.post(ENTER, {"code": other(shown_code(client))})
    assert "known_browser" not in client.cookies
