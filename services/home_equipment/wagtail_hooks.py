"""Registers the desk of equipment with the Wagtail admin, in the submenu of the homes."""

from wagtail import hooks

from services.childrens_homes.desk.menu import HOOK
from services.home_equipment.desk import menu, routes

hooks.register("register_admin_urls", routes.admin_urls)
for item in menu.ITEMS:
    hooks.register(HOOK, item)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
