"""What allauth and Django announce: sign-ins for the log, second factors for the session, new passwords."""

from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_used
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from services.accounts import actions, client_address
from services.accounts.enums import SignInOutcome, SignInWay
from services.accounts.middleware import SECOND_FACTOR_KEY


@receiver(user_logged_in)
def log_staff_sign_in(sender, request, user, **kwargs):
    if request is not None and not user.is_worker:
        _log(request, user, SignInWay.PASSWORD, SignInOutcome.OPENED)


@receiver(user_login_failed)
def log_failed_password(sender, credentials, request=None, **kwargs):
    if request is not None:
        actions.record_failed_password(credentials.get("username", ""), address=client_address.of(request))


@receiver(user_logged_out)
def log_sign_out(sender, request, user, **kwargs):
    if user is not None and request is not None:
        _log(request, user, SignInWay.CODE if user.is_worker else SignInWay.PASSWORD, SignInOutcome.LEFT)


@receiver([authenticator_used, authenticator_added])
def session_has_second_factor(sender, request, user, **kwargs):
    request.session[SECOND_FACTOR_KEY] = user.pk
    _log(request, user, SignInWay.SECOND_FACTOR, SignInOutcome.OPENED)


@receiver(authentication_failed)
def log_failed_factor(sender, request, user, **kwargs):
    _log(request, user, SignInWay.SECOND_FACTOR, SignInOutcome.WRONG)


@receiver(password_changed)
def password_is_her_own(sender, request, user, **kwargs):
    actions.own_password_chosen(user)


def _log(request, user, way: str, outcome: str) -> None:
    actions.record_sign_in(user, way=way, outcome=outcome, address=client_address.of(request))
