"""Who edits the words of messages and who reads the delivery log."""

from django.utils.translation import gettext_lazy as _

from services.accounts.registry import posts
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict

KEEPERS = frozenset({"platform_administrator"})


def may_keep_messages(user) -> Verdict:
    """Superusers, and platform administrators at the top of a tree: the texts and the log are everybody's.

    The log shows no words and only masked addresses.
    """
    if user.is_superuser or posts.reach_everything(scope_of(user).paths(roles=KEEPERS)):
        return ALLOWED
    return Verdict(False, _("Messages go out everywhere: platform administrators of the top organisation keep them."))
