"""The entries of the desk's menu, and the words for what the log records of a union's organisation."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.coverage import policies
from services.coverage.wording.causes import LOG
from services.foundation import styles
from services.foundation.area import ShownTo

# Other pages of this app hang their entries here, as Wagtail's own menus let them.
HOOK = "register_coverage_menu_item"


def coverage_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=HOOK)
    label = pgettext_lazy("menu", "Committees")
    return SubmenuMenuItem(label, menu, name="coverage", icon_name="group", order=125)


def records_item() -> ShownTo:
    url = reverse_lazy("coverage_records:list")
    return ShownTo(_("Unions and their records"), url, icon_name="list-ul", order=20, shown=policies.may_read_records)


def requirements_item() -> ShownTo:
    url = reverse_lazy("coverage_records:requirements")
    label = _("What is required")
    return ShownTo(label, url, icon_name="clipboard-list", order=80, shown=policies.may_read_records)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"coverage.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/coverage")
