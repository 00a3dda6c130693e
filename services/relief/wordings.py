"""What a clerk reads beside a refused line of a list of outside aid: what is wrong, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheet_wordings import CELL_WORDINGS, DATE_WORDINGS
from services.foundation.sheets import Wording

_COMPARE = _("Compare it with the giver's list.")

OUTSIDE_WORDINGS = {
    **CELL_WORDINGS,
    **DATE_WORDINGS,
    "no_id": Wording(_("The identity number is missing."), _("Fill in the number; without it nobody can be compared.")),
    "float_id": Wording(
        _("Excel has turned the identity number into a number and rounded its last digits."),
        _("Format the cell as text and type all characters again."),
    ),
    "id_shape": Wording(_("An identity number has 18 characters, an old one 15 digits."), _COMPARE),
    "id_area": Wording(_("The first six digits of the identity number are no real area."), _COMPARE),
    "id_date": Wording(_("The identity number holds no possible date of birth."), _COMPARE),
    "id_checksum": Wording(_("The identity number has a wrong digit: its check digit doesn't fit."), _COMPARE),
    "no_giver": Wording(_("The giver is missing."), _("Write who gave the aid.")),
    "no_day": Wording(_("The day is missing."), _("Write the day on which it was given, as 2026-06-26.")),
    "day_ahead": Wording(_("The day lies in the future."), _("Only aid that was given is compared.")),
    "amount_shape": Wording(
        _("The amount isn't a number of yuan above zero."), _("Write digits, two decimals at most.")
    ),
    "dup_in_file": Wording(_("The same line stands in row %(first)s already."), _("Take one of the two lines out.")),
}
