"""Registers the desk of evaluations with the Wagtail admin."""

from wagtail import hooks

from services.indicators.desk import menu as monitoring_menu
from services.plan_reviews.desk import menu, routes

hooks.register("register_admin_urls", routes.admin_urls)
for item in menu.ITEMS:
    hooks.register(monitoring_menu.HOOK, item)
hooks.register("register_log_actions", menu.log_actions)
