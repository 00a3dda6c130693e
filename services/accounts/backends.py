"""Two ways in that never cross: passwords for staff, one-time codes for women workers."""

from django.contrib.auth.backends import BaseBackend, ModelBackend

from services.accounts.enums import UserKind
from services.accounts.models import User


class StaffPassword(ModelBackend):
    """User name and password, staff accounts only; also answers what staff may do in Wagtail.

    Not allauth's own backend: that one remembers an account which may not sign in and lets it in after all.
    """

    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and user.kind == UserKind.STAFF

    def _get_permissions(self, user_obj, obj, from_name):
        if getattr(user_obj, "is_worker", False):
            return set()
        return super()._get_permissions(user_obj, obj, from_name)


class WorkerCode(BaseBackend):
    """Keeps a session that a redeemed code opened; it takes no credentials itself and grants nothing."""

    def get_user(self, user_id):
        return User.objects.filter(pk=user_id, kind=UserKind.WORKER, is_active=True).first()
