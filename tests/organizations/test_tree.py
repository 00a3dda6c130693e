"""The tree changes under one lock, by the rules of the branches, and every scope follows."""

import random

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from services.foundation import clock
from services.organizations import actions, errors
from services.organizations.enums import ALLOWED_BELOW, Kind, Role
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


def officer(place, role=Role.FEDERATION_OFFICER):
    return AssignmentFactory(organization=place, role=role).user


def again(user):
    """The same person at her next request: nothing worked out earlier is remembered."""
    return type(user).objects.get(pk=user.pk)


def entries(organization, action):
    return ModelLogEntry.objects.filter(object_id=str(organization.pk), action=action)


def test_moving_a_branch_keeps_every_scope_right():
    tree = small_tree()
    worker = WorkerFactory(organization=tree["unit_a"])
    before, after = officer(tree["county_a"]), officer(tree["county_b"])
    assert list(Worker.objects.visible_to(before)) == [worker]
    assert list(Worker.objects.visible_to(after)) == []

    actions.move_branch(tree["town_a"], to=tree["county_b"], by=officer(tree["city"]), reason="区划调整")

    assert list(Worker.objects.visible_to(again(before))) == []
    assert list(Worker.objects.visible_to(again(after))) == [worker]
    entry = entries(tree["town_a"], "organizations.move").get()
    assert (entry.data["from"], entry.data["to"], entry.data["reason"]) == ("T-A", "T-B", "区划调整")


def test_any_run_of_moves_leaves_a_sound_tree_and_every_node_in_its_branch():
    dice = random.Random(20261123)
    city = UnionFactory(kind=Kind.CITY_UNION)
    counties = [UnionFactory(parent=city, kind=Kind.COUNTY_UNION) for _n in range(3)]
    towns = [UnionFactory(parent=county, kind=Kind.TOWNSHIP_UNION) for county in counties for _n in range(2)]
    units = [UnionFactory(parent=town) for town in towns for _n in range(3)]
    UnionFactory(kind=Kind.CITY_WF)
    everybody, moved = [*counties, *towns, *units], 0
    for _step in range(120):
        what, where = dice.choice(everybody), dice.choice([city, *everybody])
        what, where = Organization.objects.get(pk=what.pk), Organization.objects.get(pk=where.pk)
        allowed = what.kind in ALLOWED_BELOW[where.kind] and not where.path.startswith(what.path)
        try:
            actions.move_branch(what, to=where, by=None, reason="检验")
        except (errors.KindNotAllowed, errors.WouldBeCircular):
            assert not allowed
        else:
            assert allowed
            assert Organization.objects.get(pk=what.pk).get_parent().pk == where.pk
            moved += 1
    assert moved > 10
    assert Organization.find_problems() == ([], [], [], [], [])
    assert Organization.objects.get(pk=city.pk).get_descendant_count() == len(everybody)


@pytest.mark.parametrize(
    ("what", "where", "refusal"),
    [
        ("county_a", "unit_a", errors.WouldBeCircular),
        ("county_a", "county_a", errors.WouldBeCircular),
        ("town_a", "unit_c", errors.KindNotAllowed),
        ("county_a", "county_b", errors.KindNotAllowed),
        ("unit_a", "other_branch", errors.BranchesNeverMix),
        ("unit_a", "closed", errors.ParentClosed),
    ],
)
def test_a_move_that_breaks_the_tree_is_refused_and_changes_nothing(what, where, refusal):
    tree = small_tree()
    tree["other_branch"] = UnionFactory(kind=Kind.CITY_WF)
    tree["closed"] = UnionFactory(parent=tree["county_b"], closed_on=clock.today())
    paths = list(Organization.objects.values_list("pk", "path"))
    with pytest.raises(refusal):
        actions.move_branch(tree[what], to=tree[where], by=None, reason="检验")
    assert list(Organization.objects.values_list("pk", "path")) == paths


def test_a_move_needs_the_post_above_both_ends_and_a_reason():
    tree = small_tree()
    for who in (officer(tree["county_a"]), officer(tree["county_b"]), officer(tree["city"], Role.CASE_OFFICER)):
        with pytest.raises(PermissionDenied):
            actions.move_branch(tree["town_a"], to=tree["county_b"], by=who, reason="检验")
    with pytest.raises(PermissionDenied):
        actions.move_branch(tree["county_a"], to=tree["city"], by=officer(tree["county_a"]), reason="检验")
    with pytest.raises(errors.ReasonMissing):
        actions.move_branch(tree["town_a"], to=tree["county_b"], by=officer(tree["city"]), reason="  ")
    assert Organization.objects.get(code="T-A-1").get_parent().code == "T-A"


def test_moving_to_where_it_stands_leaves_no_trace():
    tree = small_tree()
    actions.move_branch(tree["unit_a"], to=tree["town_a"], by=None, reason="检验")
    assert not entries(tree["unit_a"], "organizations.move").exists()


def test_a_new_organisation_stands_below_its_parent_in_its_parents_branch():
    tree = small_tree()
    by = officer(tree["county_a"])
    made = actions.create_organization(
        parent=tree["town_a"], by=by, code="T-A-1-9", name="示例新建工会", kind=Kind.GRASSROOTS_UNION, staff_count=9
    )
    assert made.get_parent() == tree["town_a"]
    assert (made.branch, made.staff_count) == (tree["city"].branch, 9)
    assert entries(made, "organizations.create").get().user == by


@pytest.mark.parametrize(
    ("code", "kind", "refusal"),
    [
        ("T-A-1-1", Kind.GRASSROOTS_UNION, errors.CodeTaken),
        ("a/b", Kind.GRASSROOTS_UNION, errors.CodeUnusable),
        ("", Kind.GRASSROOTS_UNION, errors.CodeUnusable),
        ("T-9", Kind.CITY_UNION, errors.KindNotAllowed),
        ("T-9", Kind.SCHOOL, errors.BranchesNeverMix),
    ],
)
def test_an_organisation_that_does_not_fit_is_refused(code, kind, refusal):
    tree = small_tree()
    with pytest.raises(refusal):
        actions.create_organization(parent=tree["town_a"], by=None, code=code, name="示例", kind=kind)
    assert Organization.objects.count() == 7


def test_nobody_on_the_staff_adds_a_new_top():
    with pytest.raises(PermissionDenied):
        actions.create_organization(
            parent=None, by=StaffFactory(is_superuser=True), code="X", name="示例", kind=Kind.CITY_UNION
        )


def test_an_edit_logs_the_fields_and_nothing_when_nothing_changed():
    tree = small_tree()
    by = officer(tree["county_a"])
    actions.edit_organization(tree["unit_a"], by=by, name="示例改名工会", industry="教育")
    actions.edit_organization(tree["unit_a"], by=by, name="示例改名工会", industry="教育")
    assert entries(tree["unit_a"], "organizations.edit").get().data == {"fields": ["industry", "name"]}
    with pytest.raises(PermissionDenied):
        actions.edit_organization(tree["unit_c"], by=by, name="示例越权")


def test_a_kind_can_not_change_under_the_children_it_has():
    tree = small_tree()
    assert actions.edit_organization(tree["town_a"], by=None, kind=Kind.INDUSTRY_UNION).kind == Kind.INDUSTRY_UNION
    with pytest.raises(errors.KindNotAllowed):
        actions.edit_organization(tree["county_a"], by=None, kind=Kind.GRASSROOTS_UNION)
    assert Organization.objects.get(code="T-A").kind == Kind.COUNTY_UNION


def test_closing_waits_until_the_house_is_empty():
    tree = small_tree()
    worker = WorkerFactory(organization=tree["unit_a"])
    by, today = officer(tree["city"]), clock.today()
    with pytest.raises(errors.StillInUse) as refused:
        actions.close_organization(tree["town_a"], by=by, on=today, reason="合并")
    assert refused.value.context == {"children": 2, "workers": 1}
    with pytest.raises(errors.StillInUse):
        actions.close_organization(tree["unit_a"], by=by, on=today, reason="合并")
    Worker.objects.own(pk=worker.pk).update(organization=tree["unit_b"])
    assert actions.close_organization(tree["unit_a"], by=by, on=today, reason="合并").closed_on == today
    actions.close_organization(tree["unit_a"], by=by, on=today, reason="再次")
    assert entries(tree["unit_a"], "organizations.close").count() == 1


def test_nobody_closes_her_own_desk():
    tree = small_tree()
    with pytest.raises(PermissionDenied):
        actions.close_organization(tree["unit_c"], by=officer(tree["unit_c"]), on=clock.today(), reason="检验")
