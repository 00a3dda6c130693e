"""Registration in Wagtail: the desk of hardship files, and what relief writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.relief.desk.viewset import ReliefDesk


@hooks.register("register_admin_viewset")
def desk():
    return ReliefDesk()


_ACTIONS = {
    "relief.begin_file": (_("Begin a file"), _("File begun")),
    "relief.save": (_("Write in the file"), _("File changed")),
    "relief.visit": (_("Record a home visit"), _("Home visit recorded")),
    "relief.exclusion": (_("Look into an exclusion"), _("Exclusion looked into")),
    "relief.overlap": (_("Decide an overlap"), _("Overlap decided")),
    "relief.sum": (_("Change the sum"), _("Sum changed")),
    "relief.second_sum": (_("Agree to a changed sum"), _("Changed sum agreed to")),
    "relief.on_file": (_("Put on file"), _("Put on file")),
    "relief.month": (_("Note a month"), _("Month noted")),
    "relief.suspend": (_("Suspend"), _("Suspended")),
    "relief.resume": (_("Take up again"), _("Taken up again")),
    "relief.recheck": (_("Check again"), _("Checked again")),
    "relief.leave": (_("Leave the file"), _("Left the file")),
    "relief.return_visit": (_("Return visit"), _("Return visit recorded")),
}


@hooks.register("register_log_actions")
def log_actions(actions):
    for code, (label, message) in _ACTIONS.items():
        actions.register_action(code, label, message)
