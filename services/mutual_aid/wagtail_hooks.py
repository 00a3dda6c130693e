"""Registers the desk of mutual aid with the Wagtail admin."""

from wagtail import hooks

from services.mutual_aid.desk.claims import menu as claims_menu
from services.mutual_aid.desk.claims import routes as claim_routes

hooks.register("register_admin_urls", claim_routes.admin_urls)
hooks.register("register_admin_menu_item", claims_menu.claims_menu)
hooks.register("register_log_actions", claims_menu.log_actions)
