"""Staff accounts: creating, resetting, ending sessions."""

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from wagtail.log_actions import log

from services.accounts import policies, rules
from services.accounts.actions.sign_in_log import record_sign_in
from services.accounts.enums import SignInOutcome, SignInWay, UserKind
from services.accounts.models import User

_LETTERS = ("abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=?")


def create_staff(*, username: str, full_name: str, email: str = "", by) -> tuple[User, str]:
    """A new staff account and its temporary password, which must be changed at the first sign-in.

    ``by`` is who adds it, None for commands. The password is returned once and kept nowhere. Raises
    ``PermissionDenied`` and ``IntegrityError``.
    """
    if by is not None:
        policies.may_manage_staff(by).insist()
    with transaction.atomic():
        user = User(username=username, first_name=full_name, email=email, kind=UserKind.STAFF, added_by=by)
        password = _give_temporary_password(user)
        log(instance=user, action="wagtail.create", user=by)
    return user, password


def edit_staff(user: User, *, username: str, full_name: str, email: str, is_active: bool, by) -> User:
    """Correct a staff account, close it or open it again; closing ends its sessions. Locks the account.

    Raises ``PermissionDenied``; nobody closes her own account.
    """
    policies.may_manage(by, user).insist()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        closing = user.is_active and not is_active and by.pk != user.pk
        user.username, user.first_name, user.email = username, full_name, email
        if by.pk != user.pk:
            user.is_active = is_active
        user.save(update_fields=["username", "first_name", "email", "is_active"])
        if closing:
            _end(UserSession.objects.filter(user=user))
        log(instance=user, action="accounts.close" if closing else "wagtail.edit", user=by)
    return user


def reset_staff_password(user: User, *, by) -> str:
    """Replace a forgotten password by a temporary one, end all sessions; returns it once. Locks the account.

    ``by`` is None for commands. Raises ``PermissionDenied``: nobody resets her own, only a superuser a superuser's.
    """
    if by is not None:
        policies.may_reset(by, user).insist()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        password = _give_temporary_password(user)
        _end(UserSession.objects.filter(user=user))
        record_sign_in(user, way=SignInWay.ADMINISTRATOR, outcome=SignInOutcome.RESET)
        log(instance=user, action="accounts.reset_password", user=by)
    return password


def remove_second_factor(user: User, *, by) -> None:
    """Forget a lost phone: the second factor and its recovery codes go, all sessions end. Locks the account."""
    policies.may_reset(by, user).insist()
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user).delete()
        _end(UserSession.objects.filter(user=user))
        record_sign_in(user, way=SignInWay.ADMINISTRATOR, outcome=SignInOutcome.FACTOR_REMOVED)
        log(instance=user, action="accounts.remove_factor", user=by)


def end_staff_sessions(user: User, *, by) -> int:
    """Sign a staff member out everywhere; returns how many sessions ended."""
    policies.may_manage(by, user).insist()
    with transaction.atomic():
        ended = _end(UserSession.objects.filter(user=user))
        record_sign_in(user, way=SignInWay.ADMINISTRATOR, outcome=SignInOutcome.ENDED)
        log(instance=user, action="accounts.end_sessions", user=by)
    return ended


def end_own_sessions(*, by: User, keep: str, only: int | None = None) -> int:
    """End one session of hers (``only``), or all of them except the one whose key is ``keep``."""
    hers = UserSession.objects.filter(user=by)
    return _end(hers.filter(pk=only) if only is not None else hers.exclude(session_key=keep))


def own_password_chosen(user: User) -> None:
    """She has chosen a password herself: nothing is due any more."""
    User.objects.filter(pk=user.pk).update(must_change_password=False)


def note_seen(user: User, *, now: datetime) -> None:
    """Remember when she was last active."""
    User.objects.filter(pk=user.pk).update(seen_at=now)


def note_language(user: User, *, language: str) -> None:
    """Write to her in the language she reads the portal in."""
    if user.language != language and language in dict(settings.LANGUAGES):
        User.objects.filter(pk=user.pk).update(language=language)


def record_failed_password(username: str, *, address: str) -> None:
    """One line in the sign-in log for a refused password, tied to the account if there is one."""
    user = User.objects.filter(username=username).first()
    record_sign_in(user, way=SignInWay.PASSWORD, outcome=SignInOutcome.WRONG, address=address)


def _give_temporary_password(user: User) -> str:
    password = temporary_password(user.username)
    user.set_password(password)
    user.must_change_password = True
    user.save()
    return password


def temporary_password(username: str) -> str:
    """Sixteen characters easy to read aloud, of all four classes, without a piece of the user name."""
    while True:
        pool = "".join(_LETTERS)
        groups = ["".join(secrets.choice(pool) for _ in range(4)) for _ in range(4)]
        password = "".join(groups)
        if all(set(password) & set(kind) for kind in _LETTERS) and not rules.shares_piece(password, username):
            return password


def _end(sessions) -> int:
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    return ended
