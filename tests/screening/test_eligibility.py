"""The rules of screening, rule by rule and for generated persons."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from services.foundation.verdict import Finding, Outcome
from services.screening import wording
from services.screening.rules import Facts, Standing, eligibility
from services.screening.rules.eligibility import add_months, birthday

ON = date(2026, 12, 1)


def terms(**changes):
    """Terms that ask for nothing but what is named."""
    nothing = {
        "age_min": None,
        "age_max": None,
        "interval_months": None,
        "membership_required": False,
        "marital_rule": "any",
        "employment_types": [],
        "interval_months_hpv": None,
        "interval_counts": "all",
        "elsewhere": "block",
        "residence_required": False,
        "roster_only": False,
        "added_from_age": None,
        "added_items": [],
        "source": "《方案》第三条",
    }
    return SimpleNamespace(**(nothing | changes))


def only(facts: Facts, on: date = ON, **asked) -> Finding:
    (finding,) = eligibility(facts, terms(**asked), on=on).findings
    return finding


@pytest.mark.parametrize(
    ("born", "outcome"),
    [
        (date(1991, 12, 1), Outcome.PASSED),  # 35 today
        (date(1991, 12, 2), Outcome.FAILED),  # 35 tomorrow
        (date(1961, 12, 2), Outcome.PASSED),  # 64 for one day more
        (date(1961, 12, 1), Outcome.FAILED),  # 65 today
        (None, Outcome.UNKNOWN),
    ],
)
def test_both_ends_of_the_age_band_are_included(born, outcome):
    assert only(Facts(birth_date=born), age_min=35, age_max=64).outcome is outcome


@pytest.mark.parametrize(
    ("last", "on", "outcome"),
    [
        (date(2024, 12, 1), ON, Outcome.PASSED),
        (date(2024, 12, 2), ON, Outcome.FAILED),
        (date(2024, 2, 29), date(2026, 2, 27), Outcome.FAILED),
        (date(2024, 2, 29), date(2026, 2, 28), Outcome.PASSED),
        (None, ON, Outcome.UNKNOWN),
    ],
)
def test_the_interval_is_counted_in_calendar_months(last, on, outcome):
    assert only(Facts(last_screening=last), on, interval_months=24).outcome is outcome


def test_never_screened_passes_and_silence_does_not():
    assert only(Facts(never_screened=True), interval_months=24).outcome is Outcome.PASSED
    assert only(Facts(), interval_months=24).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (Facts(member=True), Outcome.PASSED),
        (Facts(member=False), Outcome.FAILED),
        (Facts(), Outcome.UNKNOWN),
        (Facts(member_since=ON), Outcome.PASSED),
        (Facts(member_since=ON + timedelta(days=1)), Outcome.FAILED),
    ],
)
def test_membership(facts, outcome):
    assert only(facts, membership_required=True).outcome is outcome


@pytest.mark.parametrize(
    ("status", "rule", "outcome"),
    [
        ("married", "married", Outcome.PASSED),
        ("divorced", "married", Outcome.FAILED),
        ("divorced", "ever_married", Outcome.PASSED),
        ("widowed", "ever_married", Outcome.PASSED),
        ("single", "ever_married", Outcome.FAILED),
        (None, "ever_married", Outcome.UNKNOWN),
    ],
)
def test_marital_status(status, rule, outcome):
    assert only(Facts(marital_status=status), marital_rule=rule).outcome is outcome


@pytest.mark.parametrize(
    ("kind", "outcome"), [("new_form", Outcome.PASSED), ("contract", Outcome.FAILED), (None, Outcome.UNKNOWN)]
)
def test_forms_of_employment(kind, outcome):
    assert only(Facts(employment_type=kind), employment_types=["new_form", "dispatch"]).outcome is outcome


def test_who_left_her_unit_is_told_so():
    assert only(Facts(active=False)).outcome is Outcome.FAILED


@pytest.mark.parametrize(("day", "outcome"), [(date(2026, 6, 1), Outcome.FAILED), (date(2024, 12, 1), Outcome.PASSED)])
def test_a_booking_elsewhere_counts_like_a_screening(day, outcome):
    findings = eligibility(Facts(never_screened=True, other_booking=day), terms(interval_months=24), on=ON).findings
    assert [(f.code, f.outcome) for f in findings] == [("interval", Outcome.PASSED), ("other_booking", outcome)]


def test_rules_that_are_not_set_are_not_asked():
    assert eligibility(Facts(), terms(), on=ON).findings == ()
    assert eligibility(Facts(), terms(), on=ON).verdict is Standing.ELIGIBLE


def test_a_no_outweighs_an_unknown_and_an_unknown_outweighs_a_yes():
    asked = terms(age_min=35, membership_required=True)
    old_enough, too_young = date(1980, 1, 1), date(2000, 1, 1)
    assert eligibility(Facts(birth_date=too_young), asked, on=ON).verdict is Standing.NOT_ELIGIBLE
    assert eligibility(Facts(birth_date=old_enough), asked, on=ON).verdict is Standing.NEEDS_FACTS
    assert eligibility(Facts(birth_date=old_enough), asked, on=ON).missing == ("membership",)


def test_the_next_possible_day_is_the_latest_of_what_time_mends():
    asked = terms(age_min=35, interval_months=24)
    facts = Facts(birth_date=date(1992, 3, 1), last_screening=date(2026, 1, 31))
    assessment = eligibility(facts, asked, on=ON)
    assert assessment.possible_from == date(2028, 1, 31)
    assert eligibility(facts, asked, on=date(2028, 1, 31)).eligible
    assert not eligibility(facts, asked, on=date(2028, 1, 30)).eligible
    never = eligibility(replace(facts, active=False), asked, on=ON)
    assert never.possible_from is None


def test_months_and_birthdays_at_the_edges_of_the_calendar():
    assert add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 15), 24) == date(2028, 1, 15)
    assert birthday(date(1992, 2, 29), 35) == date(2027, 3, 1)


days = st.dates(date(1950, 1, 1), date(2026, 12, 1))
persons = st.builds(
    Facts,
    birth_date=st.none() | days,
    age=st.none() | st.integers(16, 80),
    member=st.none() | st.booleans(),
    member_since=st.none() | days,
    marital_status=st.sampled_from([None, "single", "married", "divorced", "widowed"]),
    employment_type=st.sampled_from([None, "contract", "new_form", "dispatch"]),
    last_screening=st.none() | days,
    never_screened=st.none() | st.booleans(),
    active=st.none() | st.booleans(),
    other_booking=st.none() | days,
)
programmes = st.builds(
    terms,
    age_min=st.none() | st.integers(18, 40),
    age_max=st.none() | st.integers(41, 70),
    interval_months=st.none() | st.integers(6, 60),
    membership_required=st.booleans(),
    marital_rule=st.sampled_from(["any", "ever_married", "married"]),
    employment_types=st.lists(st.sampled_from(["contract", "new_form"]), unique=True),
)


@settings(max_examples=500, deadline=None)
@given(persons, programmes)
def test_the_words_always_say_what_the_rules_decided(facts, asked):
    assessment = eligibility(facts, asked, on=ON)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            outcomes = {wording.outcome(finding) for finding in assessment.findings}
            met, not_met, unknown = (
                wording.outcome(Finding("age", o)) for o in (Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN)
            )
            read = Standing.ELIGIBLE
            if not_met in outcomes:
                read = Standing.NOT_ELIGIBLE
            elif unknown in outcomes:
                read = Standing.NEEDS_FACTS
            assert outcomes <= {met, not_met, unknown}
            assert (read, wording.verdict(assessment)) == (assessment.verdict, str(wording._VERDICTS[read]))
            for finding in assessment.findings:
                rule, value, remedy = wording.explain(finding)
                assert rule and value
                assert bool(remedy) == (not finding.passed)


@settings(max_examples=300, deadline=None)
@given(persons, programmes)
def test_a_fact_that_is_missing_never_becomes_a_no(facts, asked):
    """Whatever fails does so on a known value: forgetting facts can't add a refusal."""
    before = {f.code for f in eligibility(facts, asked, on=ON).findings if f.outcome is Outcome.FAILED}
    for name in ("birth_date", "age", "member", "member_since", "marital_status", "employment_type", "last_screening"):
        forgotten = replace(facts, **{name: None})
        if name in ("birth_date", "member_since"):
            forgotten = replace(forgotten, age=None, member=None)
        after = {f.code for f in eligibility(forgotten, asked, on=ON).findings if f.outcome is Outcome.FAILED}
        assert after <= before


@settings(max_examples=100, deadline=None)
@given(persons, programmes)
def test_stored_inputs_give_the_same_verdict_again(facts, asked):
    assert eligibility(Facts.from_json(facts.as_json()), asked, on=ON) == eligibility(facts, asked, on=ON)


def test_every_finding_names_its_source_and_origin():
    facts = Facts(birth_date=date(1980, 1, 1), origins={"age": "roster"})
    finding = only(facts, age_min=35)
    assert (finding.source, finding.origin) == ("《方案》第三条", "roster")
    assert Finding.from_json(finding.as_json()) == finding
