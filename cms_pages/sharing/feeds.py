"""Feeds of what is new, of the whole site and of each of its sections, as RSS and as Atom."""

from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from wagtail.models import Page, Site

from cms_pages.finding.searching import public_entries
from cms_pages.models.finding import SearchEntry
from cms_pages.short import short_path

ITEMS = 30


class NewPages(Feed):
    """``section`` is the word that a list of the home page has in addresses; a list that isn't live has no feed."""

    feed_type = Rss201rev2Feed
    kind = "rss"

    def get_object(self, request, section: str = ""):
        site = Site.find_for_request(request)
        home = site.root_page if site else None
        if home is None:
            raise Http404
        if not section:
            return home
        found = Page.objects.child_of(home).live().public().filter(slug=section).first()
        if found is None:
            raise Http404
        return found

    def title(self, page):
        return f"{page.title} · {settings.FEDERATION_NAME}"

    def link(self, page):
        return page.get_url() or "/"

    def description(self, page):
        return getattr(page.specific, "intro", "") or page.title

    def feed_url(self, page):
        section = [page.slug] if page.depth > 2 else []
        return reverse(f"cms_pages:feed_{self.kind}{'_of' if section else ''}", args=section)

    def items(self, page):
        entries = SearchEntry.objects.filter(page__path__startswith=page.path).select_related("page")
        return public_entries(entries).order_by("-shown_on", "-pk")[:ITEMS]

    def item_title(self, entry):
        return entry.title

    def item_description(self, entry):
        return entry.summary

    def item_link(self, entry):
        return entry.page.get_url() or short_path(entry.pk)

    def item_guid(self, entry):
        return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{short_path(entry.pk)}"

    item_guid_is_permalink = True

    def item_pubdate(self, entry):
        if entry.page.first_published_at:
            return entry.page.first_published_at
        return timezone.make_aware(datetime.combine(entry.shown_on or timezone.localdate(), time.min))

    def item_updateddate(self, entry):
        return entry.page.last_published_at


class NewPagesAtom(NewPages):
    feed_type = Atom1Feed
    kind = "atom"

    def subtitle(self, page):
        return self.description(page)
