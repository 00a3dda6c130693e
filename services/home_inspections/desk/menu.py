"""The entries of the desk's menu, and the words for what the log records of inspections."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import styles
from services.foundation.area import ShownTo
from services.home_inspections import policies

LOG = {
    "rubric_draft": (_("Begin a rubric"), _("Draft begun")),
    "rubric_written": (_("Set weights and marks"), _("Weights and marks set")),
    "rubric_in_force": (_("Put a rubric in force"), _("Put in force")),
    "county_scored": (_("Score county facts"), _("County facts scored")),
    "county_settled": (_("Settle county facts"), _("County facts settled")),
    "county_reopened": (_("Open county facts again"), _("County facts opened again")),
    "schedule": (_("Plan an inspection"), _("Planned")),
    "begin": (_("Begin a visit"), _("Visit begun")),
    "call_off": (_("Call an inspection off"), pgettext_lazy("inspection", "Called off")),
    "score": (_("Finish a sheet"), _("Sheet finished and scored")),
    "sheet_in": (_("Hand in a sheet scored blind"), _("An inspector's own sheet handed in")),
    "differ": (_("Find that two sheets differ"), _("The sheets differ beyond the limit")),
    "name_third": (_("Name who settles differences"), _("Named who settles differences")),
    "settle": (_("Settle where two sheets differ"), _("Differences settled")),
    "reopen": (_("Open a sheet again"), _("Sheet opened again")),
    "sign": (_("Sign a sheet"), _("Signed by an inspector")),
    "sign_host": (_("Signature of the home's side"), _("Signed by the home's side")),
    "confirm": (_("Confirm a verdict"), _("Confirmed: passed")),
    "fail": (_("Confirm a failed inspection"), _("Confirmed: failed, to be put right")),
    "put_right": (_("Settle a failed inspection"), _("Passed on re-inspection")),
    "escalate": (_("Escalate a failed inspection"), _("Failed again: with the city")),
    "add_photo": (_("Add evidence"), _("Evidence added")),
    "remove_photo": (_("Take evidence back"), _("Evidence taken back")),
    "harmful_photo": (_("Refuse a harmful file"), _("A harmful file was deleted")),
    "hand_in": (_("Hand in evidence for a finding"), _("Evidence for a finding handed in")),
    "accept": (_("Close a finding"), _("Finding closed")),
    "give_back": (_("Return evidence"), _("Evidence returned")),
    "home_held": (_("Hold a home"), _("The home's next step is held up")),
    "conflict": (_("Declare a conflict of interest"), _("Conflict of interest declared")),
    "conflict_withdrawn": (_("Withdraw a conflict of interest"), _("Conflict of interest withdrawn")),
    "draw_frozen": (_("Freeze the list of a draw"), _("List frozen")),
    "draw_seeded": (_("Commit the seed of a draw"), _("Seed committed")),
    "draw_drawn": (_("Draw homes"), pgettext_lazy("draw of homes", "Drawn")),
    "draw_published": (_("Publish a draw"), pgettext_lazy("draw of homes", "Published")),
    "draw_not_visited": (_("Leave a drawn home out"), _("A drawn home isn't visited")),
    "draw_executed": (_("Close a draw"), pgettext_lazy("draw of homes", "Carried out")),
    "draw_voided": (_("Declare a draw of homes void"), pgettext_lazy("draw of homes", "Declared void")),
    "draw_broken": (_("Find a break in a draw's record"), _("Its record doesn't follow from its chain")),
    "evaluation_open": (_("Open a yearly evaluation"), _("Evaluation opened")),
    "evaluation_ask_homes": (_("Ask homes for their score"), _("Homes were asked for their own score")),
    "evaluation_ask_counties": (_("Ask counties to score"), _("Counties were asked to score")),
    "evaluation_sample": (_("Begin the city's sample"), _("The city looks at its sample")),
    "evaluation_grade": (_("Grade homes"), _("Homes were graded")),
    "evaluation_publicise": (_("Publicise grades"), _("Grades are on public notice")),
    "evaluation_close": (_("Close an evaluation"), _("Evaluation closed")),
    "evaluation_self": (_("Own score of a home"), _("The home scored itself")),
    "evaluation_county": (_("County's score of a home"), _("The county scored it")),
    "evaluation_city": (_("City's score of a home"), _("The city scored it")),
    "notice_propose": (_("Propose a notice about a home"), _("Notice proposed")),
    "notice_review": (_("Review a notice about a home"), _("Notice reviewed")),
    "notice_drop": (_("Drop a notice about a home"), _("Notice dropped")),
    "notice_publish": (_("Put a notice about a home on show"), _("Notice on public notice")),
    "notice_object": (_("Object to a notice about a home"), _("Objection raised")),
    "notice_issue": (_("Issue a notice about a home"), _("Notice issued")),
    "notice_uphold": (_("Uphold a notice about a home"), _("Upheld and issued")),
    "notice_give_way": (_("Give way to an objection"), _("Dropped after an objection")),
}


def _entry(label, name: str, icon: str, order: int, shown=policies.may_enter) -> ShownTo:
    url = reverse_lazy(f"home_inspections_desk:{name}")
    return ShownTo(label, url, icon_name=icon, order=order, shown=shown)


ITEMS = (
    lambda: _entry(_("Inspections of homes"), "list", "tick-inverse", 60),
    lambda: _entry(_("Inspection by the counties"), "progress", "list-ul", 61),
    lambda: _entry(_("Findings to be put right"), "findings", "warning", 62),
    lambda: _entry(_("Draws of homes"), "draws", "history", 63),
    lambda: _entry(_("Figures of inspections"), "figures", "table", 64),
    lambda: _entry(_("Yearly evaluation"), "evaluations", "tasks", 65),
    lambda: _entry(_("Rubric of inspections"), "rubrics", "clipboard-list", 66),
)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"home_inspections.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/inspections")
