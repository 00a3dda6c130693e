"""Who may do what with schemes. Every answer carries its reason."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.mutual_aid.models import Scheme
from services.organizations.enums import ROSTER_READERS, Role

SCHEME_KEEPERS = frozenset({Role.FEDERATION_OFFICER})
SCHEME_READERS = ROSTER_READERS | {Role.FINANCE_OFFICER}
NO_KEEPER = Verdict(False, _("Only federation officers set the terms of a scheme."))


def may_read_schemes(user) -> Verdict:
    """Terms are no secret: whoever enrols, decides or pays reads them."""
    if scope_of(user).paths(roles=SCHEME_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts have nothing to do with mutual aid."))


def may_keep_schemes(user, organization=None) -> Verdict:
    """Federation officers of the organisation or of one above it; anywhere at all when none is named."""
    scope = scope_of(user)
    if organization is None:
        return ALLOWED if scope.paths(roles=SCHEME_KEEPERS) else NO_KEEPER
    return ALLOWED if scope.covers(organization.path, roles=SCHEME_KEEPERS) else NO_KEEPER


def may_keep_scheme(user, scheme: Scheme) -> Verdict:
    """A sample that nobody keeps is only read: it gets a keeper when the samples are loaded again."""
    return may_keep_schemes(user, scheme.organization) if scheme.organization_id else NO_KEEPER
