"""What the apps know of a union's year, told by each for itself, and who may read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.coverage import return_points
from services.coverage.queries.returns import known_for
from services.mutual_aid.models import Benefit
from services.mutual_aid.told import CLAIMED, JOINED
from services.organizations.enums import Role
from services.organizations.registry import known_of_a_year
from services.screening.enums import HistorySource
from services.screening.models import PastScreening
from services.signups.told import trainings_held
from tests.factories.claims import claims_world, decided
from tests.factories.coverage import set_up
from tests.factories.households import on_file, relief_world
from tests.factories.organizations import small_tree
from tests.factories.returns import FIGURES, YEAR, officer_at, opened, return_of
from tests.factories.signups import SignupWorld
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)


@pytest.fixture
def tree():
    return small_tree()


def told(union) -> dict:
    return {
        field: found[0]["value"] for field, found in known_for([union.pk], year=YEAR, today=TODAY)[union.pk].items()
    }


def test_the_register_is_believed_before_the_roster_and_both_say_whence(tree):
    unit = tree["unit_a"]
    unit.staff_count, unit.women_count = 90, 70
    unit.save()
    for joined in (date(2020, 1, 1), None, None):
        WorkerFactory(organization=unit, joined_on=joined)
    known = known_for([unit.pk], year=YEAR, today=TODAY)[unit.pk]
    assert known["staff"] == [{"value": 90, "provider": "organizations", "on": "2026-10-12"}]
    assert [(one["value"], one["provider"]) for one in known["staff_women"]] == [(70, "organizations"), (3, "workers")]
    assert known["members_women"][0]["value"] == 1
    assert "members" not in known


def test_what_a_sister_union_has_is_not_told_of_this_one(tree):
    WorkerFactory(organization=tree["unit_b"])
    assert told(tree["unit_a"]) == {}
    assert told(tree["town_a"]) == {}


def test_women_screened_count_once_and_only_within_the_period(tree):
    her, other = WorkerFactory(organization=tree["unit_a"]), WorkerFactory(organization=tree["unit_a"])
    for woman, day in (
        (her, date(2025, 10, 1)),
        (her, date(2026, 9, 30)),
        (other, date(2025, 9, 30)),
        (other, date(2026, 10, 1)),
    ):
        PastScreening.objects.create(worker=woman, screened_on=day, source=HistorySource.ATTENDED)
    known = known_for([tree["unit_a"].pk], year=YEAR, today=TODAY)[tree["unit_a"].pk]
    assert known["screened_women"] == [{"value": 1, "provider": "screening", "on": "2026-09-30"}]


def test_trainings_that_were_held_and_the_women_who_came_are_told_of_who_held_them():
    world = SignupWorld(organization="county_a")
    first, second = world.sessions
    world.came(world.woman("unit_a"), session=first)
    world.came(world.woman("unit_b"), session=second)
    world.signed_up(world.woman("unit_a"), session=first)
    day = timezone.localdate(first.starts_at)
    held = trainings_held([world.home.pk, world.tree["unit_a"].pk], day, timezone.localdate(second.starts_at))
    assert held == {world.home.pk: {"trainings": 1, "trained_women": 2}}
    assert trainings_held([world.home.pk], day, day)[world.home.pk]["trained_women"] == 1
    assert trainings_held([world.home.pk], day - timedelta(days=30), day - timedelta(days=1)) == {}
    assert known_of_a_year["signups"].fields == ("trainings", "trained_women")


def test_the_committee_its_term_and_cadres_come_from_the_record(tree):
    term = set_up(tree["unit_a"], office_full_time=1)
    known = told(tree["unit_a"])
    assert known["women_form"] == "committee"
    assert known["term_ends_on"] == term.ends_on.isoformat()
    assert known["cadres_full"] == 1
    assert "cadres_part" not in known


def test_households_on_file_are_told_and_single_mothers_among_them():
    world = relief_world()
    household = on_file(world)
    known = told(household.organization)
    assert known["hardship_women"] == 1
    assert known["single_parents"] == int(household.single_parent)


def test_covers_claims_and_what_the_bank_paid_are_told_of_the_period():
    world = claims_world()
    claim = decided(world)
    union = claim.case.organization
    first, last = timezone.localdate(claim.case.submitted_at), timezone.localdate()
    cover = claim.cover.versions.get(known_until__isnull=True)
    unit = claim.cover.organization_id
    assert JOINED.tell([unit], cover.last_day, cover.last_day)[unit] == {"aid_joined": 1}
    assert JOINED.tell([unit], cover.last_day + timedelta(days=1), cover.last_day + timedelta(days=9)) == {}
    assert CLAIMED.tell([union.pk], first, last)[union.pk] == {"aid_claims": 1}
    Benefit.objects.unscoped().filter(claim=claim).update(state="paid", paid_at=timezone.now(), amount="9999.50")
    assert CLAIMED.tell([union.pk], first, last)[union.pk] == {"aid_claims": 1, "aid_paid": 10000}
    assert CLAIMED.tell([union.pk], first - timedelta(days=900), first - timedelta(days=800)) == {}


def test_a_hundred_unions_cost_as_many_queries_as_one(tree):
    units = [tree["unit_a"].pk]
    with CaptureQueriesContext(connection) as one:
        known_for(units, year=YEAR, today=TODAY)
    with CaptureQueriesContext(connection) as many:
        known_for([union.pk for union in tree.values()], year=YEAR, today=TODAY)
    assert len(one) == len(many) <= 12


def test_whoever_reads_no_list_behind_a_number_reads_no_number_and_is_asked_no_question_about_it(tree, monkeypatch):
    opened(tree["city"])
    one, officer = return_of(tree["unit_a"]), officer_at(tree["unit_a"])
    one.figures, one.known = FIGURES, {"hardship_women": [{"value": 9, "provider": "relief", "on": "2026-10-12"}]}
    assert [found.code for found in return_points.findings(one, user=officer)] == ["differs"]
    closed = replace(known_of_a_year["relief"], readers=frozenset({Role.CASE_OFFICER}))
    monkeypatch.setitem(known_of_a_year._items, "relief", closed)
    assert return_points.findings(one, user=officer) == []
    assert return_points.readable_known(one.known, user=officer, path=tree["unit_a"].path) == {}
