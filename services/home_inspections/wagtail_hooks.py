"""Registers the desk of inspections with the Wagtail admin."""

from wagtail import hooks

from services.childrens_homes.desk import menu as homes_menu
from services.home_inspections.desk import menu, routes

hooks.register("register_admin_urls", routes.admin_urls)
for item in menu.ITEMS:
    hooks.register(homes_menu.HOOK, item)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
