"""Findings on one woman, fees and their split, and what keeps terms from being put in force."""

from datetime import date
from decimal import Decimal

import pytest

from services.foundation.verdict import Outcome
from services.mutual_aid.enums import Duplicates, InSitu, MidTerm, Result
from services.mutual_aid.rules.fees import FeeUnknown, Split, fee, total_of
from services.mutual_aid.rules.fitness import Lack, lacking
from services.mutual_aid.rules.joining import Held, Person, findings_on, may_join
from services.mutual_aid.rules.threshold import share
from services.mutual_aid.samples.shape import FIRST, INVASIVE, RENEWAL, pays, waiting
from tests.mutual_aid import texts
from tests.mutual_aid.whole import WHOLE

ON = date(2025, 6, 1)


def outcome(terms, code, shares=1, **person):
    found = findings_on(terms, Person(**{"birth_date": date(1985, 1, 1)} | person), shares=shares, on=ON)
    return next((one.outcome for one in found if one.code == code), None)


@pytest.mark.parametrize(
    ("terms", "born", "code", "expected", "source"),
    [
        (texts.BEIJING, date(2009, 6, 1), "youngest_age", Outcome.PASSED, "S7m: 16 on the day"),
        (texts.BEIJING, date(2009, 6, 2), "youngest_age", Outcome.FAILED, "S7m: 16 tomorrow"),
        (texts.BEIJING, date(1964, 6, 2), "oldest_age", Outcome.PASSED, "S7m: still 60"),
        (texts.BEIJING, date(1964, 6, 1), "oldest_age", Outcome.FAILED, "S7m: 61 on the day"),
        (texts.OLDER, date(1969, 6, 2), "oldest_age", Outcome.PASSED, "S9m: still 55"),
        (texts.OLDER, date(1969, 6, 1), "oldest_age", Outcome.FAILED, "S9m: 56"),
        (texts.SICHUAN, date(2007, 6, 2), "youngest_age", Outcome.FAILED, "S22m: 18 tomorrow"),
        (texts.NINGBO, date(1990, 6, 1), "retirement_age", Outcome.PASSED, "S181m"),
        (texts.NINGBO, date(1960, 6, 1), "retirement_age", Outcome.FAILED, "S181m"),
        (texts.NINGBO, date(1973, 6, 1), "retirement_age", Outcome.UNKNOWN, "S181m: 50 or 55?"),
        (texts.NINGBO, date(1990, 6, 1), "youngest_age", Outcome.UNKNOWN, "S16 names no youngest age"),
    ],
)
def test_ages(terms, born, code, expected, source):
    assert outcome(terms, code, birth_date=born) == expected, source


def test_temporary_staff_wait_for_more_than_a_year():
    assert (
        outcome(texts.BEIJING, "temporary_staff", employment_type="temporary", hired_on=date(2024, 5, 31)) == "passed"
    )
    assert outcome(texts.BEIJING, "temporary_staff", employment_type="temporary", hired_on=date(2024, 6, 1)) == "failed"
    assert outcome(texts.BEIJING, "temporary_staff", employment_type="temporary") == "unknown"
    assert outcome(texts.BEIJING, "temporary_staff", employment_type="contract") is None, "S7m S9m"
    assert outcome(texts.BEIJING, "employment", employment_type="dispatch") == "failed", "S7m"
    assert outcome(texts.BEIJING, "employment") == "unknown"


def test_who_has_left_the_unit_cannot_join():
    assert outcome(texts.BEIJING, "employed", employed=False) == "failed", "S8m S7m"
    assert outcome(texts.BEIJING, "employed") == "passed"


def test_a_disease_before_bars_or_isnt_covered():
    assert outcome(texts.EDITION_2011, "earlier_disease", had_listed=True) == "failed", "S10m"
    assert outcome(texts.BEIJING, "earlier_disease", had_listed=True) == "note", "S7m"
    assert outcome(texts.HAINAN, "earlier_disease", had_listed=True) == "unknown"
    assert outcome(texts.BEIJING, "earlier_disease", had_listed=None) is None


def test_an_illness_named_by_a_refused_claim_is_looked_at_and_never_bars_by_itself():
    assert outcome(texts.EDITION_2011, "earlier_diagnosis", told=True) == "unknown"
    assert outcome(texts.BEIJING, "earlier_diagnosis", told=True) == "note"
    assert outcome(texts.EDITION_2011, "earlier_diagnosis", told=True, had_listed=True) is None


def test_after_a_claim_some_schemes_never_take_her_again():
    assert outcome(texts.CHINA_LIFE, "earlier_claim", claimed=True) == "failed", "S3m"
    assert outcome(texts.BEIJING, "earlier_claim", claimed=True) == "note", "S7m"


def test_shares_are_limited_and_counted_with_those_she_holds():
    assert outcome(texts.NINGBO, "shares", shares=3) == "passed", "S18m"
    assert outcome(texts.NINGBO, "shares", shares=4) == "failed", "S18m"
    assert outcome(texts.NINGBO, "shares", shares=0) == "failed"
    assert outcome(texts.BEIJING, "shares", shares=9) == "unknown"
    held = (Held(first=ON, last=date(2026, 5, 31), shares=2),)
    adding = texts.NINGBO.with_(duplicates=Duplicates.ADD_UP.value)
    assert outcome(adding, "shares", shares=1, held=held) == "passed"
    assert outcome(adding, "shares", shares=2, held=held) == "failed"


def test_the_same_woman_twice_in_one_roster_is_found():
    twice = (Held(first=None, last=None, shares=1, in_this_batch=True),)
    assert outcome(texts.GUANGDONG, "already_covered", held=twice) == "failed", "S14"
    assert outcome(texts.BEIJING, "already_covered", held=twice) == "unknown"
    assert outcome(texts.GUANGDONG, "already_covered") is None


@pytest.mark.parametrize(
    ("rule", "hired", "expected"),
    [
        (MidTerm.NEW_HIRES, date(2025, 5, 2), Outcome.PASSED),
        (MidTerm.NEW_HIRES, date(2025, 5, 1), Outcome.PASSED),
        (MidTerm.NEW_HIRES, date(2025, 4, 30), Outcome.FAILED),
        (MidTerm.NEW_HIRES, None, Outcome.UNKNOWN),
        (MidTerm.NOBODY, date(2025, 5, 2), Outcome.FAILED),
        (MidTerm.ANYBODY, None, Outcome.PASSED),
    ],
)
def test_additions_in_mid_term(rule, hired, expected):
    terms = texts.NINGBO.with_(mid_term=rule.value)
    assert outcome(terms, "addition", hired_on=hired, unit_began=date(2025, 5, 1)) == expected, "S17m S19m"
    assert outcome(terms, "addition", hired_on=hired) is None


def test_an_unknown_is_never_a_no():
    person = Person(birth_date=date(1985, 1, 1))
    assert may_join(findings_on(texts.BEIJING, person, shares=1, on=ON)) is None
    assert may_join(findings_on(WHOLE, person, shares=1, on=ON)) is True
    assert may_join(findings_on(WHOLE, Person(birth_date=date(1940, 1, 1)), shares=1, on=ON)) is False


# --- fees ---


def test_a_fee_is_split_among_three():
    assert fee(texts.ANHUI, 1) == Split(Decimal(15), Decimal(10), Decimal(11)), "S13m"
    assert fee(texts.ANHUI, 2).total == 72


def test_further_shares_may_be_hers_to_pay():
    terms = texts.ANHUI.with_(more_shares_by_herself=True)
    assert fee(terms, 3) == Split(Decimal(15), Decimal(10), Decimal(83))
    assert fee(terms, 1).herself == 11


def test_where_the_unit_says_who_pays_its_word_must_make_up_the_fee():
    half = Split(Decimal(0), Decimal("27.50"), Decimal("27.50"))
    assert fee(texts.GUANGDONG, 2, unit_split=half) == Split(Decimal(0), Decimal(55), Decimal(55)), "S14: 55 + 55"
    for wrong in (None, Split(Decimal(0), Decimal(55), Decimal(1)), Split(Decimal(-5), Decimal(55), Decimal(5))):
        with pytest.raises(FeeUnknown) as refused:
            fee(texts.GUANGDONG, 2, unit_split=wrong)
        assert refused.value.field == "split"


def test_an_unknown_fee_is_not_invented():
    with pytest.raises(FeeUnknown):
        fee(texts.BEIJING, 1)
    with pytest.raises(FeeUnknown):
        fee(texts.OLDER, 1)
    with pytest.raises(ValueError, match="no share"):
        fee(texts.ANHUI, 0)


def test_a_batch_pays_the_sum_of_its_lines():
    parts = [fee(texts.ANHUI, shares) for shares in (1, 2, 1)]
    assert total_of(parts) == Split(Decimal(60), Decimal(40), Decimal(44))
    assert total_of([]).total == 0


def test_a_share_is_cut_off_and_never_rounded_up():
    assert (share(7999, 10000), share(80, 100), share(0, 3), share(0, 0)) == ("79.9", "80.0", "0.0", "")


# --- what keeps terms from being put in force ---


def test_terms_that_say_everything_are_fit():
    assert lacking(WHOLE) == []


@pytest.mark.parametrize(
    "name",
    [
        *("fee_per_share", "max_shares", "period_months", "age_min", "effective_day", "last_day_counts", "notice_days"),
        *("claim_days", "renewal_grace_days", "exclusions", "diseases_complete", "renewal_keeps_day"),
        *("threshold_percent", "age_max"),
    ],
)
def test_an_unknown_figure_blocks(name):
    assert lacking(WHOLE.with_(**{name: None})) == [Lack(name)]


@pytest.mark.parametrize(
    "name",
    [
        *("fee_split", "age_limit", "threshold_base", "effective_rule", "prior_disease", "after_claim", "mid_term"),
        *("duplicates", "hospital_level", "source", "addition_ends"),
    ],
)
def test_an_unknown_rule_blocks(name):
    assert lacking(WHOLE.with_(**{name: ""})) == [Lack(name)]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"fee_unit": None}, "fee_split", "parts_unknown"),
        ({"fee_unit": Decimal(9)}, "fee_split", "parts_differ"),
        ({"age_min": 61}, "age_max", "ages_cross"),
        ({"diseases": ()}, "diseases", "no_disease"),
        ({"diseases_complete": False}, "diseases", "list_incomplete"),
        ({"documents": ()}, "documents", "unknown"),
        ({"duplicates": Duplicates.ADD_UP.value, "max_shares": 1}, "duplicates", "nothing_to_add"),
    ],
)
def test_what_cannot_be_is_named_by_its_field(change, field, code):
    assert (field, code) in {(one.field, one.code) for one in lacking(WHOLE.with_(**change))}


def _ladder(*lines):
    return WHOLE.with_(lines=(*lines, pays(RENEWAL, INVASIVE, Result.FULL, (0, None), 10000, "示例")))


def _paid(first, last, yuan=10000):
    return pays(FIRST, INVASIVE, Result.FULL, (first, last), yuan, "示例")


@pytest.mark.parametrize(
    ("terms", "code", "row"),
    [
        (_ladder(waiting(FIRST, INVASIVE, 30, "示例"), _paid(32, None)), "days_gap", 1),
        (_ladder(waiting(FIRST, INVASIVE, 30, "示例"), _paid(30, None)), "days_overlap", 1),
        (_ladder(waiting(FIRST, INVASIVE, 30, "示例"), _paid(31, 90)), "days_end_early", 1),
        (_ladder(_paid(5, None)), "days_begin_late", 0),
        (_ladder(_paid(0, 90, None), _paid(91, None)), "sum_unknown", 0),
        (_ladder(_paid(0, None, 0)), "sum_not_above_zero", 0),
        (_ladder(_paid(None, None)), "days_unknown", 0),
        (_ladder(waiting(FIRST, INVASIVE, 90, "示例")), "nothing_for_first_join", None),
        (WHOLE.with_(lines=(_paid(0, None),)), "nothing_for_renewal", None),
        (WHOLE.with_(lines=(*WHOLE.lines, _paid(0, None))), "days_overlap", 6),
    ],
)
def test_the_ladder_leaves_no_day_out_and_counts_none_twice(terms, code, row):
    assert Lack("lines", code, row) in lacking(terms)


def test_an_in_situ_sum_that_is_promised_must_be_there():
    only_invasive = tuple(line for line in WHOLE.lines if line.grade == INVASIVE)
    assert Lack("diseases", "in_situ_without_sum", 0) in lacking(WHOLE.with_(lines=only_invasive))
    excluded = WHOLE.with_(
        lines=only_invasive,
        diseases=tuple(type(one)(one.code, one.name, True, InSitu.EXCLUDED.value) for one in WHOLE.diseases),
    )
    assert lacking(excluded) == []
