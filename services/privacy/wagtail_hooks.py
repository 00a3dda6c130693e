"""Registration in Wagtail: notices under settings, the register of looks in the menu, for auditors have no settings."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.foundation.area import ShownTo
from services.privacy import policies
from services.privacy.desk.viewset import PrivacyDesk


@hooks.register("register_admin_viewset")
def desk():
    return PrivacyDesk()


@hooks.register("register_admin_menu_item")
def looks_register():
    return ShownTo(
        _("Looks at protected data"),
        reverse_lazy("privacy_desk:looks"),
        name="looks",
        icon_name="view",
        order=700,
        shown=policies.may_read_looks,
    )


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("privacy.publish", _("Publish notice"), _("Notice published"))
    actions.register_action("privacy.rewrite", _("Correct notice"), _("Notice corrected"))
