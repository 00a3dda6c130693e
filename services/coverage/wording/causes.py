"""What the log records of a union's organisation, what moved a standing, and its values, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage.models import Standing

# What of a standing is told to have moved.
FIELDS = {
    name: Standing._meta.get_field(name).verbose_name
    for name in ("built", "required", "form", "simultaneous", "term", "in_step", "chair_qualified", "standard")
}
_VALUES = {name: {str(code): label for code, label in Standing._meta.get_field(name).choices} for name in FIELDS}
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
    "import": (_("Import a list of unions"), _("Changed by a list of unions")),
    "merge": (_("Merge unions"), _("Unions merged")),
    "add_paper": (_("Add a paper"), _("Paper added")),
    "remove_paper": (_("Take a paper back"), _("Paper taken back")),
    "harmful_paper": (_("Refuse a harmful paper"), _("A harmful file was deleted")),
    "drop_requirements": (_("Drop requirements"), _("Requirements dropped before they began")),
}
CAUSES = {
    **{code: done for code, (_do, done) in LOG.items()},
    "begun": pgettext_lazy("cause of a change", "records begun"),
    "requirements": pgettext_lazy("cause of a change", "what is required changed"),
    "day": pgettext_lazy("cause of a change", "the date alone"),
    "created": pgettext_lazy("cause of a change", "union added"),
    "edited": pgettext_lazy("cause of a change", "the union's details edited"),
    "imported": pgettext_lazy("cause of a change", "list of unions imported"),
    "moved": pgettext_lazy("cause of a change", "union moved in the tree"),
    "merged": pgettext_lazy("cause of a change", "unions merged"),
    "split": pgettext_lazy("cause of a change", "union split"),
    "closed": pgettext_lazy("cause of a change", "union closed"),
    "standard": pgettext_lazy("cause of a change", "review of the standard"),
}


def cause_in_words(cause: str) -> str:
    return str(CAUSES.get(cause) or cause)


def value_in_words(field: str, value: str) -> str:
    return str(_VALUES.get(field, {}).get(value, value)) or "–"
