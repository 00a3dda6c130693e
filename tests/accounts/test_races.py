"""Guessing and asking in parallel: real connections, real locks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from services.accounts import actions
from services.accounts.enums import CodePurpose
from services.accounts.errors import CodeSpent, CodeTooSoon, CodeWrong, TooManyCodes
from services.accounts.models import OneTimeCode, User
from services.foundation import clock
from services.foundation.errors import Refused

pytestmark = [
    pytest.mark.race,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs the row locks of PostgreSQL"),
]
COMMON = {"phone": "19900000001", "binding": "browser-a", "purpose": CodePurpose.SIGN_IN}


def in_parallel(act, arguments):
    def run(argument):
        try:
            return act(argument)
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_twenty_parallel_guesses_share_five_tries():
    now = clock.now()
    code = actions.request_code(address="192.0.2.1", now=now, **COMMON)
    wrong = [f"{(int(code) + n) % 1_000_000:06d}" for n in range(1, 21)]
    answers = in_parallel(lambda guess: actions.redeem_code(code=guess, address="192.0.2.1", now=now, **COMMON), wrong)
    assert OneTimeCode.objects.get().tries == 5
    assert sum(type(a) is CodeWrong for a in answers) == 4
    assert sum(type(a) is CodeSpent for a in answers) == 16


def test_the_right_code_used_twice_at_once_opens_one_account_once():
    now = clock.now()
    code = actions.request_code(address="192.0.2.1", now=now, **COMMON)
    answers = in_parallel(
        lambda guess: actions.redeem_code(code=guess, address="192.0.2.1", now=now, **COMMON), [code] * 8
    )
    assert sum(isinstance(a, User) for a in answers) == 1
    assert User.objects.filter(phone_index=OneTimeCode.index_of("19900000001")).count() == 1


def test_eight_parallel_requests_of_one_network_send_one_code():
    now = clock.now()
    answers = in_parallel(lambda n: actions.request_code(address="192.0.2.1", now=now, **COMMON), list(range(8)))
    assert sum(isinstance(a, str) for a in answers) == 1
    assert sum(type(a) is CodeTooSoon for a in answers) == 7
    assert OneTimeCode.objects.count() == 1


def test_eight_networks_at_once_get_the_five_codes_of_the_number():
    now = clock.now()
    answers = in_parallel(lambda n: actions.request_code(address=f"192.0.2.{n}", now=now, **COMMON), list(range(1, 9)))
    assert sum(isinstance(a, str) for a in answers) == 5
    assert sum(type(a) is TooManyCodes for a in answers) == 3
    assert OneTimeCode.objects.count() == 5
