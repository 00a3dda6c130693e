"""The faults that a cell of any sheet can have, in words for the clerk who repairs it."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheets import Wording

DATE_WORDINGS = {
    "date_short": Wording(_("The year has only two digits."), _("Write the date as 2018-06-26.")),
    "date_incomplete": Wording(_("The date has no day or no month."), _("Write the full date as 2018-06-26.")),
    "date_order": Wording(
        _("Day and month can't be told apart in this date."), _("Write the date as 2018-06-26, year first.")
    ),
    "date_impossible": Wording(_("There is no such day."), _("Check day and month.")),
    "date_shape": Wording(_("This can't be read as a date."), _("Write the date as 2018-06-26.")),
}
CELL_WORDINGS = {
    "formula": Wording(
        _("The cell holds a formula instead of a plain value."),
        _("Replace it by its value: type it, or paste as value."),
    ),
    "error_cell": Wording(_("The cell shows an error of Excel."), _("Replace it by the right value.")),
    "merged": Wording(
        _("The cell is merged with others, so nobody can say of which row it speaks."),
        _("Unmerge the cells and write each value into its own row."),
    ),
    "markup": Wording(_("The cell holds markup of a web page."), _("Type the plain text again.")),
    "too_long": Wording(_("The text is longer than %(limit)s characters."), _("Shorten it.")),
    "number_shape": Wording(_("This isn't a whole number."), _("Write digits only.")),
    "number_negative": Wording(_("The number is below zero."), _("Check the number.")),
}
