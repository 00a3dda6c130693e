"""The way of a term: prepared, elected, approved by the federation above; and everything that is refused on it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.coverage import errors, told
from services.coverage.actions import correcting, papers, seats, terms
from services.coverage.enums import (
    Answer,
    Form,
    LeftBecause,
    PaperKind,
    Position,
    Required,
    TermStanding,
    TermState,
    UnionPost,
)
from services.coverage.models import Seat, StandingChange, Term, WomenCommittee
from services.coverage.queries.records import story_of
from services.coverage.rules.terms import Named, faults, last_day
from services.messaging.models import Message
from services.organizations.actions import close_organization, edit_organization
from services.organizations.enums import Role
from tests.coverage.office import HEAD, MEMBER, Office, post
from tests.factories.coverage import CommitteeFactory, TermFactory, set_up, standing_of
from tests.factories.enrolment import photo
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def _fresh(term: Term) -> Term:
    return Term.objects.unscoped().get(pk=term.pk)


def test_a_committee_is_set_up_in_three_steps_and_the_union_counts_as_built(office):
    term = office.prepared()
    assert office.standing.built == Answer.NO
    term = terms.file_election(term, on=office.day(20), seats=[HEAD, MEMBER], by=office.officer, now=office.now)
    assert (term.state, office.standing.built) == (TermState.ELECTED, Answer.NO)
    term = terms.approve(term, on=office.day(10), number="示例批〔2026〕1号", by=office.above, now=office.now)
    standing = office.standing
    assert (standing.built, standing.chair_qualified, standing.term) == (Answer.YES, Answer.YES, TermStanding.RUNNING)
    assert term.ends_on == last_day(office.day(20), 5)
    committee = WomenCommittee.objects.unscoped().get(organization=office.union)
    assert (committee.form, committee.prepared_on, committee.approved_on) == (
        Form.COMMITTEE,
        office.day(40),
        office.day(10),
    )
    assert [entry.action for entry in story_of(committee)] == ["coverage.approve", "coverage.elect", "coverage.prepare"]
    assert Message.objects.filter(key="coverage-approved", recipient=office.officer).exists()


def test_the_three_steps_are_together_with_the_union_when_its_own_days_are_near(office):
    office.approved()
    assert office.standing.simultaneous == Answer.NO
    near = {f"union_{step}_on": office.day(35) for step in ("prepared", "elected", "approved")}
    correcting.state_union(office.union, by=office.officer, now=office.now, **near)
    assert office.standing.simultaneous == Answer.YES


def test_an_election_before_its_preparation_and_days_ahead_are_refused(office):
    term = office.prepared(ago=10)
    with pytest.raises(errors.ElectedBeforePrepared) as refused:
        terms.file_election(term, on=office.day(11), seats=[HEAD], by=office.officer, now=office.now)
    assert str(office.day(10)) in refused.value.message(staff=True)
    with pytest.raises(errors.DayAhead):
        terms.file_election(term, on=office.day(-1), seats=[HEAD], by=office.officer, now=office.now)
    assert _fresh(term).state == TermState.PREPARED


def test_no_approval_before_the_election(office):
    with pytest.raises(errors.StepMissing):
        terms.approve(office.prepared(), on=office.today, by=office.above, now=office.now)
    term = _fresh(Term.objects.unscoped().get())
    term = terms.file_election(term, on=office.day(5), seats=[HEAD], by=office.officer, now=office.now)
    with pytest.raises(errors.ApprovedBeforeElected):
        terms.approve(term, on=office.day(6), by=office.above, now=office.now)


def test_a_term_of_forty_years_is_refused_and_the_admitted_lengths_are_said(office):
    with pytest.raises(errors.LengthNotAdmitted) as refused:
        office.prepared(years=40)
    assert "3 / 5" in refused.value.message(staff=True)
    assert not Term.objects.unscoped().exists()


def test_a_term_may_end_earlier_with_the_unions_own_and_never_later(office):
    early = last_day(office.day(20), 5) - timedelta(days=100)
    term = office.elected(ends_on=early)
    assert term.ends_on == early
    terms.send_back(term, because="示例：请核对", by=office.above, now=office.now)
    with pytest.raises(errors.EndOutOfTerm):
        terms.file_election(
            term,
            on=office.day(20),
            seats=[HEAD],
            ends_on=last_day(office.day(20), 5) + timedelta(days=1),
            by=office.officer,
            now=office.now,
        )


def test_a_returned_election_is_filed_anew_in_place_of_the_old_one(office):
    term = office.elected()
    terms.send_back(term, because="示例：委员不足", by=office.above, now=office.now)
    with pytest.raises(errors.ReturnedAlready):
        terms.send_back(term, because="示例：委员不足", by=office.above, now=office.now)
    assert Message.objects.filter(key="coverage-returned", recipient=office.officer).exists()
    other = Named(Position.CHAIR, "示例主任乙", UnionPost.EQUAL)
    term = terms.file_election(term, on=office.day(3), seats=[other, MEMBER], by=office.officer, now=office.now)
    assert (term.state, term.returned_because) == (TermState.ELECTED, "")
    assert set(Seat.objects.unscoped().values_list("name", flat=True)) == {"示例主任乙", "示例委员甲"}


def test_a_return_without_words_is_refused(office):
    with pytest.raises(errors.SaidNothing):
        terms.send_back(office.elected(), because="  ", by=office.above, now=office.now)


def test_nobody_decides_on_what_she_filed_and_nobody_below_the_federation_approves(office):
    term = office.prepared()
    terms.file_election(term, on=office.day(5), seats=[HEAD], by=office.above, now=office.now)
    term = _fresh(term)
    for person in (office.above, office.officer, post(office.union, Role.FEDERATION_OFFICER)):
        with pytest.raises(PermissionDenied):
            terms.approve(term, on=office.today, by=person, now=office.now)
    assert terms.approve(term, on=office.today, by=post(office.city, Role.FEDERATION_OFFICER), now=office.now)


def test_approving_twice_does_nothing_a_second_time_and_says_so(office):
    term = office.approved()
    recorded = StandingChange.objects.unscoped().count()
    with pytest.raises(errors.Approved):
        terms.approve(term, on=office.day(10), by=office.above, now=office.now)
    assert StandingChange.objects.unscoped().count() == recorded


def test_a_re_election_is_the_next_term_and_ends_the_old_one_only_when_approved(office):
    first = office.approved(ago=300)
    second = office.elected()
    assert (second.number, _fresh(first).state) == (2, TermState.IN_OFFICE)
    terms.approve(second, on=office.day(2), by=office.above, now=office.now)
    first = _fresh(first)
    assert (first.state, first.ended_on) == (TermState.ENDED, office.day(2))
    left = Seat.objects.unscoped().filter(term=first)
    assert {(seat.until_on, seat.left_because) for seat in left} == {(office.day(2), LeftBecause.TERM_ENDED)}
    committee = WomenCommittee.objects.unscoped().get(organization=office.union)
    assert committee.approved_on == office.day(300)


def test_two_terms_are_never_under_way_and_one_that_is_called_off_makes_room(office):
    term = office.elected()
    with pytest.raises(errors.TermUnderWay):
        office.prepared()
    terms.call_off(term, because="示例：人选调整", by=office.officer, now=office.now)
    # A term that never came into office is none: its number goes to the next one.
    assert office.prepared().number == 1
    with pytest.raises(errors.CalledOff):
        terms.call_off(term, because="示例：人选调整", by=office.officer, now=office.now)


def test_the_next_term_is_not_prepared_before_the_one_in_office_began(office):
    office.approved(ago=10)
    with pytest.raises(errors.BeforeTheTermInOffice):
        office.prepared(ago=11)


def test_a_commissioner_will_do_for_nine_women_members_and_not_for_ten():
    few, many, unknown = Office(women=9), Office(women=10), Office(women=None)

    def appoint(office):
        return terms.appoint(
            office.union, name="示例委员乙", on=office.day(3), years=3, by=office.officer, now=office.now
        )

    appoint(few)
    assert (few.standing.form, few.standing.built) == (Form.COMMISSIONER, Answer.YES)
    with pytest.raises(errors.CommitteeNeeded):
        appoint(many)
    with pytest.raises(errors.HeadcountMissing):
        appoint(unknown)
    edit_organization(few.union, by=None, women_member_count=10)
    assert (few.standing.required, few.standing.built) == (Required.COMMITTEE, Answer.NO)


def test_the_head_of_another_union_is_refused_by_name_unless_somebody_says_why(office):
    other = UnionFactory(parent=office.county, name="示例另一工会")
    set_up(other)
    Seat.objects.unscoped().update(name=HEAD.name)
    with pytest.raises(errors.HeadElsewhere) as refused:
        office.elected()
    assert "示例另一工会" in refused.value.message(staff=True)
    said = Named(Position.CHAIR, HEAD.name, UnionPost.DEPUTY, "同名不同人")
    term = Term.objects.unscoped().get(state=TermState.PREPARED)
    terms.file_election(term, on=office.day(5), seats=[said], by=office.officer, now=office.now)
    assert term.seats.get().also_chair_because == "同名不同人"


def test_the_head_of_a_closed_union_may_head_another_one(office):
    other = UnionFactory(parent=office.county)
    set_up(other)
    Seat.objects.unscoped().update(name=HEAD.name)
    close_organization(other, by=None, on=office.today, reason="示例合并")
    assert office.elected().state == TermState.ELECTED


def test_a_committee_without_a_head_and_somebody_named_twice_are_refused(office):
    term = office.prepared()
    for named, refusal in (([MEMBER], errors.NoHead), ([HEAD, MEMBER, MEMBER], errors.NamedTwice)):
        with pytest.raises(refusal):
            terms.file_election(term, on=office.day(5), seats=named, by=office.officer, now=office.now)
    assert not Seat.objects.unscoped().exists()


def test_a_vacant_seat_is_filled_once_and_by_one_head(office):
    term = office.approved()
    head = Seat.objects.unscoped().get(position=Position.CHAIR)
    successor = Named(Position.CHAIR, "示例主任丙", UnionPost.CHAIR)

    def fill():
        seat = Seat.objects.unscoped().get(pk=head.pk)
        return seats.fill(term, one=successor, on=office.day(1), replaces=seat, by=office.officer, now=office.now)

    with pytest.raises(errors.HeadThere):
        fill()
    seats.leave(head, on=office.day(2), because=LeftBecause.RETIRED, by=office.officer, now=office.now)
    assert office.standing.chair_qualified == Answer.NO
    with pytest.raises(errors.SeatVacant):
        seats.leave(head, on=office.day(2), because=LeftBecause.RETIRED, by=office.officer, now=office.now)
    assert fill().replaces == head
    assert office.standing.chair_qualified == Answer.YES
    with pytest.raises(errors.SeatFilled):
        fill()


def test_somebody_leaves_neither_before_she_came_nor_in_days_to_come(office):
    office.approved(ago=10)
    member = Seat.objects.unscoped().get(position=Position.MEMBER)
    for day, refusal in ((office.day(11), errors.LeftBeforeSheCame), (office.day(-1), errors.DayAhead)):
        with pytest.raises(refusal):
            seats.leave(member, on=day, because=LeftBecause.MOVED, by=office.officer, now=office.now)


@pytest.mark.parametrize("step", ["state_union", "add_paper"])
def test_a_record_begun_by_a_paper_or_the_union_s_own_days_does_not_say_it_has_none(office, step, settings):
    settings.CASE_DOCUMENTS_UNSCANNED = True
    said = {"by": office.officer, "now": office.now}
    if step == "state_union":
        correcting.state_union(office.union, office_full_time=0, **said)
    else:
        papers.add_paper(office.union, kind=PaperKind.MINUTES, upload=photo(), name="示例.jpg", **said)
    assert standing_of(office.union).built == Answer.UNKNOWN
    known = told.committees([office.union.pk], office.day(365), office.today)[office.union.pk]
    assert known == ({"cadres_full": 0} if step == "state_union" else {})
    assert (office.prepared().state, office.standing.built) == (TermState.PREPARED, Answer.NO)
    terms.call_off(Term.objects.unscoped().get(), because="示例", **said)
    approved = office.approved()
    committee = WomenCommittee.objects.unscoped().get(organization=office.union)
    assert (committee.form, committee.approved_on) == (Form.COMMITTEE, approved.approved_on)


def test_a_correction_needs_a_reason_and_keeps_what_stood_there(office):
    term = office.approved()
    with pytest.raises(PermissionDenied):
        correcting.correct_term(term, reason="笔误", years=3, by=office.officer, now=office.now)
    with pytest.raises(errors.SaidNothing):
        correcting.correct_term(term, reason=" ", years=3, by=office.above, now=office.now)
    moved = {"approved_on": office.day(9)}
    correcting.correct_term(term, reason="示例：批复日期录错", by=office.above, now=office.now, **moved)
    committee = WomenCommittee.objects.unscoped().get(organization=office.union)
    assert committee.approved_on == office.day(9)
    entry = story_of(committee)[0]
    assert entry.data["changed"] == {"approved_on": [str(office.day(10)), str(office.day(9))]}
    with pytest.raises(errors.NothingChanged):
        correcting.correct_term(term, reason="再来", by=office.above, now=office.now, **moved)


def test_a_corrected_beginning_stays_after_the_term_before_and_moves_the_day_it_followed_on(office):
    first = office.approved(ago=300)
    second = office.approved(ago=10)
    said = {"reason": "示例：日期录错", "by": office.above, "now": office.now}
    early = {"prepared_on": office.day(410), "elected_on": office.day(400), "approved_on": office.day(390)}
    early["ends_on"] = last_day(office.day(400), 5)
    with pytest.raises(errors.BeforeTheTermInOffice) as refused:
        correcting.correct_term(second, **early, **said)
    assert refused.value.context["field"] == "prepared_on"
    correcting.correct_term(second, approved_on=office.day(8), **said)
    first.refresh_from_db()
    assert first.ended_on == office.day(8)
    seats = Seat.objects.unscoped()
    assert set(seats.filter(term=first).values_list("until_on", flat=True)) == {office.day(8)}
    assert set(seats.filter(term=second).values_list("from_on", flat=True)) == {office.day(8)}
    with pytest.raises(errors.AfterTheTermEnded):
        correcting.correct_term(first, approved_on=office.day(7), **said)


@pytest.mark.parametrize(("number", "founding"), [(1, True), (4, False)])
def test_where_no_founding_day_is_stated_only_the_first_term_s_correction_states_one(office, number, founding):
    committee = CommitteeFactory(organization=office.union)
    term = TermFactory(committee=committee, number=number, years=5)
    correcting.correct_term(term, reason="示例：补录", elected_on=office.day(90), by=office.above, now=office.now)
    committee.refresh_from_db()
    assert committee.elected_on == (office.day(90) if founding else None)


def test_a_correction_takes_no_step_of_the_way_and_no_term_of_forty_years(office):
    term = office.elected()
    with pytest.raises(errors.StepMissing):
        correcting.correct_term(term, reason="示例", approved_on=office.today, by=office.above, now=office.now)
    with pytest.raises(errors.LengthNotAdmitted):
        correcting.correct_term(term, reason="示例", years=40, by=office.above, now=office.now)


def test_a_union_that_is_closed_takes_no_step_and_keeps_its_history(office):
    office.approved()
    close_organization(office.union, by=None, on=office.today, reason="示例合并")
    with pytest.raises(errors.UnionClosed):
        office.prepared()
    assert Term.objects.unscoped().filter(state=TermState.IN_OFFICE).exists()


def test_only_grassroots_unions_have_a_record(office):
    with pytest.raises(errors.NotAUnion):
        terms.prepare(office.county, on=office.today, years=5, by=office.above, now=office.now)
    assert standing_of(office.union).built == Answer.UNKNOWN


def test_a_term_that_began_on_29_february_ends_on_the_28th():
    assert last_day(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert last_day(date(2024, 2, 29), 4) == date(2028, 2, 28)
    assert last_day(date(2024, 3, 1), 3) == date(2027, 2, 28)


def test_days_at_the_edge_of_the_calendar_are_judged_and_break_nothing():
    edge = date.max
    found = faults(elected=edge, ends=edge, years=5, today=date(2026, 11, 29), admitted=[3, 5])
    assert [one.code for one in found] == ["day_ahead"]
