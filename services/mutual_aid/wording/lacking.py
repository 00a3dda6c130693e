"""What keeps terms from being put in force, in words that stand beside the field."""

from django.utils.translation import gettext_lazy as _

from services.mutual_aid.models import Disease, LadderLine, SchemeTerms
from services.mutual_aid.rules.fitness import Lack

_WORDS = {
    "unknown": _("Not known yet."),
    "parts_unknown": _("Say how much each of the three pays, 0 for nothing."),
    "parts_differ": _("The three parts don't add up to the fee."),
    "ages_cross": _("The youngest age is above the oldest."),
    "nothing_to_add": _("With one share at most nothing can add up."),
    "no_disease": _("No disease is listed."),
    "list_incomplete": _("The list isn't complete yet."),
    "in_situ_unknown": _("What a carcinoma in situ counts as isn't known."),
    "primary_unknown": _("Whether only primary cancer counts isn't known."),
    "in_situ_without_sum": _("A carcinoma in situ has a sum of its own, but no line gives one."),
    "nothing_for_first_join": _("No line pays anything after a first join."),
    "nothing_for_renewal": _("No line pays anything after an unbroken renewal."),
    "days_unknown": _("From which day it counts isn't known."),
    "days_cross": _("Its last day lies before its first."),
    "days_begin_late": _("The first days of the cover lie in no line."),
    "days_overlap": _("It overlaps the line before it."),
    "days_gap": _("There are days between it and the line before."),
    "days_end_early": _("The last days of the cover lie in no line: leave the last day empty."),
    "sum_unknown": _("The sum isn't known."),
    "sum_not_above_zero": _("A line that pays needs a sum above zero."),
    "sum_in_waiting": _("A line that gives nothing can't have a sum."),
    "ending_unknown": _("Whether the cover ends isn't known."),
    "treatment_unknown": _("Whether treatment is asked for isn't known."),
    "daily_without_days": _("A sum for each day needs a number of days, and the other way round."),
    "disease_not_listed": _("Its disease isn't on the list."),
    "no_route": _("No review route in force is chosen."),
    "no_fund": _("No fund is chosen."),
    "no_keeper": _("Nobody keeps this scheme yet: load the samples again once there is a union."),
}
_ROWS = {"lines": LadderLine, "diseases": Disease}


def lack(one: Lack) -> str:
    """What is wrong, without saying where: it stands beside the field."""
    return str(_WORDS[one.code])


def lacks(found: list[Lack]) -> list[str]:
    """The same as a list that says where each belongs."""
    return [str(_("%(place)s: %(what)s") % {"place": place(one), "what": lack(one)}) for one in found]


def place(one: Lack) -> str:
    """The label of the field; of a row its number as well, counted from 1."""
    if one.field in _ROWS:
        name = str(_ROWS[one.field]._meta.verbose_name)
        if one.row is None:
            return str(_ROWS[one.field]._meta.verbose_name_plural)
        return str(_("%(name)s %(number)s") % {"name": name, "number": one.row + 1})
    return str(SchemeTerms._meta.get_field(one.field).verbose_name)
