"""Whether enough of a unit join, in words, with the number they are taken of (§1.4)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.said import Said
from services.foundation.verdict import Outcome
from services.mutual_aid.enums import ThresholdBase


def _base(figures: dict) -> str:
    return _("all staff") if figures["base"] == ThresholdBase.STAFF else _("all women on the staff")


def _share(figures: dict, outcome: Outcome) -> Said:
    words = {"base": _base(figures), "percent": figures["percent"]}
    if "below" in figures:
        words["below"] = figures["below"]
        rule = _("In units below %(below)s everyone joins (of %(base)s)") % words
    elif figures["percent"]:
        rule = _("At least %(percent)s %% of %(base)s join") % words
    else:
        rule = _("A share of %(base)s joins") % words
    if outcome is Outcome.UNKNOWN:
        if figures["headcount"] is None:
            return Said(rule, _("The headcount isn't known yet."), _("Enter the headcount with its report."))
        return Said(rule, _("The terms don't say how many must join."))
    words = {name: figures[name] for name in ("joined", "headcount", "share", "needed")}
    value = _("%(joined)s of %(headcount)s = %(share)s %%; %(needed)s are needed.") % words
    remedy = ngettext("%(short)s more must join.", "%(short)s more must join.", figures["short"])
    return Said(rule, value, remedy % {"short": figures["short"]})


def _more(figures: dict, outcome: Outcome) -> Said:
    words = {"joined": figures["joined"], "headcount": figures["headcount"]}
    return Said(
        _("No more join than there are"),
        _("%(joined)s join, but the headcount is %(headcount)s.") % words,
        _("Enter the present headcount with its report."),
    )


def _least(figures: dict, outcome: Outcome) -> Said:
    rule = ngettext("At least %(least)s person", "At least %(least)s persons", figures["least"])
    value = ngettext("%(joined)s joins.", "%(joined)s join.", figures["joined"])
    return Said(rule % {"least": figures["least"]}, value % {"joined": figures["joined"]})


EXPLAIN = {"group_share": _share, "more_than_headcount": _more, "least_persons": _least}
