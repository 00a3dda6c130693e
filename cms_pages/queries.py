"""Reads that more than one page needs: the footer's facts, the addresses of the lists, search."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from cms_pages.models import (
    ArticleIndexPage,
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    ServiceGuidePage,
    ServiceIndexPage,
    SiteDetails,
)
from cms_pages.search_backend import query_text

_LISTS = {"services": ServiceIndexPage, "campaigns": CampaignIndexPage, "articles": ArticleIndexPage}
_KINDS = {CampaignPage: _("Campaign"), ArticlePage: _("Article"), ServiceGuidePage: _("Service guide")}
MAX_RESULTS = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """One page found: its title, introduction, address and what kind of page it is."""

    title: str
    intro: str
    url: str
    kind: str


def section_addresses() -> dict[str, str]:
    """Address of each list that is live."""
    found = {}
    for name, model in _LISTS.items():
        page = model.objects.live().first()
        if page is not None and page.url:
            found[name] = page.url
    return found


def title_and_address_above(page: Page) -> dict[str, str]:
    """``title`` and ``url`` of the parent, unless that is the home page or the root."""
    parent = page.get_parent()
    return {"title": parent.title, "url": parent.url} if parent is not None and parent.depth > 2 else {}


def details_of_site() -> dict:
    """Telephone, hours, address and the two standing links of the footer."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return {}
    details = SiteDetails.objects.filter(site=site).select_related("privacy_page", "accessibility_page").first()
    if details is None:
        return {}
    pages = [page for page in (details.privacy_page, details.accessibility_page) if page and page.live]
    return {
        "contact_phone": details.contact_phone,
        "contact_hours": details.contact_hours,
        "address": details.address,
        "links": [{"text": page.title, "url": page.url} for page in pages],
    }


def search_pages(words: str) -> list[Hit]:
    """Live public pages that hold every word, those with all of them in the title first, at most ``MAX_RESULTS``."""
    if not query_text(words):
        return []
    found = Page.objects.live().public().type(tuple(_KINDS)).search(words)[:MAX_RESULTS]
    specific = {page.pk: page for page in Page.objects.filter(pk__in=[p.pk for p in found]).specific(defer=False)}
    pages = [specific[page.pk] for page in found if page.pk in specific]
    wanted = words.casefold().split()
    pages.sort(key=lambda page: not all(word in page.title.casefold() for word in wanted))
    return [Hit(page.title, page.intro, page.url, str(_KINDS[type(page)])) for page in pages]
