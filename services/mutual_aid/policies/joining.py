"""Who prepares, decides on and reads enrolment batches, and who changes a cover."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.mutual_aid.models import Cover, EnrolmentBatch
from services.mutual_aid.models.enrolment import BATCH_READERS
from services.organizations.enums import ROSTER_WRITERS, Role

BATCH_APPROVERS = frozenset({Role.FEDERATION_OFFICER})
# Who reads why a line has to be looked at; never an employer's own union, whose women are known to it by name.
LOOKERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER})


def may_read_batches(user) -> Verdict:
    """Anywhere; what she finds, her scope decides."""
    if scope_of(user).paths(roles=BATCH_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts have nothing to do with mutual aid."))


def may_prepare_batch(user, organization=None) -> Verdict:
    """Officers who keep the unit's roster; anywhere at all when none is named."""
    scope = scope_of(user)
    roles = ROSTER_WRITERS
    allowed = scope.covers(organization.path, roles=roles) if organization else bool(scope.paths(roles=roles))
    return ALLOWED if allowed else Verdict(False, _("You may enrol only women of your own unions."))


def _above(user, path: str, roles) -> bool:
    return any(path.startswith(held) and held != path for held in scope_of(user).paths(roles=roles))


def may_look_at_lines(user, batch: EnrolmentBatch) -> Verdict:
    """Why a line needs a look may tell of an illness: officers of a federation above the unit."""
    if _above(user, batch.path, LOOKERS):
        return ALLOWED
    return Verdict(False, _("Only officers of a federation above the unit see why a line needs a look."))


def may_decide_batch(user, batch: EnrolmentBatch) -> Verdict:
    """Federation officers above the unit who had no hand in preparing it."""
    if not _above(user, batch.path, BATCH_APPROVERS):
        return Verdict(False, _("Only federation officers above the unit decide on its batches."))
    if user.pk in (batch.made_by_id, batch.submitted_by_id):
        return Verdict(False, _("You prepared this batch. Somebody else has to decide on it."))
    return ALLOWED


def may_change_cover(user, cover: Cover) -> Verdict:
    """End or withdraw one woman's cover: federation officers above her unit."""
    if _above(user, cover.path, BATCH_APPROVERS):
        return ALLOWED
    return Verdict(False, _("Only federation officers above the unit change a cover."))
