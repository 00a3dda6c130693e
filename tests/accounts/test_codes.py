"""One-time codes: what a phone number, a browser and a network may and may not do."""

from datetime import timedelta

import pytest

from services.accounts import actions
from services.accounts.enums import CodePurpose, SignInOutcome, UserKind
from services.accounts.errors import AccountClosed, AddressBusy, CodeSpent, CodeWrong
from services.accounts.models import OneTimeCode, SignInEvent, User
from services.foundation import clock
from services.messaging.models import Message
from tests.factories.accounts import StaffFactory, WorkerUserFactory

pytestmark = pytest.mark.django_db
PHONE = "19900000001"
ADDRESS = "192.0.2.1"


def ask(now, *, phone=PHONE, binding="browser-a", address=ADDRESS, purpose=CodePurpose.SIGN_IN):
    return actions.request_code(phone=phone, binding=binding, address=address, purpose=purpose, now=now)


def redeem(code, now, *, phone=PHONE, binding="browser-a", address=ADDRESS, purpose=CodePurpose.SIGN_IN):
    return actions.redeem_code(phone=phone, binding=binding, code=code, address=address, purpose=purpose, now=now)


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_code_opens_an_account_for_a_new_number():
    now = clock.now()
    user = redeem(ask(now), now)
    assert (user.kind, user.phone, user.has_usable_password()) == (UserKind.WORKER, PHONE, False)
    assert User.objects.count() == 1


def test_the_right_code_finds_the_account_of_a_known_number():
    known = WorkerUserFactory(phone=PHONE)
    now = clock.now()
    assert redeem(ask(now), now) == known
    assert User.objects.count() == 1


def test_a_staff_member_with_the_same_number_is_never_signed_in_by_code():
    officer = StaffFactory(phone=PHONE)
    now = clock.now()
    user = redeem(ask(now), now)
    assert user != officer
    assert user.is_worker


def test_the_code_has_six_digits_and_is_stored_as_a_digest_only():
    code = ask(clock.now())
    assert len(code) == 6
    assert code.isdigit()
    row = OneTimeCode.objects.values().get()
    assert [name for name, value in row.items() if code in str(value) and name != "digest"] == []
    assert PHONE not in str(row)
    assert ADDRESS not in str(row)
    assert len(row["digest"]) == 64


def test_the_code_is_returned_only_where_it_may_be_shown_on_screen(settings):
    settings.SHOW_CODES_ON_SCREEN = False
    assert ask(clock.now()) == ""
    assert Message.objects.get().address == PHONE


def test_a_code_works_once():
    now = clock.now()
    code = ask(now)
    redeem(code, now)
    with pytest.raises(CodeWrong):
        redeem(code, now)


def test_a_code_expires_after_five_minutes():
    now = clock.now()
    code = ask(now)
    with pytest.raises(CodeWrong):
        redeem(code, now + timedelta(minutes=5))
    assert redeem(code, now + timedelta(minutes=4, seconds=59)).phone == PHONE


def test_five_wrong_tries_spend_a_code_even_for_the_right_answer():
    now = clock.now()
    code = ask(now)
    for _ in range(4):
        with pytest.raises(CodeWrong):
            redeem(other(code), now)
    with pytest.raises(CodeSpent):
        redeem(other(code), now)
    with pytest.raises(CodeSpent):
        redeem(code, now)
    assert OneTimeCode.objects.get().tries == 5
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "change", [{"binding": "browser-b"}, {"purpose": CodePurpose.CHANGE_PHONE}, {"phone": "19900000002"}]
)
def test_a_code_is_bound_to_browser_purpose_and_number(change):
    now = clock.now()
    code = ask(now)
    with pytest.raises(CodeWrong):
        redeem(code, now, **change)
    assert redeem(code, now).phone == PHONE


def test_a_newer_code_replaces_the_older_one_of_the_same_browser():
    now = clock.now()
    old = ask(now)
    later = now + timedelta(seconds=61)
    new = ask(later)
    if old != new:
        with pytest.raises(CodeWrong):
            redeem(old, later)
    assert redeem(new, later).phone == PHONE


def test_a_stranger_asking_for_her_number_leaves_her_own_code_alone():
    now = clock.now()
    hers = ask(now)
    later = now + timedelta(seconds=61)
    ask(later, binding="stranger", address="192.0.2.66")
    assert redeem(hers, later).phone == PHONE


def test_a_network_gets_at_most_twenty_codes_an_hour():
    now = clock.now()
    for n in range(20):
        ask(now, phone=f"1990000{n:04d}")
    with pytest.raises(AddressBusy):
        ask(now, phone="19900009999")
    ask(now, phone="19900009999", address="192.0.2.2")


def test_guessing_from_one_network_over_many_numbers_is_stopped(settings):
    settings.WRONG_CODES_PER_ADDRESS_HOUR = 6
    now = clock.now()
    for n in range(6):
        with pytest.raises(CodeWrong):
            redeem("000000", now, phone=f"1990000{n:04d}")
    with pytest.raises(AddressBusy):
        redeem("000000", now)


def test_a_closed_account_stays_closed():
    WorkerUserFactory(phone=PHONE, is_active=False)
    now = clock.now()
    with pytest.raises(AccountClosed):
        redeem(ask(now), now)


def test_the_sign_in_log_keeps_every_try_and_no_clear_value():
    now = clock.now()
    code = ask(now)
    with pytest.raises(CodeWrong):
        redeem(other(code), now)
    redeem(code, now)
    events = list(SignInEvent.objects.order_by("pk"))
    assert [e.outcome for e in events] == [SignInOutcome.WRONG, SignInOutcome.OPENED]
    text = str(list(SignInEvent.objects.values()))
    assert PHONE not in text
    assert ADDRESS not in text
    assert code not in text


def test_old_codes_are_forgotten_once_they_count_for_nothing():
    now = clock.now()
    ask(now - timedelta(days=3))
    ask(now)
    assert actions.forget_old_codes(now=now) == 1
    assert OneTimeCode.objects.count() == 1
