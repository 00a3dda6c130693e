"""What payments refuses, each with words that say what to do instead."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class Busy(Refused):
    """Somebody else holds the rows longer than we wait."""

    code = "busy"
    for_her = for_staff = _("Somebody else is changing the same thing at this moment. Please try again.")


class FundShort(Refused):
    """Context: ``fund``, ``missing`` yuan."""

    code = "fund_short"
    for_staff = _("“%(fund)s” lacks %(missing)s yuan for this. Nothing was promised.")


class FundClosed(Refused):
    code = "fund_closed"
    for_staff = _("“%(fund)s” is closed: nothing more is promised from it.")


class FundExists(Refused):
    code = "fund_exists"
    for_staff = _("This organisation has a fund with this code in this year already.")


class FundInUse(Refused):
    code = "fund_in_use"
    for_staff = _("%(promised)s yuan of this fund are promised and not paid. Pay or cancel them first.")


class BudgetBelowPromises(Refused):
    """Context: ``least`` yuan."""

    code = "budget_below_promises"
    for_staff = _("%(least)s yuan are promised or paid already: the budget can't go below that.")


class AmountInvalid(Refused):
    code = "amount_invalid"
    for_staff = _("The amount has to be above zero, in yuan and whole fen.")


class OwedDifferently(Refused):
    """The same key was raised with another sum, fund or woman."""

    code = "owed_differently"
    for_staff = _("This was raised before with another sum, fund or person. Cancel that one first.")


class AccountInvalid(Refused):
    code = "account_invalid"
    for_her = for_staff = _("A card or account number has 12 to 19 digits. Check it against the card.")


class HolderInvalid(Refused):
    code = "holder_invalid"
    for_her = for_staff = _("Write the account holder's name as it stands at the bank: letters only.")


class BankMissing(Refused):
    code = "bank_missing"
    for_her = for_staff = _("Name the bank.")


class AtTheBank(Refused):
    code = "at_the_bank"
    for_her = for_staff = _("The bank has this payment. Wait for its answer.")


class PaidAlready(Refused):
    code = "paid_already"
    for_her = for_staff = _("This was paid.")


class CancelledAlready(Refused):
    code = "cancelled_already"
    for_staff = _("This was cancelled.")


class NotReturned(Refused):
    code = "not_returned"
    for_staff = _("The bank hasn't returned this payment: there is nothing to try again.")


class NotPaid(Refused):
    code = "not_paid"
    for_her = for_staff = _("This has not been paid yet.")


class ReasonMissing(Refused):
    code = "no_reason"
    for_staff = _("Say why: the reason is kept.")


class LayoutNotInUse(Refused):
    code = "layout_not_in_use"
    for_staff = _("This bank file layout is no longer in use. Choose another.")


class LayoutFaulty(Refused):
    """``faults`` are those of ``rules.layouts``."""

    code = "layout_faulty"
    for_staff = _("The layout isn't complete. See the fields below.")

    def __init__(self, faults: list[tuple[str, str]]):
        super().__init__()
        self.faults = faults


class WrongState(Refused):
    """Context: ``state`` in words."""

    code = "wrong_state"
    for_staff = _("This can't be done any more: the batch is “%(state)s” now. Look at its page for where it stands.")


class ApprovedBefore(AlreadyDone):
    """Context: ``who``, ``at`` and ``state`` in words."""

    code = "approved_before"
    for_staff = _(
        "Approved already: %(who)s, %(at)s. The batch is “%(state)s” now. Nothing was approved a second time."
    )


class NothingToPay(Refused):
    code = "nothing_to_pay"
    for_staff = _("No line of this batch can be paid. See why beside each.")


class ChangedMeanwhile(Refused):
    code = "changed_meanwhile"
    for_staff = _("The batch was changed since you looked at it. Look at the new figures before you approve.")


class Tampered(Refused):
    """Lines in the database are not those that were approved."""

    code = "tampered"
    for_staff = _("The lines are not those that were approved. No file was written; tell the platform administrator.")


class FileDiffers(Refused):
    """The file read back doesn't hold what was approved."""

    code = "file_differs"
    for_staff = _("The file doesn't hold what was approved, so it was not kept. Check the layout.")


class FileGone(Refused):
    code = "file_gone"
    for_staff = _("The file's keeping time is over and it was deleted.")


class OtherLayout(Refused):
    """Context: ``headings`` that the layout asks for."""

    code = "other_layout"
    for_staff = _("This file has another layout. Its headings have to be: %(headings)s. Nothing was read.")


class HeadingTwice(Refused):
    """Context: ``headings`` that stand above more than one column."""

    code = "heading_twice"
    for_staff = _(
        "These headings stand twice in the file, so that it can't be told which column counts: %(headings)s. Nothing "
        "was read."
    )


class NotUnknown(Refused):
    code = "not_unknown"
    for_staff = _("This line isn't unknown any more.")
