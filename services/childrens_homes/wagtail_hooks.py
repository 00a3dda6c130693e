"""Registers the desk of homes with the Wagtail admin."""

from wagtail import hooks

from services.childrens_homes.desk import menu, routes

hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_admin_menu_item", menu.homes_menu)
for item in menu.ITEMS:
    hooks.register(menu.HOOK, item)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
