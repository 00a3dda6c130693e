"""How a figure about children is written: hidden is a word, never an empty cell or a nought."""

from django import template
from django.utils.translation import pgettext

from services.child_files.rules.small import Share

register = template.Library()


@register.filter
def shown(value: int | None) -> str:
    return pgettext("figure", "hidden") if value is None else str(value)


@register.filter
def percent(share: Share | None) -> str:
    """Rounded down, so that only a whole is told as one."""
    return pgettext("figure", "hidden") if share is None else f"{share.part * 100 // share.whole} %"


@register.filter
def of(found: dict, key: str):
    return found.get(key)
