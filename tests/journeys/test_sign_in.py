"""The ways in: a woman's number and code, an officer's password and second factor, a session ended from elsewhere."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from services.accounts.models import User
from services.organizations.enums import Role
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import AssignmentFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PHONE, PASSWORD = "19900000001", "Kapok-2026-flower"


def test_a_woman_signs_in_by_number_and_code(walker):
    page = walker.open(reverse("accounts:sign_in"))
    assert page.locator(".demo-banner").is_visible()
    walker.look("sign-in")
    page.fill("[name=phone]", "1990000")
    walker.press("获取验证码", "Send me a code")
    walker.look("sign-in-refused")
    page.fill("[name=phone]", PHONE)
    walker.press("获取验证码", "Send me a code")
    walker.look("sign-in-code")
    page.fill("[name=code]", page.locator("[data-demo-code]").inner_text())
    walker.press("登录", "Sign in")
    # Nobody knows her number yet: first of all she is asked which record is hers.
    assert page.url == walker.base_url + reverse("workers:claim")
    her = User.objects.get()
    assert (her.phone, her.is_worker) == (PHONE, True)
    walker.look("sign-in-done")


@pytest.fixture
def officer() -> User:
    user = AssignmentFactory(role=Role.FEDERATION_OFFICER).user
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get_or_create(name=Role.FEDERATION_OFFICER)[0])
    return user


def test_an_officer_sets_up_her_second_factor_and_needs_it_the_next_time(walker, officer, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    page = walker.open(reverse("account_login"))
    walker.look("staff-sign-in")
    password_and_on(walker, officer)
    walker.heading("设置双重验证", "Set up your second factor")
    walker.look("factor-set-up")
    secret = page.locator(".secret-text").inner_text().replace(" ", "")
    page.fill("[name=code]", code_now(secret))
    walker.press("启用", "Turn it on")
    walker.look("factor-turned-on")
    walker.open("/admin/")
    assert page.url == f"{walker.base_url}/admin/"
    walker.sign_out()
    walker.open(reverse("account_login"))
    password_and_on(walker, officer)
    assert reverse("mfa_authenticate") in page.url
    walker.look("factor-asked")


def password_and_on(walker, officer) -> None:
    walker.page.fill("[name=login]", officer.username)
    walker.page.fill("[name=password]", PASSWORD)
    walker.press("登录", "Sign in")


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_she_ends_a_session_that_is_not_hers_any_more(walker):
    her = WorkerUserFactory()
    lost = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14)"})
    lost.force_login(her, backend="services.accounts.backends.WorkerCode")
    inbox = reverse("messaging:inbox")
    assert lost.get(inbox).status_code == 200
    walker.sign_in(her)
    page = walker.open(reverse("accounts:sessions"))
    walker.look("sessions")
    # Its name goes on with the device, for whoever doesn't see which card it stands on.
    walker.go(page.get_by_role("button", name=walker.in_language("结束登录", "End this session")).first)
    assert page.get_by_role("button", name=walker.in_language("结束登录", "End this session")).count() == 0
    walker.look("sessions-ended")
    assert lost.get(inbox).status_code == 302
