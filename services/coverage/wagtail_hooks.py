"""Registers women workers' organisations with the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from services.coverage.desk import standard_menu, standard_routes


def coverage_menu() -> SubmenuMenuItem:
    return SubmenuMenuItem(
        _("Women workers' organisations"),
        Menu(items=standard_menu.menu_items()),
        name="coverage",
        icon_name="group",
        order=110,
    )


hooks.register("register_admin_urls", standard_routes.admin_urls)
hooks.register("register_admin_menu_item", coverage_menu)
hooks.register("register_log_actions", standard_menu.log_actions)
hooks.register("insert_global_admin_css", standard_menu.style_sheet)
