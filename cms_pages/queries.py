"""Reads that more than one page needs: the footer's facts, the addresses of the lists."""

from django.urls import reverse
from wagtail.models import Page, Site

from cms_pages.models import (
    ActivityIndexPage,
    ArticleIndexPage,
    CampaignIndexPage,
    FaqIndexPage,
    NoticeIndexPage,
    PolicyIndexPage,
    SectionPage,
    ServiceIndexPage,
    SiteDetails,
    StoryIndexPage,
    TrainingIndexPage,
)

_LISTS = {
    "services": ServiceIndexPage,
    "notices": NoticeIndexPage,
    "campaigns": CampaignIndexPage,
    "trainings": TrainingIndexPage,
    "policies": PolicyIndexPage,
    "questions": FaqIndexPage,
    "articles": ArticleIndexPage,
    "activities": ActivityIndexPage,
    "stories": StoryIndexPage,
}


def section_pages() -> dict[str, Page]:
    """Each list that is live and has an address, in the order in which they are named."""
    found = {name: model.objects.live().first() for name, model in _LISTS.items()}
    return {name: page for name, page in found.items() if page is not None and page.url}


def section_addresses() -> dict[str, str]:
    """Address of each list that is live."""
    return {name: page.url for name, page in section_pages().items()}


def title_and_address_above(page: Page) -> dict[str, str]:
    """``title`` and ``url`` of the parent, unless that is the home page or the root; ``topics``: where what is about
    a topic stands together, the search for a page of a section, whose list holds everything and isn't narrowed."""
    parent = page.get_parent()
    if parent is None or parent.depth <= 2:
        return {}
    topics = reverse("cms_pages:search") if issubclass(parent.specific_class, SectionPage) else parent.url
    return {"title": parent.title, "url": parent.url, "topics": topics}


def sections() -> list[Page]:
    """The pages of the organisations, in the order in which editors put them."""
    return [page for page in SectionPage.objects.live().public().order_by("path") if page.url]


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
