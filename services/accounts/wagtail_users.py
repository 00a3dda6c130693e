"""Wagtail's users app with our own users area: staff only, one action behind each button, no groups by hand."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffUsersConfig(WagtailUsersAppConfig):
    user_viewset = "services.accounts.desk.viewset.StaffAccountsDesk"
    group_viewset = "services.accounts.desk.viewset.NoGroupsDesk"
