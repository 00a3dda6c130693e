"""A run that skips a test fails: a missing browser or server must be seen, not passed over."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

HOOKS = "from tests.nothing_skipped import pytest_sessionfinish, pytest_terminal_summary\n"
A_SKIPPING_TEST = """
import pytest

def test_skips_itself():
    pytest.skip("no browser here")

def test_passes():
    pass
"""


@pytest.fixture
def run(pytester, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    pytester.makeconftest(HOOKS)

    def run_this(test: str):
        pytester.makepyfile(test)
        return pytester.runpytest_subprocess("-p", "no:django", "-p", "no:cacheprovider")

    return run_this


def test_a_run_with_a_skipped_test_fails_and_names_it(run):
    result = run(A_SKIPPING_TEST)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["1 skipped test*", "*no browser here*"])


def test_a_run_without_skips_keeps_its_result(run):
    assert run("def test_passes():\n    pass\n").ret == 0
