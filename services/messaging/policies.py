"""Who edits the words of messages and who reads the delivery log."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict

KEEPERS = frozenset({"platform_administrator"})


def may_keep_messages(user) -> Verdict:
    """Platform administrators and superusers; the log shows no words and only masked addresses."""
    if user.is_superuser or scope_of(user).paths(roles=KEEPERS):
        return ALLOWED
    return Verdict(False, _("Only platform administrators look after messages."))
