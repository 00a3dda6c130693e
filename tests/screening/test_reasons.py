"""Every finding of every kind of programme has words for the officer, at the desk as in the workbook."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from services.foundation.verdict import Finding, Outcome
from services.organizations.enums import Role
from services.screening.desk.reasons import said
from services.screening.models import ProgrammeTerms
from services.screening.rules import KINDS, Facts, eligibility
from tests.factories.screening import TermsFactory
from tests.races.scene import scene
from tests.screening.people import at_desk

ON = date(2026, 12, 1)
NEVER = "a_rule_of_next_year"
EVERYBODY = (
    Facts(),
    Facts(age=20, member=False, active=False, resident=False, on_roster=False, marital_status="single"),
    Facts(birth_date=date(1980, 5, 1), member_since=ON + timedelta(days=1), employment_type="formal"),
    Facts(last_screening=ON - timedelta(days=10), other_booking=ON, last_kind="charity", other_kind="charity"),
    Facts(last_screening=ON - timedelta(days=10)),
)


def found(kind: str) -> list[Finding]:
    """What the rules say of each of these women where everything that the kind may ask is asked."""
    rules = KINDS[kind]
    asked = {"membership_required": True, "marital_rule": "married", "employment_types": ["flexible"]}
    asked |= {"added_items": ["breast"], "residence_required": True, "roster_only": True}
    own = {name: value for name, value in asked.items() if name in rules.terms}
    terms = ProgrammeTerms(**{"source": "方案", **rules.usual, **own, **rules.fixed})
    return [finding for facts in EVERYBODY for finding in eligibility(facts, terms, on=ON).findings]


@pytest.mark.parametrize("kind", KINDS)
def test_each_rule_of_each_kind_has_words_of_its_own(kind):
    findings = [finding for finding in found(kind) if not finding.passed]
    unnamed = said(Finding(NEVER, Outcome.FAILED).as_json()).sentence
    assert len({finding.code for finding in findings}) > 3
    for finding in findings:
        words = said(finding.as_json())
        assert words.sentence not in ("", unnamed), finding.code


def test_between_them_the_kinds_ask_every_rule():
    codes = {finding.code for kind in KINDS for finding in found(kind)}
    rules = {"age", "membership", "active", "roster", "residence", "marital", "employment", "interval"}
    assert codes == rules | {"other_booking", "added_items"}


def test_a_rule_without_words_is_no_error():
    assert said(Finding(NEVER, Outcome.FAILED).as_json()).sentence
    assert said(Finding(NEVER, Outcome.NOTE).as_json()).is_note


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["public_health", "employer_duty"])
def test_a_group_of_these_kinds_can_be_chosen_and_previewed(kind):
    stage = scene(capacity=5, remainder_open=True)
    stage.programme.kind = kind
    stage.programme.save()
    own = {"roster_only": True} if kind == "employer_duty" else {"residence_required": True}
    added = {"added_from_age": 35, "added_items": ["breast"]} if kind == "employer_duty" else {}
    TermsFactory(programme=stage.programme, version=2, interval_months=None, **own, **added)
    women = stage.women(2)
    officer = at_desk(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER)
    page = reverse("screening_desk:enrol_at", args=[stage.programme.code, "T-A-1-1"])
    assert officer.get(page).status_code == 200
    preview = officer.post(page, {"who": [her.token for her in women], "wishes": ""}, follow=True)
    assert preview.status_code == 200
    assert preview.context["total"] == 2
