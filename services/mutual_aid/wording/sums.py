"""The parts of a sum in words (§1.2, §1.5)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.said import Said, day, label, yuan
from services.foundation.verdict import Outcome
from services.mutual_aid.enums import Grade


def _part(rule: str, figures: dict) -> Said:
    words = {"each": yuan(figures["each"]), "shares": figures["shares"], "sum": yuan(figures["sum"])}
    text = ngettext(
        "%(each)s yuan × %(shares)s share = %(sum)s yuan",
        "%(each)s yuan × %(shares)s shares = %(sum)s yuan",
        figures["shares"],
    )
    return Said(rule, text % words)


def _condolence(figures: dict, outcome: Outcome) -> Said:
    return _part(_("Condolence sum: %(grade)s") % {"grade": label(figures["grade"], Grade)}, figures)


def _reduced(figures: dict, outcome: Outcome) -> Said:
    return _part(_("Reduced sum: %(grade)s") % {"grade": label(figures["grade"], Grade)}, figures)


def _full(figures: dict, outcome: Outcome) -> Said:
    return _part(_("Full sum: %(grade)s") % {"grade": label(figures["grade"], Grade)}, figures)


def _unknown(figures: dict, outcome: Outcome) -> Said:
    rule = _("Sum for a share: %(grade)s") % {"grade": label(figures["grade"], Grade)}
    return Said(rule, _("The sum isn't known for this scheme."), _("Ask the officer of your union."))


def _elsewhere(figures: dict, outcome: Outcome) -> Said:
    words = {"each": yuan(figures["each"]), "before": yuan(figures["before"])}
    rule = _("A sister plan pays for the same illness")
    return Said(rule, _("%(each)s yuan a share counts instead of %(before)s yuan.") % words)


def _no_stay(figures: dict, outcome: Outcome) -> Said:
    rule = _("Sums for a stay in hospital")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("Nobody has said yet whether there was a stay."), _("Say from when to when it was."))
    return Said(rule, _("There was no stay in hospital."))


def _once(figures: dict, outcome: Outcome) -> Said:
    return _part(_("Once, after a stay in hospital"), figures)


def _daily(figures: dict, outcome: Outcome) -> Said:
    rule = _("For each day in hospital")
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("The number of days isn't known yet."), _("Say from when to when it was."))
    words = {name: figures[name] for name in ("days", "stayed", "most", "shares")}
    words |= {"each": yuan(figures["each"]), "sum": yuan(figures["sum"])}
    text = _(
        "%(each)s yuan × %(days)s days × %(shares)s shares = %(sum)s yuan (%(stayed)s days, at most %(most)s count)"
    )
    return Said(rule, text % words)


def _over_limit(figures: dict, outcome: Outcome) -> Said:
    words = {"shares": figures["shares"], "most": figures["most"]}
    return Said(_("At most %(most)s shares a person") % words, _("Of %(shares)s shares %(most)s count.") % words)


def _added(figures: dict, outcome: Outcome) -> Said:
    rule = _("Shares of another roster of the period")
    words = {"shares": figures["shares"], "first": day(figures["from"]), "day": figures["day"]}
    return Said(rule, _("%(shares)s shares since %(first)s: day %(day)s of theirs.") % words)


def _added_wait(figures: dict, outcome: Outcome) -> Said:
    rule = _("Shares of another roster of the period")
    words = {"shares": figures["shares"], "first": day(figures["from"]), "day": figures["day"]}
    text = _("%(shares)s shares since %(first)s: day %(day)s of theirs, for which nothing is given yet.")
    return Said(rule, text % words)


def _total(figures: dict, outcome: Outcome) -> Said:
    return Said(_("Sum by the rules"), _("%(sum)s yuan") % {"sum": yuan(figures["sum"])})


def _ends(figures: dict, outcome: Outcome) -> Said:
    rule = _("Afterwards")
    if figures["ends"] is None:
        return Said(rule, _("The terms don't say whether the cover ends."), _("Ask the officer of your union."))
    return Said(rule, _("The cover ends with this claim.") if figures["ends"] else _("The cover goes on."))


EXPLAIN = {
    "sum_condolence": _condolence,
    "sum_reduced": _reduced,
    "sum_full": _full,
    "sum_unknown": _unknown,
    "paid_elsewhere": _elsewhere,
    "no_stay_in_hospital": _no_stay,
    "sum_once": _once,
    "sum_daily": _daily,
    "shares_over_limit": _over_limit,
    "added_shares": _added,
    "added_shares_wait": _added_wait,
    "sum_total": _total,
    "ends_cover": _ends,
}
