"""Who complains about how an application was handled, and who reads it."""

from django.utils.translation import gettext_lazy as _

from services.casework.enums import CASE_HANDLERS
from services.casework.models import Case, Complaint
from services.casework.policies.party import unrelated
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict


def may_complain(user, case: Case) -> Verdict:
    """She herself, once it was sent; nobody for her, not even her representative: it may be about that very person."""
    herself = bool(user and user.is_authenticated and case.worker.user_id and case.worker.user_id == user.pk)
    if herself and case.submitted_at is not None:
        return ALLOWED
    return Verdict(False, _("This is for the applicant herself."))


def may_read_complaint(user, complaint: Complaint) -> Verdict:
    """A post with cases where it lies or above, for whoever had no hand in the case and has no part in it herself."""
    if not scope_of(user).covers(complaint.desk.path, roles=CASE_HANDLERS):
        return Verdict(False, _("You hold no post with cases where this complaint lies."))
    if complaint.concerned.filter(pk=user.pk).exists():
        return Verdict(False, _("Whoever had a hand in the application doesn't answer complaints about it."))
    return unrelated(user, complaint.case)
