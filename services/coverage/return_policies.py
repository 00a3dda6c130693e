"""Who may do what with annual returns. Every answer carries its reason."""

from django.utils.translation import gettext_lazy as _

from services.coverage.models import AnnualReturn
from services.coverage.models.returns import RETURN_READERS as RETURN_READERS
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS, TREE_KEEPERS, Branch, Role
from services.organizations.models import Organization
from services.organizations.policies import holds

KEEPERS = ROSTER_WRITERS
CHECKERS = ROSTER_WRITERS
NOT_HERE = Verdict(False, _("Your posts have nothing to do with annual returns."))
NOT_THE_TOP = Verdict(False, _("Only the federation at the top opens and locks a year."))
OWN_HAND = Verdict(False, _("You submitted this return yourself: a colleague has to decide on it."))
NOT_ABOVE = Verdict(False, _("Only the next level up, or one above it, decides on this return."))


def may_browse(user) -> Verdict:
    """Somewhere, at least; which returns she sees, her scope decides."""
    return ALLOWED if scope_of(user).paths(roles=RETURN_READERS) else NOT_HERE


def may_read(user, annual_return: AnnualReturn) -> Verdict:
    return holds(user, annual_return.organization, *RETURN_READERS)


def may_read_protected(user, path: str) -> bool:
    """Numbers that tell on somebody's hardship or illness: whoever may read the lists behind them at this place."""
    return scope_of(user).covers(path, roles=ROSTER_READERS)


def may_open_year(user, organization: Organization) -> Verdict:
    if not organization.is_root() or organization.branch != Branch.TRADE_UNION:
        return NOT_THE_TOP
    return holds(user, organization, *TREE_KEEPERS)


def may_write(user, annual_return: AnnualReturn) -> Verdict:
    """Figures, signature, submission, a new version: the unit's officers, and federation officers for a unit below."""
    return holds(user, annual_return.organization, *KEEPERS)


def may_decide(user, annual_return: AnnualReturn) -> Verdict:
    """Accept or send back: from the next level up, and never one's own hand."""
    above = annual_return.reports_to
    if above is None or not scope_of(user).covers(above.path, roles=CHECKERS):
        return NOT_ABOVE
    return OWN_HAND if annual_return.submitted_by_id == user.pk else ALLOWED


def may_lock(user, annual_return: AnnualReturn) -> Verdict:
    if annual_return.reports_to_id is not None:
        return NOT_THE_TOP
    return holds(user, annual_return.organization, Role.FEDERATION_OFFICER)


def may_remind(user, annual_return: AnnualReturn) -> Verdict:
    """Whoever may decide on it once it comes."""
    above = annual_return.reports_to
    if above is not None and scope_of(user).covers(above.path, roles=CHECKERS):
        return ALLOWED
    return NOT_ABOVE


def reads_provider(user, path: str, readers: frozenset[str]) -> bool:
    """Whether she may read, at this place, the lists behind what an app tells."""
    return scope_of(user).covers(path, roles=readers)
