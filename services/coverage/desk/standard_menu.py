"""Checklists and self-assessments in the desk's menu, and the words for what the log records of them."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from services.coverage import policies
from services.foundation import styles
from services.foundation.area import ShownTo

_LOGGED = {
    "coverage.checklist": (_("Write the checklist"), _("Checklist written")),
    "coverage.checklist_in_force": (_("Put the checklist in force"), _("Checklist put in force")),
    "coverage.assessment_open": (_("Begin the self-assessment"), _("Self-assessment begun")),
    "coverage.assessment_up": (_("Hand up the self-assessment"), _("Self-assessment handed up")),
    "coverage.assessment_back": (_("Return the self-assessment"), _("Self-assessment returned")),
    "coverage.assessment_review": (_("Review the self-assessment"), _("Self-assessment reviewed")),
}


def assessments_item() -> ShownTo:
    url = reverse_lazy("coverage_standard:assessments")
    return ShownTo(_("Self-assessments"), url, icon_name="tasks", order=60, shown=policies.may_read_records)


def checklists_item() -> ShownTo:
    url = reverse_lazy("coverage_standard:checklists")
    label = _("Standardisation checklists")
    return ShownTo(label, url, icon_name="tasks", order=70, shown=policies.may_read_records)


def log_actions(actions) -> None:
    for code, (label, message) in _LOGGED.items():
        actions.register_action(code, label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/standard")
