"""Rich text as plain words."""

from django.core.exceptions import SuspiciousOperation
from django.utils.html import strip_tags


def plain(text) -> str:
    """Without tags, blanks run together; nothing where Django refuses to take the tags out (thousands left open)."""
    try:
        return " ".join(strip_tags(str(text or "")).split())
    except SuspiciousOperation:
        return ""
