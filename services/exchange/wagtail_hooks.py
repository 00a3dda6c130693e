"""Registration in Wagtail: the desk of imports, and what it writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.exchange.desk.viewset import ExportsDesk, ImportsDesk


@hooks.register("register_admin_viewset")
def desk():
    return [ImportsDesk(), ExportsDesk()]


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("exchange.apply", _("Write import"), _("Import written"))
    actions.register_action("exchange.export", _("Export list"), _("List exported"))
    actions.register_action("exchange.correction", _("Fetch for correction"), _("Fetched for correction"))
    actions.register_action("exchange.retry", _("Start again"), _("Started again"))
    actions.register_action("exchange.discard", _("Discard import"), _("Import discarded"))
