"""Every border of every ladder at all settings of day counting; when covers begin, end, and go on unbroken."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.foundation.verdict import Outcome
from services.mutual_aid.enums import AdditionEnds, EffectiveRule
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.days import day_number, last_day
from services.mutual_aid.rules.deadlines import deadlines
from services.mutual_aid.rules.facts import Facts
from services.mutual_aid.rules.retirement import below_retirement, retires_on
from services.mutual_aid.rules.standing import Cover, standing
from services.mutual_aid.rules.starting import Joining, span
from tests.mutual_aid import texts
from tests.mutual_aid.texts import IN_SITU, INVASIVE

BEGAN = date(2024, 1, 20)  # 29 February lies in the first ladder
SETTINGS = [(0, True), (0, False), (1, True), (1, False)]
# By how many days each setting moves a border to the left.
EARLIER = {(0, True): 0, (0, False): 1, (1, True): 1, (1, False): 2}


def amount(terms, days_after, setting, grade=INVASIVE, **facts):
    terms = terms.with_(effective_day=setting[0], last_day_counts=setting[1])
    diagnosed = BEGAN + timedelta(days=days_after)
    return benefit(terms, Facts(effective=BEGAN, diagnosed=diagnosed, grade=grade, surgery=True, **facts)).amount


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(
    ("terms", "grade", "border", "before", "after"),
    [
        (texts.BEIJING, INVASIVE, 30, 0, 500),
        (texts.BEIJING, INVASIVE, 60, 500, 15000),
        (texts.BEIJING, IN_SITU, 30, 0, 500),
        (texts.BEIJING, IN_SITU, 60, 500, 2000),
        (texts.NINGBO, INVASIVE, 30, 0, 1000),
        (texts.NINGBO, INVASIVE, 90, 1000, 10000),
        (texts.NINGBO, IN_SITU, 90, 0, 5000),
        (texts.NINGBO_4Y, INVASIVE, 90, 1000, 10000),
        (texts.GUANGDONG, INVASIVE, 180, 0, 15000),
        (texts.SICHUAN, INVASIVE, 150, 0, 10000),
        (texts.CHINA_LIFE, INVASIVE, 90, 0, 10000),
    ],
)
def test_each_border_at_each_setting(terms, grade, border, before, after, setting):
    facts = {"hospital_level": "level_3", "hospitalised": True}
    last = border - EARLIER[setting]
    assert amount(terms, last, setting, grade, **facts) == before
    assert amount(terms, last + 1, setting, grade, **facts) == after
    if last > 1:
        assert amount(terms, last - 1, setting, grade, **facts) == before


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_first_day_lies_in_the_ladder_at_each_setting(setting):
    assert amount(texts.BEIJING, 0, setting) == 0
    assert amount(texts.BEIJING, 0, setting, renewal=True) == 15000


def test_days_are_counted_by_the_calendar():
    assert day_number(date(2024, 2, 28), date(2024, 3, 1), 0) == 2, "29 February counts"
    assert day_number(date(2023, 2, 28), date(2023, 3, 1), 0) == 1
    assert day_number(date(2024, 2, 28), date(2024, 2, 28), 1) == 1
    assert day_number(date(2024, 2, 28), date(2024, 2, 28), None) == 0


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2022, 5, 1), 12, date(2023, 4, 30)),  # S18m: in force 2022-05-01, over 2023-04-30
        (date(2024, 1, 1), 12, date(2024, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),  # no 29 February: the month's last day
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 8, 31), 36, date(2027, 8, 30)),
        (date(2024, 7, 1), 120, date(2034, 6, 30)),
    ],
)
def test_a_cover_ends_the_day_before_the_day_it_began(first, months, last):
    assert last_day(first, months) == last


def test_covered_from_the_first_day_to_the_last():
    terms, last = texts.BEIJING, date(2025, 1, 19)
    for day, covered in ((BEGAN, True), (last, True), (last + timedelta(days=1), False)):
        found = benefit(terms, Facts(effective=BEGAN, diagnosed=day, grade=INVASIVE, renewal=True))
        assert (found.reason != "not_insured_at_date") is covered, day
    ended = Facts(effective=BEGAN, last=date(2024, 6, 1), diagnosed=date(2024, 6, 2), grade=INVASIVE)
    assert benefit(terms, ended).reason == "not_insured_at_date", "the cover ended earlier than by the terms"


def test_before_an_unbroken_renewal_the_earlier_cover_counts():
    found = benefit(texts.BEIJING, Facts(effective=BEGAN, diagnosed=date(2024, 1, 19), grade=INVASIVE, renewal=True))
    assert found.reason == "not_insured_at_date"


@pytest.mark.parametrize(
    ("joining", "effective"),
    [
        (Joining(paid=date(2024, 3, 1), papers=date(2024, 3, 5)), date(2024, 3, 6)),
        (Joining(paid=date(2024, 3, 5), papers=date(2024, 3, 1)), date(2024, 3, 6)),
        (Joining(paid=date(2024, 2, 28), papers=date(2024, 2, 28)), date(2024, 2, 29)),
        (Joining(paid=date(2024, 12, 31), papers=date(2024, 12, 31)), date(2025, 1, 1)),
        (Joining(paid=date(2024, 3, 1)), None),
        (Joining(papers=date(2024, 3, 1)), None),
    ],
)
def test_the_day_after_fee_and_papers(joining, effective):
    assert span(texts.GUANGDONG, joining).effective == effective, "S14 S181m"


def test_one_day_for_the_whole_batch():
    terms = texts.NINGBO.with_(effective_rule=EffectiveRule.UNIFIED.value)
    found = span(terms, Joining(paid=date(2022, 6, 20), papers=date(2022, 6, 20), unified=date(2022, 5, 1)))
    assert (found.effective, found.last) == (date(2022, 5, 1), date(2023, 4, 30)), "S18m"
    assert span(terms, Joining(paid=date(2022, 6, 20))).effective is None


def test_a_renewal_that_keeps_no_day_never_overlaps_the_old_cover():
    terms = texts.NINGBO.with_(renewal_keeps_day=False)
    early = span(terms, Joining(paid=date(2024, 3, 1), papers=date(2024, 3, 1), previous_last=date(2024, 4, 30)))
    assert (early.effective, early.renewal) == (date(2024, 5, 1), True)
    late = span(terms, Joining(paid=date(2024, 5, 20), papers=date(2024, 5, 20), previous_last=date(2024, 4, 30)))
    assert (late.effective, late.renewal) == (date(2024, 5, 21), True)


def test_whether_a_renewal_is_unbroken_stays_open_while_the_grace_is_unknown():
    found = span(
        texts.GUANGDONG, Joining(paid=date(2024, 5, 2), papers=date(2024, 5, 2), previous_last=date(2024, 4, 30))
    )
    assert found.renewal is None
    assert [one.outcome for one in found.findings if one.code == "unbroken_renewal"] == [Outcome.UNKNOWN]


@pytest.mark.parametrize(("gap", "unbroken"), [(0, True), (15, True), (16, False)])
def test_the_beijing_type_gives_fifteen_days(gap, unbroken):
    ended = date(2024, 2, 20)
    found = span(texts.BEIJING, Joining(paid=ended + timedelta(days=gap), previous_last=ended))
    assert found.renewal is unbroken, "S12m"


def test_who_is_added_in_mid_term_ends_with_her_unit_or_after_a_period():
    joining = Joining(paid=date(2024, 9, 1), papers=date(2024, 9, 1), unit_last=date(2025, 4, 30))
    with_unit = texts.NINGBO.with_(addition_ends=AdditionEnds.WITH_UNIT.value)
    assert span(with_unit, joining).last == date(2025, 4, 30)
    own = texts.NINGBO.with_(addition_ends=AdditionEnds.OWN_PERIOD.value)
    assert span(own, joining).last == date(2025, 9, 1)


def test_deadlines_name_the_last_day():
    found = deadlines(texts.SICHUAN, diagnosed=date(2024, 1, 31), discovered=date(2024, 1, 31))
    assert (found.notice_by, found.claim_by, found.notice_bars) == (date(2024, 3, 1), date(2025, 1, 30), True)
    none = deadlines(texts.SICHUAN.with_(notice_days=0, claim_days=None), diagnosed=date(2024, 1, 31))
    assert (none.notice_by, none.claim_by) == (None, None)


@pytest.mark.parametrize(
    ("born", "original", "day"),
    [
        (date(1974, 12, 31), 50, date(2024, 12, 31)),  # before the decision
        (date(1975, 1, 1), 50, date(2025, 2, 1)),  # 50 years and 1 month
        (date(1975, 2, 28), 50, date(2025, 3, 28)),
        (date(1975, 3, 15), 50, date(2025, 5, 15)),  # 50 years and 2 months
        (date(1984, 11, 1), 50, date(2039, 11, 1)),  # 55 years, the last step
        (date(1990, 6, 1), 50, date(2045, 6, 1)),
        (date(1970, 1, 1), 55, date(2025, 2, 1)),
        (date(1970, 5, 10), 55, date(2025, 7, 10)),  # 55 years and 2 months
        (date(1981, 9, 1), 55, date(2039, 9, 1)),  # 58 years, the last step
        (date(1969, 12, 31), 55, date(2024, 12, 31)),
    ],
)
def test_the_legal_retirement_age_rises_step_by_step(born, original, day):
    assert retires_on(born, original) == day, "decision of 13 September 2024, tables 2 and 3"


def test_which_retirement_age_is_hers_matters_only_between_the_two():
    assert below_retirement(date(1990, 1, 1), date(2025, 6, 1), None) is True
    assert below_retirement(date(1960, 1, 1), date(2025, 6, 1), None) is False
    assert below_retirement(date(1973, 1, 1), date(2025, 6, 1), None) is None
    assert below_retirement(date(1973, 1, 1), date(2025, 6, 1), 55) is True
    assert below_retirement(date(1973, 1, 1), date(2025, 6, 1), 50) is False


def test_she_sees_what_she_is_covered_for_and_from_when_more():
    terms = texts.BEIJING.with_(effective_day=0)
    cover = Cover(effective=date(2024, 3, 1), last=date(2025, 2, 28), shares=2, renewal=False)
    early = standing(terms, cover, date(2024, 3, 10))
    (invasive,) = [one for one in early.given if one.grade == INVASIVE]
    assert (early.covered, early.day, invasive.amount) == (True, 9, 0)
    assert invasive.next_from == date(2024, 4, 1), "day 31"
    late = standing(terms, cover, date(2024, 5, 1))
    assert {one.grade: one.amount for one in late.given} == {IN_SITU: Decimal(4000), INVASIVE: Decimal(30000)}
    assert {one.next_from for one in late.given} == {None}
    assert standing(terms, cover, date(2025, 3, 1)).covered is False


@pytest.mark.parametrize("first_is", [0, 1])
def test_the_day_she_is_told_is_the_day_the_sum_changes(first_is):
    terms = texts.BEIJING.with_(effective_day=first_is)
    cover = Cover(effective=BEGAN, last=last_day(BEGAN, 12), shares=1, renewal=False)
    (now,) = [one for one in standing(terms, cover, BEGAN).given if one.grade == INVASIVE]
    before, after = (
        benefit(terms, Facts(effective=BEGAN, diagnosed=day, grade=INVASIVE)).amount
        for day in (now.next_from - timedelta(days=1), now.next_from)
    )
    assert (before, after) == (0, 500)
