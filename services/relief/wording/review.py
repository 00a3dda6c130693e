"""What stands in the way of a decision, in words for staff."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.verdict import Outcome
from services.relief.enums import DocumentKind, Exclusion
from services.relief.wording.pieces import Said, label, yuan


def document(kind: str) -> str:
    """A kind of document; a code of a later version stays as it is."""
    return label(kind, DocumentKind)


def exclusion(code: str) -> str:
    return label(code, Exclusion)


def _visit_missing(figures: dict, outcome: Outcome) -> Said:
    return Said(_("The household is visited by two people"), _("No visit is on record."), _("Record the visit first."))


def _exclusion_open(figures: dict, outcome: Outcome) -> Said:
    rule = _("Exclusion: %(exclusion)s") % {"exclusion": exclusion(figures["exclusion"])}
    return Said(rule, _("Nobody has confirmed yet that it doesn't apply."), _("Look into it and say what you found."))


def _exclusion_applies(figures: dict, outcome: Outcome) -> Said:
    rule = _("Exclusion: %(exclusion)s") % {"exclusion": exclusion(figures["exclusion"])}
    return Said(rule, _("It applies."), _("Refuse, or correct what was found."))


def _overlap_undecided(figures: dict, outcome: Outcome) -> Said:
    value = ngettext("%(count)s overlap is undecided.", "%(count)s overlaps are undecided.", figures["count"]) % figures
    return Said(_("Nobody is helped twice for the same"), value, _("Decide each of them, with a reason."))


def _overlap_refused(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Nobody is helped twice for the same"),
        _("An overlap was decided against this application."),
        _("Refuse, or decide the overlap anew."),
    )


def _overlap_not_reduced(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Nobody is helped twice for the same"),
        _("An overlap asks for a smaller sum, and the sum is the full one."),
        _("Change the sum, with a reason."),
    )


def _sum_needs_second(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("A sum that differs from the rules is seen by two people"),
        _("A changed sum waits for a second person."),
        _("Somebody other than whoever changed it has to agree."),
    )


def _sum_differs(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("A changed sum rests on what the rules compute"),
        _("The rules compute another sum than when it was changed."),
        _("Change the sum anew, or take the change back."),
    )


def _refer_undecided(figures: dict, outcome: Outcome) -> Said:
    words = {name: yuan(figures[name]) for name in ("bound", "sum")}
    return Said(
        _("Above %(bound)s yuan the next level decides") % words,
        _("%(sum)s yuan is above it.") % words,
        _("Somebody of %(place)s takes the case over and decides.") % figures,
    )


def _fund_missing(figures: dict, outcome: Outcome) -> Said:
    return Said(_("A fund pays for it"), _("The programme names no fund."), _("Add one to the programme."))


def _fund_short(figures: dict, outcome: Outcome) -> Said:
    value = _("%(missing)s yuan are missing in the fund.") % {"missing": yuan(figures["missing"])}
    return Said(_("The fund has enough"), value, _("Ask for a larger budget, or wait."))


def _no_living_line(figures: dict, outcome: Outcome) -> Said:
    rule = _("A minimum living line holds for %(year)s") % figures
    return Said(rule, _("None is entered for her region."), _("Add it among the standards."))


def _no_income_test(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("An income test is in force"),
        _("None is in force for her union."),
        _("Put one in force among the standards."),
    )


def _outside_window(figures: dict, outcome: Outcome) -> Said:
    begin, end = (_day(figures[name]) for name in ("begin", "end"))
    rule = _("Applications are taken from %(begin)s to %(end)s.") % {"begin": begin, "end": end}
    return Said(rule, _("Today lies outside."), _("Wait for the next time, or ask the union."))


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT") if text else "…"


def _nothing_to_award(figures: dict, outcome: Outcome) -> Said:
    return Said(_("There is a sum to award"), _("The rules give nothing."), _("Refuse, or correct the facts."))


EXPLAIN = {
    "visit_missing": _visit_missing,
    "exclusion_open": _exclusion_open,
    "exclusion_applies": _exclusion_applies,
    "overlap_undecided": _overlap_undecided,
    "overlap_refused": _overlap_refused,
    "overlap_not_reduced": _overlap_not_reduced,
    "sum_needs_second": _sum_needs_second,
    "sum_differs": _sum_differs,
    "refer_undecided": _refer_undecided,
    "fund_missing": _fund_missing,
    "fund_short": _fund_short,
    "no_living_line": _no_living_line,
    "no_income_test": _no_income_test,
    "outside_window": _outside_window,
    "nothing_to_award": _nothing_to_award,
}
