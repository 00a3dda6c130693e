"""Who reads a statistic, and who sets its target."""

from django.utils.translation import gettext_lazy as _

from services.figures.registry import Statistic, statistics
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role

TARGET_SETTERS = frozenset({Role.FEDERATION_OFFICER})
_NO_POST = Verdict(False, _("You hold no post that reads these figures."))

_NO_MAP = Verdict(False, _("Only federation officers of this organisation or above it draw its map."))


def readable(user) -> list[Statistic]:
    """The statistics she reads somewhere, in the order of their registration."""
    scope = scope_of(user)
    return [statistic for statistic in statistics if scope.paths(roles=statistic.roles)]


def may_enter(user) -> Verdict:
    return ALLOWED if readable(user) else _NO_POST


def may_read(user, statistic: Statistic) -> Verdict:
    return ALLOWED if scope_of(user).paths(roles=statistic.roles) else _NO_POST


def may_open_list(user, statistic: Statistic, organization) -> Verdict:
    """Behind a protected number: whoever reads the records of these women anyway."""
    return ALLOWED if scope_of(user).covers(organization.path, roles=statistic.roles) else _NO_POST


def may_set_target(user, statistic: Statistic, organization) -> Verdict:
    """Federation officers of the organisation or of one above it."""
    told_in_buckets = statistic.median_of is not None and not statistic.median_of.ends
    if not told_in_buckets and scope_of(user).covers(organization.path, roles=TARGET_SETTERS):
        return ALLOWED
    return Verdict(False, _("Only federation officers of this organisation or above it set a target here."))


def may_arrange(user, organization) -> Verdict:
    """Federation officers of the organisation or of one above it draw its map."""
    return ALLOWED if scope_of(user).covers(organization.path, roles=TARGET_SETTERS) else _NO_MAP


def may_arrange_somewhere(user) -> Verdict:
    return ALLOWED if scope_of(user).paths(roles=TARGET_SETTERS) else _NO_MAP
