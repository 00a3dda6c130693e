"""Two halves of a run leave nothing out between them."""

from pathlib import Path

import pytest

from tests.halves import a_part

pytest_plugins = ["pytester"]

CONFTEST = """
from tests.halves import of_the_other_half

def pytest_collection_modifyitems(items):
    left = of_the_other_half(items)
    items[:] = [item for item in items if item not in left]
"""
TESTS = """
import pytest

@pytest.mark.parametrize("case", range(5))
def test_case(case):
    pass

def test_alone():
    pass

@pytest.mark.parted
def test_of_a_long_round():
    pass

@pytest.mark.race
def test_race():
    pass
"""
NOT_SHARED = {"test_of_a_long_round", "test_race"}
SHARED = {"test_alone", *(f"test_case[{case}]" for case in range(5))}


@pytest.fixture
def names(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    pytester.makeini("[pytest]\nmarkers =\n    parted: x\n    race: x\n    services: x\n    journey: x\n")
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(TESTS)

    def of(half: str, turn: str = "0") -> set[str]:
        monkeypatch.setenv("HALF", half)
        monkeypatch.setenv("TURN", turn)
        result = pytester.runpytest_subprocess("--collect-only", "-q", "-p", "no:django", "-p", "no:cacheprovider")
        return {line.split("::")[1] for line in result.stdout.lines if "::" in line}

    return of


def test_without_halves_everything_runs(names):
    assert names("") == SHARED | NOT_SHARED


def test_two_halves_run_every_test_once_and_share_no_race(names):
    first, second = names("first"), names("second")
    assert first & second == NOT_SHARED
    assert first | second == SHARED | NOT_SHARED
    assert len(first - NOT_SHARED) == len(second - NOT_SHARED)


@pytest.mark.parametrize("turn", ["4", "9"])
def test_two_commits_ask_every_address_of_a_long_round(monkeypatch, turn):
    addresses, asked = [f"address{number:02}" for number in range(11)], []
    for later in (0, 1):
        monkeypatch.setenv("TURN", str(int(turn) + later))
        for half in ("first", "second"):
            monkeypatch.setenv("HALF", half)
            asked += a_part(addresses)
    assert sorted(asked) == addresses
    monkeypatch.setenv("HALF", "")
    assert a_part(addresses) == addresses


def test_the_next_commit_asks_of_one_database_what_this_asked_of_the_other(names):
    assert names("first", turn="7") == names("second", turn="8")
