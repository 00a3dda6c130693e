"""Registers the desk of children's files with the Wagtail admin."""

from wagtail import hooks

from services.child_files.desk import menu, routes
from services.childrens_homes.desk.menu import HOOK

hooks.register("register_admin_urls", routes.admin_urls)
for item in menu.ITEMS:
    hooks.register(HOOK, item)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
