"""What is required of a union and where it stands: bounds to the day, and what nobody stated stays unknown."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.coverage.enums import Answer, Form, Required, SizeClass, TermStanding, UnionPost
from services.coverage.rules.standing import Asked, Dates, Facts, size_class, standing

ASKED = Asked(committee_from=10, same_time_days=30, ending_days=90, source="示例规定")
DAY = date(2026, 11, 29)
days = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
triples = st.builds(Dates, days, days, days)
facts = st.builds(
    Facts,
    women_members=st.none() | st.integers(0, 500),
    established_on=days,
    form=st.sampled_from(["", *Form.values]),
    own=triples,
    unions=triples,
    in_office=st.booleans(),
    ends_on=days,
    union_ends_on=days,
    chair_post=st.sampled_from([None, "", *UnionPost.values]),
    chair_left=st.booleans(),
)


def _of(**known):
    return standing(Facts(**known), ASKED, DAY)


def test_ten_women_members_need_a_committee_and_nine_a_commissioner():
    assert _of(women_members=10).required == Required.COMMITTEE
    assert _of(women_members=9).required == Required.COMMISSIONER
    assert _of(women_members=0).required == Required.NOTHING
    assert _of(women_members=None).required == Required.UNKNOWN


def test_a_commissioner_is_not_enough_where_a_committee_is_required():
    assert _of(women_members=10, form=Form.COMMISSIONER).built == Answer.NO
    assert _of(women_members=9, form=Form.COMMISSIONER).built == Answer.YES
    assert _of(women_members=None, form=Form.COMMISSIONER).built == Answer.UNKNOWN


def test_a_union_without_a_record_is_not_stated_and_one_that_says_so_is_not_set_up():
    assert _of(women_members=40).built == Answer.UNKNOWN
    assert _of(women_members=40, form=Form.NONE).built == Answer.NO


def test_a_gap_of_thirty_days_counts_as_the_same_time_and_one_of_thirty_one_does_not():
    union = Dates(DAY, DAY, DAY)
    at_last = Dates(DAY, DAY, DAY + timedelta(days=30))
    too_late = Dates(DAY, DAY, DAY + timedelta(days=31))
    assert _of(form=Form.COMMITTEE, own=at_last, unions=union).simultaneous == Answer.YES
    judged = _of(form=Form.COMMITTEE, own=too_late, unions=union)
    assert judged.simultaneous == Answer.NO
    assert {f.code: f.figures.get("days") for f in judged.findings}["approved_together"] == 31


def test_a_step_of_the_union_that_nobody_stated_is_the_day_it_was_established():
    own = Dates(DAY, DAY, DAY)
    assert _of(form=Form.COMMITTEE, own=own, established_on=DAY).simultaneous == Answer.YES
    assert _of(form=Form.COMMITTEE, own=own).simultaneous == Answer.UNKNOWN


def test_a_term_is_overdue_on_the_day_after_its_last_and_ends_soon_from_ninety_days_before():
    def term(days_left: int) -> str:
        return _of(form=Form.COMMITTEE, in_office=True, ends_on=DAY + timedelta(days=days_left)).term

    assert [term(91), term(90), term(0), term(-1)] == [
        TermStanding.RUNNING,
        TermStanding.ENDING,
        TermStanding.ENDING,
        TermStanding.OVERDUE,
    ]
    assert _of(form=Form.COMMITTEE, in_office=True).term == TermStanding.NONE


def test_a_head_is_qualified_by_her_post_and_a_vacancy_is_not():
    def head(post, left=False):
        return _of(form=Form.COMMITTEE, in_office=True, chair_post=post, chair_left=left).chair_qualified

    assert head(UnionPost.EQUAL) == Answer.YES
    assert head(UnionPost.NONE) == Answer.NO
    assert head("") == Answer.UNKNOWN
    assert head(None) == Answer.UNKNOWN
    assert head(None, left=True) == Answer.NO


def test_sizes_begin_with_the_threshold_wherever_it_lies():
    assert [size_class(n, 10) for n in (0, 9, 10, 24, 25, 199, 200)] == [
        SizeClass.NONE,
        SizeClass.BELOW,
        SizeClass.SMALL,
        SizeClass.SMALL,
        SizeClass.MEDIUM,
        SizeClass.MEDIUM,
        SizeClass.LARGE,
    ]
    assert size_class(27, 30) == SizeClass.BELOW


@unhurried
@given(known=facts, on=st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_no_answer_is_given_without_the_facts_it_rests_on(known, on):
    found = standing(known, ASKED, on)
    by_code = {finding.code: finding for finding in found.findings}
    assert len(by_code) == len(found.findings)
    if found.simultaneous == Answer.YES:
        together = [one for code, one in by_code.items() if code.endswith("_together")]
        assert "elected_together" in by_code and all(one.figures["days"] <= 30 for one in together)
        assert len(together) == 3 or known.form == Form.COMMISSIONER
        assert known.form in (Form.COMMITTEE, Form.COMMISSIONER)
    if found.built == Answer.YES and found.required == Required.COMMITTEE:
        assert known.form == Form.COMMITTEE
    if found.term != TermStanding.NONE:
        assert known.in_office
        assert (found.term == TermStanding.OVERDUE) is (known.ends_on < on)
    if not known.form:
        assert found.built == Answer.UNKNOWN


@unhurried
@given(known=facts, later=st.integers(1, 4000))
def test_time_alone_moves_nothing_but_the_term(known, later):
    one, other = standing(known, ASKED, DAY), standing(known, ASKED, DAY + timedelta(days=later))
    for name in ("required", "built", "simultaneous", "in_step", "chair_qualified", "size"):
        assert getattr(one, name) == getattr(other, name)
