"""Lists of pages: narrowed by topic, organisation, year and kind, so many to a page.

A list of a kind shows every page of that kind, also those in the sections of organisations: a reader looks for a
campaign, not for whoever publishes it.
"""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models

from cms_pages import freshness
from cms_pages.filters import Choices, ListFilters
from cms_pages.models.public_page import PublicPage
from cms_pages.paging import RememberedPaginator

PER_PAGE = 12


class ListingPage(PublicPage):
    """Abstract: lists its children, ``PER_PAGE`` to a page. Subclasses give ``entries()``.

    ``year_field`` is the date by whose year a reader narrows the list; ``kind_field`` names what divides it
    further, a field with choices or a foreign key to something with a name. Empty: no such filter.
    """

    max_count = 1
    year_field = ""
    kind_field = ""
    kind_label = ""

    class Meta:
        abstract = True

    def entries(self) -> models.QuerySet:
        raise NotImplementedError

    def everywhere(self, kind: type[models.Model]) -> models.QuerySet:
        """Every page of a kind that the public may see, of this list and of the sections beside it."""
        home = self.path[: -self.steplen]
        return kind.objects.filter(path__startswith=home).live().public().defer_streamfields()

    def choices(self) -> Choices:
        """What this list can be narrowed by: only what at least one of its pages has. Remembered until a change."""
        return freshness.remembered(("choices", self.pk), lambda: Choices.of(self))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        filters = ListFilters(request.GET, queryset=self.entries(), page=self)
        given = filters.given()
        pages = Paginator(filters.qs, PER_PAGE) if given else self.pages()
        entries = pages.get_page(request.GET.get("p"))
        return context | {"entries": entries, "filters": filters, "given": given, "filter_query": urlencode(given)}

    def may_be_kept(self, request) -> bool:
        """A page number beyond the last shows the last page again, a filter one of many lists: no copies of these."""
        if set(request.GET) - {"p"}:
            return False
        asked = request.GET.get("p", "1")
        return asked.isascii() and asked.isdigit() and 1 <= int(asked) <= self.pages().num_pages

    def pages(self) -> RememberedPaginator:
        """Of the whole list."""
        return RememberedPaginator(self.entries(), PER_PAGE, listing=self.pk)
