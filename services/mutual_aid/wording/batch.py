"""What is said of a batch and its lines beside the rules: what is missing, what somebody above looks at."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.said import Said
from services.foundation.verdict import Outcome


def _elsewhere(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Handed in by one unit only"),
        _("Another unit has handed her in for this scheme already; the first counts."),
        _("Leave her out unless the other unit takes its line back."),
    )


def _looked_at(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Looked at by the federation"),
        _("The federation looks at this line once the batch is handed in. There is nothing for you to do."),
    )


def _nobody(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Women in the batch"), _("Nobody is in the batch who can join."), _("Choose women, or import them."))


def _lines_barred(figures: dict, outcome: Outcome) -> Said:
    value = ngettext("%(lines)s line can't join.", "%(lines)s lines can't join.", figures["lines"])
    return Said(
        _("Every line can join"), value % {"lines": figures["lines"]}, _("Correct these lines, or take them out.")
    )


def _no_headcount(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Headcount"), _("The headcount isn't known yet."), _("Enter the headcount with its report."))


def _no_evidence(figures: dict, outcome: Outcome) -> Said:
    if figures.get("addition"):
        return Said(
            _("Sheet of newly hired women"),
            _("The sheet of newly hired women is missing."),
            _("Upload the sheet of newly hired women."),
        )
    return Said(
        _("What shows the headcount"),
        _("Neither a report nor the unit's statement is there."),
        _("Upload the report of this or the last month, or state the headcount."),
    )


def _no_split(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Who pays"), _("The terms leave it to the unit."), _("Say how much of a share each of the three pays.")
    )


def _not_paid(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Fee"), _("On which day it was paid isn't entered yet."), _("Enter the day of the payment."))


def _no_voucher(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Payment voucher"), _("It is missing."), _("Upload a photo or PDF of the bank slip."))


def _no_first_day(figures: dict, outcome: Outcome) -> Said:
    return Said(_("First day"), _("One day counts for the whole batch."), _("Enter the first day of the cover."))


def _health(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Statements of health"),
        _("It isn't said that each woman has stated that she is healthy."),
        _("Tick it once you hold the statements."),
    )


EXPLAIN = {
    "handed_in_elsewhere": _elsewhere,
    "looked_at_above": _looked_at,
    "nobody": _nobody,
    "lines_barred": _lines_barred,
    "no_headcount": _no_headcount,
    "no_evidence": _no_evidence,
    "no_split": _no_split,
    "not_paid": _not_paid,
    "no_voucher": _no_voucher,
    "no_first_day": _no_first_day,
    "health_not_stated": _health,
}
