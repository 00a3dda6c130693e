"""A new installation gets its tree and its first administrator from the command line, and only the first."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from services.accounts.enums import UserKind
from services.accounts.models import User
from services.foundation import clock
from services.organizations.actions import assign_staff, end_assignment
from services.organizations.enums import Role
from services.organizations.models import Organization, StaffAssignment
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import small_tree

pytestmark = pytest.mark.django_db


def appoint(username="示例admin", organization="T", **options) -> str:
    """Runs the command; gives what it writes to standard output."""
    out = io.StringIO()
    call_command("make_administrator", username, organization=organization, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().strip()


def refused(*args, **kwargs) -> str:
    accounts, posts = User.objects.count(), StaffAssignment.objects.count()
    passwords = set(User.objects.values_list("password", flat=True))
    with pytest.raises(CommandError) as refusal:
        appoint(*args, **kwargs)
    assert (User.objects.count(), StaffAssignment.objects.count()) == (accounts, posts)
    assert set(User.objects.values_list("password", flat=True)) == passwords
    return str(refusal.value)


def test_an_empty_installation_gets_its_tree_and_then_an_administrator_who_may_open_the_accounts(client, shared_data):
    out = io.StringIO()
    call_command("import_sheet", "organizations", str(shared_data / "unions.xlsx"), stdout=out, stderr=io.StringIO())
    assert json.loads(out.getvalue())["refused"] == []
    top = Organization.get_root_nodes().get()
    password = appoint(organization=top.code, name="示例管理员")
    user = User.objects.get()
    assert (user.kind, user.first_name, user.must_change_password) == (UserKind.STAFF, "示例管理员", True)
    assert (user.is_superuser, user.check_password(password)) == (False, True)
    assert StaffAssignment.objects.values_list("user", "organization", "role", "granted_by").get() == (
        user.pk,
        top.pk,
        Role.PLATFORM_ADMINISTRATOR,
        None,
    )
    user.must_change_password = False
    user.save()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200


def test_an_account_that_is_there_is_used_and_gets_a_new_password():
    tree, user = small_tree(), StaffFactory(username="known", first_name="示例甲")
    password = appoint("known", name="另一个名字")
    user.refresh_from_db()
    assert (user.first_name, user.must_change_password, user.check_password(password)) == ("示例甲", True, True)
    assert User.objects.count() == 1
    assert list(user.assignments.values_list("organization", "role")) == [(tree["city"].pk, "platform_administrator")]


def test_there_is_only_one_first_administrator():
    small_tree()
    appoint("first")
    assert "first" in refused("second")
    assert "first" in refused("first")


def test_who_begins_later_counts_and_who_has_left_does_not():
    tree, today = small_tree(), clock.today()
    role = Role.PLATFORM_ADMINISTRATOR
    coming = assign_staff(
        StaffFactory(username="coming"),
        organization=tree["city"],
        role=role,
        by=None,
        valid_from=today + timedelta(days=1),
    )
    assert "coming" in refused()
    end_assignment(coming, by=None, on=today)
    closed = StaffFactory(is_active=False)
    assign_staff(closed, organization=tree["city"], role=role, by=None, valid_from=today)
    assert appoint()


def test_a_post_further_down_is_neither_given_nor_counted():
    tree = small_tree()
    assert "编码 T，" in refused(organization="T-A")
    below = StaffFactory()
    assign_staff(
        below, organization=tree["county_a"], role=Role.PLATFORM_ADMINISTRATOR, by=None, valid_from=clock.today()
    )
    assert appoint()


def test_neither_a_womans_account_nor_a_closed_one_nor_an_officers_is_made_administrator():
    tree = small_tree()
    woman, closed, officer = WorkerUserFactory(), StaffFactory(is_active=False), StaffFactory()
    assign_staff(officer, organization=tree["city"], role=Role.FEDERATION_OFFICER, by=None, valid_from=clock.today())
    messages = {refused(user.username) for user in (woman, closed, officer)}
    assert len(messages) == 3


def test_an_unknown_organisation_is_named():
    assert "X-9" in refused(organization="X-9")
