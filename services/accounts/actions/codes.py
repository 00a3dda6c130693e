"""Sending and redeeming one-time codes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from services.accounts import queries, rules
from services.accounts.actions.sign_in_log import record_sign_in
from services.accounts.enums import CodePurpose, SignInOutcome, SignInWay, UserKind
from services.accounts.errors import AccountClosed, AddressBusy, CodeSpent, CodeTooSoon, CodeWrong, TooManyCodes
from services.accounts.models import OneTimeCode, User
from services.accounts.registry import couriers
from services.foundation.locks import hold
from services.foundation.references import digits

CODE_LENGTH = 6


def request_code(*, phone: str, binding: str, address: str, purpose: str, now: datetime, known: str = "") -> str:
    """Send a fresh code to ``phone`` (11 digits); the browser's older codes for this purpose stop working.

    ``binding`` is the digest of the browser's secret, ``address`` the client's network address, ``known`` the digest
    of a browser that signed in to this number before: codes are kept for it. Numbers with and without an account
    are treated alike. Holds the locks of the number and of the address. Returns the code where
    SHOW_CODES_ON_SCREEN is on (the demo), '' everywhere else. Raises ``CodeTooSoon``, ``TooManyCodes`` or
    ``AddressBusy``.
    """
    limits = queries.code_limits()
    phone_index, address_index = OneTimeCode.index_of(phone), OneTimeCode.index_of(address)
    with transaction.atomic():
        hold(f"accounts.code.address.{address_index}")
        hold(f"accounts.code.phone.{phone_index}")
        history = queries.code_history(phone_index, address_index, known, now=now)
        _refuse(history, limits, now=now)
        _drop_older(phone_index, purpose=purpose, binding=binding, now=now)
        code = digits(CODE_LENGTH)
        row = OneTimeCode(
            phone_index=phone_index,
            purpose=purpose,
            binding=binding,
            address_index=address_index,
            known_index=known,
            created_at=now,
            expires_at=now + limits.lifetime,
        )
        row.set_code(code)
        row.save()
        for courier in couriers:
            minutes = limits.lifetime // timedelta(minutes=1)
            courier(phone=phone, code=code, minutes=minutes, key=f"code-{row.pk}", purpose=purpose)
    return code if settings.SHOW_CODES_ON_SCREEN else ""


def redeem_code(
    *, phone: str, binding: str, code: str, address: str, purpose: str, now: datetime, known: str = ""
) -> User:
    """The woman who holds ``phone``, if ``code`` is the one sent to it for this purpose and browser.

    A number that is new here gets an account. The code's row is locked while its tries are counted, so that
    parallel guesses share them; a wrong try is kept even though this raises. What its network guessed wrong doesn't
    stop a browser ``known`` for the number, which has no more tries than its codes. Must not run inside a transaction
    that is rolled back on error. Raises ``CodeWrong``, ``CodeSpent``, ``AddressBusy`` or ``AccountClosed``.
    """
    limits = queries.code_limits()
    address_index = OneTimeCode.index_of(address)
    if not known and queries.wrong_codes_from(address_index, now=now) >= limits.wrong_per_address_hour:
        raise AddressBusy()
    with transaction.atomic():
        row = queries.live_code(OneTimeCode.index_of(phone), purpose=purpose, binding=binding, now=now, lock=True)
        refused = _try(row, code, limits, now=now)
        user = None if refused else _user_with(phone)
        right = SignInOutcome.CONFIRMED if purpose == CodePurpose.CONFIRM else SignInOutcome.OPENED
        record_sign_in(
            user,
            way=SignInWay.CODE,
            outcome=SignInOutcome.WRONG if refused else right,
            address_index=address_index,
        )
    if refused:
        raise refused
    if not user.is_active:
        raise AccountClosed()
    return user


def _refuse(history: rules.CodeHistory, limits: rules.CodeLimits, *, now: datetime) -> None:
    reason = rules.refusal(history, limits, now=now)
    if reason == "cooldown":
        raise CodeTooSoon(seconds=rules.seconds_to_wait(history, limits, now=now))
    if reason == "phone":
        raise TooManyCodes()
    if reason == "address":
        raise AddressBusy()


def _drop_older(phone_index: str, *, purpose: str, binding: str, now: datetime) -> None:
    OneTimeCode.objects.filter(
        phone_index=phone_index, purpose=purpose, binding=binding, used_at__isnull=True, expires_at__gt=now
    ).update(expires_at=now)


def _try(row: OneTimeCode | None, code: str, limits: rules.CodeLimits, *, now: datetime) -> Exception | None:
    """Count one try on a locked row; the refusal, or None when the code was right and is now used up."""
    if row is None:
        OneTimeCode.waste_time(code)
        return CodeWrong()
    if row.tries >= limits.tries:
        return CodeSpent()
    row.tries += 1
    right = row.matches(code)
    if right:
        row.used_at = now
    row.save(update_fields=["tries", "used_at"])
    if right:
        return None
    return CodeSpent() if row.tries >= limits.tries else CodeWrong()


def _user_with(phone: str) -> User:
    index = OneTimeCode.index_of(phone)
    hold(f"accounts.user.phone.{index}")
    known = User.objects.filter(kind=UserKind.WORKER, phone_index=index).first()
    if known is not None:
        return known
    user = User(kind=UserKind.WORKER, phone=phone)
    user.set_unusable_password()
    user.save()
    return user


def forget_old_codes(*, now: datetime) -> int:
    """Delete codes older than the longest window in which they count; returns how many."""
    deleted, _ = OneTimeCode.objects.filter(created_at__lt=now - timedelta(days=2)).delete()
    return deleted


__all__ = ["CodePurpose", "forget_old_codes", "redeem_code", "request_code"]
