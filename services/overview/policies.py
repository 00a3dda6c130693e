"""Who reads what staff did."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role

TRAIL_READERS = frozenset({Role.AUDITOR, Role.FEDERATION_OFFICER})

WATCHERS = frozenset({Role.PLATFORM_ADMINISTRATOR})


def may_watch_work(user) -> Verdict:
    """Platform administrators, for the units, accounts and messages that their posts reach."""
    if scope_of(user).paths(roles=WATCHERS):
        return ALLOWED
    return Verdict(False, _("Only platform administrators look after the background work."))


def may_read_trail(user) -> Verdict:
    """Auditors and federation officers, for the organisations at and below their posts."""
    if scope_of(user).paths(roles=TRAIL_READERS):
        return ALLOWED
    return Verdict(False, _("Only auditors and federation officers read what was done."))
