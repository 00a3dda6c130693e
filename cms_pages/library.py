"""What is published, as outreach asks for it. Reads; sends nothing."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from wagtail.models import Page

from cms_pages.finding.filters import topic_names
from cms_pages.finding.searching import public_entries
from cms_pages.models.finding import SearchEntry
from cms_pages.models.public_page import ReadingPage
from cms_pages.short import short_path
from services.outreach.registry import Publication, Reading


class PublishedPages:
    """Pages that are there to be read; their short address fits into a message and lasts."""

    def publication(self, key: int) -> Publication | None:
        page = Page.objects.filter(pk=key).specific().first() if key < 2**62 else None
        if not isinstance(page, ReadingPage):
            return None
        topics = tuple(topic.slug for topic in page.topics.all())
        return Publication(page.pk, page.title, short_path(page.pk), page.live, page.organization_id, topics)

    def topics(self) -> dict[str, str]:
        return topic_names()

    def readings(
        self, *, topics: Sequence[str], organizations: Sequence[str], since: date, limit: int
    ) -> list[Reading]:
        hers = Q(organization__path__in=organizations)
        for topic in topics:
            hers |= Q(topics__contains=f"|{topic}|")
        entries = public_entries(SearchEntry.objects.filter(hers, shown_on__gte=since))
        newest = entries.select_related("organization", "page").order_by("-shown_on", "-pk")[:limit]
        names = topic_names() if topics else {}
        return [self._reading(entry, topics, names) for entry in newest]

    def _reading(self, entry: SearchEntry, topics: Sequence[str], names: dict[str, str]) -> Reading:
        shared = next((topic for topic in topics if f"|{topic}|" in entry.topics), "")
        organization = entry.organization.name if entry.organization else ""
        url = entry.page.get_url() or short_path(entry.pk)
        return Reading(entry.title, url, entry.shown_on, names.get(shared, ""), organization)
