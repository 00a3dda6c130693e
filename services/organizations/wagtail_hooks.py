"""Registration in Wagtail: what the tree writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.organizations.desk.viewset import OrganizationsDesk


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("organizations.create", _("Create organisation"), _("Organisation created"))
    actions.register_action("organizations.edit", _("Edit organisation"), _("Organisation edited"))
    actions.register_action("organizations.move", _("Move organisation"), _("Organisation moved"))
    actions.register_action("organizations.merge", _("Merge organisations"), _("Organisations merged"))
    actions.register_action("organizations.split", _("Split organisation"), _("Organisation split"))
    actions.register_action("organizations.close", _("Close organisation"), _("Organisation closed"))
    actions.register_action("organizations.assign", _("Give post"), _("Post given"))
    actions.register_action("organizations.end_assignment", _("End post"), _("Post ended"))


@hooks.register("register_admin_viewset")
def desk():
    return OrganizationsDesk()
