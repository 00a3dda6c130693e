"""Template tags of the public pages."""

import re

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from cms_pages import freshness
from cms_pages.queries import details_of_site, section_addresses, title_and_address_above
from services.messaging.queries import unread_count

register = template.Library()

_TAGS = {"zh-hans": "zh-Hans"}


@register.simple_tag
def site_details() -> dict:
    """What the footer says about the federation, remembered until an editor changes it."""
    return freshness.remembered("details", details_of_site)


@register.simple_tag
def section_urls() -> dict[str, str]:
    """Addresses of the lists of services, campaigns and articles; a list that isn't live is left out."""
    return freshness.remembered("sections", section_addresses)


@register.simple_tag
def parent_of(page) -> dict[str, str]:
    """Title and address of the page above; empty below the home page, with which every trail begins anyway."""
    return freshness.remembered(("parent", page.path), lambda: title_and_address_above(page))


@register.simple_tag
def content_lang():
    """`` lang="…"`` for what editors wrote when the page around it is shown in another language, else nothing."""
    language = settings.WAGTAIL_CONTENT_LANGUAGES[0][0]
    return "" if language == get_language() else format_html(' lang="{}"', _TAGS.get(language, language))


@register.simple_tag(takes_context=True)
def unread_messages(context) -> int:
    """How many of her messages the signed-in woman hasn't opened."""
    return unread_count(context["user"])


@register.filter
def highlight(text: str, query: str) -> str:
    """The text with every word searched for in <mark>; text and words are escaped."""
    words = sorted({word for word in str(query).split() if word}, key=len, reverse=True)
    if not words:
        return escape(text)
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    parts, last = [], 0
    for found in pattern.finditer(str(text)):
        parts += [escape(str(text)[last : found.start()]), f"<mark>{escape(found[0])}</mark>"]
        last = found.end()
    parts.append(escape(str(text)[last:]))
    return mark_safe("".join(parts))
