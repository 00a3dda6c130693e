"""Registers the federation's view of women workers' organisations with the Wagtail admin."""

from wagtail import hooks

from services.coverage.desk import view_menu, view_routes

hooks.register("register_admin_urls", view_routes.admin_urls)
hooks.register("register_admin_menu_item", view_menu.entry)
hooks.register("register_log_actions", view_menu.log_actions)
hooks.register("insert_global_admin_css", view_menu.style_sheet)
