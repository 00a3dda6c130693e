"""When a cover runs, and whether it goes on unbroken, in words (§1.5)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.foundation.said import Said, day, label
from services.foundation.verdict import Outcome
from services.mutual_aid.enums import EffectiveRule


def _runs(figures: dict, outcome: Outcome) -> Said:
    rule = _("The cover runs")
    if outcome is Outcome.UNKNOWN:
        by = label(figures["rule"], EffectiveRule) if figures["rule"] else _("the terms don't say from when")
        return Said(rule, _("Not known yet: %(rule)s.") % {"rule": by}, _("Enter the days of fee and papers."))
    words = {"effective": day(figures["effective"]), "last": day(figures["last"])}
    return Said(rule, _("From 0:00 on %(effective)s to 24:00 on %(last)s.") % words)


def _unbroken(figures: dict, outcome: Outcome) -> Said:
    rule = _("Renewed without a break")
    words = {"last": day(figures["previous_last"])}
    if figures["grace"] is None:
        return Said(rule, _("The terms don't say how long after %(last)s that is possible.") % words)
    rule = ngettext(
        "Renewed within %(grace)s day of the end", "Renewed within %(grace)s days of the end", figures["grace"]
    ) % {"grace": figures["grace"]}
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("The earlier cover ended on %(last)s; the fee isn't paid yet.") % words)
    words["gap"] = figures["gap"]
    text = ngettext("Paid %(gap)s day after %(last)s.", "Paid %(gap)s days after %(last)s.", figures["gap"])
    return Said(rule, text % words, _("She joins anew; the waiting period counts again."))


EXPLAIN = {"cover_runs": _runs, "unbroken_renewal": _unbroken}
