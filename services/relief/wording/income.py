"""The income test and what counts, in words (§3.1-3.2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.foundation.verdict import Outcome
from services.relief.enums import IncomeKind, SpendingKind
from services.relief.wording.pieces import Said, label, yuan

_MISSING = {
    "income": gettext_lazy("what comes in a year"),
    "rigid": gettext_lazy("what can't be avoided spending a year"),
    "persons": gettext_lazy("how many live together"),
    "line": gettext_lazy("the minimum living line of the region"),
    "sudden_cost": gettext_lazy("what the event cost you"),
    "category": gettext_lazy("the category of hardship"),
    "cost": gettext_lazy("what you paid yourself"),
    "stage": gettext_lazy("the stage of school"),
    "on_file": gettext_lazy("whether your household is on file"),
}


def missing(names: list[str]) -> str:
    """The sentence that names what isn't known."""
    return _("Not known: %(facts)s.") % {"facts": _(", ").join(str(_MISSING[name]) for name in names)}


def tell(names: list[str]) -> str:
    """What would make it known."""
    return _("Tell us: %(facts)s.") % {"facts": _(", ").join(str(_MISSING[name]) for name in names)}


def _net(figures: dict, outcome: Outcome) -> Said:
    rule = _("Net income a person a month")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    value = ngettext(
        "(%(income)s − %(rigid)s) ÷ 12 months ÷ %(persons)s person = %(net)s yuan; the minimum living line is "
        "%(line)s yuan.",
        "(%(income)s − %(rigid)s) ÷ 12 months ÷ %(persons)s persons = %(net)s yuan; the minimum living line is "
        "%(line)s yuan.",
        figures["persons"],
    )
    amounts = {name: yuan(figures[name]) for name in ("income", "rigid", "net", "line")}
    return Said(rule, value % (amounts | {"persons": figures["persons"]}))


def _compared(figures: dict, outcome: Outcome) -> str:
    amounts = {"net": yuan(figures["net"]), "bound": yuan(figures["bound"])}
    if outcome is Outcome.PASSED:
        return _("%(net)s yuan is below %(bound)s yuan.") % amounts
    return _("%(net)s yuan is not below %(bound)s yuan.") % amounts


def _remedy() -> str:
    return _("If your income falls, or you must pay more for illness, care or school, ask again.")


def _deep(figures: dict, outcome: Outcome) -> Said:
    return Said(
        _("Deep hardship: net income a person a month below the minimum living line"),
        _compared(figures, outcome),
        _remedy(),
    )


def _relative(figures: dict, outcome: Outcome) -> Said:
    rule = _("Relative hardship: net income a person a month below %(multiple)s times the minimum living line")
    return Said(rule % figures, _compared(figures, outcome), _remedy())


def _sudden(figures: dict, outcome: Outcome) -> Said:
    if outcome is Outcome.UNKNOWN:
        rule = _("Hardship through a sudden event")
        return Said(rule, missing(figures["missing"]), tell(figures["missing"]))
    rule = _("Hardship through a sudden event: after its cost of %(cost)s yuan below %(multiple)s times the line") % {
        "cost": yuan(figures["cost"]),
        "multiple": figures["multiple"],
    }
    return Said(rule, _compared(figures, outcome), _remedy())


def _share(figures: dict, outcome: Outcome) -> Said:
    rule = _("Or: the event cost more than %(share)s %% of the year's income") % figures
    amounts = {"cost": yuan(figures["cost"]), "bound": yuan(figures["bound"])}
    if outcome is Outcome.PASSED:
        return Said(rule, _("%(cost)s yuan is above %(bound)s yuan.") % amounts)
    return Said(rule, _("%(cost)s yuan is not above %(bound)s yuan.") % amounts, _remedy())


def _kinds(figures: dict, choices) -> str:
    parts = [f"{label(kind, choices)} {yuan(total)}" for kind, total in figures["kinds"].items()]
    return _(", ").join(parts)


def _counted(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Counted as income, yuan a year"), _kinds(figures, IncomeKind))


def _not_counted(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Not counted as income, yuan a year"), _kinds(figures, IncomeKind))


def _apart(figures: dict, outcome: Outcome) -> Said:
    value = _("%(yearly)s yuan a year belongs to somebody who doesn't live with you.")
    return Said(_("Income of those who live elsewhere doesn't count"), value % {"yearly": yuan(figures["yearly"])})


def _rigid(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Counted as spending that can't be avoided, yuan a year"), _kinds(figures, SpendingKind))


def _imputed(figures: dict, outcome: Outcome) -> Said:
    rule = _("Who could work and is without a job counts with the minimum wage, unless proven otherwise")
    value = _("%(added)s yuan a year is added: 12 × %(wage)s less %(own)s of one's own.")
    return Said(rule, value % {name: yuan(figures[name]) for name in ("added", "wage", "own")})


def _excused(figures: dict, outcome: Outcome) -> Said:
    rule = _("Who could work and is without a job counts with the minimum wage, unless proven otherwise")
    return Said(rule, _("It was proven why somebody can't earn: nothing is added."))


def _wage_unset(figures: dict, outcome: Outcome) -> Said:
    rule = _("Who could work and is without a job counts with the minimum wage, unless proven otherwise")
    return Said(rule, _("No minimum wage is set for the region: nothing is added."))


def _work_known(figures: dict, outcome: Outcome) -> Said:
    rule = _("The work of every adult in the household is known")
    return Said(rule, _("It isn't said whether somebody works."), _("Say for each adult whether she or he works."))


EXPLAIN = {
    "net_per_person": _net,
    "deep_below_line": _deep,
    "relative_below_multiple": _relative,
    "sudden_below_multiple": _sudden,
    "sudden_cost_share": _share,
    "income_counted": _counted,
    "income_not_counted": _not_counted,
    "income_lives_apart": _apart,
    "rigid_counted": _rigid,
    "wage_imputed": _imputed,
    "wage_excused": _excused,
    "minimum_wage_unset": _wage_unset,
    "work_known": _work_known,
}
