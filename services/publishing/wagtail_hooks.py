"""Registers the guard and its desk with the Wagtail admin."""

from wagtail import hooks

from services.publishing.desk import choosing, gate, menu

hooks.register("before_publish_page", gate.before_publishing)
hooks.register("before_bulk_action", gate.before_bulk_action)
hooks.register("before_move_page", gate.before_moving)
hooks.register("before_serve_document", gate.before_serving)
hooks.register("construct_page_chooser_queryset", choosing.construct_page_chooser_queryset)
hooks.register("construct_wagtail_userbar", gate.check_accessibility)
hooks.register("register_admin_viewset", menu.desk)
hooks.register("register_log_actions", menu.log_actions)
