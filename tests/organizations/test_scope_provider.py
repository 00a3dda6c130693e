"""Scope follows from the posts in force today and from nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from services.foundation import clock
from services.foundation.scope import NOTHING, scope_of
from services.organizations import policies
from services.organizations.enums import Role
from services.organizations.queries import ancestors_and_self
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db


def test_only_posts_in_force_today_count():
    tree, user, today = small_tree(), StaffFactory(), clock.today()
    AssignmentFactory(user=user, organization=tree["county_a"], role=Role.CASE_OFFICER, valid_until=today)
    AssignmentFactory(user=user, organization=tree["county_b"], valid_until=today - timedelta(days=1))
    AssignmentFactory(user=user, organization=tree["city"], valid_from=today + timedelta(days=1))
    assert scope_of(user).grants == {tree["county_a"].path: frozenset({Role.CASE_OFFICER})}


@pytest.mark.parametrize("make", [lambda: StaffFactory(is_superuser=True), WorkerUserFactory, StaffFactory])
def test_without_a_post_nothing_is_reached(make):
    small_tree()
    assert scope_of(make()) == NOTHING


def test_a_worker_or_a_deactivated_person_reaches_nothing_even_with_a_post():
    tree = small_tree()
    for user in (WorkerUserFactory(), StaffFactory(is_active=False)):
        AssignmentFactory(user=user, organization=tree["city"])
        assert scope_of(user) == NOTHING


def test_scope_costs_one_query_a_user_object(django_assert_num_queries):
    tree, user = small_tree(), StaffFactory()
    for place in ("county_a", "county_b", "unit_a"):
        AssignmentFactory(user=user, organization=tree[place])
    with django_assert_num_queries(1):
        assert scope_of(user).paths() == (tree["county_a"].path, tree["county_b"].path)
        assert policies.holds(user, tree["unit_c"])


def test_a_post_is_held_at_its_place_and_below_never_above_or_beside():
    tree = small_tree()
    user = AssignmentFactory(organization=tree["county_a"], role=Role.GRASSROOTS_OFFICER).user
    reached = {name for name, place in tree.items() if policies.holds(user, place, Role.GRASSROOTS_OFFICER)}
    assert reached == {"county_a", "town_a", "unit_a", "unit_b"}
    assert not policies.holds(user, tree["unit_a"], Role.AUDITOR)
    with pytest.raises(PermissionDenied):
        policies.holds(user, tree["city"]).insist()


def test_ancestors_run_from_the_top_to_the_place_itself():
    tree = small_tree()
    assert list(ancestors_and_self(tree["unit_a"])) == [tree["city"], tree["county_a"], tree["town_a"], tree["unit_a"]]
