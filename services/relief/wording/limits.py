"""How often, and how one leaves the file, in words (§3.7-3.8)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.verdict import Outcome
from services.relief.enums import Cause, ExitReason
from services.relief.wording.pieces import Said, category_name, label


def _already(figures: dict, outcome: Outcome) -> str:
    before = figures["before"]
    if not before:
        return _("None so far.")
    return ngettext("%(before)s so far.", "%(before)s so far.", before) % {"before": before}


def _once_a_year(figures: dict, outcome: Outcome) -> Said:
    rule = _("Once a household in %(year)s") % figures
    return Said(rule, _already(figures, outcome), _("You can apply again next year."))


def _awards_per_year(figures: dict, outcome: Outcome) -> Said:
    rule = (
        ngettext("At most %(most)s time in %(year)s", "At most %(most)s times in %(year)s", figures["most"]) % figures
    )
    return Said(rule, _already(figures, outcome), _("You can apply again next year."))


def _same_cause_once(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Never twice for the same cause"), _already(figures, outcome), _("For another cause you can apply again.")
    )


def _one_study_aid(figures: dict, outcome: Outcome) -> Said:
    year = figures["school_year"]
    rule = _("Once a student in the school year %(first)s/%(second)s") % {"first": year, "second": year + 1}
    return Said(rule, _already(figures, outcome), _("Apply again in the next school year."))


def _items_per_year(figures: dict, outcome: Outcome) -> Said:
    rule = ngettext(
        "%(category)s: at most %(most)s programme a year",
        "%(category)s: at most %(most)s programmes a year",
        figures["most"],
    ) % {"category": category_name(figures["category"]), "most": figures["most"]}
    return Said(rule, _already(figures, outcome), _("Choose the programme that helps most, or apply next year."))


def _months_above(figures: dict, outcome: Outcome) -> Said:
    rule = ngettext(
        "Above the minimum living line for %(needed)s month in a row",
        "Above the minimum living line for %(needed)s months in a row",
        figures["needed"],
    ) % {"needed": figures["needed"]}
    value = ngettext("%(streak)s month in a row so far.", "%(streak)s months in a row so far.", figures["streak"]) % {
        "streak": figures["streak"]
    }
    return Said(rule, value, _("Until then the household stays on file."))


def _safety_net(figures: dict, outcome: Outcome) -> Said:
    rule = _("To the safety net: illness or disability keeps the household in hardship")
    value = label(figures["cause"], Cause) if figures["cause"] else _("No cause is on file.")
    return Said(rule, value, _("For another cause the household leaves once its income is above the line."))


def _exit_reason(figures: dict, outcome: Outcome) -> Said:
    return Said(_("A reason to leave the file"), label(figures["reason"], ExitReason))


EXPLAIN = {
    "once_a_year": _once_a_year,
    "awards_per_year": _awards_per_year,
    "same_cause_once": _same_cause_once,
    "one_study_aid": _one_study_aid,
    "items_per_year": _items_per_year,
    "months_above_line": _months_above,
    "safety_net_cause": _safety_net,
    "exit_reason": _exit_reason,
}
