"""Registers the screening desk with the Wagtail admin."""

from wagtail import hooks

from services.screening.desk import menu, routes, sites

hooks.register("register_admin_viewset", sites.viewsets)
hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_admin_menu_item", menu.screening_menu)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
