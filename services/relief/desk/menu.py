"""The relief entries of the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from services.foundation import styles
from services.relief import policies


class ForReaders(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_read_standards(request.user))


class ForFiles(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_read_files(request.user))


def relief_menu() -> SubmenuMenuItem:
    items = [
        ForFiles(_("Hardship files"), reverse_lazy("relief_desk:files"), icon_name="folder-open-inverse", order=10),
        ForFiles(_("Return visits due"), reverse_lazy("relief_desk:return_visits"), icon_name="view", order=20),
        ForFiles(_("Awards"), reverse_lazy("relief_desk:awards"), icon_name="tick", order=30),
        ForReaders(
            pgettext_lazy("relief", "Programmes"),
            reverse_lazy("relief_desk:programmes"),
            icon_name="clipboard-list",
            order=60,
        ),
        ForReaders(_("Minimum living lines"), reverse_lazy("relief_desk:lines"), icon_name="minus", order=70),
        ForReaders(_("Income test"), reverse_lazy("relief_desk:tests"), icon_name="check", order=80),
    ]
    return SubmenuMenuItem(_("Hardship relief"), Menu(items=items), name="relief", icon_name="group", order=120)


_LOGGED = {
    "relief.activate": (_("Put in force"), _("Put in force")),
    "relief.retire": (_("Take out of force"), _("Taken out of force")),
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


def log_actions(actions) -> None:
    for code, (label, message) in _LOGGED.items():
        actions.register_action(code, label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/relief")
