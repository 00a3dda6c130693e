"""The entries of the desk's menu, and the words for what the log records of equipment."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import styles
from services.foundation.area import ShownTo
from services.home_equipment import policies

LOG = {
    "load_list": (_("Take a standard list of the plan"), _("List of the plan put in force")),
    "write_list": (_("Write a standard list"), _("Draft of the list saved")),
    "list_in_force": (_("Put a standard list in force"), _("List put in force")),
    "order": (_("Order a batch"), _("Batch ordered")),
    "ship": (_("Send a delivery"), _("Delivery sent")),
    "receive": (_("Confirm a delivery"), _("Receipt confirmed")),
    "receive_short": (_("Confirm a delivery with a discrepancy"), _("Receipt confirmed with a discrepancy")),
    "verify": (_("Verify a delivery"), _("Delivery verified")),
    "object": (_("Object to a delivery"), _("Delivery objected to")),
    "resolve": (_("Resolve a discrepancy"), _("Discrepancy resolved")),
    "register": (_("Put assets on the register"), _("Assets put on the register")),
    "issue": (_("Issue assets"), _("Assets issued")),
    "confirm": (_("Confirm the receipt of assets"), _("Receipt of assets confirmed")),
    "take_back": (_("Take assets back"), _("Assets taken back to the store")),
    "send_to_repair": (_("Send an asset to repair"), _("Sent to repair")),
    "bring_back": (_("Bring an asset back from repair"), _("Back from repair")),
    "lose": (_("Note assets as missing"), _("Noted as missing")),
    "find": (_("Find an asset"), _("Found again")),
    "ask_scrap": (_("Ask to scrap an asset"), _("Scrapping asked for")),
    "dispose": (_("Approve scrapping"), _("Scrapping approved")),
    "refuse_scrap": (_("Refuse scrapping"), _("Scrapping refused")),
    "state_condition": (_("Note a condition"), _("Condition noted")),
    "correct": (_("Correct the register"), _("Register corrected")),
    "ask_transfer": (_("Ask for a transfer"), _("Transfer asked for")),
    "hand_over": (_("Hand assets over"), _("Assets handed over")),
    "take_over": (_("Take assets over"), _("Assets taken over")),
    "call_off_transfer": (_("Call a transfer off"), _("Transfer called off")),
    "begin_count": (_("Begin a stock-taking"), _("Stock-taking begun")),
    "hand_in_count": (_("Hand in a stock-taking"), _("Stock-taking handed in")),
    "return_count": (_("Return a stock-taking"), _("Stock-taking returned")),
    "approve_count": (_("Approve a stock-taking"), _("Stock-taking approved")),
    "open_task": (_("Open a repair task"), _("Repair task opened by an inspection")),
    "answer_task": (_("Answer a repair task"), _("Evidence handed in")),
    "close_task": (_("Close a repair task"), _("Evidence accepted, task closed")),
    "add_photo": (_("Add a photo of equipment"), _("Photo added")),
    "harmful_photo": (_("Refuse a harmful photo"), _("A harmful file was deleted")),
}


def _item(label, name: str, icon: str, order: int):
    def item() -> ShownTo:
        url = reverse_lazy(f"home_equipment_desk:{name}")
        return ShownTo(label, url, icon_name=icon, order=order, shown=policies.may_enter)

    return item


ITEMS = (
    _item(_("Deliveries"), "deliveries", "arrow-right", 40),
    _item(_("How far deliveries are"), "progress", "table", 42),
    _item(pgettext_lazy("menu", "Register of state assets"), "register", "clipboard-list", 44),
    _item(_("Stock-takings"), "takes", "check", 46),
    _item(_("Transfers of assets"), "transfers", "resubmit", 47),
    _item(_("Repair tasks"), "tasks", "warning", 48),
    _item(_("Standard lists of equipment"), "standards", "list-ul", 49),
)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"home_equipment.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/home_equipment")
