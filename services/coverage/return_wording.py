"""Figures, findings and progress of annual returns in the reader's language."""

from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from services.coverage.enums import NOT_HANDED_IN, Form, ReturnField
from services.coverage.models import AnnualReturn
from services.coverage.rules.return_fields import BY_CODE, CHOICE, DAY
from services.foundation.verdict import Finding
from services.organizations.registry import known_of_a_year

FAULTS = {
    "negative": _("A number can't be below nought."),
    "letters": _("Write a whole number in digits, or leave it empty."),
    "decimals": _("Write a whole number, without decimals."),
    "too_long": _("This number is too large: nine digits at most."),
}
MEANINGS = {
    ReturnField.WOMEN_FORM: _("A committee from ten women members on, else a committee or a commissioner."),
    ReturnField.TERM_ENDS_ON: _("Last day of the term in office."),
    ReturnField.STAFF: _("Everybody employed at the end of the period."),
    ReturnField.CONTRACTS: _("Special collective contracts on women's rights, or annexes of a general one."),
    ReturnField.CONTRACT_UNITS: _("Regional and industry contracts cover several."),
    ReturnField.INSPECTIONS: _("Special checks of the law's protection of women workers."),
    ReturnField.SCREENED_WOMEN: _("Each woman once, whoever arranged it. Never a result."),
    ReturnField.HARDSHIP_WOMEN: _("Whose household is on file, the suspended ones included."),
    ReturnField.AID_JOINED: _("Whose cover held on some day of the period, each once."),
    ReturnField.AID_CLAIMS: _("Handed in during the period."),
    ReturnField.AID_PAID: _("What the bank confirmed during the period."),
}


def label(code: str) -> str:
    return str(ReturnField(code).label) if code in ReturnField.values else code


def full_label(code: str) -> str:
    """The label as it reads away from the form, where nothing stands above it."""
    whole = BY_CODE[code].at_most
    return (
        pgettext("part of a number", "%(whole)s, %(part)s") % {"whole": label(whole), "part": label(code)}
        if whole
        else label(code)
    )


def value(code: str, number) -> str:
    """A value of a field for reading; a dash where nothing was stated."""
    if number is None:
        return "—"
    kind = BY_CODE[code].kind if code in BY_CODE else ""
    if kind == CHOICE:
        return str(dict(Form.choices).get(number, number))
    if kind == DAY:
        return date_format(date.fromisoformat(number), "DATE_FORMAT")
    return f"{number:,}"


def source(provider: str) -> str:
    known = known_of_a_year.get(provider)
    return str(known.source) if known else provider


def known(code: str, told: list[dict]) -> str:
    """What the system knows, where from and of which day; from several sources where they disagree."""
    return gettext("; ").join(
        gettext("%(value)s (%(source)s, %(day)s)")
        % {
            "value": value(code, one["value"]),
            "source": source(one["provider"]),
            "day": date_format(date.fromisoformat(one["on"]), "DATE_FORMAT"),
        }
        for one in told
    )


def finding(found: Finding) -> str:
    """What is the matter with one field."""
    said = found.figures
    code = said["field"]
    words = {
        "not_stated": gettext("Nothing is stated. Enter it, or say why it isn't known."),
        "above_whole": gettext("%(value)s is more than “%(whole)s” (%(of)s)."),
        "without": gettext("%(value)s can't be while “%(whole)s” is nought."),
        "more_than_usual": gettext("%(value)s is more than “%(whole)s” (%(of)s). Correct it, or say why it is so."),
        "differs": gettext("The system has %(of)s, %(value)s is entered. Correct it, or say why they differ."),
        "out_of_line": gettext("%(value)s against %(of)s last year. Correct it, or say why."),
    }[found.code]
    return words % {
        "value": value(code, said.get("value")),
        "of": value(code, said.get("of")),
        "whole": full_label(said["whole"]) if "whole" in said else "",
    }


def fewer() -> str:
    return gettext("fewer than %(number)s") % {"number": settings.SMALL_CELL_THRESHOLD}


def left_out() -> str:
    """Instead of money, or of a number that is known to be small otherwise."""
    return pgettext("number in a return", "left out")


def due(annual_return: AnnualReturn, *, today: date) -> str:
    """How it stands against its last day, in words; nothing while there is time."""
    due_on, came = annual_return.collection.due_on, annual_return.first_submitted_on
    if came is not None:
        late = (came - due_on).days
        if late <= 0:
            return pgettext("annual return", "In time")
        return ngettext("Came %(days)s day late", "Came %(days)s days late", late) % {"days": late}
    if annual_return.reports_to_id is None or annual_return.state not in NOT_HANDED_IN:
        return ""
    late = (today - due_on).days
    if late > 0:
        return ngettext("Overdue by %(days)s day", "Overdue by %(days)s days", late) % {"days": late}
    return gettext("Due on %(day)s") % {"day": date_format(due_on, "DATE_FORMAT")}
