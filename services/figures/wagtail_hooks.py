"""Registration in Wagtail: the desk of figures, its look, and what it writes into the log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from services.figures.desk.viewset import FiguresDesk
from services.foundation import styles


@hooks.register("register_admin_viewset")
def desk():
    return FiguresDesk()


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("figures.set_target", _("Set a target"), _("Target set"))
    actions.register_action("figures.arrange", _("Draw a map"), _("Map drawn"))
    actions.register_action("figures.open_list", _("Open a protected list"), _("List behind a protected number opened"))


@hooks.register("insert_global_admin_css")
def look():
    return styles.style_sheet("desk/figures")
