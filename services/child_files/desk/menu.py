"""The entries of children's files in the menu of the homes, and the words for what the log records.

The log holds codes, never a name: a child's file prints as its bare key.
"""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.child_files import policies
from services.foundation import styles
from services.foundation.area import ShownTo

LOG = {
    "register": (_("Begin a child's file"), _("File begun")),
    "ask_consent": (_("Ask a guardian for consent"), _("Guardian asked for consent")),
    "send_link": (_("Send a guardian her link"), _("Guardian's link sent")),
    "consent_given": (_("Record a guardian's yes"), _("Guardian agreed")),
    "consent_refused": (_("Record a guardian's no"), _("Guardian didn't agree")),
    "withdraw_consent": (_("Withdraw a guardian's consent"), _("Consent withdrawn")),
    "activate": (_("Put a child's file in use"), _("File in use")),
    "fill": (_("Fill a child's file"), _("Basic fields written")),
    "traits": (_("Note a child's character"), _("Character noted")),
    "absence": (_("Note a parent's absence"), _("Parent's absence noted")),
    "add_guardian": (_("Add a guardian"), _("Guardian added")),
    "correct_guardian": (_("Correct how a guardian is reached"), _("Guardian's particulars corrected")),
    "end_guardian": (_("End a guardianship"), _("Guardianship ended")),
    "take_out": (_("Take something out of a child's file"), _("Something was taken out")),
    "entrust": (_("Note entrusted care"), _("Entrusted care noted")),
    "hear": (_("Hear a child's opinion"), _("Child's own opinion heard")),
    "own_notice": (_("Give a child its own notice"), _("Child got its own notice")),
    "visit": (_("Note a visit to the family"), _("Visit to the family noted")),
    "meeting": (_("Note a meeting with the carer"), _("Meeting with the carer noted")),
    "add_paper": (_("Add a child's paper"), _("Paper or photo added")),
    "remove_paper": (_("Take out a child's paper"), _("Paper or photo deleted")),
    "call_review": (_("Call a file for review"), _("Review fell due")),
    "review": (_("Review a child's file"), _("File reviewed")),
    "exit": (_("Note that a child leaves"), _("Child left the home")),
    "readmit": (_("Take a child back"), _("Child is back")),
    "restrict": (_("Lock a child's file"), _("File locked")),
    "withdraw": (_("Lock a file after withdrawal"), _("File locked: consent withdrawn")),
    "lapse": (_("Lock a file without consent"), _("File locked: consent is over")),
    "anonymise": (_("Make a child's file anonymous"), _("File made anonymous")),
    "erase": (_("Erase a child's file"), _("File erased")),
    "ask": (_("Ask to read a child's file"), _("An officer asked to read the file")),
    "approve": (_("Approve reading a child's file"), _("Reading approved")),
    "refuse": (_("Refuse reading a child's file"), _("Reading refused")),
    "ask_release": (_("Ask for children's files in clear"), _("Workbook in clear asked for")),
    "release": (_("Release children's files in clear"), _("Workbook in clear released")),
    "refuse_release": (_("Refuse children's files in clear"), _("Workbook in clear refused")),
    "end_release": (_("End a workbook in clear"), _("Workbook in clear ended")),
    "copy_release": (_("Take a workbook in clear"), _("Workbook in clear taken")),
    "break_glass": (_("Open a child's file in an emergency"), _("Opened in an emergency")),
    "review_emergency": (_("Review an emergency access"), _("Emergency access reviewed")),
    "request": (_("Receive a guardian's request"), _("Guardian's request received")),
    "request_verify": (_("Verify a guardian"), _("Guardian's identity verified")),
    "request_take_up": (_("Take up a guardian's request"), _("Guardian's request taken up")),
    "request_do": (_("Answer a guardian's request"), _("Guardian's request done")),
    "request_refuse": (_("Refuse a guardian's request"), _("Guardian's request refused in writing")),
    "assess": (_("Record an impact assessment"), _("Impact assessment recorded")),
    "switch": (_("Switch a use of children's data"), _("Use of children's data switched")),
    "care_rules": (_("Set the rules of care"), _("Rules of care set")),
    "retention_rule": (_("Set a retention rule"), _("Retention rule set")),
    "retention_run": (_("Run retention"), _("Retention run done")),
    "share": (_("Share children's data"), _("Sharing noted in the ledger")),
    "incident": (_("Record an incident"), _("Incident recorded")),
    "letters": (_("Draft letters after an incident"), _("Letters ready")),
    "notice": (_("Publish a notice to guardians"), _("Notice to guardians published")),
}


def _item(label, name: str, icon: str, order: int, shown):
    def entry() -> ShownTo:
        return ShownTo(label, reverse_lazy(f"child_files_desk:{name}"), icon_name=icon, order=order, shown=shown)

    return entry


ITEMS = (
    _item(_("Children's files"), "list", "group", 40, policies.may_list),
    _item(_("Overdue care"), "overdue", "warning", 42, policies.may_list),
    _item(pgettext_lazy("menu", "Approvals to read"), "approvals", "key", 44, policies.may_approve_somewhere),
    _item(_("Workbooks in clear"), "releases", "download", 45, policies.may_see_releases),
    _item(_("Children in figures"), "report", "view", 46, policies.may_read_figures),
    _item(_("Protection of children's data"), "privacy", "lock", 48, policies.may_guard),
)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"child_files.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/child_files")
