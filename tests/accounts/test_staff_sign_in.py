"""Staff: password, second factor, lockout, idle time, passwords that run out, and doors that stay shut."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from services.accounts import actions
from services.accounts.enums import SignInOutcome
from services.accounts.models import SignInEvent, User
from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import UnionFactory

pytestmark = pytest.mark.django_db
PASSWORD = "Kapok-2026-flower"  # pragma: allowlist secret
LOGIN, DESK = reverse("account_login"), reverse("wagtailadmin_home")
ACTIVATE, CHANGE = reverse("mfa_activate_totp"), reverse("account_change_password")


@pytest.fixture
def officer():
    user = StaffFactory(username="liming")
    user.set_password(PASSWORD)
    user.save()
    user.groups.add(Group.objects.get(name="grassroots_officer"))
    return user


@pytest.fixture
def factor_required(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


def sign_in(client, password=PASSWORD, username="liming", **data):
    return client.post(LOGIN, {"login": username, "password": password, **data})


def appoint(user, organization, role):
    StaffAssignment.objects.create(user=user, organization=organization, role=role, valid_from=clock.today())


def current_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_factor(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_a_password_opens_the_desk_under_a_new_session_key(client, officer):
    client.get(LOGIN)
    before = client.session.session_key
    assert sign_in(client).url == DESK
    assert client.session.session_key != before
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize(("username", "password"), [("liming", "wrong"), ("nobody", PASSWORD), ("liming", "")])
def test_wrong_credentials_are_answered_alike(client, officer, username, password):
    response = sign_in(client, password, username)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_known_and_an_unknown_user_name_read_the_same(client, officer):
    pages = {str(sign_in(client, "wrong", name).context["form"].errors) for name in ("liming", "liminh")}
    assert len(pages) == 1


def test_a_closed_account_reads_like_a_wrong_password(client, officer):
    wrong = str(sign_in(client, "wrong").context["form"].errors)
    User.objects.update(is_active=False)
    assert str(sign_in(client).context["form"].errors) == wrong


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(client, officer):
    for _ in range(5):
        sign_in(client, "wrong")
    response = sign_in(client)
    assert "锁定" in str(response.context["form"].errors)
    assert "_auth_user_id" not in client.session


def test_a_locked_account_does_not_lock_a_colleague_in_the_same_office(client, officer):
    for _ in range(6):
        sign_in(client, "wrong")
    colleague = StaffFactory(username="wangfang")
    colleague.set_password(PASSWORD)
    colleague.save()
    assert sign_in(client, username="wangfang").status_code == 302


def test_the_sign_in_log_has_one_line_a_try(client, officer):
    sign_in(client, "wrong")
    sign_in(client)
    client.post(reverse("accounts:sign_out"))
    assert [e.outcome for e in SignInEvent.objects.order_by("pk")] == [
        SignInOutcome.WRONG,
        SignInOutcome.OPENED,
        SignInOutcome.LEFT,
    ]
    assert "wrong" not in str(SignInEvent.objects.values_list("way", "address_index"))
    assert "127.0.0.1" not in str(SignInEvent.objects.values())


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/admin/reports/", "/admin/reports/"),
        ("https://evil.example/", DESK),
        ("//evil.example", DESK),
        ("/\\evil", DESK),
    ],
)
def test_staff_are_led_back_only_within_this_site(client, officer, target, lands):
    assert sign_in(client, next=target).url == lands


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_set_password"])
def test_sign_up_and_reset_by_mail_do_not_exist(client, officer, name):
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"email": "a@example.org"}).status_code == 404
    sign_in(client)
    assert client.get(reverse(name)).status_code == 404


def test_wagtails_own_door_leads_to_ours_by_get_and_by_post(client, officer):
    door = "/admin/login/"
    assert client.get(door).url.startswith(LOGIN)
    assert client.post(door, {"username": "liming", "password": PASSWORD}).url.startswith(LOGIN)
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/password_reset/").url == LOGIN
    assert client.get(DESK).url == f"{LOGIN}?next={DESK}"


def test_wagtails_account_page_changes_neither_password_nor_address(client, officer):
    sign_in(client)
    page = client.get(reverse("wagtailadmin_account"))
    assert page.status_code == 200
    assert 'type="password"' not in page.content.decode()
    client.post(
        reverse("wagtailadmin_account"),
        {"name_email-email": "x@evil.example", "password-new_password1": "a", "password-new_password2": "a"},
    )
    officer.refresh_from_db()
    assert officer.email == ""
    assert officer.check_password(PASSWORD)


def test_signing_out_of_the_desk_needs_a_token(officer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer, backend="services.accounts.backends.StaffPassword")
    for url in (reverse("account_logout"), "/admin/logout/"):
        assert browser.post(url).status_code == 403
        browser.get(url)
    assert "_auth_user_id" in browser.session


def test_the_desks_own_sign_out_button_works(client, officer):
    sign_in(client)
    assert client.post("/admin/logout/").url == LOGIN
    assert "_auth_user_id" not in client.session


def test_without_a_second_factor_she_is_led_to_set_one_up_before_anything_else(client, officer, factor_required):
    sign_in(client)
    for url in (DESK, "/admin/pages/", reverse("accounts:sessions"), CHANGE):
        assert client.get(url).url.startswith(ACTIVATE)
    assert client.post("/admin/pages/").url == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_setting_up_the_second_factor_opens_the_desk(client, officer, factor_required):
    sign_in(client)
    secret = client.get(ACTIVATE).context["form"].secret
    response = client.post(ACTIVATE, {"code": current_code(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert client.get(response.url).status_code == 200
    assert client.get(DESK).status_code == 200


def test_the_factors_secret_is_sealed_at_rest(client, officer):
    secret = with_factor(officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
    assert secret not in stored
    assert "v1:" in stored


def test_with_a_second_factor_the_password_alone_opens_nothing(client, officer, factor_required):
    secret = with_factor(officer)
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert client.get(DESK).status_code == 302
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": current_code(secret)}).url == DESK
    assert client.get(DESK).status_code == 200


def test_a_session_opened_by_password_alone_has_to_prove_the_factor(client, officer, factor_required):
    secret = with_factor(officer)
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    again = reverse("mfa_reauthenticate")
    assert client.get(DESK).url.startswith(again)
    client.get(again)
    client.post(again, {"code": current_code(secret)})
    assert client.get(DESK).status_code == 200


def test_the_factor_of_another_account_does_not_count(client, officer, factor_required):
    session = client.session
    session["second_factor"] = StaffFactory().pk
    session.save()
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    assert client.get(DESK).url.startswith(ACTIVATE)


def test_a_recovery_code_lets_her_in_once(client, officer, factor_required):
    with_factor(officer)
    code = RecoveryCodes.activate(officer).get_unused_codes()[0]
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == DESK
    client.post(reverse("accounts:sign_out"))
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_a_required_factor_cannot_be_turned_off(client, officer, factor_required):
    secret = with_factor(officer)
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": current_code(secret)})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_an_idle_session_ends_and_says_so(client, officer, settings):
    settings.STAFF_IDLE_SECONDS = 600
    sign_in(client)
    client.get(DESK)
    session = client.session
    session["staff_seen"] = clock.now().timestamp() - 601
    session.save()
    response = client.get("/admin/pages/")
    assert response.url == f"{LOGIN}?idle=1&next=%2Fadmin%2Fpages%2F"
    assert "_auth_user_id" not in client.session
    assert "长时间没有操作" in client.get(response.url).content.decode()


def test_work_keeps_a_session_alive_and_the_editors_ping_does_not(client, officer, settings):
    settings.STAFF_IDLE_SECONDS = 600
    sign_in(client)
    client.get(DESK)
    for url, kept in (("/admin/editing-sessions/ping/wagtailcore/page/1/1/", True), (DESK, False)):
        session = client.session
        past = clock.now().timestamp() - 300
        session["staff_seen"] = past
        session.save()
        client.get(url)
        assert (client.session["staff_seen"] == past) is kept
    officer.refresh_from_db()
    assert officer.seen_at is not None


def test_a_deactivated_officer_is_out_within_one_request(client, officer):
    sign_in(client)
    assert client.get(DESK).status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(DESK).url == f"{LOGIN}?next={DESK}"


@pytest.mark.parametrize(
    ("days_old", "maximum", "asked"), [(181, 180, True), (179, 180, False), (900, 0, False), (900, -1, False)]
)
def test_an_old_password_has_to_be_changed_first(client, officer, settings, days_old, maximum, asked):
    settings.STAFF_PASSWORD_MAX_AGE_DAYS = maximum
    sign_in(client)
    User.objects.update(password_changed_at=clock.now() - timedelta(days=days_old))
    response = client.get(DESK)
    assert (response.status_code, response.headers.get("Location")) == ((302, CHANGE) if asked else (200, None))


def test_a_temporary_password_has_to_be_changed_and_the_desk_stays_shut_until_then(client, officer):
    keeper = StaffFactory(is_superuser=True)
    temporary = actions.reset_staff_password(officer, by=keeper)
    assert sign_in(client).status_code == 200
    assert sign_in(client, temporary).status_code == 302
    for method in (client.get, client.post):
        assert method("/admin/pages/").url == CHANGE
    assert client.get(CHANGE).status_code == 200
    fresh = "Brand-new-7-petals"
    changed = client.post(CHANGE, {"oldpassword": temporary, "password1": fresh, "password2": fresh})
    assert changed.url == LOGIN
    assert sign_in(client, temporary).status_code == 200
    assert sign_in(client, fresh).status_code == 302
    assert client.get(DESK).status_code == 200


def test_changing_the_password_ends_every_session(client, officer):
    other = Client()
    sign_in(client)
    sign_in(other)
    fresh = "Brand-new-7-petals"
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})
    assert other.get(DESK).status_code == 302
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize(
    "password",
    ["alllowercase", "lowerUPPERonly", "12345678901234", "Short-1", "xLiming-2026-x", "Has-limiX-inside1", PASSWORD],
)
def test_weak_and_used_passwords_are_refused(officer, password):
    with pytest.raises(ValidationError):
        validate_password(password, officer)


@pytest.mark.parametrize("password", ["Abcdef-ghij", "abcdef1234-", "木棉花开Ab2026春天来"])
def test_three_classes_are_enough(officer, password):
    validate_password(password, officer)


def test_the_last_three_passwords_cannot_come_back_and_older_ones_can(officer):
    for number in range(1, 4):
        officer.set_password(f"Flower-number-{number}")
        officer.save()
    for number in range(1, 4):
        with pytest.raises(ValidationError):
            validate_password(f"Flower-number-{number}", officer)
    validate_password(PASSWORD, officer)
    assert officer.past_passwords.count() == 3


def test_a_reset_ends_sessions_and_is_written_down(client, officer):
    keeper = StaffFactory(is_superuser=True)
    sign_in(client)
    client.get(DESK)
    password = actions.reset_staff_password(officer, by=keeper)
    assert client.get(DESK).status_code == 302
    assert password not in str(list(SignInEvent.objects.values()))
    officer.refresh_from_db()
    assert officer.must_change_password
    validate_password(actions.temporary_password("liming"), officer)


def test_removing_a_lost_factor_ends_sessions_too(client, officer, factor_required):
    keeper = StaffFactory(is_superuser=True)
    with_factor(officer)
    actions.remove_second_factor(officer, by=keeper)
    assert not Authenticator.objects.filter(user=officer).exists()
    sign_in(client)
    assert client.get(DESK).url.startswith(ACTIVATE)


def test_only_keepers_reset_and_never_upwards_or_for_themselves(officer):
    keeper, boss, above = StaffFactory(), StaffFactory(is_superuser=True), StaffFactory()
    district = UnionFactory()
    appoint(keeper, district, Role.PLATFORM_ADMINISTRATOR)
    appoint(officer, district, Role.GRASSROOTS_OFFICER)
    appoint(above, UnionFactory(), Role.FEDERATION_OFFICER)
    forbidden = [
        *((officer, keeper), (keeper, boss), (keeper, keeper), (boss, boss)),
        *((keeper, WorkerUserFactory()), (boss, WorkerUserFactory()), (keeper, above)),
    ]
    for by, target in forbidden:
        for act in (actions.reset_staff_password, actions.remove_second_factor):
            with pytest.raises(PermissionDenied):
                act(target, by=by)
    assert actions.reset_staff_password(officer, by=keeper)


def test_a_new_staff_account_starts_with_a_temporary_password(client):
    keeper = StaffFactory(is_superuser=True)
    user, password = actions.create_staff(username="newone", full_name="示例丁", by=keeper)
    assert (user.is_worker, user.must_change_password, user.is_superuser) == (False, True, False)
    sign_in(client, password, "newone")
    assert client.get(DESK).url == CHANGE
