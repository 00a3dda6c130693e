"""The payments entries of the desk's menu, and the words for what the log records."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.foundation import styles
from services.foundation.area import ShownTo
from services.payments import policies

_LOG = {
    "open_fund": (_("Open a fund"), _("Fund opened")),
    "change_budget": (_("Change a budget"), _("Budget changed")),
    "close_fund": (_("Close a fund"), _("Fund closed")),
    "account": (_("Enter an account"), _("Bank account entered or changed")),
    "cancel": (_("Cancel a payment"), _("Payment cancelled")),
    "retry": (_("Try a payment again"), _("Payment to be tried again")),
    "received": (_("Say whether it arrived"), _("She said whether it arrived")),
    "open_batch": (_("Begin a batch"), _("Batch begun")),
    "add": (_("Put lines in"), _("Lines put in")),
    "take_out": (_("Take lines out"), _("Lines taken out")),
    "freeze": (_("Hand a batch in"), _("Batch handed in for approval")),
    "approve": (_("Approve a batch"), _("Batch approved")),
    "reject": (_("Send a batch back"), _("Batch sent back")),
    "cancel_batch": (_("Give a batch up"), _("Batch given up")),
    "write_file": (_("Write the bank's file"), _("File for the bank written")),
    "take_file": (_("Download the bank's file"), _("File for the bank downloaded")),
    "mark_sent": (_("Give the file to the bank"), _("File given to the bank")),
    "read_results": (_("Read the bank's answer"), _("Answer of the bank read")),
    "take_result": (_("Download the bank's answer"), _("Answer of the bank downloaded")),
    "settle_unknown": (_("Settle an unknown line"), _("Unknown line settled")),
    "close": (_("Close a batch"), _("Batch closed")),
    "layout": (_("Write a bank layout"), _("Bank layout written")),
}


def payments_menu() -> SubmenuMenuItem:
    def item(label, name: str, icon: str, order: int) -> ShownTo:
        url = reverse_lazy(f"payments_desk:{name}")
        return ShownTo(label, url, icon_name=icon, order=order, shown=policies.may_enter_desk)

    items = [
        item(_("Batches"), "batches", "doc-full", 10),
        item(_("Payables"), "payables", "list-ul", 20),
        item(_("Fund sources"), "funds", "folder-open-inverse", 30),
        item(_("Bank layouts"), "layouts", "table", 40),
    ]
    return SubmenuMenuItem(_("Payments"), Menu(items=items), name="payments", icon_name="doc-full", order=140)


def log_actions(actions) -> None:
    for code, (label, message) in _LOG.items():
        actions.register_action(f"payments.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/payments")
