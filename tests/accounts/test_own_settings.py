"""What staff may change about themselves, and what of the staff's pages a woman worker reaches: nothing."""

import pytest
from django.urls import reverse

from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import AssignmentFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("wagtailadmin_account")


@pytest.fixture
def officer(client):
    user = AssignmentFactory(role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return user


def test_nobody_gives_herself_another_name_than_women_read_in_the_register_of_looks(client, officer):
    before = officer.full_name
    assert "name_email" not in client.get(PAGE).content.decode()
    forged = {"name_email-first_name": "别人", "name_email-last_name": "示例", "theme-theme": "dark"}
    client.post(PAGE, forged)
    officer.refresh_from_db()
    assert (officer.full_name, officer.last_name) == (before, "")


def test_the_look_of_the_desk_can_be_set(client, officer):
    answer = client.post(PAGE, {"theme-theme": "dark", "theme-density": "default", "theme-contrast": "system"})
    assert (answer.status_code, answer.url) == (302, PAGE)
    officer.refresh_from_db()
    assert officer.wagtail_userprofile.theme == "dark"


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp"]
)
def test_pages_of_staff_passwords_and_factors_are_closed_to_women_workers(client, name):
    client.force_login(WorkerUserFactory(), backend="services.accounts.backends.WorkerCode")
    assert client.get(reverse(name)).status_code == 403
