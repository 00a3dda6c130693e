"""Codes and their history, staff accounts, sessions."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from services.accounts.enums import SignInOutcome, SignInWay, UserKind
from services.accounts.models import OneTimeCode, SignInEvent, User
from services.accounts.registry import posts
from services.accounts.rules import CodeHistory, CodeLimits
from services.foundation.scope import scope_of

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def code_limits() -> CodeLimits:
    """The limits of this installation."""
    return CodeLimits(
        cooldown=timedelta(seconds=settings.CODE_COOLDOWN_SECONDS),
        per_hour=settings.CODES_PER_PHONE_HOUR,
        per_day=settings.CODES_PER_PHONE_DAY,
        per_address_hour=settings.CODES_PER_ADDRESS_HOUR,
        lifetime=timedelta(seconds=settings.CODE_LIFETIME_SECONDS),
        tries=settings.CODE_TRIES,
        wrong_per_address_hour=settings.WRONG_CODES_PER_ADDRESS_HOUR,
    )


def code_history(phone_index: str, address_index: str, known_index: str, *, now: datetime) -> CodeHistory:
    """What was sent to this phone: to browsers known for it when ``known_index`` names one, else to all others."""
    recent = Q(created_at__gt=now - _HOUR)
    asker = Q(known_index=known_index) if known_index else Q(address_index=address_index)
    of_phone = OneTimeCode.objects.filter(phone_index=phone_index, created_at__gt=now - _DAY)
    sent = (of_phone.exclude(known_index="") if known_index else of_phone.filter(known_index="")).aggregate(
        in_hour=Count("pk", filter=recent),
        in_day=Count("pk"),
        asker_last=Max("created_at", filter=asker),
        asker_in_hour=Count("pk", filter=asker & recent),
        asker_in_day=Count("pk", filter=asker),
    )
    of_address = OneTimeCode.objects.filter(recent, address_index=address_index, known_index="")
    return CodeHistory(**sent, address_in_hour=of_address.count() if address_index and not known_index else 0)


def live_code(phone_index: str, *, purpose: str, binding: str, now: datetime, lock: bool = False) -> OneTimeCode | None:
    """The unused, unexpired code of this phone, purpose and browser; with ``lock``, its row held."""
    rows = OneTimeCode.objects.select_for_update() if lock else OneTimeCode.objects
    return (
        rows.filter(phone_index=phone_index, purpose=purpose, binding=binding, used_at__isnull=True, expires_at__gt=now)
        .order_by("-created_at", "-pk")
        .first()
    )


def wrong_codes_from(address_index: str, *, now: datetime) -> int:
    if not address_index:
        return 0
    return SignInEvent.objects.filter(
        address_index=address_index, way=SignInWay.CODE, outcome=SignInOutcome.WRONG, at__gt=now - _HOUR
    ).count()


def staff():
    return User.objects.filter(kind=UserKind.STAFF)


def staff_within_reach(by, *, roles: frozenset[str]) -> QuerySet[User]:
    """Staff accounts whose posts all lie where ``by`` holds one of ``roles``; superusers see every account.

    An account that never held a post belongs to whoever added it and to those at the top of the tree.
    """
    if by.is_superuser:
        return staff()
    paths = scope_of(by).paths(roles=roles)
    if not paths:
        return staff().none()
    free = posts.never_held() if posts.reach_everything(paths) else posts.never_held() & Q(added_by=by)
    return staff().filter(posts.within(paths) | free | Q(pk=by.pk), is_superuser=False)


def sign_ins_within_reach(by, *, roles: frozenset[str]) -> QuerySet[SignInEvent]:
    """The sign-in log with the accounts it names: whole for those at the top, else of the staff within reach."""
    events = SignInEvent.objects.select_related("user")
    if by.is_superuser or posts.reach_everything(scope_of(by).paths(roles=roles)):
        return events
    return events.filter(user__in=staff_within_reach(by, roles=roles))


def sessions_of(user) -> list[UserSession]:
    """Her living sessions, the one used last first. Dead rows are cleared away on the way."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda s: s.last_seen_at, reverse=True)
