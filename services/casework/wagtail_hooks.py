"""Registration in Wagtail: cases, their papers, notices, and what casework writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.casework.desk import notice_routes, papers
from services.casework.desk.area import CaseworkDesk, style_sheet

hooks.register("register_admin_viewset", CaseworkDesk)
hooks.register("register_admin_urls", papers.admin_urls)
hooks.register("register_admin_urls", notice_routes.admin_urls)
hooks.register("register_admin_menu_item", notice_routes.menu)

hooks.register("insert_global_admin_css", style_sheet)


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("casework.draft_route", _("Draw up a review route"), _("Review route drawn up"))
    actions.register_action("casework.change_route", _("Change a draft route"), _("Draft route changed"))
    actions.register_action("casework.activate_route", _("Put a route in force"), _("Route put in force"))
    actions.register_action("casework.set_day", _("Set a working day"), _("Working day set"))
    actions.register_action("casework.clear_day", _("Clear a working day"), _("Exception to working days removed"))
    actions.register_action("casework.appoint_deputy", _("Name a deputy"), _("Deputy named"))
    actions.register_action("casework.end_deputy", _("End a deputy's time"), _("Deputy's time ended"))
    actions.register_action("casework.take_back", _("Take a paper back"), _("Paper taken back"))
    actions.register_action("casework.harmful_file", _("Delete a harmful file"), _("Harmful file deleted"))
    actions.register_action("casework.save_reason", _("Write words to choose from"), _("Words to choose from written"))
    actions.register_action("casework.answer_complaint", _("Answer a complaint"), _("Complaint answered"))
    actions.register_action("casework.freeze_recheck", _("Freeze a list for second looks"), _("List frozen"))
    actions.register_action("casework.draw_recheck", _("Draw a sample"), _("Sample drawn"))
    actions.register_action("casework.second_look", _("Record a second look"), _("Second look recorded"))
    actions.register_action("casework.keep_example", _("Keep an example of a paper"), _("Example of a paper kept"))
    actions.register_action("casework.drop_example", _("Drop an example"), _("Example of a paper dropped"))
    actions.register_action("casework.drop_reason", _("Take words off the list"), _("Words taken off the list"))
