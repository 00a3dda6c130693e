"""Steps of a term and what they rest on, at one moment: one of each step, and the standing is what the facts say."""

import pytest

from services.coverage.actions import seats, terms
from services.coverage.actions.standings import derive
from services.coverage.enums import Form, Position, TermState, UnionPost
from services.coverage.models import Seat, Standing, StandingChange, Term
from services.coverage.rules.terms import Named
from services.organizations.actions import edit_organization
from tests.coverage.office import HEAD, Office
from tests.factories.organizations import UnionFactory
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_eight_preparations_at_one_moment_are_one_term():
    office = Office()
    results = at_once([office.prepared] * 8)
    assert results.count("term_under_way") == 7
    assert Term.objects.unscoped().count() == 1


def test_approved_and_returned_at_one_moment_it_is_one_of_both():
    office = Office()
    term = office.elected()

    def approve():
        return terms.approve(term, on=office.today, by=office.above, now=office.now)

    def send_back():
        return terms.send_back(term, because="示例", by=office.above, now=office.now)

    results = at_once([approve, send_back] * 4)
    assert sum(isinstance(result, Term) for result in results) == 1
    state = Term.objects.unscoped().get().state
    form = Standing.objects.unscoped().get(organization=office.union).form
    assert (state, form) in {(TermState.IN_OFFICE, Form.COMMITTEE), (TermState.RETURNED, Form.NONE)}


def test_a_standing_is_never_left_behind_by_two_who_change_what_it_rests_on():
    office = Office(women=9)
    jobs = []
    for number in range(6):
        jobs.append(lambda n=number: edit_organization(office.union, by=None, women_member_count=9 + n))
        jobs.append(office.prepared)
    at_once(jobs)
    assert derive([office.union.pk], cause="recount") == 0
    assert not StandingChange.objects.unscoped().filter(cause="recount").exists()


def test_a_seat_is_filled_by_one_of_those_who_try():
    office = Office()
    term = office.elected(seats=(HEAD,))
    terms.approve(term, on=office.today, by=office.above, now=office.now)

    def fill(number):
        head = Named(Position.CHAIR, f"示例主任{number}", UnionPost.CHAIR)
        return lambda: seats.fill(term, one=head, on=office.today, by=office.officer, now=office.now)

    Seat.objects.unscoped().update(until_on=office.today)
    results = at_once([fill(number) for number in range(6)])
    assert results.count("head_there") == 5
    assert Seat.objects.unscoped().filter(position=Position.CHAIR, until_on__isnull=True).count() == 1


def test_unions_added_while_others_are_derived_all_stand():
    office = Office()
    unions = [UnionFactory(parent=office.county, women_member_count=12) for _number in range(5)]
    at_once([lambda one=one: derive([one.pk, *(u.pk for u in unions)], cause="test") for one in unions])
    assert Standing.objects.unscoped().count() == 6
