"""What the day alone changes: terms that end, requirements that begin, and who is told of it when."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import make_aware
from hypothesis import given
from hypothesis import strategies as st

from services.coverage.actions.reminding import remind_of_ends
from services.coverage.actions.standings import derive, derive_due
from services.coverage.enums import Required, TermStanding
from services.coverage.models import Requirements, Standing, StandingChange, Term
from services.coverage.rules.reminding import is_due, stage
from services.messaging.models import Message
from services.organizations.models import Organization
from tests.coverage.office import Office
from tests.factories.coverage import RequirementsFactory, set_up
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db


def _at(day) -> datetime:
    return make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=2)


def _messages() -> list[str]:
    return list(Message.objects.filter(key__startswith="coverage-term").order_by("pk").values_list("key", flat=True))


def test_a_term_turns_on_its_days_without_anybody_touching_it():
    office = Office()
    term = set_up(office.union)
    moments = [
        (91, TermStanding.RUNNING),
        (90, TermStanding.ENDING),
        (0, TermStanding.ENDING),
        (-1, TermStanding.OVERDUE),
    ]
    for left, expected in moments:
        derive_due(now=_at(term.ends_on - timedelta(days=left)))
        assert Standing.objects.unscoped().get().term == expected
    assert derive_due(now=_at(term.ends_on + timedelta(days=1))) == 0
    changes = StandingChange.objects.unscoped().filter(field="term", cause="day")
    assert [change.now for change in changes] == ["overdue", "ending"]


def test_requirements_reach_the_unions_below_on_their_first_day_even_if_a_night_was_missed():
    office = Office(women=12)
    elsewhere = UnionFactory(parent=office.city, women_member_count=12)
    derive(Organization.objects.all(), cause="test")
    RequirementsFactory(organization=office.county, committee_from=20, valid_from=office.today + timedelta(days=1))
    derive_due(now=office.now)
    assert office.standing.required == Required.COMMITTEE
    derive_due(now=office.now + timedelta(days=3))
    assert office.standing.required == Required.COMMISSIONER
    assert Standing.objects.unscoped().get(organization=elsewhere).required == Required.COMMITTEE
    assert Requirements.objects.get().applied_at is not None


def test_unions_without_a_standing_get_one_in_the_night():
    union = UnionFactory(women_member_count=12)
    assert derive_due(now=timezone.now()) == 1
    assert Standing.objects.unscoped().get().organization == union


def test_the_unions_officers_are_told_at_ninety_thirty_and_nought_days_and_when_it_is_over_each_once():
    office = Office()
    term = set_up(office.union)
    for left, total in ((120, 0), (90, 1), (89, 1), (30, 2), (0, 3), (-1, 4), (-20, 4), (-31, 5)):
        for _again in range(2):
            remind_of_ends(now=_at(term.ends_on - timedelta(days=left)))
        assert len(_messages()) == total, left
    assert _messages() == ["coverage-term-ends"] * 3 + ["coverage-term-overdue"] * 2
    assert {message.recipient for message in Message.objects.all()} == {office.officer}


def test_nobody_is_reminded_of_a_term_whose_successor_is_under_way():
    office = Office()
    set_up(office.union, on=office.day(2000))
    office.prepared()
    assert remind_of_ends(now=office.now) == 0


def test_a_preparation_that_was_left_lying_silences_what_is_overdue_for_a_month_alone():
    office = Office()
    term = set_up(office.union, on=office.day(2000))
    office.prepared()
    assert remind_of_ends(now=office.now + timedelta(days=29)) == 0
    assert remind_of_ends(now=office.now + timedelta(days=31)) == 1
    assert _messages() == ["coverage-term-overdue"]
    # Of a term that runs it still silences everything.
    other = Office()
    set_up(other.union, on=other.day(1700))
    other.prepared()
    ends = Term.objects.unscoped().get(committee__organization=other.union, state="in_office").ends_on
    Term.objects.unscoped().filter(pk=term.pk).update(ends_on=ends + timedelta(days=900))
    assert remind_of_ends(now=_at(ends)) == 0


def test_the_days_of_reminders_are_the_federations():
    office = Office()
    RequirementsFactory(organization=office.county, reminder_days=[10])
    term = set_up(office.union)
    assert remind_of_ends(now=_at(term.ends_on - timedelta(days=11))) == 0
    assert remind_of_ends(now=_at(term.ends_on - timedelta(days=10))) == 1


def test_reminding_costs_the_same_queries_for_one_union_and_for_ten(django_assert_max_num_queries):
    office = Office()
    set_up(office.union, on=office.day(2000))
    for _number in range(9):
        set_up(UnionFactory(parent=office.county), on=office.day(2000))
    with django_assert_max_num_queries(14):
        remind_of_ends(now=office.now)
    assert Term.objects.unscoped().filter(reminded__lt=0).count() == 10


@given(first=st.integers(-400, 400), later=st.integers(1, 400))
def test_a_stage_told_is_never_told_again_and_later_ones_are_lower(first, later):
    days = [90, 30, 0]
    told = stage(first, days)
    assert told is None or is_due(first, days, told) is None
    after = stage(first - later, days)
    if told is not None:
        assert after <= told
