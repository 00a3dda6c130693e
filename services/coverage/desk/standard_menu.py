"""Checklists and self-assessments in the desk's menu, and the words for what the log records of them."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from services.coverage import policies
from services.foundation.area import ShownTo

_LOGGED = {
    "coverage.checklist": (_("Write the checklist"), _("Checklist written")),
    "coverage.checklist_in_force": (_("Put the checklist in force"), _("Checklist put in force")),
    "coverage.assessment_open": (_("Begin the self-assessment"), _("Self-assessment begun")),
    "coverage.assessment_up": (_("Hand up the self-assessment"), _("Self-assessment handed up")),
    "coverage.assessment_back": (_("Return the self-assessment"), _("Self-assessment returned")),
    "coverage.assessment_review": (_("Review the self-assessment"), _("Self-assessment reviewed")),
}


def menu_items() -> list[ShownTo]:
    """For the submenu of women workers' organisations."""
    return [
        ShownTo(
            label,
            reverse_lazy(f"coverage_standard:{name}"),
            name=name,
            icon_name="tasks",
            order=order,
            shown=policies.may_read_records,
        )
        for label, name, order in (
            (_("Self-assessments"), "assessments", 60),
            (_("Standardisation checklists"), "checklists", 70),
        )
    ]


def log_actions(actions) -> None:
    for code, (label, message) in _LOGGED.items():
        actions.register_action(code, label, message)


def style_sheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk/standard.css"))
