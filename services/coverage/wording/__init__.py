"""Findings of a standing in the reader's language: the rule, the value it was judged by, what would change it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from services.coverage.enums import Form, Required, TermStanding, UnionPost
from services.foundation.said import Said, day, label
from services.foundation.verdict import Finding, Outcome


def explain(finding: Finding) -> Said:
    """A finding in words; what would change it only where something should."""
    said = _EXPLAIN[finding.code](finding.figures, finding.outcome)
    if finding.outcome in (Outcome.PASSED, Outcome.NOTE):
        return Said(said.rule, said.value)
    return said


def source(finding: Finding) -> str:
    """The document a rule comes from; the national regulation has a translation."""
    return _(finding.source) if finding.source else ""


def codes() -> frozenset[str]:
    """Every code that has words."""
    return frozenset(_EXPLAIN)


def _required(figures: dict, outcome: Outcome) -> Said:
    rule = _("What is required")
    women, bound = figures["women_members"], figures["committee_from"]
    if women is None:
        remedy = _("State it on the page of the organisation.")
        return Said(rule, _("The number of women members isn't stated."), remedy)
    words = ngettext("%(count)s woman member", "%(count)s women members", women) % {"count": women}
    asked = str(Required(figures["required"]).label)
    bounds = _("a committee from %(bound)s on") % {"bound": bound}
    return Said(rule, _("%(asked)s: %(women)s, %(bounds)s") % {"asked": asked, "women": words, "bounds": bounds})


def _built(figures: dict, outcome: Outcome) -> Said:
    rule, form = _("Set up"), figures["form"]
    value = label(form, Form) if form else _("Nothing is on record yet.")
    if form == Form.COMMISSIONER and figures["required"] == Required.COMMITTEE:
        return Said(rule, value, _("A committee is required: prepare one."))
    if form == Form.COMMISSIONER:
        return Said(rule, value, _("Whether she is enough depends on the number of women members: state it."))
    return Said(rule, value, _("Prepare it, or appoint a commissioner where women members are few."))


def _together(title):
    def explain_step(figures: dict, outcome: Outcome) -> Said:
        own, union = figures["own"], figures["union"]
        if not own or not union:
            missing = _("The organisation's own day isn't stated.") if not own else _("The union's day isn't stated.")
            return Said(title(), missing, _("State the missing day."))
        value = ngettext(
            "%(own)s, the union %(union)s: %(days)s day apart (up to %(within)s count as together)",
            "%(own)s, the union %(union)s: %(days)s days apart (up to %(within)s count as together)",
            figures["days"],
        )
        words = {"own": day(own), "union": day(union), "days": figures["days"], "within": figures["within"]}
        return Said(title(), value % words)

    return explain_step


def _term(figures: dict, outcome: Outcome) -> Said:
    rule, ends = pgettext("women workers' organisation", "Term of office"), figures["ends_on"]
    if not ends:
        value = _("In office; its end isn't stated.") if figures["in_office"] else _("No term is in office.")
        return Said(rule, value, _("State when it ends."))
    standing = str(TermStanding(figures["term"]).label)
    value = _("%(standing)s: ends on %(day)s") % {"standing": standing, "day": day(ends)}
    return Said(rule, value, _("Prepare the next term."))


def _in_step(figures: dict, outcome: Outcome) -> Said:
    rule, own, union = _("In step with the union's own term"), figures["own"], figures["union"]
    if not own or not union:
        missing = _("The end of this term isn't stated.") if not own else _("The end of the union's term isn't stated.")
        return Said(rule, missing, _("State the missing day."))
    value = _("ends on %(own)s, the union's on %(union)s") % {"own": day(own), "union": day(union)}
    return Said(rule, value, _("Re-elect both together next time."))


def _chair(figures: dict, outcome: Outcome) -> Said:
    rule, post = _("Head qualified"), figures["union_post"]
    if figures["vacant"]:
        return Said(rule, _("The head's seat is vacant."), _("Fill the seat."))
    if post is None:
        return Said(rule, _("No head is on record."), _("Asked of committees: name the head."))
    value = label(post, UnionPost) if post else _("Her post in the union isn't stated.")
    return Said(rule, value, _("The head is a chair or deputy chair of the union, or is treated as a deputy chair."))


_EXPLAIN = {
    "required": _required,
    "built": _built,
    "prepared_together": _together(lambda: _("Prepared together with the union")),
    "elected_together": _together(lambda: _("Elected together with the union")),
    "approved_together": _together(lambda: _("Approved together with the union")),
    "term": _term,
    "in_step": _in_step,
    "chair_qualified": _chair,
}
