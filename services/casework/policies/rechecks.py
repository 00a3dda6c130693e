"""Who draws a sample of decided cases, and who looks at one a second time."""

from django.utils.translation import gettext_lazy as _

from services.casework.enums import CASE_HANDLERS, REASON_KEEPERS
from services.casework.models import Recheck, RecheckItem
from services.casework.policies.party import unrelated
from services.casework.queries.rechecks import had_a_hand
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.policies import holds


def may_recheck(user, organization) -> Verdict:
    """Federation and case officers at or above the organisation."""
    return holds(user, organization, *REASON_KEEPERS)


def may_recheck_anywhere(user) -> Verdict:
    if scope_of(user).paths(roles=REASON_KEEPERS):
        return ALLOWED
    return Verdict(False, _("Samples are drawn by federation and case officers."))


def may_enter_number(user, recheck: Recheck) -> Verdict:
    """The same posts, but not whoever froze the list."""
    allowed = may_recheck(user, recheck.organization)
    if allowed and user.pk == recheck.frozen_by_id:
        return Verdict(False, _("Whoever froze the list doesn't enter the number: a colleague has to."))
    return allowed


def may_look_again_at(user, item: RecheckItem) -> Verdict:
    """A post with cases at or above the organisation that drew it, without a hand or a part in that case."""
    allowed = holds(user, item.recheck.organization, *CASE_HANDLERS)
    if allowed and had_a_hand(user, item):
        return Verdict(False, _("You had a hand in this application: a colleague has to look at it."))
    return allowed and unrelated(user, item.case)
