"""Entries in the submenu of the plans' monitoring, and words for what the log records of evaluations."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation.area import ShownTo
from services.plan_reviews import policies
from services.plan_reviews.desk.pages import NAMESPACE

ENTRIES = (
    ("plans", _("Plans and evaluations"), "tasks", 10),
    ("issues", _("Problem ledger"), "warning", 20),
    ("trainings", _("Trainings in statistics"), "group", 70),
    ("publicity", _("Publicity"), "comment", 80),
    ("inclusions", _("The plans in the government's work"), "doc-full", 90),
    ("work", _("Publicity and training in numbers"), "view", 100),
)
LOG = {
    "make_plan": (_("Set up a plan"), _("Plan set up")),
    "add_goal": (_("Add a goal"), _("Goal added")),
    "set_target": (_("Set a target"), _("Target set")),
    "judge_goal": (_("Judge a goal"), _("Goal judged")),
    "open_issues": (_("Open problems"), _("Problems opened by the evaluation")),
    "assign": (_("Set a measure for a problem"), _("Measure set")),
    "hand_in": (_("Hand a problem in for review"), _("Handed in for review")),
    "close": (_("Close a problem"), pgettext_lazy("problem", "Closed")),
    "give_back": (_("Give a problem back"), pgettext_lazy("problem", "Given back")),
    "visit": (_("Record a supervision visit"), _("Supervision visit recorded")),
    "add_training": (_("Log a training"), _("Training logged")),
    "add_publicity": (_("Log publicity"), _("Publicity logged")),
    "add_policyinclusion": (_("Log an inclusion"), _("Inclusion logged")),
    "strike_training": (_("Strike a training from the log"), _("Training struck from the log")),
    "strike_publicity": (_("Strike publicity from the log"), _("Publicity struck from the log")),
    "strike_policyinclusion": (_("Strike an inclusion from the log"), _("Inclusion struck from the log")),
}


def _entry(name: str, label, icon: str, order: int):
    def item() -> ShownTo:
        return ShownTo(
            label,
            reverse_lazy(f"{NAMESPACE}:{name}"),
            name=f"plan-reviews-{name}",
            icon_name=icon,
            order=order,
            shown=policies.may_enter,
        )

    return item


ITEMS = tuple(_entry(*entry) for entry in ENTRIES)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"plan_reviews.{code}", label, message)
