"""Who has the virus scanner asked again."""

from django.utils.translation import gettext_lazy as _

from services.accounts.registry import posts
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role

_KEEPERS = frozenset({Role.PLATFORM_ADMINISTRATOR})


def may_ask_scanner(user) -> Verdict:
    """Platform administrators at the top of a tree: the scanner is everybody's. They open none of the papers."""
    if posts.reach_everything(scope_of(user).paths(roles=_KEEPERS)):
        return ALLOWED
    return Verdict(
        False, _("The virus scanner is everybody's: platform administrators of the top organisation see to it.")
    )
