"""Registers the desk of mutual aid with the Wagtail admin."""

from wagtail import hooks

from services.mutual_aid.desk import joining_menu, joining_routes, menu

hooks.register("register_admin_urls", joining_routes.admin_urls)
hooks.register("register_admin_menu_item", menu.mutual_aid_menu)
hooks.register("register_log_actions", joining_menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
