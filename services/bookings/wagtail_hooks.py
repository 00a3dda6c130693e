"""Registration in Wagtail: what the bookings app writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("bookings.draw_announced", _("Announce a draw"), _("Draw announced"))
    actions.register_action("bookings.draw_voided", _("Void a draw"), _("Draw declared void"))
    actions.register_action("bookings.draw_frozen", _("Close the list of a draw"), _("List of the draw closed"))
    actions.register_action("bookings.draw_numbered", _("Enter the public number"), _("Public number entered"))
    actions.register_action("bookings.draw_started", _("Give the drawn places"), _("Giving of places begun"))
    actions.register_action("bookings.draw_done", _("Finish a draw"), _("Draw finished"))
