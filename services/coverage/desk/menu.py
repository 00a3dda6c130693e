"""The entries of the desk's menu, and the words for what the log records of a union's organisation."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.coverage import policies
from services.foundation.area import ShownTo

# Other pages of this app hang their entries here, as Wagtail's own menus let them.
HOOK = "register_coverage_menu_item"
LOG = {
    "prepare": (_("Begin to prepare a term"), _("Preparation begun")),
    "elect": (_("File an election"), _("Election filed, approval asked for")),
    "approve": (_("Approve an election"), _("Approved: the term is in office")),
    "return": (_("Return an election"), _("Returned to the unit")),
    "call_off": (_("Call a term off"), _("Called off")),
    "appoint": (_("Appoint a commissioner"), _("Commissioner appointed")),
    "seat_filled": (_("Give a seat"), _("Seat filled")),
    "seat_left": (_("Leave a seat"), _("Seat left")),
    "state_union": (_("State the union's own dates"), _("The union's own dates stated")),
    "correct": (_("Correct the record"), _("Record corrected")),
    "add_paper": (_("Add a paper"), _("Paper added")),
    "remove_paper": (_("Take a paper back"), _("Paper taken back")),
    "harmful_paper": (_("Refuse a harmful paper"), _("A harmful file was deleted")),
    "drop_requirements": (_("Drop requirements"), _("Requirements dropped before they began")),
}


def coverage_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=HOOK)
    label = pgettext_lazy("menu", "Women's organisations")
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
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk/coverage.css"))
