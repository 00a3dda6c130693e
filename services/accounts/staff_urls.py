"""The pages of allauth that staff need, by name; every other page of allauth is closed."""

from allauth.account import views as account
from django.http import Http404
from django.urls import include, path
from django.views.generic import RedirectView


def closed(request, **kwargs):
    """Sign-up, addresses and password mails don't exist here; allauth still asks for their URLs by name."""
    raise Http404


_CLOSED = {
    "signup/": "account_signup",
    "email/": "account_email",
    "confirm-email/": "account_email_verification_sent",
    "confirm-email/<str:key>/": "account_confirm_email",
    "password/set/": "account_set_password",
    "password/reset/": "account_reset_password",
    "password/reset/done/": "account_reset_password_done",
    "password/reset/key/<str:uidb36>-<str:key>/": "account_reset_password_from_key",
    "password/reset/key/done/": "account_reset_password_from_key_done",
    "login/code/confirm/": "account_confirm_login_code",
}

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="account_login")),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", RedirectView.as_view(pattern_name="accounts:sessions"), name="usersessions_list"),
    *(path(route, closed, name=name) for route, name in _CLOSED.items()),
]
