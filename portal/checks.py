"""Checks that stop a start: what a stranger must never be able to do."""

from django.contrib.auth import get_backends
from django.contrib.auth.models import AnonymousUser
from django.core.checks import Error, Tags, register


@register(Tags.security)
def strangers_hold_no_permission(app_configs, **kwargs) -> list[Error]:
    """A person who isn't signed in holds no permission, whichever backend is asked."""
    held = set()
    for backend in get_backends():
        if hasattr(backend, "get_all_permissions"):
            held |= set(backend.get_all_permissions(AnonymousUser()))
    if not held:
        return []
    return [Error(f"People who aren't signed in hold permissions: {', '.join(sorted(held))}.", id="portal.E001")]
