"""Every refusal has a code of its own, and words for whoever meets it."""

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.utils.functional import Promise

from services.foundation.errors import Refused


def _errors() -> list[type[Refused]]:
    for config in apps.get_app_configs():
        if config.name.startswith("services.") and find_spec(f"{config.name}.errors"):
            import_module(f"{config.name}.errors")
    found, waiting = [], [Refused]
    while waiting:
        waiting += (below := waiting.pop().__subclasses__())
        found += [error for error in below if not error.__subclasses__() and error.__module__.startswith("services.")]
    return found


def test_there_are_errors_to_look_at():
    assert len(_errors()) > 10


@pytest.mark.parametrize("staff", [False, True])
def test_whoever_meets_it_reads_translated_words(staff):
    wordings = {
        error: (error.for_staff if staff else error.for_her) or error.for_her or error.for_staff for error in _errors()
    }
    assert [
        error.__qualname__ for error, words in wordings.items() if not isinstance(words, Promise) or not str(words)
    ] == []


def test_a_refusal_meant_for_staff_has_their_wording_and_never_an_empty_one_for_her():
    class OnlyForStaff(Refused):
        for_staff = "closed"

    assert (OnlyForStaff().message(), OnlyForStaff().message(staff=True)) == ("closed", "closed")


def test_each_has_a_code_of_its_own_within_its_app():
    codes = [(error.__module__.split(".")[1], error.code) for error in _errors()]
    assert "refused" not in {code for _, code in codes}
    assert sorted(codes) == sorted(set(codes))
