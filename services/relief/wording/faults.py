"""What a household's file can't say, in words, for the place beside the field (§3.4)."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from services.foundation.verdict import Finding
from services.relief.rules.plausibility import Fault
from services.relief.wording.pieces import yuan

_FAULTS = {
    "birth_date_missing": _("Enter the date of birth."),
    "born_in_future": _("This date lies in the future."),
    "too_old": _("This would make the person older than %(age)s years. Check the date."),
    "birth_date_against_number": _("The identity number says another date of birth. Check both."),
    "member_twice": _("This person is entered twice."),
    "child_older_than_parent": _("The child would be as old as you or older. Check both dates of birth."),
    "parent_younger_than_child": _("The parent would be as young as you or younger. Check both dates of birth."),
    "herself_once": _("You yourself must be in the list of members exactly once."),
    "too_many_persons": _("A household can have at most %(most)s members here. Ask your union to enter a larger one."),
    "alone_with_others": _("Somebody is in the list. Take out whoever doesn't belong to the household first."),
    "persons_differ": _("You said that %(said)s live together, but %(listed)s are listed. Correct one of the two."),
    "amount_unreadable": _("Enter an amount in digits, for example 1200 or 1200.50."),
    "amount_negative": _("An amount can't be negative."),
    "amount_impossible": _("This is more than %(most)s yuan a year. Check whether a digit is too many."),
    "amount_below_fen": _("Enter at most two digits after the point."),
    "not_a_member": _("Choose somebody of the household."),
    "household_impossible": _("Together this is more than %(most)s yuan a year. Check the amounts."),
}
_CAUSES = {
    "main_cause_missing": _("Choose the one main cause."),
    "too_many_causes": _("Choose at most %(most)s further causes."),
    "unknown_cause": _("Choose causes from the list."),
    "cause_twice": _("A cause can be chosen only once."),
}


def fault(found: Fault) -> str:
    """The sentence that stands beside the field."""
    values = found.values()
    if isinstance(values.get("most"), str):
        values["most"] = yuan(f"{Decimal(values['most']):.2f}")
    return str(_FAULTS[found.code]) % values


def cause_fault(finding: Finding) -> str:
    return str(_CAUSES[finding.code]) % finding.figures
