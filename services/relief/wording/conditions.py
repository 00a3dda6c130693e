"""The conditions of programmes in words (§3.9): rule, her value, what she can do."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.verdict import Outcome
from services.relief.enums import CareGroup, Category, Cause, SchoolStage, SchoolType
from services.relief.wording.pieces import Said, day, label, listed, yuan

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN


def _ask_union() -> str:
    return _("Ask your union officer to complete your record.")


def _window(figures: dict, outcome: Outcome) -> Said:
    opens, closes = figures["opens_on"], figures["closes_on"]
    if opens and closes:
        rule = _("Applications from %(opens)s to %(closes)s") % {"opens": day(opens), "closes": day(closes)}
    elif closes:
        rule = _("Applications until %(closes)s") % {"closes": day(closes)}
    elif opens:
        rule = _("Applications from %(opens)s on") % {"opens": day(opens)}
    else:
        rule = _("Applications at any time")
    if outcome is PASSED:
        return Said(rule, _("You can apply now."))
    if "possible_from" in figures:
        return Said(rule, _("It isn't open yet."), _("Come back on %(day)s.") % {"day": day(figures["possible_from"])})
    return Said(rule, _("It is over for this time."), _("Ask your union when it opens again."))


def _membership(figures: dict, outcome: Outcome) -> Said:
    rule = _("Union member")
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known whether you are a member."), _ask_union())
    if outcome is PASSED:
        return Said(rule, _("You are a member."))
    return Said(
        rule, _("You are not a member."), _("Join the union at your workplace or where you live; then you can apply.")
    )


def _labour_relation(figures: dict, outcome: Outcome) -> Said:
    months = figures["months"]
    if figures["only_migrants"]:
        rule = ngettext(
            "For migrant workers: employed for at least %(months)s month",
            "For migrant workers: employed for at least %(months)s months",
            months,
        )
    else:
        rule = ngettext("Employed for at least %(months)s month", "Employed for at least %(months)s months", months)
    rule = rule % {"months": months}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known since when you are employed."), _("Bring your labour contract."))
    value = _("Employed since %(day)s.") % {"day": day(figures["since"])}
    if outcome is PASSED:
        return Said(rule, _("%(since)s That is long enough.") % {"since": value})
    remedy = _("It is long enough from %(day)s on.") % {"day": day(figures["possible_from"])}
    return Said(rule, _("%(since)s That isn't long enough yet.") % {"since": value}, remedy)


def _resident(figures: dict, outcome: Outcome) -> Said:
    only = figures.get("only_migrants")
    rule = _("For migrant workers: lives in the city permanently") if only else _("Lives in the city permanently")
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known where you live."), _("Say where you live when you apply."))
    if outcome is PASSED:
        return Said(rule, _("You live here."))
    return Said(rule, _("You don't live here."), _("Ask the union of the place where you live."))


def _not_retired(figures: dict, outcome: Outcome) -> Said:
    rule = _("Not retired with a pension paid through the community")
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known whether you are retired."), _ask_union())
    if outcome is PASSED:
        return Said(rule, _("You are not retired."))
    return Said(rule, _("You are retired."), _("Ask your community office: it looks after pensioners."))


def _on_file(figures: dict, outcome: Outcome) -> Said:
    rule = _("Your household is on the hardship file")
    remedy = _("Apply for the hardship file first: whoever is on file can have this.")
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known here whether you are on file."), remedy)
    if outcome is PASSED:
        return Said(rule, _("You are on file."))
    return Said(rule, _("You are not on file."), remedy)


def _not_on_file(figures: dict, outcome: Outcome) -> Said:
    rule = _("For households that are not on the hardship file")
    if outcome is UNKNOWN:
        return Said(
            rule, _("It isn't known whether your household is on file."), _("Your union sees it when you apply.")
        )
    if outcome is PASSED:
        return Said(rule, _("You are not on file."))
    return Said(rule, _("You are on file."), _("Other programmes are meant for households on file."))


def _category_in(figures: dict, outcome: Outcome) -> Said:
    rule = _("Category of hardship: %(admitted)s") % {"admitted": listed(figures["admitted"], Category)}
    if outcome is UNKNOWN:
        return Said(
            rule,
            _("Your category isn't known yet."),
            _("Say what your household has and what it must spend: the category follows from it."),
        )
    value = _("Yours: %(category)s.") % {"category": label(figures["category"], Category)}
    if outcome is PASSED:
        return Said(rule, value)
    remedy = _("If your income falls, or you must pay more for illness, care or school, ask again.")
    return Said(rule, value, remedy)


def _income_at_most(figures: dict, outcome: Outcome) -> Said:
    if figures["multiple"]:
        rule = _("Net income a person a month up to %(multiple)s times the minimum living line") % figures
    else:
        rule = _("Net income a person a month up to %(bound)s yuan") % {"bound": yuan(figures["bound"])}
    if outcome is UNKNOWN:
        return Said(rule, _("Your net income isn't known."), _("Say what your household has and what it must spend."))
    amounts = {"net": yuan(figures["net"]), "bound": yuan(figures["bound"])}
    if outcome is PASSED:
        return Said(rule, _("%(net)s yuan is not above %(bound)s yuan.") % amounts)
    return Said(rule, _("%(net)s yuan is above %(bound)s yuan.") % amounts, _("If your income falls, ask again."))


def _single_parent(figures: dict, outcome: Outcome) -> Said:
    rule = _("You bring up a child on your own")
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known whether you do."), _("Say so when you apply."))
    if outcome is PASSED:
        return Said(rule, _("You do."))
    return Said(rule, _("You said that you don't."), _("If this changes, apply then."))


def _child_under(figures: dict, outcome: Outcome) -> Said:
    rule = _("A child younger than %(age)s in the household") % figures
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known how old your children are."), _("Say when they were born."))
    if outcome is PASSED:
        return Said(rule, _("There is one."))
    return Said(rule, _("There is none."), _("Is a child missing in your file? Ask your union to add it."))


def _age(figures: dict, outcome: Outcome) -> Said:
    youngest, oldest = figures["youngest"], figures["oldest"]
    if youngest is not None and oldest is not None:
        rule = _("Aged %(youngest)s to %(oldest)s") % figures
    elif youngest is not None:
        rule = _("Aged %(youngest)s or older") % figures
    else:
        rule = _("Aged %(oldest)s or younger") % figures
    if outcome is UNKNOWN:
        return Said(rule, _("Your age is not known."), _ask_union())
    if outcome is PASSED:
        return Said(rule, _("You are %(age)s: within it.") % figures)
    return Said(rule, _("You are %(age)s: outside it.") % figures, _("Ask your union which programme fits your age."))


def _cause_in(figures: dict, outcome: Outcome) -> Said:
    rule = _("Main cause of hardship: %(admitted)s") % {"admitted": listed(figures["admitted"], Cause)}
    if outcome is UNKNOWN:
        return Said(rule, _("The cause isn't known yet."), _("It is part of the hardship file."))
    value = _("Yours: %(cause)s.") % {"cause": label(figures["cause"], Cause)}
    return Said(rule, value, _("Is the cause in your file out of date? Tell your union."))


def _group_in(figures: dict, outcome: Outcome) -> Said:
    rule = _("For: %(admitted)s") % {"admitted": listed(figures["admitted"], CareGroup)}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't said which group you belong to."), _("Say it when you apply."))
    value = label(figures["group"], CareGroup) if figures["group"] else _("None of these groups.")
    return Said(rule, value, _("Ask your union whether another programme fits."))


def _school_stage(figures: dict, outcome: Outcome) -> Said:
    rule = _("A student in: %(admitted)s") % {"admitted": listed(figures["admitted"], SchoolStage)}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known which school."), _("Name the student and the school."))
    value = label(figures["stage"], SchoolStage) if figures["stage"] else _("No student is named.")
    return Said(rule, value, _("When a child reaches one of these schools, apply then."))


def _school_type(figures: dict, outcome: Outcome) -> Said:
    rule = _("Not for: %(excluded)s") % {"excluded": listed(figures["excluded"], SchoolType)}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known what kind of school it is."), _("Say it when you apply."))
    return Said(
        rule,
        label(figures["type"], SchoolType),
        _("These students are paid for otherwise. Ask the school about its own help."),
    )


def _event_in(figures: dict, outcome: Outcome) -> Said:
    rule = _("After: %(admitted)s") % {"admitted": listed(figures["admitted"], Cause)}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known what happened."), _("Say what happened when you apply."))
    value = label(figures["event"], Cause) if figures["event"] else _("Nothing of the kind happened.")
    return Said(rule, value, _("If something of the kind happens, apply then: you needn't wait."))


def _event_within(figures: dict, outcome: Outcome) -> Said:
    rule = ngettext(
        "It happened within the last %(months)s month",
        "It happened within the last %(months)s months",
        figures["months"],
    ) % {"months": figures["months"]}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known when it happened."), _("Say when it happened."))
    if "said" in figures:
        value = ngettext("Within the last %(said)s month.", "Within the last %(said)s months.", figures["said"])
        return Said(rule, value % {"said": figures["said"]})
    if not figures["on"]:
        remedy = _("If something of the kind happens, apply then: you needn't wait.")
        return Said(rule, _("Nothing of the kind happened."), remedy)
    value = _("It happened on %(day)s.") % {"day": day(figures["on"])}
    last = _("One could apply until %(day)s.") % {"day": day(figures["last"])}
    if outcome is PASSED:
        return Said(rule, value)
    return Said(
        rule, f"{value} {last}", _("Did the illness or its costs go on? Tell your union: the later day counts.")
    )


def _cost_over(figures: dict, outcome: Outcome) -> Said:
    rule = _("You paid more than %(floor)s yuan yourself") % {"floor": yuan(figures["floor"])}
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known what you paid."), _("Add up what insurance didn't pay."))
    amounts = {"cost": yuan(figures["cost"]), "floor": yuan(figures["floor"])}
    if outcome is PASSED:
        return Said(rule, _("%(cost)s yuan is above %(floor)s yuan.") % amounts)
    remedy = _("Costs of the same illness or event add up: apply when they pass the sum.")
    return Said(rule, _("%(cost)s yuan is not above %(floor)s yuan.") % amounts, remedy)


def _not_aided(figures: dict, outcome: Outcome) -> Said:
    rule = _("Nobody else has paid for the same")
    if outcome is UNKNOWN:
        return Said(rule, _("It isn't known yet."), _("Say when you apply whether others have paid for the same."))
    if outcome is PASSED:
        return Said(rule, _("Nobody has."))
    return Said(rule, _("Somebody has."), _("For another cost, apply again."))


EXPLAIN = {
    "window": _window,
    "membership": _membership,
    "labour_relation": _labour_relation,
    "resident": _resident,
    "not_retired": _not_retired,
    "on_file": _on_file,
    "not_on_file": _not_on_file,
    "category_in": _category_in,
    "income_at_most": _income_at_most,
    "single_parent": _single_parent,
    "child_under": _child_under,
    "age": _age,
    "cause_in": _cause_in,
    "group_in": _group_in,
    "school_stage": _school_stage,
    "school_type": _school_type,
    "event_in": _event_in,
    "event_within": _event_within,
    "cost_over": _cost_over,
    "not_aided": _not_aided,
}
