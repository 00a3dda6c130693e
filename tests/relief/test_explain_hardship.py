"""``manage.py explain_hardship``: the rule from the command line, for people and for programs."""

import json
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.house.sources import ROOT

GIVEN = {"income": "60000", "rigid": "40000", "persons": "3", "line": "820"}


def ran(**changes) -> dict:
    out = StringIO()
    call_command("explain_hardship", json=True, stdout=out, **GIVEN | changes)
    return json.loads(out.getvalue())


@pytest.mark.parametrize(
    ("changes", "category"),
    [
        ({}, "deep"),
        ({"rigid": "10000"}, "relative"),
        ({"rigid": "0"}, "none"),
        ({"income": "29520", "rigid": "0"}, "relative"),
        ({"income": "100000", "rigid": "0", "sudden_cost": "12000"}, "sudden"),
        ({"income": "100000", "rigid": "0", "sudden_cost": "0"}, "none"),
        ({"income": "45000", "rigid": "0", "relative_multiple": "1.5"}, "none"),
    ],
)
def test_it_answers_with_category_and_findings(changes, category):
    answer = ran(**changes)
    assert list(answer) == ["category", "findings"]
    assert answer["category"] == category
    assert all({"code", "outcome", "figures", "source"} <= set(found) for found in answer["findings"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"income": "-1"}, "--income must not be negative"),
        ({"rigid": "-0.01"}, "--rigid must not be negative"),
        ({"persons": "0"}, "--persons must be above zero"),
        ({"persons": "2.5"}, "--persons must be a whole number"),
        ({"persons": "100"}, "--persons is larger"),
        ({"line": "0"}, "--line must be above zero"),
        ({"income": "sixty"}, "--income must be a number"),
        ({"income": "1e5"}, "--income must be a number"),
        ({"income": "nan"}, "--income must be a number"),
        ({"income": "Infinity"}, "--income must be a number"),
        ({"income": "６００００"}, "--income must be a number"),
        ({"income": ""}, "--income must be a number"),
        ({"income": "9" * 5_000}, "--income is larger"),
        ({"income": "0." + "1" * 5_000}, "--income is larger"),
        ({"sudden_cost": "-5"}, "--sudden-cost must not be negative"),
        ({"relative_multiple": "4"}, "--relative-multiple must be"),
        ({"relative_multiple": "0.5"}, "--relative-multiple must be"),
    ],
)
def test_bad_input_is_refused_with_its_name(changes, said):
    with pytest.raises(CommandError, match=said):
        ran(**changes)


def test_from_a_shell_the_answer_is_on_standard_output_and_a_refusal_on_standard_error():
    def shell(*arguments):
        command = [sys.executable, "manage.py", "explain_hardship", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    good = shell("--income", "60000", "--rigid", "0", "--persons", "3", "--line", "820", "--json")
    assert (good.returncode, json.loads(good.stdout)["category"]) == (0, "none")
    bad = shell("--income", "-60000", "--rigid", "0", "--persons", "3", "--line", "820", "--json")
    assert bad.returncode != 0
    assert (bad.stdout, "--income must not be negative" in bad.stderr, "Traceback" in bad.stderr) == ("", True, False)
    short = shell("--income", "60000")
    assert (short.returncode != 0, "--rigid" in short.stderr) == (True, True)


def test_without_json_it_speaks_in_sentences():
    out = StringIO()
    call_command("explain_hardship", stdout=out, **GIVEN)
    assert "555.55" in out.getvalue()
    assert "820.00" in out.getvalue()
