"""Every finding that a rule can make has words, in both languages, whatever its outcome."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings

from services.mutual_aid import rules, wording
from services.mutual_aid.enums import Reason
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.fitness import lacking
from services.mutual_aid.rules.joining import Held, Person, findings_on
from services.mutual_aid.rules.starting import Joining, span
from services.mutual_aid.rules.threshold import Group, threshold
from tests.mutual_aid import texts
from tests.mutual_aid.test_properties import facts, terms
from tests.mutual_aid.whole import WHOLE

ON = date(2025, 6, 1)


@settings(max_examples=200, deadline=None)
@given(terms(), facts())
def test_every_finding_on_a_claim_has_words(terms, facts):
    for finding in benefit(terms, facts).findings:
        said = wording.explain(finding)
        assert said.rule
        assert said.value
        assert "None" not in "".join(said)
        assert wording.outcome(finding)


@pytest.mark.parametrize("text", texts.VARIANTS, ids=lambda one: one.code)
def test_every_finding_on_joining_has_words(text):
    people = (
        Person(birth_date=date(1973, 1, 1), employed=False, employment_type="temporary", had_listed=True, claimed=True),
        Person(birth_date=date(1990, 1, 1), employed=None, unit_began=date(2025, 5, 1), hired_on=date(2025, 5, 9)),
        Person(birth_date=date(1990, 1, 1), held=(Held(ON, date(2026, 5, 31), 1),), unit_began=date(2025, 5, 1)),
        Person(
            birth_date=date(1990, 1, 1), held=(Held(None, None, 1, in_this_batch=True),), employment_type="dispatch"
        ),
    )
    findings = [
        one for person in people for shares in (1, 9) for one in findings_on(text, person, shares=shares, on=ON)
    ]
    findings += [one for count in (1, 90, 300) for one in threshold(text, Group(count, women=100, staff=99)).findings]
    findings += threshold(text, Group(1)).findings
    for joining in (
        Joining(),
        Joining(paid=ON, papers=ON, previous_last=date(2025, 5, 20)),
        Joining(paid=ON, papers=ON, unified=ON, previous_last=date(2025, 3, 1)),
    ):
        findings += span(text, joining).findings
    for finding in findings:
        said = wording.explain(finding)
        assert said.rule
        assert said.value
        assert "None" not in "".join(said), finding


def test_every_reason_has_words_for_her_that_say_what_she_can_do():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert len({wording.refusals.to_her(reason) for reason in Reason.values}) == len(Reason.values)


def test_everything_that_may_be_lacking_has_words():
    for text in (*texts.VARIANTS, WHOLE.with_(lines=(), diseases=(), fee_unit=None)):
        assert all(wording.lacks(lacking(text)))


def test_no_code_of_a_finding_is_without_words():
    """Also those that no case above happens to make: every literal first argument of a ``Finding``."""
    folder = Path(rules.__file__).parent
    nodes = [node for path in folder.glob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding"]
    literal = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    assert literal
    assert literal | {str(reason) for reason in Reason} - {"docs_missing"} <= wording.codes()
