"""Template tags of the public pages."""

from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms_pages import freshness, markup, short
from cms_pages.finding.excerpts import marked
from cms_pages.models.public_page import SECOND_LANGUAGE
from cms_pages.queries import details_of_site, section_addresses, section_pages, sections, title_and_address_above
from cms_pages.sharing import structured
from services.messaging.queries import unread_count

register = template.Library()


@register.filter
def harmless(html) -> SafeString:
    """Rich text, expanded: the one way on which it reaches a page (``templates/wagtailcore/shared/richtext.html``)."""
    return mark_safe(markup.harmless(str(html or "")))


@register.filter
def harmless_address(address) -> str:
    """The address of a link that somebody typed."""
    return markup.harmless_address(str(address or ""))


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


@register.simple_tag
def title_lang(page):
    """`` lang="…"`` for a page's title and introduction, unless they are shown in the reader's own language."""
    return "" if getattr(page, "in_second_language", False) else content_lang()


@register.simple_tag
def told_why_chinese(page) -> str:
    """What a reader of the second language is told of a text in the first: ``partly``, ``wholly``, or nothing."""
    if get_language() != SECOND_LANGUAGE:
        return ""
    return "partly" if page.in_second_language else "wholly"


@register.simple_tag
def site_sections() -> list[dict[str, str]]:
    """Title, in both languages, and address of each list, remembered until something changes."""
    return _named("site sections", lambda: section_pages().values())


@register.simple_tag
def organization_sections() -> list[dict[str, str]]:
    """The same of the pages of each organisation."""
    return _named("organization sections", sections)


def _named(key: str, found: Callable[[], Iterable]) -> list[dict[str, str]]:
    named = freshness.remembered(key, lambda: [(page.title, page.title_en, page.url) for page in found()])
    english = get_language() == SECOND_LANGUAGE
    return [
        {"title": (english and title_en) or title, "url": url, "translated": english and bool(title_en)}
        for title, title_en, url in named
    ]


@register.simple_tag(takes_context=True)
def unread_messages(context) -> int:
    """How many of her messages the signed-in woman hasn't opened."""
    return unread_count(context["user"])


@register.filter
def highlight(text: str, words) -> str:
    """The text with every word searched for in <mark>; text and words are escaped."""
    return marked(text, words.split() if isinstance(words, str) else words)


@register.simple_tag
def share_picture(page) -> str:
    """Address of the square picture that chat apps show beside a link: of the cover, else our flower. JPEG and PNG
    alone: some of them know nothing newer."""
    cover = getattr(page, "cover", None)
    if cover is None:
        return urljoin(settings.PUBLIC_BASE_URL, static("img/share.png"))
    named = ("share picture", cover.pk, cover.file.name)
    try:
        path = freshness.remembered(named, lambda: cover.get_rendition("fill-400x400|format-jpeg").url)
    except OSError:  # the picture is gone, or the store it lies in: the page does without
        path = static("img/share.png")
    return urljoin(settings.PUBLIC_BASE_URL, path)


@register.simple_tag
def short_address(page) -> str:
    return short.short_address(page.pk) if page.pk else ""


@register.simple_tag
def structured_data(page, picture: str = "") -> str:
    """What the page is, for search engines."""
    return structured.script(page, image=picture) if page.pk else ""


class RememberedNode(template.Node):
    """What stands between ``{% remembered … %}`` and ``{% endremembered %}``, put together once and then kept by the
    process until something public changes; by language, and by the values given. With ``as name`` it is given a name
    instead of being shown.

    For what follows from published pages alone: never around places left, names of organisations or a reader's own.
    A preview is put together anew, as it shows what isn't published yet.
    """

    def __init__(self, nodelist: template.NodeList, values: list, target: str = ""):
        self.nodelist = nodelist
        self.values = values
        self.target = target

    def render(self, context) -> SafeString:
        html = self._html(context)
        if not self.target:
            return html
        context[self.target] = html
        return SafeString()

    def _html(self, context) -> SafeString:
        request = context.get("request")
        if request is None or getattr(request, "is_preview", False):
            return self.nodelist.render(context)
        name = ("part", get_language(), *(value.resolve(context) for value in self.values))
        return freshness.remembered(name, lambda: self.nodelist.render(context))


@register.tag
def remembered(parser, token) -> RememberedNode:
    bits = token.split_contents()[1:]
    target = bits.pop() if bits[-2:-1] == ["as"] else ""
    values = [parser.compile_filter(bit) for bit in (bits[:-1] if target else bits)]
    if not values:
        raise template.TemplateSyntaxError("What is remembered needs a name.")
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, values, target)
