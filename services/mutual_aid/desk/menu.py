"""The mutual-aid entries of the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from services.foundation import styles
from services.mutual_aid import policies
from services.mutual_aid.desk import joining_menu
from services.mutual_aid.desk.claims import menu as claims_menu


class ForReaders(MenuItem):
    def is_shown(self, request):
        return bool(policies.may_read_schemes(request.user))


def mutual_aid_menu() -> SubmenuMenuItem:
    items = [
        *joining_menu.items(),
        *claims_menu.items(),
        ForReaders(_("Schemes"), reverse_lazy("mutual_aid_desk:schemes"), icon_name="clipboard-list", order=80),
    ]
    return SubmenuMenuItem(_("Mutual aid"), Menu(items=items), name="mutual_aid", icon_name="group", order=130)


_LOGGED = {
    "mutual_aid.activate": (_("Put in force"), _("Put in force")),
    "mutual_aid.retire": (_("Take out of force"), _("Taken out of force")),
    "mutual_aid.simulate": (_("Run a simulation"), _("Simulation run")),
}


def log_actions(actions) -> None:
    for code, (label, message) in _LOGGED.items():
        actions.register_action(code, label, message)
    joining_menu.log_actions(actions)


def style_sheet() -> str:
    return styles.style_sheet("desk/mutual_aid")
