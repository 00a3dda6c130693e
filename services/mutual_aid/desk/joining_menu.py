"""The entries of joining in the desk's menu, and the words for what the log records of it."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from services.foundation.area import ShownTo
from services.mutual_aid import policies

_LOG = {
    "begin_batch": (_("Begin a batch"), _("Batch begun")),
    "add_paper": (_("Add a paper"), _("Paper added")),
    "remove_paper": (_("Take a paper back"), _("Paper taken back")),
    "harmful_paper": (_("A harmful paper was deleted"), _("Harmful paper deleted")),
    "hand_in": (_("Hand a batch in"), _("Batch handed in")),
    "return_batch": (_("Return a batch"), _("Batch returned")),
    "settle_line": (_("Settle a line"), _("Line settled")),
    "approve_batch": (_("Confirm a batch"), _("Batch confirmed")),
    "drop_batch": (_("Give a batch up"), _("Batch given up")),
    "withdraw_cover": (_("Withdraw a cover"), _("Cover withdrawn")),
    "correct_cover": (_("Correct a cover"), _("Cover corrected")),
    "end_cover": (_("End a cover"), _("Cover ended: she left the unit")),
}


def items() -> list[ShownTo]:
    def item(label, name: str, icon: str, order: int) -> ShownTo:
        url = reverse_lazy(f"mutual_aid_joining:{name}")
        return ShownTo(label, url, icon_name=icon, order=order, shown=policies.may_read_batches)

    return [
        item(_("Enrolment batches"), "batches", "group", 10),
        item(_("Covers"), "covers", "check", 20),
        item(_("Renewals that are due"), "renewals", "history", 30),
    ]


def log_actions(actions) -> None:
    for code, (label, message) in _LOG.items():
        actions.register_action(f"mutual_aid.{code}", label, message)
