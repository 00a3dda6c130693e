"""What holds of every sum whatever the terms and the facts: drawn at random, terms as well as facts."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.mutual_aid.enums import Exclusion, Grade, HospitalLevel, InSitu, Joined, Reason, Result, Treatment
from services.mutual_aid.rules.benefit import benefit, ceiling
from services.mutual_aid.rules.days import line_on
from services.mutual_aid.rules.facts import Earlier, Facts
from services.mutual_aid.rules.fees import fee
from services.mutual_aid.rules.fitness import lacking
from services.mutual_aid.rules.terms import Disease, Line, Terms
from services.mutual_aid.rules.threshold import Group, threshold
from tests.mutual_aid import texts
from tests.mutual_aid.whole import WHOLE

DISEASES = ("breast", "cervix", "ovary")
BEGAN = date(2024, 1, 1)
money = st.decimals(min_value=0, max_value=50_000, places=2)
paid = st.decimals(min_value=Decimal("0.01"), max_value=50_000, places=2)
maybe = st.sampled_from([None, True, False])


@st.composite
def ladders(draw, joined: str, grade: str, disease: str) -> list[Line]:
    """Lines without gap or overlap, from day 0 to the end of the cover."""
    borders = sorted(draw(st.sets(st.integers(0, 400), max_size=3)))
    lines, begin = [], 0
    for end in [*borders, None]:
        result = draw(st.sampled_from(Result.values))
        pays = result != Result.NOTHING
        lines.append(
            Line(
                joined=joined,
                grade=grade,
                result=result,
                day_from=begin,
                day_to=end,
                per_share=draw(paid) if pays else None,
                ends_cover=draw(st.booleans()),
                disease=disease,
                once=draw(money) if pays else Decimal(0),
                daily=draw(st.decimals(0, 300, places=2)) if pays else Decimal(0),
                daily_days=draw(st.integers(0, 200)) if pays else 0,
                treatment=draw(st.sampled_from(Treatment.values)),
                hospital_level=draw(st.sampled_from(["", *HospitalLevel.values])),
            )
        )
        begin = None if end is None else end + 1
    return lines


@st.composite
def terms(draw) -> Terms:
    lines = []
    for joined in (Joined.FIRST.value, Joined.RENEWAL.value):
        for grade in (Grade.INVASIVE_PRIMARY.value, Grade.IN_SITU.value):
            lines += draw(ladders(joined, grade, ""))
    if draw(st.booleans()):
        lines += draw(ladders(Joined.BOTH.value, Grade.INVASIVE_PRIMARY.value, "breast"))
    return WHOLE.with_(
        lines=tuple(lines),
        max_shares=draw(st.sampled_from([None, 1, 2, 3])),
        effective_day=draw(st.sampled_from([None, 0, 1])),
        last_day_counts=draw(maybe),
        exclusions=draw(st.one_of(st.none(), st.sets(st.sampled_from(Exclusion.values)).map(tuple))),
        hospital_level=draw(st.sampled_from(["", *HospitalLevel.values])),
        sister_per_share=draw(st.one_of(st.none(), money)),
        notice_days=draw(st.sampled_from([None, 0, 10, 30])),
        notice_bars=draw(st.booleans()),
        claim_days=draw(st.sampled_from([None, 0, 365])),
        diseases_complete=draw(maybe),
        diseases=tuple(
            Disease(code, code, draw(maybe), draw(st.sampled_from(["", *InSitu.values]))) for code in DISEASES
        ),
    )


@st.composite
def facts(draw) -> Facts:
    diagnosed = BEGAN + timedelta(days=draw(st.integers(-60, 500)))
    days = st.one_of(st.none(), st.integers(-5, 800).map(lambda n: diagnosed + timedelta(days=n)))
    earlier = st.builds(
        Earlier,
        disease=st.sampled_from(DISEASES),
        diagnosed=st.just(date(2023, 5, 1)),
        cover=st.sampled_from(["now", "before"]),
        ended=st.booleans(),
    )
    return Facts(
        effective=BEGAN,
        diagnosed=diagnosed,
        grade=draw(st.sampled_from(Grade.values)),
        shares=draw(st.integers(1, 6)),
        renewal=draw(st.booleans()),
        disease=draw(st.sampled_from(["", "unheard_of", *DISEASES])),
        hospitalised=draw(maybe),
        surgery=draw(maybe),
        hospital_days=draw(st.one_of(st.none(), st.integers(0, 400))),
        hospital_level=draw(st.sampled_from(["", *HospitalLevel.values])),
        pre_existing=draw(maybe),
        fraud=draw(maybe),
        misdiagnosis=draw(maybe),
        paid_elsewhere=draw(maybe),
        discovered=diagnosed,
        noticed=draw(days),
        filed=draw(days),
        cover="now",
        earlier=tuple(draw(st.lists(earlier, max_size=2))),
    )


@settings(max_examples=300, deadline=None)
@given(terms(), facts())
def test_a_sum_is_never_negative_never_above_the_cap_and_is_the_sum_of_its_lines(terms, facts):
    found = benefit(terms, facts)
    if found.amount is None:
        return
    assert Decimal(0) <= found.amount <= ceiling(terms, facts.shares)
    assert found.amount == found.amount.quantize(Decimal("0.01"))
    if found.reason:
        assert found.amount == 0
        return
    parts = [Decimal(one.figures["sum"]) for one in found.findings if one.code in SUMS and "sum" in one.figures]
    assert sum(parts) == found.amount


SUMS = {"sum_condolence", "sum_reduced", "sum_full", "sum_once", "sum_daily"}


@settings(max_examples=200, deadline=None)
@given(terms(), facts())
def test_more_shares_never_give_less_and_none_beyond_the_limit_gives_more(terms, facts):
    sums = [benefit(terms, facts.with_(shares=shares)).amount for shares in range(1, 6)]
    known = [one for one in sums if one is not None]
    assert all(less <= more for less, more in pairwise(known))
    if terms.max_shares is not None and len(known) == 5:
        assert known[terms.max_shares - 1] == known[4]


@settings(max_examples=200, deadline=None)
@given(terms(), facts())
def test_nothing_is_claimed_twice(terms, facts):
    """Once a claim was granted that ended the cover, or for this disease, nothing more comes of it."""
    granted = Earlier(disease=facts.disease or "breast", diagnosed=facts.diagnosed, cover="now", ended=True)
    again = benefit(terms, facts.with_(earlier=(*facts.earlier, granted)))
    assert (again.amount, bool(again.reason)) == (0, True)
    if facts.disease:
        renewed = granted.__class__(facts.disease, granted.diagnosed, "before", ended=True)
        assert benefit(terms, facts.with_(earlier=(renewed,))).amount == 0


@settings(max_examples=200, deadline=None)
@given(terms(), facts())
def test_what_is_kept_is_judged_the_same_again(terms, facts):
    again = benefit(Terms.from_json(terms.as_json()), Facts.from_json(facts.as_json()))
    assert again == benefit(terms, facts)


@settings(max_examples=200, deadline=None)
@given(terms(), facts())
def test_a_refusal_has_a_code_that_she_is_given_words_for(terms, facts):
    found = benefit(terms, facts)
    assert found.reason == "" or found.reason in Reason.values
    assert found.ends_cover in (True, False, None)
    if found.certain and not found.reason:
        assert found.amount is not None
        assert not any(one.outcome == "unknown" for one in found.findings)


@settings(max_examples=100, deadline=None)
@given(terms(), facts(), st.integers(0, 366))
def test_every_day_of_a_fit_ladder_lies_in_exactly_one_line(terms, facts, day):
    grade = Grade.INVASIVE_PRIMARY.value
    fits = [
        line
        for line in terms.lines_for(facts.renewal, facts.disease, grade)
        if line_on(terms.with_(lines=(line,)), day, renewal=facts.renewal, disease=facts.disease, grade=grade)
    ]
    if terms.last_day_counts is False:
        return  # borders move together; test_days.py looks at each
    if not any(one.code.startswith("days_") for one in lacking(terms)):
        assert len(fits) == 1


@given(st.integers(0, 200), st.integers(0, 200), st.decimals(Decimal("0.01"), 100, places=2))
def test_one_more_woman_never_breaks_a_threshold(joined, headcount, percent):
    terms = texts.OLDER.with_(threshold_percent=percent)
    found = threshold(terms, Group(joined, women=headcount))
    assert found.met is (joined <= headcount and Decimal(joined) * 100 >= percent * headcount)


@given(st.integers(1, 9), st.lists(st.integers(0, 5000), min_size=3, max_size=3), st.booleans())
def test_the_parts_of_a_fee_make_it_up(shares, fen, by_herself):
    upper, unit, herself = (Decimal(part) / 100 for part in fen)
    each = upper + unit + herself
    terms = texts.ANHUI.with_(
        fee_per_share=each, fee_upper=upper, fee_unit=unit, fee_herself=herself, more_shares_by_herself=by_herself
    )
    assert fee(terms, shares).total == each * shares
