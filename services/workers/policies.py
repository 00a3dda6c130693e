"""Who may do what with workers' records. Every answer carries its reason."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS
from services.organizations.policies import holds
from services.workers.models import RecordClaim, Worker


def may_claim(user) -> Verdict:
    """Staff never hold a worker's record under their staff account."""
    if user.is_authenticated and user.is_worker:
        return ALLOWED
    return Verdict(False, _("Sign in with your phone number to claim your record."))


def may_decide_claim(user, claim: RecordClaim) -> Verdict:
    """Officers who keep the roster of the union that was asked, or of one above it."""
    return holds(user, claim.organization, *ROSTER_WRITERS)


def may_read(user, worker: Worker) -> Verdict:
    """Masked; whoever reads rosters of her union, or of one above it."""
    return holds(user, worker.organization, *ROSTER_READERS)


def may_edit(user, worker: Worker) -> Verdict:
    """Officers who keep the roster of her union, or of one above it."""
    return holds(user, worker.organization, *ROSTER_WRITERS)


def may_reveal(user, worker: Worker) -> Verdict:
    """Seeing a masked value in clear asks for the same post as writing; auditors see masks alone."""
    return holds(user, worker.organization, *ROSTER_WRITERS)


def may_mark_left(user, worker: Worker) -> Verdict:
    return holds(user, worker.organization, *ROSTER_WRITERS)


def may_read_rosters(user) -> Verdict:
    """Somewhere, at least; which records she sees, her scope decides."""
    if scope_of(user).paths(roles=ROSTER_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include women's records."))


def may_keep_rosters(user) -> Verdict:
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't allow changing women's records."))


def may_merge(user, worker: Worker, into: Worker) -> Verdict:
    """Whoever keeps the rosters of both unions: what is merged isn't parted again."""
    first = holds(user, worker.organization, *ROSTER_WRITERS)
    return first and holds(user, into.organization, *ROSTER_WRITERS)
