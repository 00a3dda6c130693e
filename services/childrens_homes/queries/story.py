"""What was recorded of a thing, newest first."""

from wagtail.log_actions import registry

_LATEST = 60


def story_of(instance, limit: int = _LATEST) -> list:
    rows = registry.get_logs_for_instance(instance).select_related("user")
    return list(rows.order_by("-timestamp", "-pk")[:limit])
