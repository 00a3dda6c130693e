"""What every public page shares: an introduction, a cover, a body, and how long anonymous copies may be kept."""

from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from cms_pages import freshness
from cms_pages.blocks import BodyBlock

# A page that shows places left is at most this old. The page says so.
LIVE_SECONDS = 30
PER_PAGE = 12


class PublicPage(Page):
    """Abstract. ``shows_live_state`` shortens how long an anonymous copy is kept to ``LIVE_SECONDS``."""

    shows_live_state = False

    intro = models.CharField(
        _("introduction"),
        max_length=160,
        blank=True,
        help_text=_("One or two sentences. Shown under the title, in lists and in search results."),
    )

    class Meta:
        abstract = True

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*Page.search_fields, index.SearchField("intro")]

    def may_be_kept(self, request) -> bool:
        """A page without numbered parts has one address; others aren't worth a copy."""
        return "p" not in request.GET

    def get_view_restrictions(self):
        """Wagtail's, at no cost while no page of the site is private."""
        if not freshness.remembered("private", lambda: (PageViewRestriction.objects.exists(),))[0]:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def serve(self, request, *args, **kwargs):
        """The page; anonymous copies may be kept for ``response.page_cache_seconds`` seconds (portal.page_cache)."""
        response = super().serve(request, *args, **kwargs)
        if not getattr(request, "is_preview", False) and self.may_be_kept(request):
            seconds = settings.PAGE_CACHE_SECONDS
            response.page_cache_seconds = min(seconds, LIVE_SECONDS) if self.shows_live_state else seconds
        return response


class ReadingPage(PublicPage):
    """Abstract: a page of text, which may be there in plain words too (``layouts/_header.html`` has the switch)."""

    plain_words = models.TextField(
        _("in plain words"),
        blank=True,
        help_text=_(
            "The same in short sentences, one a line, for readers who switch to plain words: they see these first and "
            "can open the whole text below."
        ),
    )

    class Meta:
        abstract = True

    content_panels = [*PublicPage.content_panels, FieldPanel("plain_words")]
    search_fields = [*PublicPage.search_fields, index.SearchField("plain_words")]

    @property
    def plain_sentences(self) -> list[str]:
        return [line.strip() for line in self.plain_words.splitlines() if line.strip()]


class BodyPage(ReadingPage):
    """Abstract: a page with a cover picture and a body of blocks."""

    cover = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Wide, at least 1200 × 675. Its description is read aloud to those who can't see it."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("content"), blank=True)

    class Meta:
        abstract = True

    search_fields = [*ReadingPage.search_fields, index.SearchField("body")]


class ListingPage(PublicPage):
    """Abstract: lists its children, ``PER_PAGE`` to a page. Subclasses give ``entries()``."""

    max_count = 1

    class Meta:
        abstract = True

    def entries(self) -> models.QuerySet:
        raise NotImplementedError

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["entries"] = Paginator(self.entries(), PER_PAGE).get_page(request.GET.get("p"))
        return context

    def may_be_kept(self, request) -> bool:
        """A page number beyond the last shows the last page again: no copy of its own."""
        asked = request.GET.get("p", "1")
        pages = Paginator(self.entries(), PER_PAGE).num_pages
        return asked.isascii() and asked.isdigit() and 1 <= int(asked) <= pages
