"""Who reads where unions stand, and who reminds them."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, Role
from services.organizations.models import Organization

READERS = ROSTER_READERS
# Who reminds the unions below her post.
REMINDERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER})
_NO_POST = Verdict(False, _("You hold no post that reads the records of unions."))


def may_look(user) -> Verdict:
    return ALLOWED if scope_of(user).paths(roles=READERS) else _NO_POST


def may_remind(user, organization: Organization) -> Verdict:
    """Somebody who holds a post above the union: nobody reminds herself."""
    above = organization.path[: -Organization.steplen]
    if above and scope_of(user).covers(above, roles=REMINDERS):
        return ALLOWED
    return Verdict(False, _("Only an officer of a federation above this union can remind it."))


def may_remind_somewhere(user) -> Verdict:
    if scope_of(user).paths(roles=REMINDERS):
        return ALLOWED
    return Verdict(False, _("Only officers of a federation can remind unions."))
