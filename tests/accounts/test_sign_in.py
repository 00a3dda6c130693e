"""Signing in by phone, in the browser: what she sees, what a stranger can't find out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.accounts.models import OneTimeCode, SignInEvent, User
from services.foundation import clock
from services.messaging.models import Message
from tests.factories.accounts import StaffFactory, WorkerUserFactory

pytestmark = pytest.mark.django_db
PHONE = "19900000001"
YEARS_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SIGN_IN, ENTER, AGAIN = reverse("accounts:sign_in"), reverse("accounts:enter_code"), reverse("accounts:resend_code")


def ask(client, phone=PHONE, **data):
    return client.post(SIGN_IN, {"phone": phone, **data})


def shown_code(client) -> str:
    return re.search(r"data-demo-code>(\d{6})<", client.get(ENTER).content.decode()).group(1)


def enter(client, phone=PHONE, **data):
    ask(client, phone, **data)
    return client.post(ENTER, {"code": shown_code(client)})


def test_a_number_and_its_code_lead_to_her_services(client):
    response = enter(client)
    assert response.status_code == 302
    assert response.url == "/my/"
    assert User.objects.get(pk=client.session["_auth_user_id"]).phone == PHONE


@pytest.mark.parametrize("typed", ["199 0000 0001", "+86 199-0000-0001", "１９９０００００００１", " 19900000001 "])
def test_a_number_may_be_typed_the_way_people_type_it(client, typed):
    assert ask(client, typed).url == ENTER


@pytest.mark.parametrize("typed", ["", "1990000", "29900000001", "199000000012", "abc"])
def test_a_number_that_cannot_be_one_is_explained_beside_the_field(client, typed):
    response = ask(client, typed)
    assert response.status_code == 200
    assert response.context["form"].errors["phone"]
    assert Message.objects.count() == 0


@pytest.mark.parametrize("typed", ["{0}{1}", " {0} {1} ", "{0}-{1}", "【木棉】验证码 {0}{1},5 分钟内有效"])
def test_a_code_may_be_pasted_with_whatever_stands_around_it(client, typed):
    ask(client)
    code = shown_code(client)
    assert client.post(ENTER, {"code": typed.format(code[:3], code[3:])}).url == "/my/"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "123456 654321"])
def test_what_cannot_be_a_code_costs_no_try(client, typed):
    ask(client)
    response = client.post(ENTER, {"code": typed})
    assert response.context["form"].errors["code"]
    assert OneTimeCode.objects.get().tries == 0


def test_known_and_unknown_numbers_get_the_same_answers(client, settings):
    settings.SHOW_CODES_ON_SCREEN = False
    WorkerUserFactory(phone="19900000001")
    WorkerUserFactory(phone="19900000003", is_active=False)
    StaffFactory(phone="19900000004")
    seen = set()
    for phone in ("19900000001", "19900000002", "19900000003", "19900000004"):
        client.cookies.clear()
        first = ask(client, phone)
        page = client.get(ENTER)
        wrong = client.post(ENTER, {"code": "000000"})
        bodies = [
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", r.content.decode()) for r in (first, page, wrong)
        ]
        bodies = [body.replace(phone[-4:], "NNNN") for body in bodies]
        seen.add((first.status_code, first.url, page.status_code, wrong.status_code, *bodies))
    assert len(seen) == 1


def test_asking_takes_the_same_queries_for_known_and_unknown_numbers(client):
    WorkerUserFactory(phone="19900000001")
    counts = []
    for phone in ("19900000001", "19900000002"):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            ask(client, phone)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_session_key_changes_when_she_signs_in(client):
    ask(client)
    before = client.session.session_key
    client.post(ENTER, {"code": shown_code(client)})
    assert client.session.session_key != before
    assert "sign_in" not in client.session


def test_the_number_lies_sealed_in_the_session(client):
    ask(client)
    assert PHONE not in str(dict(client.session))


def test_a_code_of_one_browser_is_worthless_in_another(client):
    ask(client)
    code = shown_code(client)
    thief = Client()
    later = clock.now() - timedelta(minutes=2)
    OneTimeCode.objects.update(created_at=later)
    ask(thief)
    stolen = thief.post(ENTER, {"code": code})
    if stolen.status_code == 302:
        assert shown_code(client) == code  # one chance in a million: both codes are alike
    assert stolen.context["form"].errors["code"]


def test_outside_the_demo_no_page_shows_the_code(client, settings):
    settings.SHOW_CODES_ON_SCREEN = False
    ask(client)
    body = client.get(ENTER).content.decode()
    assert "data-demo-code" not in body
    assert Message.objects.get().body not in body


def test_asking_too_soon_says_how_long_to_wait(client):
    ask(client)
    response = client.post(AGAIN, follow=True)
    assert re.search(r"(5\d|60) 秒后", response.content.decode())
    assert OneTimeCode.objects.count() == 1


def test_asking_again_after_a_minute_sends_another_code(client):
    ask(client)
    OneTimeCode.objects.update(created_at=clock.now() - timedelta(seconds=61))
    client.post(AGAIN)
    assert OneTimeCode.objects.count() == 2
    assert Message.objects.count() == 2


def test_the_code_page_without_a_number_leads_back(client):
    assert client.get(ENTER).url == SIGN_IN
    assert client.post(AGAIN).url == SIGN_IN


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/screening/", "/screening/"),
        ("https://evil.example/", "/my/"),
        ("//evil.example/", "/my/"),
        ("/\\evil.example", "/my/"),
        ("javascript:alert(1)", "/my/"),
        ("/accounts/sign-in/?next=/x", "/my/"),
        ("", "/my/"),
    ],
)
def test_she_is_led_back_only_within_this_site(client, target, lands):
    assert enter(client, next=target).url == lands


def test_a_signed_in_worker_is_led_on_and_staff_to_the_desk(client):
    client.force_login(WorkerUserFactory(), backend="services.accounts.backends.WorkerCode")
    assert client.get(SIGN_IN, {"next": "/screening/"}).url == "/screening/"
    client.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    assert client.get(SIGN_IN).url == reverse("wagtailadmin_home")


def test_signing_out_needs_a_post_with_a_token():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(WorkerUserFactory(), backend="services.accounts.backends.WorkerCode")
    out = reverse("accounts:sign_out")
    assert browser.get(out).status_code == 405
    assert browser.post(out).status_code == 403
    assert "_auth_user_id" in browser.session
    assert Client().post(out).status_code == 302


def test_signing_out_ends_the_session(client):
    enter(client)
    key = client.session.session_key
    client.post(reverse("accounts:sign_out"))
    assert "_auth_user_id" not in client.session
    assert client.session.session_key != key


def test_a_closed_account_is_out_within_one_request(client):
    enter(client)
    assert client.get(reverse("accounts:sessions")).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(reverse("accounts:sessions")).status_code == 302


def test_a_worker_has_no_way_onto_the_desk(client):
    enter(client)
    for url in ("/admin/", "/admin/users/", reverse("mfa_index"), reverse("mfa_activate_totp")):
        assert client.get(url).status_code == 403


def test_a_worker_cannot_sign_in_by_password(client):
    user = WorkerUserFactory(username="w-known")
    user.set_password("Kapok-2026-flower")
    user.save()
    response = client.post(reverse("account_login"), {"login": "w-known", "password": "Kapok-2026-flower"})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_she_sees_her_sessions_and_ends_another_one(client):
    enter(client)
    user = User.objects.get()
    other = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"})
    other.force_login(user, backend="services.accounts.backends.WorkerCode")
    other.get(reverse("accounts:sessions"))
    page = client.get(reverse("accounts:sessions"))
    assert [(row["device"], row["current"]) for row in page.context["rows"]] == [
        ("未知设备", True),
        ("微信 · iPhone", False),
    ]
    client.post(reverse("accounts:sessions"), {"session": page.context["rows"][1]["session"].pk})
    assert other.get(reverse("accounts:sessions")).status_code == 302
    assert client.get(reverse("accounts:sessions")).status_code == 200


def test_she_cannot_end_the_session_of_somebody_else(client):
    enter(client)
    stranger = Client()
    stranger.force_login(WorkerUserFactory(), backend="services.accounts.backends.WorkerCode")
    stranger.get(reverse("accounts:sessions"))
    theirs = UserSession.objects.get(session_key=stranger.session.session_key)
    client.post(reverse("accounts:sessions"), {"session": theirs.pk})
    assert stranger.get(reverse("accounts:sessions")).status_code == 200


def test_the_last_use_of_a_session_is_noted_once_a_minute_and_when_she_comes_from_elsewhere(client, settings):
    enter(client)
    hers = UserSession.objects.filter(session_key=client.session.session_key)

    def noted(**headers) -> bool:
        hers.update(last_seen_at=YEARS_AGO)
        client.get(reverse("accounts:sessions"), headers=headers)
        return hers.get().last_seen_at != YEARS_AGO

    assert noted(user_agent="One") and not noted(user_agent="One")
    assert noted(user_agent="Another") and hers.get().user_agent == "Another"
    cache.clear()
    assert noted(user_agent="One") and not noted(user_agent="One")


def test_while_the_cache_is_away_every_use_of_a_session_is_noted(client, monkeypatch):
    enter(client)
    hers = UserSession.objects.filter(session_key=client.session.session_key)
    monkeypatch.setattr(type(caches["default"]), "paused", True, raising=False)
    for _time in range(2):
        hers.update(last_seen_at=YEARS_AGO)
        client.get(reverse("accounts:sessions"))
        assert hers.get().last_seen_at != YEARS_AGO


def test_nothing_typed_reaches_the_log(client, caplog):
    caplog.set_level("DEBUG")
    ask(client)
    code = shown_code(client)
    client.post(ENTER, {"code": "000000" if code != "000000" else "000001"})
    client.post(ENTER, {"code": code})
    assert SignInEvent.objects.count() == 2
    assert PHONE not in caplog.text
    assert code not in re.sub(r"0\.\d{3};", "", caplog.text)
