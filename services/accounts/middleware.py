"""Rules of a session: workers keep off the desk; staff prove a second factor, renew passwords, and time out."""

from datetime import datetime
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from services.accounts import actions, rules
from services.foundation import clock

SECOND_FACTOR_KEY = "second_factor"
_SEEN_KEY = "staff_seen"
_ALWAYS_OPEN = ("account_logout", "accounts:sign_out", "preferences:display", "preferences:language")
_FACTOR_PAGES = ("mfa_activate_totp", "mfa_reauthenticate", "account_reauthenticate")
_PASSWORD_PAGES = (
    *("account_change_password", "account_reauthenticate", "mfa_reauthenticate"),
    *("mfa_view_recovery_codes", "mfa_download_recovery_codes"),
)
_STAFF_PAGES = ("account_change_password", "account_reauthenticate")
# The page editor asks every few seconds who else is editing: that is the browser's doing, not hers.
_NOT_HER_DOING = "/editing-sessions/"


class SessionsNotedSometimes(UserSessionsMiddleware):
    """allauth's list of her sessions, written when she comes from elsewhere, else once in ``SESSION_NOTED_SECONDS``:
    its own middleware locks and writes a row for each page, and so does this one while the cache is away."""

    def __call__(self, request):
        if request.user.is_authenticated and not self._is_due(request):
            return self.get_response(request)
        return super().__call__(request)

    def _is_due(self, request) -> bool:
        seen = (request.session.session_key, request.META.get("HTTP_USER_AGENT"), get_adapter().get_client_ip(request))
        name = salted_hmac("session noted", repr(seen), algorithm="sha256").hexdigest()
        return getattr(cache, "paused", False) or cache.add(
            f"session-noted:{name}", True, settings.SESSION_NOTED_SECONDS
        )


def staff_session_rules(get_response):
    def middleware(request):
        user = request.user
        if user.is_authenticated:
            answer = _worker(request) if user.is_worker else _staff(request, clock.now())
            if answer is not None:
                return answer
        return get_response(request)

    return middleware


def _worker(request) -> None:
    if request.path.startswith((reverse("wagtailadmin_home"), reverse("mfa_index"))) or _at(request, _STAFF_PAGES):
        raise PermissionDenied(_("This page is for union staff."))


def _staff(request, now: datetime) -> HttpResponseRedirect | None:
    if _idle(request, now):
        logout(request)
        return _to("account_login", request, idle="1")
    _note_activity(request, now)
    if _at(request, _ALWAYS_OPEN) or request.path == "/admin/logout/":
        return None
    if settings.STAFF_SECOND_FACTOR_REQUIRED and not has_second_factor(request):
        return None if _at(request, _FACTOR_PAGES) else _to(_factor_page(request.user), request)
    if _password_due(request.user, now):
        return None if _at(request, _PASSWORD_PAGES) else HttpResponseRedirect(reverse("account_change_password"))
    return None


def has_second_factor(request) -> bool:
    """Whether this very session has proved a second factor of this very user."""
    return request.session.get(SECOND_FACTOR_KEY) == request.user.pk


def _factor_page(user) -> str:
    return "mfa_reauthenticate" if is_mfa_enabled(user, [Authenticator.Type.TOTP]) else "mfa_activate_totp"


def _password_due(user, now: datetime) -> bool:
    return rules.password_due(
        must_change=user.must_change_password,
        changed_at=user.password_changed_at,
        max_age_days=settings.STAFF_PASSWORD_MAX_AGE_DAYS,
        now=now,
    )


def _idle(request, now: datetime) -> bool:
    seen = request.session.get(_SEEN_KEY)
    limit = settings.STAFF_IDLE_SECONDS
    return seen is not None and limit > 0 and now.timestamp() - seen >= limit


def _note_activity(request, now: datetime) -> None:
    """Remember when she was last active, at most once in a tenth of the idle time or a minute."""
    if _NOT_HER_DOING in request.path:
        return
    seen = request.session.get(_SEEN_KEY)
    step = min(60, max(1, settings.STAFF_IDLE_SECONDS // 10))
    if seen is None or now.timestamp() - seen >= step:
        request.session[_SEEN_KEY] = now.timestamp()
        actions.note_seen(request.user, now=now)


def _at(request, names: tuple[str, ...]) -> bool:
    return request.path in {reverse(name) for name in names}


def _to(name: str, request, **extra: str) -> HttpResponseRedirect:
    query = dict(extra)
    if request.method in ("GET", "HEAD") and not _at(request, (name,)):
        query["next"] = request.get_full_path()
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(query)}" if query else reverse(name))
