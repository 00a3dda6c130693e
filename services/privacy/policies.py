"""Who may look at a protected field, and who may give or withdraw a consent."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from services.accounts.registry import posts
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.privacy import queries
from services.privacy.models import Consent

NOTICE_KEEPERS = frozenset({"platform_administrator"})


def may_look(viewer, *, now: datetime) -> Verdict:
    """Staff may open a protected field while under the hourly limit; the owning app has checked her scope."""
    if not _is_working_staff(viewer):
        return Verdict(False, _("Only union staff can open protected fields."))
    if queries.looks_in_last_hour(viewer, now=now) >= settings.LOOKS_PER_HOUR:
        return Verdict(False, _("The limit of looks for this hour is reached."))
    return ALLOWED


def may_look_routinely(viewer) -> Verdict:
    """Working staff; the calling app has checked what the viewer's work is."""
    if _is_working_staff(viewer):
        return ALLOWED
    return Verdict(False, _("Only union staff can open protected fields."))


def may_give_consent(by, giver) -> Verdict:
    """She herself; or staff who record what she said, once the calling app has checked that she is theirs."""
    if by is None or by.pk == giver.pk or _is_working_staff(by):
        return ALLOWED
    return Verdict(False, _("Consent is given by the woman herself."))


def may_record_paper(by) -> Verdict:
    """Working staff; the calling app has checked that the woman is theirs and that paper is admitted."""
    if _is_working_staff(by):
        return ALLOWED
    return Verdict(False, _("Consent is given by the woman herself."))


def may_withdraw_consent(by, consent: Consent) -> Verdict:
    if by.pk == consent.giver_id or _is_working_staff(by):
        return ALLOWED
    return Verdict(False, _("Consent is withdrawn by the woman herself."))


def may_read_looks(user) -> Verdict:
    """Platform administrators and auditors read the register of looks, of the trees they are assigned to."""
    if scope_of(user).paths(roles=queries.READERS_OF_LOOKS):
        return ALLOWED
    return Verdict(False, _("Only platform administrators and auditors read the register of looks."))


def may_keep_notices(user) -> Verdict:
    """One notice is read by women of every union: a post at the top of a tree is needed, not one further down."""
    at_the_top = posts.reach_everything(scope_of(user).paths(roles=NOTICE_KEEPERS))
    if getattr(user, "is_superuser", False) or at_the_top:
        return ALLOWED
    return Verdict(
        False, _("Privacy notices hold everywhere: platform administrators of the top organisation keep them.")
    )


def _is_working_staff(user) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active and not user.is_worker)
