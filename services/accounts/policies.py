"""Who may manage staff accounts."""

from django.utils.translation import gettext_lazy as _

from services.accounts import queries
from services.accounts.enums import UserKind
from services.accounts.models import User
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict

KEEPERS = frozenset({"platform_administrator"})
READERS = frozenset({"platform_administrator", "auditor"})


def may_manage_staff(by) -> Verdict:
    """May she create and edit staff accounts at all."""
    if by.is_active and by.kind == UserKind.STAFF and (by.is_superuser or scope_of(by).paths(roles=KEEPERS)):
        return ALLOWED
    return Verdict(False, _("Only platform administrators manage staff accounts."))


def may_manage(by, user: User) -> Verdict:
    """May she edit this account: staff only, a superuser only by a superuser, nobody with posts beyond her tree."""
    allowed = may_manage_staff(by)
    if not allowed:
        return allowed
    if user.kind != UserKind.STAFF:
        return Verdict(False, _("Women workers' accounts aren't managed here."))
    if by.is_superuser:
        return ALLOWED
    if user.is_superuser:
        return Verdict(False, _("Only a superuser can change another superuser's account."))
    if not queries.staff_within_reach(by, roles=KEEPERS).filter(pk=user.pk).exists():
        return Verdict(False, _("This person doesn't belong to the organisations you administer, or not only to them."))
    return ALLOWED


def may_reset(by, user: User) -> Verdict:
    """May she reset a password or a second factor: never her own, so that two people know of it."""
    if by.pk == user.pk:
        return Verdict(False, _("Ask another administrator to do this for your own account."))
    return may_manage(by, user)


def may_read_sign_ins(user) -> Verdict:
    """The sign-in log is for platform administrators, auditors and superusers."""
    if user.is_superuser or scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("Only platform administrators and auditors read the sign-in log."))
