"""Findings about equipment in words, and the words of steps: one place for the desk, the report and the registry."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from services.foundation.verdict import Finding, Outcome

# What a button of a step says.
STEPS = {
    "ship": gettext_lazy("Note that it was sent"),
    "receive": gettext_lazy("Confirm what came"),
    "verify": gettext_lazy("Verify it and put it on the register"),
    "object": gettext_lazy("It isn't right"),
    "resolve": gettext_lazy("Put the discrepancy right"),
    "issue": pgettext_lazy("asset", "Issue it"),
    "confirm": gettext_lazy("It is here and in use"),
    "take_back": gettext_lazy("Take it back to the county's store"),
    "send_to_repair": gettext_lazy("Send it to repair"),
    "bring_back": gettext_lazy("It is back from repair"),
    "lose": gettext_lazy("Note that it is missing"),
    "find": gettext_lazy("It was found"),
    "ask_scrap": gettext_lazy("Ask that it be scrapped"),
    "dispose": gettext_lazy("Approve the scrapping"),
    "refuse_scrap": gettext_lazy("Refuse the scrapping"),
}

# What a line of an asset's history says.
PAST = {
    "register": gettext_lazy("Came on the county's register"),
    "issue": gettext_lazy("Issued"),
    "confirm": gettext_lazy("Receipt confirmed, in use"),
    "take_back": gettext_lazy("Taken back to the county's store"),
    "send_to_repair": gettext_lazy("Sent to repair"),
    "bring_back": gettext_lazy("Back from repair"),
    "lose": gettext_lazy("Found missing"),
    "find": gettext_lazy("Found again, in the county's store"),
    "ask_scrap": gettext_lazy("Scrapping asked for"),
    "dispose": gettext_lazy("Disposed of"),
    "refuse_scrap": gettext_lazy("Scrapping refused"),
    "state_condition": gettext_lazy("Condition noted"),
    "correct": gettext_lazy("Register corrected"),
    "transfer": gettext_lazy("Changed homes"),
    "counted": gettext_lazy("Seen when stock was taken"),
}


def explain(finding: Finding) -> str:
    """One sentence: what is there, what is asked, what is missing."""
    figures = finding.figures
    if finding.code == "equipment_complete":
        return _whole(finding)
    if figures.get("some") and figures.get("missing_kinds"):
        words = _("%(name)s: %(held)s there; no quantity is set, but of each kind some: missing are %(kinds)s")
        text = words % (figures | {"kinds": _(", ").join(figures["missing_kinds"])})
    elif figures.get("some"):
        text = _("%(name)s: %(held)s there, at least %(least)s asked for (no quantity is set)") % figures
    else:
        text = _("%(name)s: %(held)s of %(required)s there") % figures
    if figures["gap"]:
        text += _("; %(gap)s missing") % figures
    if figures["in_repair"]:
        text += _("; %(in_repair)s in repair") % figures
    return text


def _whole(finding: Finding) -> str:
    figures = finding.figures
    if finding.outcome is Outcome.UNKNOWN:
        return _("No standard list is in force for this home.")
    if not figures["open"]:
        return _("Everything that the standard asks for is there.")
    words = ngettext(
        "%(open)s of %(lines)s lines of the standard is open: %(names)s",
        "%(open)s of %(lines)s lines of the standard are open: %(names)s",
        figures["open"],
    )
    return words % (figures | {"names": _(", ").join(figures["names"])})


def past(verb: str) -> str:
    return str(PAST.get(verb, verb))
