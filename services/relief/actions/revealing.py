"""Opening a masked part of a file in clear: after a reason was given and the look was written down."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from services.privacy.actions import record_look
from services.privacy.models import AccessRecord
from services.relief import policies
from services.relief.models import Household

MEMBERS, MONEY, PARTICULARS = "members", "money", "particulars"
PARTS = (MEMBERS, MONEY, PARTICULARS)
# One look covers what somebody types into the same file in one sitting.
SITTING = timedelta(minutes=30)


def reveal(household: Household, *, part: str, by, reason: str) -> None:
    """Write down the look at one part of a file; only then may it be shown, once.

    Raises ``PermissionDenied``, privacy's ``ReasonMissing`` and ``TooManyLooks``.
    """
    if part not in PARTS:
        raise TypeError(f"not a part of a file: {part}")
    policies.may_reveal(by, household).insist()
    record_look(viewer=by, subject=household, fields=[part], reason=reason, organization_path=household.path)


def open_to_write(household: Household, *, part: str, by, now: datetime) -> None:
    """As ``reveal``, for somebody who is about to change the part and so sees it in clear.

    Staff alone are recorded, once a sitting; whether she may write is asked as well.
    """
    policies.may_write_file(by, household, now=now).insist()
    if by.is_worker:
        return
    before = AccessRecord.objects.filter(
        viewer=by,
        subject_type=household._meta.label_lower,
        subject_id=household.pk,
        fields=part,
        at__gte=now - SITTING,
    )
    if before.exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("Writes in the file")
    record_look(viewer=by, subject=household, fields=[part], reason=reason, organization_path=household.path)
