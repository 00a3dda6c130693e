"""Registration in Wagtail: what the accounts app writes into the log, and what it takes away."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.accounts.desk import saved
from services.accounts.desk.bulk import refuse_on_users


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("accounts.reset_password", _("Reset password"), _("Password reset"))
    actions.register_action("accounts.remove_factor", _("Remove second factor"), _("Second factor removed"))
    actions.register_action("accounts.end_sessions", _("End sessions"), _("Sessions ended"))
    actions.register_action("accounts.close", _("Close account"), _("Account closed"))


@hooks.register("before_bulk_action")
def no_bulk_actions_on_users(request, action_type, objects, action):
    return refuse_on_users(action)


hooks.register("register_admin_urls", saved.admin_urls)
