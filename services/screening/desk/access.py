"""Our policies as Wagtail's viewsets ask for them."""

from django.contrib.auth import get_user_model
from wagtail.permission_policies.base import BasePermissionPolicy

from services.screening import policies


class AskedPolicy(BasePermissionPolicy):
    """Asks one of our policies about each action; lists of users are of no use here and empty."""

    def users_with_any_permission(self, actions):
        return get_user_model().objects.none()


class SiteKeepers(AskedPolicy):
    """Which buttons Wagtail offers for providers and sites; the views ask about each one of them."""

    def user_has_permission(self, user, action):
        asked = policies.may_enter_desk if action == "view" else policies.may_keep_sites
        return bool(asked(user))
