"""Registers the screening desk with the Wagtail admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from services.screening.desk import menu, routes
from services.screening.desk.cancelling import CancelBookings
from services.screening.desk.sites import ProviderViewSet, VenueViewSet

register_snippet(ProviderViewSet)
register_snippet(VenueViewSet)
hooks.register("register_bulk_action", CancelBookings)
hooks.register("register_admin_urls", routes.admin_urls)
hooks.register("register_admin_menu_item", menu.screening_menu)
hooks.register("register_log_actions", menu.log_actions)
hooks.register("insert_global_admin_css", menu.style_sheet)
