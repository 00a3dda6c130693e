"""Registers outreach with the Wagtail admin."""

from wagtail import hooks

from services.outreach.desk import routes

hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_page_header_buttons", routes.page_buttons)
hooks.register("register_log_actions", routes.log_actions)
