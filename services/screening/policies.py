"""Who may see and who may run a screening programme."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role
from services.screening.models import Programme

RUNNERS = frozenset({Role.FEDERATION_OFFICER})
# Posts whose holders see the programmes their organisations run or take part in.
READERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR})

_NOT_HERS = Verdict(False, _("Only federation officers of the organisation that runs the programme can do this."))


def may_enter_desk(user) -> Verdict:
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("You hold no post that deals with screening."))


def may_see(user, programme: Programme) -> Verdict:
    """Officers of the organisation that runs it, of those above, and of those below that take part."""
    path = programme.organization.path
    inside = any(path.startswith(held) or held.startswith(path) for held in scope_of(user).paths(roles=READERS))
    return ALLOWED if inside else Verdict(False, _("This programme belongs to other organisations."))


def may_manage(user, programme: Programme) -> Verdict:
    """Federation officers of the programme's organisation or of one above it."""
    return ALLOWED if scope_of(user).covers(programme.organization.path, roles=RUNNERS) else _NOT_HERS


def may_create_programme(user, organization=None) -> Verdict:
    """At ``organization``, or anywhere at all when none is named."""
    scope = scope_of(user)
    allowed = scope.covers(organization.path, roles=RUNNERS) if organization else bool(scope.paths(roles=RUNNERS))
    return ALLOWED if allowed else Verdict(False, _("Only federation officers can set up a programme."))


def may_keep_sites(user) -> Verdict:
    """Providers, sites and their staff: federation officers keep those of their own branch."""
    if scope_of(user).paths(roles=RUNNERS):
        return ALLOWED
    return Verdict(False, _("Only federation officers keep the list of sites."))


def may_keep(user, thing) -> Verdict:
    """A provider or a site: federation officers of the organisation that keeps it, or of one above it."""
    if scope_of(user).covers(thing.organization.path, roles=RUNNERS):
        return ALLOWED
    return Verdict(False, _("Another organisation keeps this. You can use it, but not change it."))
