"""Staff accounts on the desk: who gets in, what is shown, what each button does."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.accounts import actions
from services.accounts.exporters import SIGN_INS
from services.accounts.models import User
from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree

pytestmark = pytest.mark.django_db
INDEX, ADD, LOG = (reverse(f"wagtailusers_users:{name}") for name in ("index", "add", "sign_ins"))
STAFF_BACKEND = "services.accounts.backends.StaffPassword"


def appointed(role, organization=None, **kwargs):
    user = StaffFactory(**kwargs)
    user.groups.add(Group.objects.get(name=role))
    StaffAssignment.objects.create(
        user=user, organization=organization or UnionFactory(), role=role, valid_from=clock.today()
    )
    return user


def desk_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=STAFF_BACKEND)
    return client


@pytest.fixture
def keeper():
    return appointed(Role.PLATFORM_ADMINISTRATOR, username="keeper", first_name="示例管理员")


@pytest.fixture
def desk(keeper):
    client = desk_of(keeper)
    client.get(INDEX)
    return client


def test_only_platform_administrators_reach_the_accounts():
    target = StaffFactory()
    urls = [INDEX, ADD, *(reverse(f"wagtailusers_users:{name}", args=[target.pk]) for name in ("edit", "access"))]
    for role in Role.values:
        client = desk_of(appointed(role))
        expected = 200 if role == Role.PLATFORM_ADMINISTRATOR else 403
        assert {client.get(url).status_code for url in urls} == {expected}, role
    assert {Client().get(url).status_code for url in urls} == {302}


def test_the_list_holds_staff_and_never_a_woman_worker(desk, keeper):
    officer = StaffFactory(first_name="示例丙")
    WorkerUserFactory(username="w-secret", phone="19900000009", first_name="示例女工")
    page = desk.get(INDEX)
    assert set(page.context["object_list"]) == {keeper, officer}
    for leaked in ("w-secret", "19900000009", "示例女工"):
        assert leaked not in page.content.decode()
        assert list(desk.get(INDEX, {"q": leaked}).context["object_list"]) == []


def test_a_woman_workers_account_does_not_exist_here(desk):
    worker = WorkerUserFactory()
    for name in ("edit", "access"):
        url = reverse(f"wagtailusers_users:{name}", args=[worker.pk])
        assert desk.get(url).status_code == 404
        assert desk.post(url, {"do": "password", "username": "x", "first_name": "y"}).status_code == 404
    worker.refresh_from_db()
    assert not worker.has_usable_password() or worker.username != "x"


def test_one_account_or_thirty_cost_the_same_queries(desk):
    with CaptureQueriesContext(connection) as few:
        desk.get(INDEX)
    StaffFactory.create_batch(30)
    with CaptureQueriesContext(connection) as many:
        desk.get(INDEX)
    assert len(many) == len(few)


def test_adding_shows_a_temporary_password_once(desk):
    response = desk.post(ADD, {"username": "wangfang", "first_name": "示例芳", "email": ""})
    password = re.search(r"data-temporary-password>([^<]+)<", response.content.decode()).group(1)
    user = User.objects.get(username="wangfang")
    assert user.check_password(password.replace("&amp;", "&"))
    assert (user.must_change_password, user.is_superuser, user.is_worker) == (True, False, False)
    assert "no-store" in response.headers["Cache-Control"]


def test_extra_keys_cannot_raise_an_account(desk):
    desk.post(
        ADD,
        {
            "username": "wangfang",
            "first_name": "示例芳",
            "is_superuser": "on",
            "is_staff": "on",
            "groups": [g.pk for g in Group.objects.all()],
            "kind": "worker",
        },
    )
    user = User.objects.get(username="wangfang")
    assert (user.is_superuser, user.is_staff, user.is_worker, user.groups.count()) == (False, False, False, 0)


def test_a_taken_user_name_is_explained_beside_the_field(desk):
    StaffFactory(username="wangfang")
    response = desk.post(ADD, {"username": "wangfang", "first_name": "示例芳"})
    assert response.status_code == 200
    assert response.context["form"].errors["username"]


def test_closing_an_account_ends_its_sessions_at_once(desk):
    officer = appointed(Role.AUDITOR, organization=StaffAssignment.objects.first().organization)
    theirs = desk_of(officer)
    assert theirs.get("/admin/").status_code == 200
    url = reverse("wagtailusers_users:edit", args=[officer.pk])
    desk.post(url, {"username": officer.username, "first_name": "示例丙", "email": ""})
    assert theirs.get("/admin/").status_code == 302
    officer.refresh_from_db()
    assert (officer.is_active, officer.first_name) == (False, "示例丙")


def test_nobody_closes_her_own_account(desk, keeper):
    desk.post(reverse("wagtailusers_users:edit", args=[keeper.pk]), {"username": "keeper", "first_name": "示例管理员"})
    keeper.refresh_from_db()
    assert keeper.is_active


def test_accounts_with_posts_elsewhere_and_superusers_are_out_of_reach(desk):
    for target in (appointed(Role.FEDERATION_OFFICER), StaffFactory(is_superuser=True)):
        before = User.objects.filter(pk=target.pk).values().get()
        url = reverse("wagtailusers_users:access", args=[target.pk])
        assert desk.get(url).status_code == 404
        for what in ("password", "factor", "sessions"):
            assert desk.post(url, {"do": what}).status_code == 404
        assert User.objects.filter(pk=target.pk).values().get() == before


def test_access_page_resets_removes_and_ends(desk):
    officer = StaffFactory()
    TOTP.activate(officer, generate_totp_secret())
    url = reverse("wagtailusers_users:access", args=[officer.pk])
    theirs = desk_of(officer)
    theirs.get(reverse("accounts:sessions"))
    assert len(desk.get(url).context["sessions"]) == 1
    desk.post(url, {"do": "sessions"})
    assert desk.get(url).context["sessions"] == []
    desk.post(url, {"do": "factor"})
    assert not Authenticator.objects.exists()
    assert "data-temporary-password" in desk.post(url, {"do": "password"}).content.decode()
    assert desk.post(url, {"do": "everything"}).status_code == 403


def test_her_own_password_and_factor_need_a_colleague(desk, keeper):
    url = reverse("wagtailusers_users:access", args=[keeper.pk])
    assert 'value="password"' not in desk.get(url).content.decode()
    assert desk.post(url, {"do": "password"}).status_code == 403


def test_the_sign_in_log_is_for_administrators_and_auditors():
    for role in Role.values:
        expected = 200 if role in (Role.PLATFORM_ADMINISTRATOR, Role.AUDITOR) else 403
        assert desk_of(appointed(role)).get(LOG).status_code == expected, role


def test_the_sign_in_log_names_a_woman_by_number_only(desk):
    worker = WorkerUserFactory(username="w-secret", phone="19900000009")
    Client().force_login(worker, backend="services.accounts.backends.WorkerCode")
    actions.record_sign_in(worker, way="code", outcome="opened", address="192.0.2.9")
    body = desk.get(LOG).content.decode()
    assert f"#{worker.pk}" in body
    for leaked in ("19900000009", "w-secret", "192.0.2.9"):
        assert leaked not in body


def test_the_sign_in_log_leaves_as_a_workbook_narrowed_as_on_the_screen(desk, keeper):
    for outcome in ("opened", "wrong"):
        actions.record_sign_in(keeper, way="password", outcome=outcome, address="192.0.2.9")
    reader = User.objects.get(pk=keeper.pk)
    assert reverse("exports:ask", args=["sign-ins"]) in desk.get(LOG).context["view"].header_more_buttons[0].url
    lines = list(SIGN_INS.lines(SIGN_INS.find(reader, QueryDict("outcome=wrong"), False).rows, False))
    assert [line[1] for line in lines] == [str(keeper)]
    assert "192.0.2.9" not in str(lines)


@pytest.mark.parametrize("action", ["assign_role", "set_active_state", "delete"])
def test_wagtails_bulk_actions_on_users_do_nothing_for_administrators(desk, keeper, action):
    officer = StaffFactory()
    url = f"/admin/bulk/accounts/user/{action}/?id={officer.pk}"
    group = Group.objects.get(name="platform_administrator")
    desk.post(url, {"role": group.pk, "mark_as_active": "", "next": "/admin/"})
    officer.refresh_from_db()
    assert officer.is_active
    assert officer.groups.count() == 0


def test_an_administrator_sees_and_opens_only_accounts_of_her_own_part_of_the_tree():
    tree = small_tree()
    keeper = appointed(Role.PLATFORM_ADMINISTRATOR, tree["town_a"])
    inside = appointed(Role.GRASSROOTS_OFFICER, tree["unit_a"])
    outside = [
        appointed(Role.GRASSROOTS_OFFICER, tree["unit_c"]),
        appointed(Role.FEDERATION_OFFICER, tree["county_a"]),
        StaffFactory(),
        StaffFactory(is_superuser=True),
    ]
    torn = appointed(Role.CASE_OFFICER, tree["unit_b"])
    starts_later = clock.today() + timedelta(days=30)
    AssignmentFactory(user=torn, organization=tree["unit_c"], role=Role.CASE_OFFICER, valid_from=starts_later)
    former = StaffFactory()
    AssignmentFactory(user=former, organization=tree["unit_c"], valid_until=date(2021, 1, 1))
    own, _password = actions.create_staff(username="fresh", full_name="示例新", by=keeper)
    desk = desk_of(keeper)
    assert set(desk.get(INDEX).context["object_list"]) == {keeper, inside, own}
    statuses = {
        person.pk: {
            desk.get(reverse(f"wagtailusers_users:{page}", args=[person.pk])).status_code for page in ("edit", "access")
        }
        for person in (keeper, inside, own, *outside, torn, former)
    }
    allowed = {person.pk: {200} for person in (keeper, inside, own)}
    assert statuses == allowed | {person.pk: {404} for person in (*outside, torn, former)}
    for person in (*outside, torn, former):
        with pytest.raises(PermissionDenied):
            actions.reset_staff_password(person, by=keeper)


def test_an_account_added_by_another_administrator_is_reached_from_the_top_of_the_tree():
    tree = small_tree()
    neighbour = appointed(Role.PLATFORM_ADMINISTRATOR, tree["county_b"])
    fresh, _password = actions.create_staff(username="fresh", full_name="示例新", by=neighbour)
    top = appointed(Role.PLATFORM_ADMINISTRATOR, tree["city"])
    url = reverse("wagtailusers_users:edit", args=[fresh.pk])
    assert desk_of(top).get(url).status_code == 200
    assert desk_of(appointed(Role.PLATFORM_ADMINISTRATOR, tree["county_a"])).get(url).status_code == 404


@pytest.mark.parametrize("role", [Role.PLATFORM_ADMINISTRATOR, Role.AUDITOR])
def test_the_sign_in_log_of_a_branch_tells_of_its_own_staff_alone(role):
    tree = small_tree()
    reader = appointed(role, tree["town_a"])
    inside, outside = (appointed(Role.GRASSROOTS_OFFICER, tree[place]) for place in ("unit_a", "unit_c"))
    for user in (inside, outside, WorkerUserFactory(), None):
        actions.record_sign_in(user, way="password", outcome="wrong", address="192.0.2.9")
    listed = {event.user for event in desk_of(reader).get(LOG).context["object_list"]}
    assert listed - {reader} == {inside}
    of_the_top = desk_of(appointed(role, tree["city"])).get(LOG).context["object_list"]
    assert {inside, outside, None} <= {event.user for event in of_the_top}


def test_groups_follow_from_posts_and_no_desk_page_edits_them():
    client = desk_of(StaffFactory(is_superuser=True))
    group = Group.objects.get(name=Role.AUDITOR)
    for address in ("/admin/groups/", "/admin/groups/new/", f"/admin/groups/edit/{group.pk}/"):
        assert client.get(address).status_code == 404
    assert "/admin/groups/" not in client.get("/admin/").content.decode()
