"""Registration in Wagtail: the desk of women's records, and what it writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.workers.desk.viewset import WorkersDesk


@hooks.register("register_admin_viewset")
def desk():
    return WorkersDesk()


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("workers.add", _("Add to the roster"), _("Added to the roster"))
    actions.register_action("workers.edit", _("Edit record"), _("Record edited"))
    actions.register_action("workers.leave", _("Mark as left"), _("Marked as left"))
    actions.register_action("workers.take_back", _("Take back"), _("Taken back"))
    actions.register_action("workers.merge", _("Merge records"), _("Another record of hers became part of this one"))
