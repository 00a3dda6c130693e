"""Who reads, states, reviews and keeps. Officers of a place state for it; the level above reviews; the top keeps."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.indicators.enums import READERS, WRITERS
from services.indicators.models import Report
from services.organizations.models import Organization


def may_enter(user) -> Verdict:
    """Anywhere; what she finds, her scope decides."""
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include the monitoring of the plans."))


def may_read(user, organization: Organization) -> Verdict:
    if scope_of(user).covers(organization.path, roles=READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include the monitoring of the plans."))


def may_write(user, organization: Organization) -> Verdict:
    """Officers of the place, or of one above it that helps out."""
    if scope_of(user).covers(organization.path, roles=WRITERS):
        return ALLOWED
    return Verdict(False, _("Only officers of this place or above it state its values."))


def may_review(user, report: Report) -> Verdict:
    """An officer of the level above; at the top a second officer. Never whoever signed."""
    path = report.place.organization.path
    above = path[: -Organization.steplen] or path
    if not scope_of(user).covers(above, roles=WRITERS):
        return Verdict(False, _("Only officers of the level above review this report."))
    if report.signed_by_id is not None and report.signed_by_id == user.pk:
        return Verdict(False, _("You signed this yourself. Somebody else has to review it."))
    return ALLOWED


def may_keep(user, owner: Organization) -> Verdict:
    """Dictionary, years, locks: officers at the top of the tree."""
    if len(owner.path) == Organization.steplen and scope_of(user).covers(owner.path, roles=WRITERS):
        return ALLOWED
    return Verdict(False, _("Only officers at the top of the tree do this."))


def tops(user) -> list[str]:
    """The paths of the trees at whose top she is an officer."""
    return [path for path in scope_of(user).paths(roles=WRITERS) if len(path) == Organization.steplen]


def may_keep_somewhere(user) -> Verdict:
    return ALLOWED if tops(user) else Verdict(False, _("Only officers at the top of the tree do this."))


def may_state_somewhere(user) -> Verdict:
    if scope_of(user).paths(roles=WRITERS):
        return ALLOWED
    return Verdict(False, _("Only officers of this place or above it state its values."))
