"""Registers the mutual-aid desk with the Wagtail admin."""

from wagtail import hooks

from services.mutual_aid.desk import joining_routes, menu, routes
from services.mutual_aid.desk.claims import menu as claims_menu
from services.mutual_aid.desk.claims import routes as claim_routes

hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_admin_urls", joining_routes.admin_urls)
hooks.register("register_admin_urls", claim_routes.admin_urls)
hooks.register("register_admin_menu_item", menu.mutual_aid_menu)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("register_log_actions", claims_menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
