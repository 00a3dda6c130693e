"""The submenu of the plans' monitoring; the app above hangs its entries here. Words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.foundation import styles
from services.foundation.area import ShownTo
from services.indicators import policies
from services.indicators.desk.pages import NAMESPACE

HOOK = "register_monitoring_menu_item"
ENTRIES = (
    ("list", _("Monitoring reports"), "table", 40),
    ("rounds", _("Years of monitoring"), "calendar-alt", 50),
    ("dictionary", _("Dictionary of indicators"), "list-ul", 60),
    ("elements", _("Data elements"), "list-ul", 62),
    ("rules", _("Validation rules"), "check", 64),
)
LOG = {
    "load_samples": (_("Load sample indicators"), _("Sample indicators loaded")),
    "open_round": (_("Open a year of monitoring"), _("Year of monitoring opened")),
    "lock_round": (_("Lock a year of monitoring"), _("Year of monitoring locked")),
    "sign": (_("Sign a monitoring report"), pgettext_lazy("monitoring report", "Signed")),
    "take_back": (_("Take a signature back"), _("Signature taken back")),
    "accept": (_("Accept a monitoring report"), pgettext_lazy("monitoring report", "Accepted")),
    "give_back": (_("Send a monitoring report back"), pgettext_lazy("monitoring report", "Sent back")),
    "amend": (_("Amend a monitoring report"), _("New version begun")),
    "add_element": (_("Add a data element"), pgettext_lazy("dictionary", "Added")),
    "change_element": (_("Change the data element"), pgettext_lazy("dictionary", "Changed")),
    "end_element": (_("End a data element"), pgettext_lazy("dictionary", "Ended")),
    "add_indicator": (_("Add an indicator"), pgettext_lazy("dictionary", "Added")),
    "correct_indicator": (_("Correct the indicator"), pgettext_lazy("dictionary", "Corrected")),
    "redefine_indicator": (_("Redefine an indicator"), _("New version written")),
    "end_indicator": (_("End an indicator"), pgettext_lazy("dictionary", "Ended")),
    "add_rule": (_("Add a validation rule"), pgettext_lazy("dictionary", "Added")),
    "change_rule": (_("Change the validation rule"), pgettext_lazy("dictionary", "Changed")),
    "end_rule": (_("End a validation rule"), pgettext_lazy("dictionary", "Ended")),
}


def monitoring_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=HOOK)
    return SubmenuMenuItem(
        pgettext_lazy("menu", "Plans for women and children"), menu, name="monitoring", icon_name="table", order=140
    )


def _entry(name: str, label, icon: str, order: int):
    def item() -> ShownTo:
        return ShownTo(
            label,
            reverse_lazy(f"{NAMESPACE}:{name}"),
            name=f"monitoring-{name}",
            icon_name=icon,
            order=order,
            shown=policies.may_enter,
        )

    return item


ITEMS = tuple(_entry(*entry) for entry in ENTRIES)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"indicators.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/indicators")
