"""Findings of a home in the reader's language: the rule, the value it was judged by, what would change it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from services.childrens_homes.enums import Education, Post, RegulationKind
from services.foundation.said import Said, label
from services.foundation.verdict import Finding, Outcome

# Headings of the matrix, in the order of the rules.
TITLES = {
    "room": gettext_lazy("Classroom"),
    "outdoor": gettext_lazy("Outdoor ground"),
    "internet": gettext_lazy("Online"),
    "safety": gettext_lazy("Safety"),
    "committee": pgettext_lazy("children's homes", "Committee"),
    "wall_rules": gettext_lazy("Rules on the wall"),
    "plans": gettext_lazy("Plans"),
    "teachers": gettext_lazy("Teachers"),
    "education": gettext_lazy("Education of managers"),
    "equipment": gettext_lazy("Equipment"),
}
MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "✗", Outcome.UNKNOWN: "?", Outcome.NOTE: "!"}
OUTCOMES = {
    Outcome.PASSED: pgettext_lazy("readiness", "as asked"),
    Outcome.FAILED: pgettext_lazy("readiness", "not as asked"),
    Outcome.UNKNOWN: pgettext_lazy("readiness", "not stated"),
    Outcome.NOTE: pgettext_lazy("readiness", "look at it"),
}
NOT_ASKED = pgettext_lazy("readiness", "not asked of it")


def explain(finding: Finding) -> Said:
    """A finding in words; what would change it only where something should."""
    said = _EXPLAIN[finding.code](finding.figures, finding.outcome)
    if finding.outcome is Outcome.PASSED:
        return Said(said.rule, said.value)
    return said


def codes() -> frozenset[str]:
    return frozenset(_EXPLAIN)


def joined(choices, found: list[str], last: str = "") -> str:
    return (last or _(", ")).join(label(one, choices) for one in found)


def _area(title):
    def said(figures: dict, outcome: Outcome) -> Said:
        if figures["area"] is None:
            return Said(str(title), pgettext("fact", "not stated"), _("Measure and state it."))
        words = _("%(area)s m², asked for: %(least)s m² or more") % figures
        return Said(str(title), words, _("Find a larger one, or let the city move the home."))

    return said


def _yes_no(title, yes, no, remedy):
    def said(figures: dict, outcome: Outcome) -> Said:
        words = {Outcome.PASSED: yes, Outcome.FAILED: no}.get(outcome, pgettext_lazy("fact", "not stated"))
        return Said(str(title), str(words), str(remedy))

    return said


def _committee(figures: dict, outcome: Outcome) -> Said:
    rule = str(TITLES["committee"])
    if not figures["there"]:
        return Said(rule, _("There is none."), _("Form the committee."))
    if outcome is Outcome.PASSED:
        return Said(rule, _("Complete, by the posts that the plan names."))
    missing = []
    if figures["heads"]:
        missing.append(_("as head: %(posts)s") % {"posts": joined(Post, figures["heads"], _(" or "))})
    if figures["deputies"]:
        missing.append(_("as deputy head: %(posts)s") % {"posts": joined(Post, figures["deputies"])})
    return Said(rule, _("Missing: %(posts)s.") % {"posts": _("; ").join(missing)}, _("Form it anew with these posts."))


def _documents(title, there, remedy):
    def said(figures: dict, outcome: Outcome) -> Said:
        if not figures["missing"]:
            return Said(str(title), str(there))
        words = _("Missing: %(what)s.") % {"what": joined(RegulationKind, figures["missing"])}
        return Said(str(title), words, str(remedy))

    return said


def _teachers(figures: dict, outcome: Outcome) -> Said:
    words = ngettext("%(teachers)s teacher", "%(teachers)s teachers", figures["teachers"]) % figures
    asked = _("asked for: %(least)s to %(most)s") % figures
    if outcome is Outcome.NOTE:
        return Said(
            str(TITLES["teachers"]), _("; ").join([words, asked]), _("More than asked for: that is a notice only.")
        )
    return Said(str(TITLES["teachers"]), _("; ").join([words, asked]), _("Name a teacher of the school."))


def _education(figures: dict, outcome: Outcome) -> Said:
    rule, least = str(TITLES["education"]), label(figures["least"], Education)
    if outcome is Outcome.UNKNOWN:
        return Said(rule, _("Nobody manages it yet; asked for: %(least)s") % {"least": least}, _("Name a manager."))
    if outcome is Outcome.PASSED:
        return Said(rule, _("%(least)s or above") % {"least": least})
    below = ngettext("%(n)s is below %(least)s", "%(n)s are below %(least)s", figures["below"])
    return Said(rule, below % {"n": figures["below"], "least": least}, _("Name somebody with this education."))


def _equipment(figures: dict, outcome: Outcome) -> Said:
    words = {Outcome.PASSED: _("Everything listed is there."), Outcome.FAILED: _("Something listed is missing.")}
    return Said(
        str(TITLES["equipment"]),
        words.get(outcome, _("The equipment register doesn't say.")),
        _("See the equipment of the home."),
    )


_EXPLAIN = {
    "room": _area(TITLES["room"]),
    "outdoor": _area(TITLES["outdoor"]),
    "internet": _yes_no(
        TITLES["internet"], gettext_lazy("online"), gettext_lazy("not online"), gettext_lazy("Get it connected.")
    ),
    "safety": _yes_no(
        TITLES["safety"],
        gettext_lazy("meets the safety requirements"),
        gettext_lazy("doesn't meet the safety requirements"),
        gettext_lazy("Have the premises checked and state the result."),
    ),
    "committee": _committee,
    "wall_rules": _documents(
        TITLES["wall_rules"],
        gettext_lazy("Study, activities and management hang on the wall."),
        gettext_lazy("Write them and hang them up."),
    ),
    "plans": _documents(
        TITLES["plans"],
        gettext_lazy("Long-term plan and this year's plan are there."),
        gettext_lazy("Write the missing plan."),
    ),
    "teachers": _teachers,
    "education": _education,
    "equipment": _equipment,
}


def shown(finding: Finding) -> dict:
    """As the pages draw it: a mark, what it says of itself, its words and where they come from."""
    return {
        "code": finding.code,
        "mark": MARKS[finding.outcome],
        "outcome": str(OUTCOMES[finding.outcome]),
        "words": explain(finding),
        "source": finding.source or finding.origin,
        "passed": finding.outcome is Outcome.PASSED,
        "failed": finding.outcome is Outcome.FAILED,
    }
