"""Findings on one woman's joining in words (§1.4). What tells of an illness is worded for whoever may read it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.said import Said, day, label
from services.foundation.verdict import Outcome
from services.mutual_aid.enums import MidTerm
from services.workers.enums import EmploymentType


def _youngest(figures: dict, outcome: Outcome) -> Said:
    rule = _("At least %(least)s years old") % {"least": figures["least"]}
    if figures["least"] is None:
        rule = _("Youngest age")
    return Said(rule, _age(figures))


def _oldest(figures: dict, outcome: Outcome) -> Said:
    rule = _("At most %(most)s years old") % {"most": figures["most"]}
    if figures["most"] is None:
        rule = _("Oldest age")
    return Said(rule, _age(figures))


def _age(figures: dict) -> str:
    text = ngettext(
        "%(age)s year on the first day of the cover", "%(age)s years on the first day of the cover", figures["age"]
    )
    return text % {"age": figures["age"]}


def _retirement(figures: dict, outcome: Outcome) -> Said:
    rule = _("Below the legal retirement age")
    if outcome is Outcome.UNKNOWN:
        remedy = _("Say whether her post retired at 50 or at 55 before 2025.")
        return Said(rule, _("It depends on the kind of her post."), remedy)
    value = _("Yes, on the first day of the cover.") if outcome is Outcome.PASSED else _("She has reached it by then.")
    return Said(rule, value)


def _employed(figures: dict, outcome: Outcome) -> Said:
    rule = _("On the staff of this unit")
    values = {Outcome.PASSED: _("On the roster."), Outcome.UNKNOWN: _("She isn't on the roster.")}
    return Said(rule, values.get(outcome, _("She has left, or is retired.")), _("Bring the roster up to date first."))


def _employment(figures: dict, outcome: Outcome) -> Said:
    admitted = [label(code, EmploymentType) for code in figures["admitted"]]
    rule = _("Form of employment: %(admitted)s") % {"admitted": _(", ").join(admitted)}
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("It isn't on the roster."), _("Enter her form of employment on the roster."))
    return Said(rule, label(figures["type"], EmploymentType))


def _temporary(figures: dict, outcome: Outcome) -> Said:
    rule = ngettext(
        "Temporary staff: employed for more than %(months)s month",
        "Temporary staff: employed for more than %(months)s months",
        figures["months"],
    ) % {"months": figures["months"]}
    if not figures["since"]:
        return Said(rule, _("Since when isn't on the roster."), _("Enter the day on which she was hired."))
    return Said(rule, _("Since %(day)s") % {"day": day(figures["since"])})


def _earlier_disease(figures: dict, outcome: Outcome) -> Said:
    rule = _("No listed disease from before joining")
    values = {
        Outcome.FAILED: _("On record: by this scheme she can't join."),
        Outcome.NOTE: _("On record: she can join, and that disease isn't covered."),
    }
    return Said(rule, values.get(outcome, _("On record; the terms don't say what follows from it.")))


def _earlier_diagnosis(figures: dict, outcome: Outcome) -> Said:
    rule = _("No listed disease from before joining")
    if outcome is Outcome.NOTE:
        return Said(rule, _("A refused claim of hers names one: she can join, and that disease isn't covered."))
    return Said(rule, _("A refused claim of hers names one."), _("Look at that claim, then say whether she may join."))


def _earlier_claim(figures: dict, outcome: Outcome) -> Said:
    rule = _("Joining again after a claim")
    values = {
        Outcome.FAILED: _("By this scheme she can't join again."),
        Outcome.NOTE: _("She can join again; the earlier disease isn't covered any more."),
    }
    return Said(rule, values.get(outcome, _("The terms don't say what follows from it.")))


def _already(figures: dict, outcome: Outcome) -> Said:
    rule = _("Not covered already in this period")
    if figures["in_this_batch"]:
        return Said(rule, _("She stands further up in the same list."), _("Take one of the two lines out."))
    words = {"shares": figures["shares"], "last": day(figures["last"]) if figures["last"] else ""}
    if outcome is Outcome.NOTE:
        return Said(rule, _("%(shares)s shares until %(last)s; new ones add to them.") % words)
    value = _("She is covered until %(last)s; what is taken out first counts.") % words
    return Said(rule, value, _("Leave her out, and renew when that cover ends."))


def _shares(figures: dict, outcome: Outcome) -> Said:
    words = {"shares": figures["shares"], "held": figures["held"], "most": figures["most"]}
    if figures["most"] is None:
        return Said(_("Shares"), _("The terms don't say how many a person may have."))
    rule = _("From 1 to %(most)s shares a person") % words
    if figures["held"]:
        return Said(rule, _("%(shares)s, besides %(held)s that she holds") % words, _("Ask for fewer."))
    return Said(rule, str(figures["shares"]), _("Correct the number of shares."))


def _addition(figures: dict, outcome: Outcome) -> Said:
    rule = _("Added in mid-term: %(who)s") % {"who": label(figures["rule"], MidTerm)}
    words = {"began": day(figures["began"])}
    if not figures["rule"]:
        return Said(_("Added in mid-term"), _("The terms don't say who may be added."))
    if figures["rule"] != MidTerm.NEW_HIRES:
        return Said(rule, _("The unit's period began on %(began)s.") % words, _("She can join at the renewal."))
    if not figures["hired"]:
        return Said(rule, _("Since when isn't on the roster."), _("Enter the day on which she was hired."))
    words["hired"] = day(figures["hired"])
    value = _("Hired on %(hired)s; the unit's period began on %(began)s.") % words
    return Said(rule, value, _("She can join at the renewal."))


EXPLAIN = {
    "youngest_age": _youngest,
    "oldest_age": _oldest,
    "retirement_age": _retirement,
    "employed": _employed,
    "employment": _employment,
    "temporary_staff": _temporary,
    "earlier_disease": _earlier_disease,
    "earlier_diagnosis": _earlier_diagnosis,
    "earlier_claim": _earlier_claim,
    "already_covered": _already,
    "shares": _shares,
    "addition": _addition,
}
