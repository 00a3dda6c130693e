"""The desk's style sheets, one a room, of which every desk page loads all."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html


@cache
def style_sheet(path: str) -> str:
    """The element that loads a sheet below ``static/css/``. Its address stands for as long as the process runs."""
    return format_html('<link rel="stylesheet" href="{}">', static(f"css/{path}.css"))
