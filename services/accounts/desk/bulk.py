"""Wagtail's bulk actions on users pass our policies by: roles come from posts, accounts close one at a time."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from services.accounts.models import User


def refuse_on_users(action) -> None:
    """Raise ``PermissionDenied`` for any bulk action on user accounts."""
    if action.model is User:
        raise PermissionDenied(_("Accounts are changed one at a time."))
