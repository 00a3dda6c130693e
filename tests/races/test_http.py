"""Two hundred women ask for fifty places at one moment, through two real server processes (D3, T47)."""

import http.client
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from services.bookings.models import Booking
from services.screening.models import EligibilityRecord
from tests.races.conftest import web_server
from tests.races.scene import scene

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BUSY = (409, "busy")


def post(base: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    try:
        connection.request("POST", path, headers={"Content-Length": "0"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def all_ask(base: str, paths: list[str]) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(len(paths)) as pool:
        return list(pool.map(lambda path: post(base, path), paths))


def ask_again_while_busy(base: str, paths: list[str]) -> list[tuple[int, str]]:
    """What people do when told that many are booking and nothing was taken."""
    answers = dict(zip(paths, all_ask(base, paths), strict=True))
    while busy := [path for path, answer in answers.items() if answer == BUSY]:
        answers |= zip(busy, all_ask(base, busy), strict=True)
    return list(answers.values())


@pytest.mark.parametrize("round_", range(int(os.environ.get("RACE_ROUNDS", "3"))))
def test_fifty_places_go_to_exactly_fifty_of_two_hundred(round_):
    stage = scene(capacity=50)
    paths = [f"/race/{stage.programme.pk}/{stage.session.token}/{her.token}/" for her in stage.women(200)]
    with web_server(workers=2, threads=8) as base:
        answers = ask_again_while_busy(base, paths)
    assert Counter(status for status, _ in answers) == {200: 50, 409: 150}
    assert {text for status, text in answers if status == 409} == {"session_full"}
    stage.session.refresh_from_db()
    assert stage.session.taken == 50
    booked = Booking.objects.unscoped().filter(session=stage.session)
    assert booked.count() == 50
    assert EligibilityRecord.objects.filter(booking__in=booked).count() == 50
    assert stage.differences() == []


def test_the_same_post_sent_ten_times_makes_one_booking():
    stage = scene(capacity=50)
    her = stage.women(1)[0]
    with web_server(workers=2, threads=8) as base:
        path = f"/race/{stage.programme.pk}/{stage.session.token}/{her.token}/"
        answers = [answer if answer != BUSY else post(base, path) for answer in all_ask(base, [path] * 10)]
    mine = Booking.objects.unscoped().get(worker=her)
    assert set(answers) == {(200, mine.number)}
    stage.session.refresh_from_db()
    assert stage.session.taken == 1
    assert stage.differences() == []
