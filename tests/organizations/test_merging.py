"""Two organisations become one: what is alive goes over, the old one closes, the past stays as it was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.figures.actions import fold
from services.figures.queries import differences
from services.organizations import actions, errors
from services.organizations.enums import Kind, Role
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


def merged(tree, organization="unit_a", into="unit_b", *, by=None, on=TODAY, reason="机构合并"):
    return actions.merge_organization(tree[organization], into=tree[into], by=by, on=on, reason=reason)


def test_women_at_work_go_over_and_those_who_left_stay_where_they_were(tree):
    at_work = WorkerFactory(organization=tree["unit_a"])
    gone = WorkerFactory(organization=tree["unit_a"], state=WorkerState.LEFT)
    merged(tree)
    homes = dict(Worker.objects.unscoped().values_list("pk", "organization__code"))
    assert homes == {at_work.pk: "T-A-1-2", gone.pk: "T-A-1-1"}
    tree["unit_a"].refresh_from_db()
    assert tree["unit_a"].closed_on == TODAY
    fold()
    assert differences() == []


def test_what_is_open_below_moves_along_and_what_is_closed_stays(tree):
    below = UnionFactory(parent=tree["unit_a"], code="sub")
    UnionFactory(parent=below, code="subsub")
    closed = UnionFactory(parent=tree["unit_a"], code="closed", closed_on=TODAY)
    merged(tree)
    assert Organization.objects.get(code="sub").get_parent() == tree["unit_b"]
    assert Organization.objects.get(code="subsub").get_parent() == below
    assert Organization.objects.get(pk=closed.pk).get_parent() == tree["unit_a"]
    assert Organization.find_problems() == ([], [], [], [], [])


def test_counties_merge_with_everything_in_them(tree):
    her = WorkerFactory(organization=tree["unit_c"])
    before = officer(tree["county_a"])
    merged(tree, "county_b", "county_a")
    assert Organization.objects.get(code="T-B-1").get_parent() == tree["county_a"]
    assert list(Worker.objects.visible_to(type(before).objects.get(pk=before.pk))) == [her]


def test_posts_go_over_and_end_here(tree):
    hers = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER)
    over = AssignmentFactory(
        organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER, valid_until=TODAY - timedelta(days=9)
    )
    both = AssignmentFactory(organization=tree["unit_a"], role=Role.CASE_OFFICER)
    lapsed = AssignmentFactory(
        user=both.user, organization=tree["unit_b"], role=Role.CASE_OFFICER, valid_until=TODAY - timedelta(days=9)
    )
    merged(tree)
    there = {post.user: post for post in StaffAssignment.objects.filter(organization=tree["unit_b"])}
    assert set(there) == {hers.user, both.user}
    assert (there[hers.user].valid_from, there[hers.user].valid_until) == (TODAY, None)
    lapsed.refresh_from_db()
    hers.refresh_from_db()
    over.refresh_from_db()
    assert lapsed.valid_until is None
    assert hers.valid_until == TODAY - timedelta(days=1)
    assert over.valid_until == TODAY - timedelta(days=9)


@pytest.mark.parametrize(
    ("here", "there", "merged_post"),
    [
        ((-90, None), (30, None), (0, None)),
        ((-90, 60), (30, 40), (0, 60)),
        ((-90, 20), (30, 40), (0, 40)),
        ((-90, 20), (-50, 40), (-50, 40)),
        ((-90, 20), (-50, -9), (0, 20)),
    ],
)
def test_who_holds_the_post_at_both_holds_it_there_from_the_day_of_the_merge(tree, here, there, merged_post):
    def days(begins, ends):
        return TODAY + timedelta(days=begins), None if ends is None else TODAY + timedelta(days=ends)

    def post(place, span, **more):
        begins, ends = days(*span)
        return AssignmentFactory(
            organization=tree[place], role=Role.CASE_OFFICER, valid_from=begins, valid_until=ends, **more
        )

    hers = post("unit_a", here)
    other = post("unit_b", there, user=hers.user)
    merged(tree)
    other.refresh_from_db()
    assert (other.valid_from, other.valid_until) == days(*merged_post)


def test_numbers_are_added_up_where_both_state_them(tree):
    for place, members in (("unit_a", (30, 12)), ("unit_b", (20, 5))):
        Organization.objects.filter(pk=tree[place].pk).update(
            member_count=members[0], women_member_count=members[1], staff_count=40
        )
    into = merged(tree)
    into.refresh_from_db()
    assert (into.member_count, into.women_member_count) == (50, 17)
    assert (into.staff_count, into.women_count) == (40, None)


def test_both_keep_a_line_in_their_history_and_doing_it_again_changes_nothing(tree):
    by = officer(tree["city"])
    merged(tree, by=by)
    merged(tree, by=by)
    lines = ModelLogEntry.objects.filter(action="organizations.merge")
    assert {(line.object_id, line.data["into"], line.data["from"]) for line in lines} == {
        (str(tree[place].pk), "T-A-1-2", "T-A-1-1") for place in ("unit_a", "unit_b")
    }
    assert lines.count() == 2


@pytest.mark.parametrize(
    ("organization", "into", "refusal"),
    [
        ("town_a", "town_a", errors.WouldBeCircular),
        ("county_a", "unit_a", errors.WouldBeCircular),
        ("unit_a", "town_a", errors.KindsDiffer),
        ("unit_a", "closed", errors.ParentClosed),
        ("unit_a", "school", errors.BranchesNeverMix),
    ],
)
def test_what_cannot_be_merged_is_refused(tree, organization, into, refusal):
    tree["closed"] = UnionFactory(parent=tree["town_a"], closed_on=TODAY)
    women = UnionFactory(kind=Kind.CITY_WF)
    tree["school"] = UnionFactory(parent=UnionFactory(parent=women, kind=Kind.COUNTY_WF), kind=Kind.SCHOOL)
    with pytest.raises(refusal):
        merged(tree, organization, into)
    assert not Organization.objects.get(pk=tree[organization].pk).closed_on


def test_a_reason_and_posts_above_both_are_needed(tree):
    with pytest.raises(errors.ReasonMissing):
        merged(tree, reason=" ")
    for by in (officer(tree["unit_a"]), officer(tree["county_b"])):
        with pytest.raises(PermissionDenied):
            merged(tree, by=by)
    with pytest.raises(PermissionDenied):
        merged(tree, "unit_c", "unit_a", by=officer(tree["county_b"]))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_at_the_desk_what_goes_over_is_said_first(tree, language):
    WorkerFactory(organization=tree["unit_a"])
    client = at_desk(tree["county_a"])
    client.cookies["language"] = language
    address = reverse("organizations_desk:merge", args=["T-A-1-1"])
    assert address in client.get(reverse("organizations_desk:one", args=["T-A-1-1"])).content.decode()
    page = client.get(address)
    assert page.status_code == 200 and "1" in page.context["intro"]
    wrong = client.post(address, {"into": "T-B-1", "reason": "合并"})
    assert wrong.status_code == 200 and wrong.context["form"].errors["into"]
    done = client.post(address, {"into": "T-A-1-2", "reason": "机构合并"}, follow=True)
    assert done.status_code == 200
    assert Organization.objects.get(code="T-A-1-1").closed_on == date.today()
