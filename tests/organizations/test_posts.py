"""Posts: who may give which one to whom, what can't be combined, and that ending one shuts the door at once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from services.foundation import clock
from services.foundation.scope import scope_of
from services.organizations import actions, errors, rules
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS, WF_ROLES, Role
from services.organizations.models import StaffAssignment
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db


def holder(place, role):
    return AssignmentFactory(organization=place, role=role).user


def give(user, place, role, by, **dates):
    dates.setdefault("valid_from", clock.today())
    return actions.assign_staff(user, organization=place, role=role, by=by, **dates)


def test_a_platform_administrator_gives_any_post_in_her_tree_and_none_outside():
    tree = small_tree()
    by = holder(tree["county_a"], Role.PLATFORM_ADMINISTRATOR)
    for role in set(Role.values) - WF_ROLES:
        give(StaffFactory(), tree["county_a"], role, by)
    for role in WF_ROLES:
        with pytest.raises(PermissionDenied):
            give(StaffFactory(), tree["county_a"], role, by)
    for place in ("city", "county_b", "unit_c"):
        with pytest.raises(PermissionDenied):
            give(StaffFactory(), tree[place], Role.GRASSROOTS_OFFICER, by)


def test_a_federation_officer_gives_local_posts_strictly_below_her_own():
    tree = small_tree()
    by, given = holder(tree["county_a"], Role.FEDERATION_OFFICER), set()
    for name, place in tree.items():
        for role in Role.values:
            try:
                give(StaffFactory(), place, role, by)
            except PermissionDenied:
                continue
            given.add((name, role))
    below = {"town_a", "unit_a", "unit_b"}
    assert given == {(name, role) for name in below for role in (Role.GRASSROOTS_OFFICER, Role.CASE_OFFICER)}


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.FEDERATION_OFFICER, Role.PLATFORM_ADMINISTRATOR)])
def test_no_other_role_gives_any_post(role):
    tree = small_tree()
    with pytest.raises(PermissionDenied):
        give(StaffFactory(), tree["unit_a"], Role.GRASSROOTS_OFFICER, holder(tree["city"], role))


def test_nobody_gives_herself_a_post_or_ends_her_own():
    tree = small_tree()
    by = holder(tree["city"], Role.PLATFORM_ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        give(by, tree["unit_a"], Role.COMMUNICATIONS_EDITOR, by)
    with pytest.raises(PermissionDenied):
        actions.end_assignment(StaffAssignment.objects.get(user=by), by=by, on=clock.today())
    assert StaffAssignment.objects.count() == 1


def test_a_superuser_without_a_post_gives_none():
    with pytest.raises(PermissionDenied):
        give(StaffFactory(), small_tree()["city"], Role.AUDITOR, StaffFactory(is_superuser=True))


def test_a_woman_worker_holds_no_post():
    with pytest.raises(errors.NotStaff):
        give(WorkerUserFactory(), small_tree()["unit_a"], Role.GRASSROOTS_OFFICER, None)


@pytest.mark.parametrize("first", [Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR])
@pytest.mark.parametrize("second", sorted(ROSTER_WRITERS))
def test_who_audits_or_runs_the_platform_handles_no_womans_record(first, second):
    tree = small_tree()
    for one, other in ((first, second), (second, first)):
        user = StaffFactory()
        give(user, tree["city"], one, None)
        with pytest.raises(errors.RolesConflict):
            give(user, tree["unit_a"], other, None)
        assert StaffAssignment.objects.filter(user=user).count() == 1


def test_a_post_that_is_over_stands_in_nobodys_way():
    tree, user, today = small_tree(), StaffFactory(), clock.today()
    AssignmentFactory(user=user, organization=tree["city"], role=Role.AUDITOR, valid_until=today - timedelta(days=1))
    assert give(user, tree["unit_a"], Role.GRASSROOTS_OFFICER, None).pk


def test_every_reader_of_rosters_but_the_auditor_is_a_personal_data_role():
    assert ROSTER_READERS - {Role.AUDITOR} <= rules.PERSONAL_DATA
    assert set(Role.values) >= rules.PERSONAL_DATA


def test_the_last_day_does_not_lie_before_the_first():
    today = clock.today()
    with pytest.raises(errors.EndsBeforeItBegins):
        give(StaffFactory(), small_tree()["city"], Role.AUDITOR, None, valid_until=today - timedelta(days=1))


def test_groups_are_those_of_the_posts_in_force_and_foreign_groups_stay():
    tree, user, today = small_tree(), StaffFactory(), clock.today()
    user.groups.add(Group.objects.create(name="Choir"))
    post = give(user, tree["unit_a"], Role.GRASSROOTS_OFFICER, None)
    give(user, tree["unit_b"], Role.CASE_OFFICER, None, valid_from=today + timedelta(days=1))
    assert set(user.groups.values_list("name", flat=True)) == {"Choir", Role.GRASSROOTS_OFFICER}
    actions.end_assignment(post, by=None, on=today)
    assert set(user.groups.values_list("name", flat=True)) == {"Choir"}


def test_every_role_has_a_group_that_opens_the_desk():
    opens = Group.objects.filter(
        permissions__codename="access_admin", permissions__content_type__app_label="wagtailadmin"
    )
    assert set(opens.values_list("name", flat=True)) >= set(Role.values)


def test_ending_a_post_shuts_the_door_with_the_next_request(client):
    tree, user = small_tree(), StaffFactory()
    post = give(user, tree["county_a"], Role.GRASSROOTS_OFFICER, None)
    client.force_login(user)
    assert client.get("/admin/organizations/at/T-A-1/").status_code == 200
    actions.end_assignment(post, by=holder(tree["city"], Role.PLATFORM_ADMINISTRATOR), on=clock.today())
    refused = client.get("/admin/organizations/at/T-A-1/")
    assert refused.status_code == 302
    assert "T-A-1" not in refused.content.decode()
    assert scope_of(type(user).objects.get(pk=user.pk)).grants == {}


def test_lapsed_posts_lose_their_groups_when_the_day_turns():
    tree, user = small_tree(), StaffFactory()
    post = give(user, tree["unit_a"], Role.COMMUNICATIONS_EDITOR, None)
    StaffAssignment.objects.filter(pk=post.pk).update(
        valid_from=clock.today() - timedelta(days=9), valid_until=clock.today() - timedelta(days=1)
    )
    begins = AssignmentFactory(organization=tree["unit_b"], role=Role.AUDITOR, valid_from=clock.today()).user
    assert actions.end_lapsed() == 2
    assert not user.groups.exists()
    assert begins.groups.get().name == Role.AUDITOR


def test_giving_a_post_again_renews_it_instead_of_doubling_it():
    tree, user, today = small_tree(), StaffFactory(), clock.today()
    post = give(user, tree["unit_a"], Role.GRASSROOTS_OFFICER, None)
    actions.end_assignment(post, by=None, on=today)
    renewed = give(user, tree["unit_a"], Role.GRASSROOTS_OFFICER, None)
    assert (renewed.pk, renewed.valid_until) == (post.pk, None)
