"""Branches moved, added and closed at one moment leave a sound tree: the writers queue at one lock."""

import pytest

from services.foundation import clock
from services.organizations import actions
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization, StaffAssignment
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import UnionFactory, small_tree
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_moves_and_additions_at_one_moment_lose_nobody():
    tree = small_tree()
    towns = [UnionFactory(parent=tree["county_b"], kind=Kind.TOWNSHIP_UNION, code=f"T-B-{n}0") for n in range(4)]
    stale = {place.pk: Organization.objects.get(pk=place.pk) for place in [*tree.values(), *towns]}

    def moving(what, where):
        return lambda: actions.move_branch(stale[what.pk], to=stale[where.pk], by=None, reason="检验")

    def adding(where, n):
        kind = Kind.GRASSROOTS_UNION
        return lambda: actions.create_organization(
            parent=stale[where.pk], by=None, code=f"N{n}", name="示例", kind=kind
        )

    jobs = [moving(tree["town_a"], tree["county_b"]), *(moving(town, tree["county_a"]) for town in towns)]
    jobs += [moving(tree["unit_a"], town) for town in towns] + [adding(place, n) for n, place in enumerate(towns * 3)]
    results = at_once(jobs)

    assert [result for result in results if isinstance(result, str | Exception)] == []
    assert Organization.find_problems() == ([], [], [], [], [])
    assert Organization.objects.count() == 7 + 4 + 12
    assert Organization.objects.get(pk=tree["town_a"].pk).get_parent().code == "T-B"
    assert {Organization.objects.get(pk=town.pk).get_parent().code for town in towns} == {"T-A"}


def test_two_posts_that_exclude_each_other_never_both_pass():
    tree, user, today = small_tree(), StaffFactory(), clock.today()

    def giving(role):
        return lambda: actions.assign_staff(user, organization=tree["city"], role=role, by=None, valid_from=today)

    results = at_once([giving(Role.AUDITOR), giving(Role.CASE_OFFICER)] * 4)

    held = set(StaffAssignment.objects.filter(user=user).values_list("role", flat=True))
    assert len(held) == 1
    assert results.count("roles_conflict") == 4
    assert set(user.groups.values_list("name", flat=True)) == held
