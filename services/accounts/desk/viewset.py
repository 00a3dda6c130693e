"""Routes of the staff accounts, in the place and under the names of Wagtail's users area."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from services.accounts import policies
from services.accounts.desk import accounts, sign_ins
from services.foundation.area import DeskArea


class StaffAccountsDesk(DeskArea):
    menu_label = _("Staff accounts")
    menu_name = "users"
    icon = "user"
    menu_order = 600
    add_to_settings_menu = True

    @staticmethod
    def may_enter(user):
        return policies.may_manage_staff(user)

    def get_urlpatterns(self):
        return [
            path("", accounts.StaffList.as_view(), name="index"),
            path("results/", accounts.StaffList.as_view(results_only=True), name="index_results"),
            path("add/", accounts.AddStaff.as_view(), name="add"),
            path("sign-ins/", sign_ins.SignInLog.as_view(), name="sign_ins"),
            path("sign-ins/results/", sign_ins.SignInLog.as_view(results_only=True), name="sign_ins_results"),
            path("<int:pk>/", accounts.EditStaff.as_view(), name="edit"),
            path("<int:pk>/access/", accounts.Access.as_view(), name="access"),
        ]


class NoGroupsDesk(ViewSet):
    """In the place of Wagtail's groups: ours follow from posts, and nobody edits them by hand."""

    def get_urlpatterns(self):
        return []
