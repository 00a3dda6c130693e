"""Registers the desk of activities with the Wagtail admin."""

from wagtail import hooks

from services.signups.desk import menu, routes

hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_admin_menu_item", menu.signups_menu)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
