"""Standings follow organisations, records and requirements, in the transaction that changed them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from services.coverage.actions import standings
from services.coverage.actions.standings import derive, put_standard
from services.coverage.enums import Answer, Form, Required, TermStanding, UnionPost
from services.coverage.models import Standing, StandingChange, Term
from services.coverage.wording import codes
from services.foundation.verdict import Finding
from services.organizations.actions import close_organization, create_organization, edit_organization, move_branch
from services.organizations.actions.bulk import add_organizations, restate_organizations
from services.organizations.actions.tree import tell_of
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization
from tests.factories.coverage import RequirementsFactory, SeatFactory, set_up, standing_of
from tests.factories.organizations import UnionFactory, small_tree

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def tree():
    return small_tree()


def _standings() -> dict[str, Standing]:
    rows = Standing.objects.unscoped().select_related("organization")
    return {row.organization.code: row for row in rows}


def test_only_open_grassroots_unions_have_a_standing(tree):
    UnionFactory(kind=Kind.CITY_WF)
    derive(Organization.objects.all(), cause="test")
    assert set(_standings()) == {"T-A-1-1", "T-A-1-2", "T-B-1"}


def test_creating_editing_and_closing_a_union_moves_its_standing_at_once(tree):
    made = create_organization(
        parent=tree["town_a"], by=None, code="T-9", name="示例工会", kind=Kind.GRASSROOTS_UNION, women_member_count=9
    )
    assert _standings()["T-9"].required == Required.COMMISSIONER
    edit_organization(made, by=None, women_member_count=10)
    assert _standings()["T-9"].required == Required.COMMITTEE
    close_organization(made, by=None, on=TODAY(), reason="示例合并")
    assert "T-9" not in _standings()
    moved = StandingChange.objects.unscoped().filter(organization=made, field="built").order_by("pk")
    assert [(c.was, c.now, c.cause) for c in moved] == [("", "unknown", "created"), ("unknown", "", "closed")]


def test_unions_that_come_by_a_list_stand_at_once(tree):
    new = Organization(
        code="T-L", name="示例工会", kind=Kind.GRASSROOTS_UNION, branch=Branch.TRADE_UNION, women_member_count=30
    )
    add_organizations([(new, Organization.objects.get(code="T-A-1"))])
    assert _standings()["T-L"].required == Required.COMMITTEE
    again = Organization.objects.get(code="T-L")
    again.women_member_count = 3
    restate_organizations([again])
    assert _standings()["T-L"].required == Required.COMMISSIONER


def test_new_unions_of_a_long_list_stand_once_it_is_written(tree, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(standings, "AT_ONCE", 2)
    derive(Organization.objects.all(), cause="test")
    known, kind = tree["unit_a"], Kind.GRASSROOTS_UNION
    known.women_member_count = 30
    fresh = [Organization(code=f"N-{n}", name="示例工会", kind=kind, branch=kind.branch) for n in "abc"]
    with django_capture_on_commit_callbacks(execute=True):
        restate_organizations([known], tell=False)
        add_organizations([(one, tree["town_a"]) for one in fresh], tell=False)
        tell_of([known.pk, *(one.pk for one in fresh)], cause="imported", by=None)
        assert _standings()["T-A-1-1"].required == Required.COMMITTEE, "who stood already moves at once"
        assert "N-a" not in _standings()
    assert {"N-a", "N-b", "N-c"} <= set(_standings())
    changes = StandingChange.objects.unscoped().filter(organization__code__startswith="N-")
    assert set(changes.values_list("cause", flat=True)) == {"imported"}


def test_two_who_derive_a_new_union_at_once_agree(tree, monkeypatch):
    def beaten(model, rows):
        store(model, rows)
        if model is Standing:
            raise IntegrityError

    store = standings.store_objects
    monkeypatch.setattr(standings, "store_objects", beaten)
    derive(Organization.objects.all(), cause="test")
    assert set(_standings()) == {"T-A-1-1", "T-A-1-2", "T-B-1"}


def test_the_nearest_federation_with_requirements_in_force_counts(tree):
    union = tree["unit_a"]
    Organization.objects.filter(pk=union.pk).update(women_member_count=12)
    assert standing_of(union).required == Required.COMMITTEE
    RequirementsFactory(organization=tree["city"], committee_from=15)
    assert standing_of(union).required == Required.COMMISSIONER
    RequirementsFactory(organization=tree["county_a"], committee_from=12)
    RequirementsFactory(organization=tree["county_a"], committee_from=20, valid_from=TODAY() + timedelta(days=1))
    assert standing_of(union).required == Required.COMMITTEE


def test_a_branch_that_moves_stands_by_what_its_new_federation_asks(tree):
    Organization.objects.filter(pk=tree["unit_a"].pk).update(women_member_count=12)
    derive([tree["unit_a"].pk], cause="test")
    RequirementsFactory(organization=tree["county_b"], committee_from=20)
    move_branch(tree["town_a"], to=tree["county_b"], by=None, reason="示例划转")
    assert _standings()["T-A-1-1"].required == Required.COMMISSIONER


def test_nothing_is_written_where_nothing_became_another(tree):
    term = set_up(tree["unit_a"])
    recorded = StandingChange.objects.unscoped().count()
    assert derive(Organization.objects.all(), cause="test") == 2
    assert derive(Organization.objects.all(), cause="test") == 0
    assert StandingChange.objects.unscoped().count() == recorded + 2
    term.seats.update(union_post=UnionPost.NONE)
    assert derive([tree["unit_a"].pk], cause="seat_filled") == 1
    change = StandingChange.objects.unscoped().first()
    assert (change.field, change.was, change.now, change.cause) == ("chair_qualified", "yes", "no", "seat_filled")


def test_a_head_who_left_leaves_a_vacancy_and_her_successor_fills_it(tree):
    term = set_up(tree["unit_a"])
    term.seats.update(until_on=TODAY())
    assert standing_of(tree["unit_a"]).chair_qualified == Answer.NO
    SeatFactory(term=term, position="chair", union_post=UnionPost.CHAIR)
    assert standing_of(tree["unit_a"]).chair_qualified == Answer.YES


def test_the_standard_reached_stays_when_the_rest_is_derived_again(tree):
    set_up(tree["unit_a"])
    key = tree["unit_a"].pk
    assert put_standard({key: (Answer.YES, 92)}, now=timezone.now()) == 1
    assert put_standard({key: (Answer.YES, 92)}, now=timezone.now()) == 0
    Term.objects.unscoped().update(ends_on=date(2020, 1, 1))
    row = standing_of(tree["unit_a"])
    assert (row.standard, row.score, row.term) == (Answer.YES, 92, TermStanding.OVERDUE)


def test_what_is_stored_of_a_finding_is_the_finding(tree):
    set_up(tree["unit_a"])
    stored = standing_of(tree["unit_a"]).findings
    assert [Finding.from_json(one).as_json() for one in stored] == stored
    assert {one["code"] for one in stored} == codes()


def test_queries_do_not_grow_with_the_unions(tree, django_assert_num_queries):
    parent = tree["town_a"]
    for _number in range(5):
        set_up(UnionFactory(parent=parent, women_member_count=12), form=Form.COMMITTEE)
    Standing.objects.unscoped().delete()
    # The keys, the requirements, locks, organisations, committees, terms, heads, standings, changes; two transactions.
    with django_assert_num_queries(13):
        derive(Organization.objects.all(), cause="test")
