"""The decision table T1-T15 of §1.10, and every case of a sum that §1 states, each with its text."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from services.foundation.verdict import Outcome
from services.mutual_aid.enums import Duplicates
from services.mutual_aid.rules.benefit import benefit
from services.mutual_aid.rules.facts import Earlier, Facts
from services.mutual_aid.rules.joining import Held, Person, findings_on, may_join
from services.mutual_aid.rules.starting import Joining, span
from services.mutual_aid.rules.threshold import Group, threshold
from tests.mutual_aid import texts
from tests.mutual_aid.texts import IN_SITU, INVASIVE, SURGERY

BEGAN = date(2024, 3, 1)


def judged(terms, day, grade=INVASIVE, shares=1, **more):
    """The benefit for a diagnosis so many days after the cover began; the first day is day 0, last days included."""
    terms = terms.with_(effective_day=0, last_day_counts=True)
    diagnosed = BEGAN + timedelta(days=day)
    return benefit(terms, Facts(effective=BEGAN, diagnosed=diagnosed, grade=grade, shares=shares, **more))


@pytest.mark.parametrize(
    ("vector", "day", "grade", "shares", "amount", "ends", "reason"),
    [
        ("T1", 30, INVASIVE, 1, 0, False, "in_exemption_period"),
        ("T2", 31, INVASIVE, 2, 1000, True, ""),
        ("T2", 31, IN_SITU, 2, 1000, True, ""),
        ("T3", 60, INVASIVE, 1, 500, True, ""),
        ("T4", 61, IN_SITU, 1, 2000, True, ""),
        ("T5", 61, INVASIVE, 2, 30000, True, ""),
        ("S7m: the very first day", 0, INVASIVE, 1, 0, False, "in_exemption_period"),
        ("S7m: in situ in the waiting period", 30, IN_SITU, 1, 0, False, "in_exemption_period"),
        ("S7m: in situ on the last day of the step", 60, IN_SITU, 1, 500, True, ""),
        ("S5m: at most 15,000 a share", 364, INVASIVE, 1, 15000, True, ""),
        ("S14: the cover ended at 24:00 the day before", 365, INVASIVE, 1, 0, False, "not_insured_at_date"),
    ],
)
def test_beijing(vector, day, grade, shares, amount, ends, reason):
    found = judged(texts.BEIJING, day, grade, shares)
    assert (found.amount, found.ends_cover, found.reason) == (Decimal(amount), ends, reason), vector


def test_t6_after_a_paid_claim_the_same_disease_is_never_paid_again_and_another_is():
    paid = Earlier(disease="breast", diagnosed=date(2023, 6, 1), cover="before")
    common = {"renewal": True, "cover": "now", "earlier": (paid,)}
    again = judged(texts.BEIJING, 100, disease="breast", **common)
    assert (again.amount, again.reason, again.ends_cover) == (0, "prior_disease", False), "T6 S7m"
    another = judged(texts.BEIJING, 100, disease="ovary", **common)
    assert (another.amount, another.reason) == (15000, ""), "T6 S7m"


def test_t7_what_was_there_before_joining_isnt_paid():
    assert judged(texts.BEIJING, -1).reason == "pre_existing", "T7 S7m: diagnosed the day before"
    assert judged(texts.BEIJING, 100, pre_existing=True).reason == "pre_existing", "T7 S7m: found by the officer"
    assert judged(texts.BEIJING, -1).amount == 0


@pytest.mark.parametrize(
    ("case", "day", "grade", "facts", "amount", "ends"),
    [
        ("T8", 20, INVASIVE, {"hospitalised": True}, 0, False),
        ("S17m: the 30th day gives nothing yet", 30, INVASIVE, {"hospitalised": True}, 0, False),
        ("S17m: after 30 days", 31, INVASIVE, {"hospitalised": True}, 1000, True),
        ("T8", 45, INVASIVE, {"surgery": True}, 1000, True),
        ("S17m: the last of 90 days", 90, INVASIVE, {"hospitalised": True}, 1000, True),
        ("T8", 91, INVASIVE, {"hospitalised": True}, 10000, True),
        ("T8", 91, IN_SITU, {"surgery": True, "hospitalised": False}, 5000, True),
        ("S17m: condolence names primary cancer only", 45, IN_SITU, {"surgery": True}, 0, False),
        ("§1.6 7. S17m: no stay, no operation", 91, INVASIVE, {"hospitalised": False, "surgery": False}, 0, False),
        ("S17m: paid under the sister plan", 91, INVASIVE, {"surgery": True, "paid_elsewhere": True}, 1000, True),
        ("S17m: nor is the condolence sum raised", 45, INVASIVE, {"surgery": True, "paid_elsewhere": True}, 1000, True),
        ("S17m: renewed without a break", 1, INVASIVE, {"surgery": True, "renewal": True}, 10000, True),
        ("S17m: renewed, in situ", 1, IN_SITU, {"surgery": True, "renewal": True}, 5000, True),
    ],
)
def test_ningbo(case, day, grade, facts, amount, ends):
    found = judged(texts.NINGBO, day, grade, **facts)
    assert (found.amount, found.ends_cover, found.certain) == (Decimal(amount), ends, True), case


def test_ningbo_pays_three_shares_at_most():
    assert judged(texts.NINGBO, 91, shares=3, surgery=True).amount == 30000, "S18m: at most 3 shares"
    assert judged(texts.NINGBO, 91, shares=4, surgery=True).amount == 30000, "S18m: a fourth is void"
    assert judged(texts.NINGBO_4Y, 1000, shares=1, surgery=True).amount == 10000, "S16: four years"


@pytest.mark.parametrize(
    ("paid", "renewal", "effective", "last"),
    [
        (date(2024, 5, 30), True, date(2024, 5, 1), date(2025, 4, 30)),  # 30 days after
        (date(2024, 5, 31), False, date(2024, 6, 1), date(2025, 5, 31)),  # 31 days after
        (date(2024, 5, 1), True, date(2024, 5, 1), date(2025, 4, 30)),
        (date(2024, 3, 15), True, date(2024, 5, 1), date(2025, 4, 30)),  # paid ahead
    ],
)
def test_t9_a_renewal_within_30_days_keeps_its_day_and_has_no_waiting(paid, renewal, effective, last):
    found = span(texts.NINGBO, Joining(paid=paid, papers=paid, previous_last=date(2024, 4, 30)))
    assert (found.renewal, found.effective, found.last) == (renewal, effective, last), "T9 S17m S19m"


@pytest.mark.parametrize(
    ("day", "shares", "amount"),
    [(179, 1, 0), (180, 1, 0), (181, 1, 15000), (181, 2, 30000), (1095 - 1, 2, 30000)],
)
def test_t10_guangdong(day, shares, amount):
    assert judged(texts.GUANGDONG, day, shares=shares).amount == amount, "T10 S14; the border itself: test_days.py"


def test_guangdong_renews_without_waiting():
    assert judged(texts.GUANGDONG, 0, shares=2, renewal=True).amount == 30000, "S14: only who joins first waits"


@pytest.mark.parametrize(("days", "amount"), [(200, 16680), (180, 16680), (179, 16654), (1, 12026), (0, 10000)])
def test_t11_a_sum_for_the_stay_and_for_each_day_of_it(days, amount):
    found = judged(
        texts.WITH_HOSPITAL.with_(period_months=24),
        100,
        hospitalised=days > 0,
        hospital_days=days,
        hospital_level="level_2",
        disease="breast",
    )
    assert (found.amount, found.certain) == (Decimal(amount), True), "T11 S12m"


def test_t11_an_unknown_stay_is_asked_for_and_not_invented():
    found = judged(texts.WITH_HOSPITAL.with_(period_months=24), 100, hospital_level="level_2")
    assert (found.amount, found.certain) == (10000, False)


@pytest.mark.parametrize(
    ("terms", "group", "met", "needed", "source"),
    [
        (texts.OLDER, Group(79, women=100), False, 80, "T12 S9m"),
        (texts.OLDER, Group(80, women=100), True, 80, "T12 S9m"),
        (texts.NINGBO, Group(79, women=100), False, 80, "T12 S16"),
        (texts.NINGBO, Group(80, women=100), True, 80, "T12 S16"),
        (texts.BINZHOU, Group(98, staff=99), False, 99, "T12 S8m"),
        (texts.BINZHOU, Group(99, staff=99), True, 99, "T12 S8m"),
        (texts.BINZHOU, Group(80, staff=100), True, 80, "S8m: from 100 on 80 %"),
        (texts.BINZHOU, Group(79, staff=100), False, 80, "S8m"),
        (texts.CHINA_LIFE, Group(8, women=10), True, 8, "S3m: 75 % and 8"),
        (texts.CHINA_LIFE, Group(7, women=9), False, 7, "S3m: 75 %, but fewer than 8"),
        (texts.CHINA_LIFE, Group(74, women=100), False, 75, "S3m"),
        (texts.OLDER, Group(3, women=None), None, None, "the number of women isn't known"),
        (texts.OLDER, Group(81, women=80), False, 64, "more than there are"),
    ],
)
def test_t12_enough_of_a_unit_join(terms, group, met, needed, source):
    found = threshold(terms, group)
    assert (found.met, found.needed) == (met, needed), source


def test_t12_the_share_is_shown_with_what_it_is_taken_of():
    (finding,) = threshold(texts.NINGBO, Group(79, women=100)).findings
    shown = {name: finding.figures[name] for name in ("joined", "headcount", "base", "share", "needed", "short")}
    assert shown == {"joined": 79, "headcount": 100, "base": "women", "share": "79.0", "needed": 80, "short": 1}


def test_t13_sichuan_refuses_what_comes_late():
    diagnosed = BEGAN + timedelta(days=200)
    common = {"hospital_level": "level_2b", "discovered": diagnosed}
    late = judged(texts.SICHUAN, 200, filed=diagnosed + timedelta(days=366), **common)
    assert (late.amount, late.reason) == (0, "time_barred"), "T13 S22m"
    in_time = judged(texts.SICHUAN, 200, filed=diagnosed + timedelta(days=365), **common)
    assert (in_time.amount, in_time.reason) == (10000, ""), "T13 S22m"
    unheard = judged(texts.SICHUAN, 200, noticed=diagnosed + timedelta(days=31), **common)
    assert (unheard.amount, unheard.reason) == (0, "late_notice"), "T13 S22m"
    assert judged(texts.SICHUAN, 200, noticed=diagnosed + timedelta(days=30), **common).amount == 10000, "T13 S22m"


def test_t14_the_first_of_two_rosters_counts():
    held = Held(first=BEGAN, last=date(2027, 2, 28), shares=1)
    person = Person(birth_date=date(1985, 1, 1), held=(held,))
    findings = findings_on(texts.GUANGDONG, person, shares=1, on=BEGAN)
    assert [one.outcome for one in findings if one.code == "already_covered"] == [Outcome.FAILED], "T14 S14"
    assert may_join(findings) is False
    adding = texts.NINGBO.with_(duplicates=Duplicates.ADD_UP.value)
    fits = findings_on(adding, person, shares=2, on=BEGAN)
    assert [one.outcome for one in fits if one.code == "shares"] == [Outcome.PASSED], "§1.4: 1 + 2 of 3 shares"
    too_many = findings_on(adding, person, shares=3, on=BEGAN)
    assert [one.outcome for one in too_many if one.code == "shares"] == [Outcome.FAILED]


@pytest.mark.parametrize("day", [0, 30, 31, 100, 700])
def test_t15_an_edition_without_in_situ_never_pays_for_it(day):
    found = judged(texts.EDITION_2011, day, IN_SITU, disease="breast")
    assert (found.amount, found.reason, found.ends_cover) == (0, "cis_excluded", False), "T15 S10m"


@pytest.mark.parametrize(
    ("case", "terms", "facts", "amount"),
    [
        ("S3m: 10,000", texts.CHINA_LIFE, {"day": 91, "disease": "ovary"}, 10000),
        ("S3m: breast cancer twice", texts.CHINA_LIFE, {"day": 91, "disease": "breast"}, 20000),
        ("S3m: 90 days", texts.CHINA_LIFE, {"day": 90, "disease": "breast"}, 0),
        ("S6: 15,000 once", texts.HAINAN, {"day": 400}, 15000),
        ("S15m: 17,500 by a tertiary hospital", texts.GUANGZHOU, {"day": 9, "hospital_level": "level_3"}, 17500),
        ("S15m: not by one of level 2", texts.GUANGZHOU, {"day": 9, "hospital_level": "level_2a"}, 0),
        ("S20: in situ raised to 10,000", texts.SHANGHAI, {"day": 200, "grade": IN_SITU}, 10000),
        ("S21m: cancer", texts.NANPING, {"day": 5, "disease": "vulva"}, 6000),
        ("S21m: tier 2", texts.NANPING, {"day": 5, "grade": SURGERY, "disease": "uterus_and_ovaries_removed"}, 3000),
        ("S21m: tier 3", texts.NANPING, {"day": 5, "grade": SURGERY, "disease": "uterus_or_ovary_removed"}, 2000),
        ("S21m: tier 4", texts.NANPING, {"day": 5, "grade": SURGERY, "disease": "fibroids_removed"}, 1000),
        ("S22m: 150 days", texts.SICHUAN, {"day": 150, "hospital_level": "level_2b"}, 0),
        ("S22m: then 10,000", texts.SICHUAN, {"day": 151, "hospital_level": "level_2b"}, 10000),
        ("S22m: two shares", texts.SICHUAN, {"day": 151, "hospital_level": "level_3", "shares": 2}, 20000),
        ("S22m: level 2 without a class isn't class B", texts.SICHUAN, {"day": 151, "hospital_level": "level_2"}, 0),
        ("§1.6 4. S12m: spread", texts.BEIJING, {"day": 100, "grade": "metastatic", "disease": "breast"}, 0),
        ("S14: only primary cancer", texts.GUANGDONG, {"day": 300, "grade": "metastatic", "disease": "breast"}, 0),
        ("§1.6 3. S12m: mistaken", texts.BEIJING, {"day": 100, "misdiagnosis": True}, 0),
        ("§1.6 2. S12m: hidden", texts.BEIJING, {"day": 100, "fraud": True}, 0),
        ("S27: a convalescent home", texts.BEIJING, {"day": 100, "hospital_level": "convalescent"}, 0),
    ],
)
def test_every_sum_that_a_text_states(case, terms, facts, amount):
    assert judged(terms, **facts).amount == Decimal(amount), case


def test_the_sums_of_hainan_add_up_to_what_was_reported():
    paid = [judged(texts.HAINAN, 300).amount for _claim in range(407)]
    assert sum(paid) == Decimal("6105000.00"), "S6: 407 claims, 6.105 million yuan"


@pytest.mark.parametrize(
    ("terms", "facts", "code"),
    [
        (texts.SHANGHAI, {"day": 200}, "sum_unknown"),  # S20 prints no sum for invasive cancer
        (texts.YINJIAN, {"day": 60}, "sum_unknown"),  # S11 prints none for the reduced period
        (texts.GUANGDONG, {"day": 300, "grade": IN_SITU}, "ladder_unknown"),  # S14 doesn't name it
    ],
)
def test_what_no_text_says_is_not_invented(terms, facts, code):
    found = judged(terms, **facts)
    assert (found.amount, found.certain) == (None, False)
    assert code in {one.code for one in found.findings if one.outcome is Outcome.UNKNOWN}


def test_every_finding_that_rests_on_the_terms_names_its_text():
    for terms in texts.VARIANTS:
        for finding in judged(terms, 100, disease="breast", hospitalised=True, hospital_level="level_3").findings:
            assert finding.source or finding.code in ("sum_total", "ends_cover"), (terms.code, finding.code)
