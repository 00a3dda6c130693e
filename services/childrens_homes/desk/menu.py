"""The submenu of the homes; the apps that grow from them hang their entries here, as Wagtail's own menus let them."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.childrens_homes import policies
from services.childrens_homes.desk.pages import NAMESPACE
from services.foundation import styles
from services.foundation.area import ShownTo

HOOK = "register_childrens_homes_menu_item"
# Name of the address, label, icon, place in the menu.
ENTRIES = (
    ("overview", _("The programme at a glance"), "home", 10),
    ("applications", _("Site applications"), "doc-full", 20),
    ("plans", _("Construction plan"), "clipboard-list", 30),
    ("timeline", _("Milestones"), "calendar-alt", 40),
    ("letters", _("Letters of responsibility"), "draft", 50),
    ("censuses", _("Censuses of left-behind children"), "group", 60),
    ("homes", _("Homes"), "list-ul", 70),
    ("matrix", _("Homes against the standard"), "tasks", 80),
    ("volunteers", _("Volunteers of the homes"), "user", 90),
    ("activities", _("Care activities"), "date", 100),
    ("reports", pgettext_lazy("homes", "Reports"), "view", 200),
    ("summaries", _("Summary reports of the counties"), "doc-full-inverse", 210),
)
LOG = {
    "add": (_("Open a home"), _("Home added by the plan")),
    "start_building": (_("Start building a home"), _("Building has begun")),
    "declare_equipped": (_("Declare a home equipped"), _("Equipped")),
    "record_county_inspection": (_("Record the county's inspection"), _("Inspected by the county")),
    "accept": (_("Accept a home"), _("Accepted")),
    "open": (_("Open the doors of a home"), _("In operation")),
    "suspend": (_("Suspend a home"), _("Suspended")),
    "resume": (_("Resume a home"), _("In operation again")),
    "reassign": (_("Reassign a home"), _("Reassigned")),
    "close": (_("Close a home"), pgettext_lazy("home", "Closed")),
    "set_up": (_("Set up a programme"), _("Set up")),
    "change_programme": (_("Change a programme"), _("Numbers changed")),
    "activate": (_("Start a programme"), _("Started")),
    "close_programme": (_("Close a programme"), pgettext_lazy("programme of homes", "Closed")),
    "set_requirement": (_("Read the plan's words anew"), _("Words of the plan read anew")),
    "set_milestone": (_("Move a milestone"), _("Milestone moved")),
    "milestone_done": (_("Record a milestone as done"), _("Milestone recorded as done")),
    "draft_application": (_("Draft a site application"), _("Drafted")),
    "edit_application": (_("Correct a site application"), _("Corrected")),
    "application_submit": (_("Hand in a site application"), _("Handed in")),
    "application_check": (_("Check a site application"), _("Checked by the county")),
    "application_return": (_("Return a site application"), pgettext_lazy("site application", "Returned")),
    "application_take_up": (_("Take a site application under review"), _("Under review by the city")),
    "application_reject": (_("Reject a site application"), pgettext_lazy("site application", "Rejected")),
    "application_include": (_("Include a site in the plan"), _("Included by the approval of the plan")),
    "draft_plan": (_("Make a version of the plan"), _("Version begun")),
    "add_lines": (_("Put sites into the plan"), _("Sites put in")),
    "drop_line": (_("Take a site out of the plan"), _("Site taken out")),
    "record_opinion": (_("Record an opinion"), _("Opinion recorded")),
    "plan_consult": (_("Ask for opinions"), _("Opinions asked for")),
    "plan_take_back": (_("Take a plan back"), _("Taken back into draft")),
    "plan_approve": (_("Approve a plan"), _("Approved: every line has its home")),
    "plan_publish": (_("Publish a plan"), pgettext_lazy("construction plan", "Published")),
    "plan_replace": (_("Replace a plan"), _("Replaced by a later version")),
    "draft_letter": (_("Write a letter of responsibility"), _("Letter written")),
    "letter_sign_a": (_("Sign a letter for the upper side"), _("Signed by the upper side")),
    "letter_sign_b": (_("Sign a letter for the lower side"), _("Signed by the lower side")),
    "letter_fulfil": (_("Note a letter as kept"), _("Noted as fulfilled")),
    "letter_breach": (_("Note a letter as not kept"), _("Noted as not kept")),
    "record_census": (_("Record a census"), _("Census recorded")),
    "state_rooms": (_("State rooms and connection"), _("Rooms and connection stated")),
    "form_committee": (_("Form a committee"), _("Committee formed")),
    "add_staff": (_("Add a teacher or manager"), _("Teacher or manager added")),
    "end_staff": (_("Note that somebody left a home"), _("Teacher or manager left")),
    "add_volunteer": (_("Add a volunteer"), _("Volunteer added")),
    "volunteer_leaves": (_("Note that a volunteer left"), pgettext_lazy("volunteer", "Left")),
    "record_vetting": (_("Record a check of a volunteer"), _("Check recorded")),
    "log_service": (_("Put a volunteer on the roster"), _("Volunteer put on the roster")),
    "add_regulation": (_("Add a rule or plan"), _("Rule or plan added")),
    "hang_up": (_("Note what hangs on the wall"), _("What hangs on the wall noted")),
    "record_activity": (_("Record an activity"), _("Activity recorded")),
    "correct_activity": (_("Correct an activity"), _("Activity corrected")),
    "add_paper": (_("Add a paper"), _("Paper added")),
    "agree_again": (_("Show a photo again"), _("Photo checked again and shown")),
    "remove_paper": (_("Take a paper back"), _("Paper taken back")),
    "harmful_paper": (_("Refuse a harmful paper"), _("A harmful file was deleted")),
    "begin_summary": (_("Begin a summary report"), _("Drafted from the figures")),
    "write_summary": (_("Edit a summary report"), pgettext_lazy("summary report", "Edited")),
    "send_summary": (_("Send a summary report"), _("Sent to the city")),
    "answer_summary": (_("Answer a summary report"), _("Answered by the city")),
}


def homes_menu() -> SubmenuMenuItem:
    menu = Menu(register_hook_name=HOOK)
    return SubmenuMenuItem(
        pgettext_lazy("menu", "Children's homes"), menu, name="childrens-homes", icon_name="home", order=130
    )


def _entry(name: str, label, icon: str, order: int):
    def item() -> ShownTo:
        return ShownTo(
            label,
            reverse_lazy(f"{NAMESPACE}:{name}"),
            name=f"childrens-homes-{name}",
            icon_name=icon,
            order=order,
            shown=policies.may_enter,
        )

    return item


ITEMS = tuple(_entry(*entry) for entry in ENTRIES)


def log_actions(actions) -> None:
    for code, (label, message) in LOG.items():
        actions.register_action(f"childrens_homes.{code}", label, message)


def style_sheet() -> str:
    return styles.style_sheet("desk/childrens_homes")
