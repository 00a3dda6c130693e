"""One organisation becomes two: what is chosen goes over, the rest stays, the past stays as it was."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.figures.actions import fold
from services.figures.queries import differences
from services.organizations import actions, errors
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from services.workers.enums import WorkerState
from services.workers.models import Worker
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def tree():
    return small_tree()


def officer(place, role=Role.FEDERATION_OFFICER):
    return AssignmentFactory(organization=place, role=role).user


def split(place, *, by=None, reason="机构分立", code="new", **more):
    return actions.split_organization(place, code=code, name="示例分出工会", by=by, on=TODAY, reason=reason, **more)


def test_what_is_chosen_goes_over_and_the_rest_stays(tree):
    town, staying = tree["town_a"], tree["unit_b"]
    UnionFactory(parent=tree["unit_a"], code="sub")
    post, kept = (AssignmentFactory(organization=town, role=Role.CASE_OFFICER) for _number in range(2))
    new = split(town, children=[tree["unit_a"]], posts=[post])
    assert (new.get_parent(), new.kind, new.established_on) == (town.get_parent(), town.kind, TODAY)
    above = {one.code: one.get_parent().code for one in Organization.objects.filter(depth__gt=2)}
    assert (above["T-A-1-1"], above["sub"], above["T-A-1-2"]) == ("new", "T-A-1-1", staying.get_parent().code)
    held = StaffAssignment.objects.filter(valid_until__isnull=True)
    assert held.get(user=post.user).organization == new
    assert held.get(user=kept.user).organization == town
    assert Organization.find_problems() == ([], [], [], [], [])
    fold()
    assert differences() == []


def test_women_go_over_by_their_post_and_the_numbers_are_told_apart(tree):
    unit = tree["unit_a"]
    Organization.objects.filter(pk=unit.pk).update(member_count=50, women_member_count=30, staff_count=60)
    going = WorkerFactory(organization=unit, position="保洁员")
    unstated = WorkerFactory(organization=unit, position="")
    staying = WorkerFactory(organization=unit, position="教师")
    left = WorkerFactory(organization=unit, position="保洁员", state=WorkerState.LEFT)
    new = split(unit, parts={"workers": ["=保洁员", "="]}, member_count=20, women_member_count=12)
    homes = dict(Worker.objects.unscoped().values_list("pk", "organization__code"))
    assert homes == {going.pk: "new", unstated.pk: "new", staying.pk: unit.code, left.pk: unit.code}
    unit.refresh_from_db()
    assert (unit.member_count, unit.women_member_count, unit.staff_count) == (30, 18, 60)
    assert (new.member_count, new.women_member_count, new.staff_count) == (20, 12, None)
    fold()
    assert differences() == []


def test_both_keep_one_line_in_their_history(tree):
    new = split(tree["town_a"], by=officer(tree["city"]), children=[tree["unit_a"]])
    lines = ModelLogEntry.objects.filter(action="organizations.split")
    assert {line.object_id for line in lines} == {str(tree["town_a"].pk), str(new.pk)}
    told = {"from": tree["town_a"].code, "into": "new", "reason": "机构分立", "children": 1, "people": 0, "posts": 0}
    assert [line.data for line in lines] == [told, told]


def test_what_cannot_be_split_is_refused_and_nothing_is_made(tree):
    unit = tree["unit_a"]
    Organization.objects.filter(pk=unit.pk).update(member_count=50, women_member_count=30)
    closed = UnionFactory(parent=tree["town_a"], closed_on=TODAY)
    for place, refusal, more in (
        (closed, errors.ClosedAlready, {}),
        (unit, errors.CodeTaken, {"code": "T-A-1-2"}),
        (unit, errors.ReasonMissing, {"reason": " "}),
        (unit, errors.PartTooLarge, {"member_count": 60, "women_member_count": 1}),
        (unit, errors.PartTooLarge, {"member_count": 40, "women_member_count": 1}),
        (tree["town_a"], errors.NotItsOwn, {"children": [tree["unit_c"]]}),
    ):
        with pytest.raises(refusal):
            split(place, **more)
    for by in (officer(unit), officer(tree["county_b"])):
        with pytest.raises(PermissionDenied):
            split(unit, by=by)
    assert not Organization.objects.filter(code="new").exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_at_the_desk_what_goes_over_is_chosen(tree, language):
    WorkerFactory(organization=tree["town_a"], position="教师")
    client = at_desk(tree["county_a"])
    client.cookies["language"] = language
    address = reverse("organizations_desk:split", args=[tree["town_a"].code])
    page = reverse("organizations_desk:one", args=[tree["town_a"].code])
    assert address in client.get(page).content.decode()
    assert "教师 (1)" in client.get(address).content.decode()
    said = {
        "code": "T-A-1-2",
        "name": "示例分出",
        "reason": "分立",
        "children": ["T-A-1-1"],
        "parts_workers": ["=教师"],
    }
    wrong = client.post(address, said)
    assert list(wrong.context["form"].errors) == ["code"] and "示例分出" in wrong.content.decode()
    odd = client.post(
        address, said | {"children": ["T-B-1"], "parts_workers": ["=x"], "women_count": "9", "staff_count": 1}
    )
    assert {"children", "parts_workers", "women_count"} <= set(odd.context["form"].errors)
    done = client.post(address, said | {"code": "new"})
    assert done["Location"] == reverse("organizations_desk:one", args=["new"])
    assert Organization.objects.get(code="T-A-1-1").get_parent().code == "new"
    assert Worker.objects.unscoped().get().organization.code == "new"
