"""Registers the desk of women workers' organisations with the Wagtail admin."""

from wagtail import hooks

from services.coverage.desk import menu, routes, standard_menu, standard_routes, view_menu, view_routes
from services.coverage.desk.returns import menu as returns_menu
from services.coverage.desk.returns import routes as returns_routes

hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_admin_urls", view_routes.admin_urls)
hooks.register("register_admin_menu_item", menu.coverage_menu)
hooks.register(menu.HOOK, menu.records_item)
hooks.register(menu.HOOK, menu.requirements_item)
for item in view_menu.ITEMS:
    hooks.register(menu.HOOK, item)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)

hooks.register("register_admin_urls", standard_routes.admin_urls)
hooks.register(menu.HOOK, standard_menu.assessments_item)
hooks.register(menu.HOOK, standard_menu.checklists_item)
hooks.register("register_log_actions", standard_menu.log_actions)
hooks.register("insert_global_admin_css", standard_menu.style_sheet)
hooks.register("register_admin_urls", returns_routes.admin_urls)
hooks.register(menu.HOOK, returns_menu.returns_item)
hooks.register("register_log_actions", returns_menu.log_actions)
hooks.register("insert_global_admin_css", returns_menu.style_sheet)
hooks.register("register_log_actions", view_menu.log_actions)
hooks.register("insert_global_admin_css", view_menu.style_sheet)
