"""What a clerk reads beside a value or a line of the workbook of values, and points open before signing."""

from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.foundation.sheet_wordings import CELL_WORDINGS
from services.foundation.sheets import Wording

VALUE_WORDINGS = CELL_WORDINGS | {
    "amount_shape": Wording(_("This isn't a number."), _("Write digits, with a point for decimals.")),
    "amount_none": Wording(
        _("The cell says that there is no number, but not why."),
        _("Write 0 for nought; else choose the cause in the column of the status."),
    ),
    "amount_share": Wording(
        _("A percentage stands where a number is asked for."),
        _("Enter the numerator and the denominator themselves; the share is worked out."),
    ),
    "amount_missing": Wording(
        _("The status says that there is a value, but the number is missing."),
        _("Enter the number, or choose why it is missing."),
    ),
    "amount_but_missing": Wording(
        _("There is a number, while the status says that it is missing."),
        _("Take the number out, or choose “reported”."),
    ),
    "zero_but_amount": Wording(_("The status says nought, the number says something else."), _("Correct one of them.")),
    "note_alone": Wording(
        _("There is a note, but neither a number nor a status."), _("Enter the number, or choose why it is missing.")
    ),
    "not_whole": Wording(_("Only whole numbers can stand here."), _("Enter the number itself, not a rate.")),
    "too_fine": Wording(_("At most %(decimals)s decimals can stand here."), _("Round it.")),
    "too_low": Wording(_("The number is below %(lowest)s."), _("Check the number.")),
    "too_high": Wording(_("The number is above %(highest)s."), _("Check the number.")),
    "status_unknown": Wording(
        _("This status isn't known."), _("Write 已报、估计、零、未采集、迟报、不适用 or 保密, or leave it empty.")
    ),
    "year_unknown": Wording(_("No year of monitoring is open by this number."), _("Write a year that is open.")),
    "unit_unknown": Wording(
        _("No place of yours states values by this name or code."), _("Write the code of the place.")
    ),
    "element_unknown": Wording(
        _("This place isn't asked for a value of this code."), _("Take the codes from the workbook you fetched.")
    ),
    "cut_unknown": Wording(_("This value isn't split in this way."), _("Leave the cell empty, or take the word back.")),
    "report_closed": Wording(
        _("The report of this place can't be written now: %(state)s."),
        _("Ask for it to be sent back, or begin a new version."),
    ),
    "line_twice": Wording(_("The same value stands in line %(first)s already."), _("Leave one of the two lines.")),
    "changed_meanwhile": Wording(
        _("Somebody else changed this value since the workbook left. It says now: %(now)s."),
        _("Fetch the workbook again and enter your value there."),
    ),
    "mark_unfit": Wording(
        _("The hidden mark of this line is damaged or belongs to another line."), _("Fetch the workbook again.")
    ),
    "emptied": Wording(
        _("The cell is empty, while a value is on record."),
        _("Nothing was changed. To take a value out, use the form."),
    ),
}


def wrong_in_words(wrong) -> str:
    """A fault of a typed value, with what to do about it."""
    said = VALUE_WORDINGS[wrong.code]
    context = dict(wrong.context)
    return f"{str(said.message) % context if context else said.message} {said.remedy}"


POINTS = {
    "unsaid": _("Nothing is stated yet: enter a number, or choose why it is missing."),
    "no_cause": _("Say in the note why it is missing."),
    "parts_differ": _("The parts add up to %(left)s, the whole is %(right)s."),
    "part_unsaid": _("Some parts are stated and others aren't."),
}


def point_in_words(point) -> str:
    if point.code == "rule":
        said = _now("%(rule)s: %(left)s against %(right)s.") % {
            "rule": point.rule,
            "left": plain(point.left),
            "right": plain(point.right),
        }
        return said if point.refuses else f"{said} {_now('A note explains it.')}"
    if point.code == "unreadable":
        words = _now("The rule “%(rule)s” can't be read, so it isn't asked. Tell those who keep the dictionary.")
        return words % {"rule": point.rule}
    return str(POINTS[point.code]) % {"left": plain(point.left), "right": plain(point.right)}


def plain(amount) -> str:
    """A number as it is read: grouped, without the noughts of the column behind the point."""
    if amount is None:
        return "—"
    text = f"{amount:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_time_said(due_on: date, first_signed_on: date | None, today: date) -> str:
    """Nothing while it can still come in time."""
    if first_signed_on:
        return _now("Came late") if first_signed_on > due_on else _now("Came in time")
    return _now("Overdue, not signed") if today > due_on else ""
