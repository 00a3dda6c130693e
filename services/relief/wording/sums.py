"""Sums and their caps in words (§3.8-3.9)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.verdict import Outcome
from services.relief.enums import SchoolStage
from services.relief.wording.income import missing, tell
from services.relief.wording.pieces import Said, category_name, yuan


def _nothing_given(rule: str) -> Said:
    return Said(rule, _("The programme has no sum for this case."), _("Look at the other programmes."))


def _fixed(figures: dict, outcome: Outcome) -> Said:
    rule = _("A fixed sum")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    if outcome is Outcome.FAILED:
        return _nothing_given(rule)
    value = _("%(sum)s yuan") % {"sum": yuan(figures["sum"])}
    if figures["category"]:
        value = f"{category_name(figures['category'])}{_(': ')}{value}"
    return Said(rule, value)


def _months(figures: dict, outcome: Outcome) -> Said:
    rule = _("Months of the minimum living line")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    if outcome is Outcome.FAILED:
        return _nothing_given(rule)
    words = {
        "category": category_name(figures["category"]),
        "months": figures["months"],
        "line": yuan(figures["line"]),
        "sum": yuan(figures["sum"]),
        "persons": figures["persons"],
    }
    if figures["per"] == "person":
        text = ngettext(
            "%(category)s: %(months)s months × %(line)s yuan × %(persons)s person = %(sum)s yuan",
            "%(category)s: %(months)s months × %(line)s yuan × %(persons)s persons = %(sum)s yuan",
            figures["persons"],
        )
    else:
        text = _("%(category)s: %(months)s months × %(line)s yuan a household = %(sum)s yuan")
    return Said(rule, text % words)


def _band(figures: dict, outcome: Outcome) -> Said:
    rule = _("By bands of what you paid yourself")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    words = {name: yuan(figures[name]) for name in ("cost", "over", "sum") if figures[name]}
    if outcome is Outcome.FAILED:
        return Said(
            rule,
            _("%(cost)s yuan lies below the lowest band.") % words,
            _("Costs of the same illness or event add up: apply when they pass the sum."),
        )
    return Said(rule, _("%(cost)s yuan is above %(over)s yuan: %(sum)s yuan") % words)


def _share(figures: dict, outcome: Outcome) -> Said:
    rule = _("A share of what you paid yourself")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    if outcome is Outcome.FAILED:
        return _nothing_given(rule)
    words = {
        "category": category_name(figures["category"]),
        "cost": yuan(figures["cost"]),
        "share": figures["share"],
        "sum": yuan(figures["sum"]),
    }
    if figures["cap"]:
        text = _("%(category)s: %(share)s %% of %(cost)s yuan, at most %(cap)s yuan: %(sum)s yuan")
        return Said(rule, text % (words | {"cap": yuan(figures["cap"])}))
    return Said(rule, _("%(category)s: %(share)s %% of %(cost)s yuan: %(sum)s yuan") % words)


def _stage(figures: dict, outcome: Outcome) -> Said:
    rule = _("By the stage of school")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    if outcome is Outcome.FAILED:
        return _nothing_given(rule)
    words = {"stage": str(dict(SchoolStage.choices)[figures["stage"]]), "sum": yuan(figures["sum"])}
    if figures["on_file"]:
        return Said(rule, _("%(stage)s, household on file: %(sum)s yuan") % words)
    return Said(rule, _("%(stage)s, household not on file: %(sum)s yuan") % words)


def _cap(rule_text: str):
    def said(figures: dict, outcome: Outcome) -> Said:
        words = {name: yuan(figures[name]) for name in ("before", "cap", "spent", "left")}
        return Said(rule_text % words, _("%(before)s yuan is cut to %(left)s yuan.") % words)

    return said


def _cap_per_award(figures: dict, outcome: Outcome) -> Said:
    return _cap(_("At most %(cap)s yuan at a time"))(figures, outcome)


def _cap_per_year(figures: dict, outcome: Outcome) -> Said:
    return _cap(_("At most %(cap)s yuan a year, of which %(spent)s yuan are awarded already"))(figures, outcome)


def _refer(figures: dict, outcome: Outcome) -> Said:
    words = {name: yuan(figures[name]) for name in ("bound", "sum")}
    return Said(_("Above %(bound)s yuan the next level decides") % words, _("%(sum)s yuan is above it.") % words)


EXPLAIN = {
    "sum_fixed": _fixed,
    "sum_months_of_line": _months,
    "sum_by_band": _band,
    "sum_share_of_cost": _share,
    "sum_by_stage": _stage,
    "cap_per_award": _cap_per_award,
    "cap_per_year": _cap_per_year,
    "refer_upwards": _refer,
}
