"""Who may tell women of a page."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.models import Organization
from services.outreach.enums import ANNOUNCERS


def may_announce(user) -> Verdict:
    """Federation officers, who publish."""
    if scope_of(user).paths(roles=ANNOUNCERS):
        return ALLOWED
    return Verdict(False, _("Only federation officers write to women about a page."))


def may_announce_to(user, organization: Organization) -> Verdict:
    """At and below their own organisations."""
    if any(organization.path.startswith(path) for path in scope_of(user).paths(roles=ANNOUNCERS)):
        return ALLOWED
    return Verdict(False, _("Only federation officers write to women about a page."))
