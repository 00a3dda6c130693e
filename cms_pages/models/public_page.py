"""What every public page shares: an introduction, a cover, a body, and how long anonymous copies may be kept."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.template.response import TemplateResponse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.url_routing import RouteResult

from cms_pages import freshness
from cms_pages.blocks import BodyBlock
from cms_pages.forms import PublicPageForm
from cms_pages.parts import WithParts

# A page that shows places left is at most this old. The page says so.
LIVE_SECONDS = 30
SECOND_LANGUAGE = "en"


def keeper_panels() -> list:
    """Who publishes a page and what it is about: on the side of every page that is filed under them."""
    return [
        FieldPanel("organization", help_text=_("Write its code, or its full name. Readers can filter by it.")),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
    ]


class PublicPage(Page):
    """Abstract. ``shows_live_state`` shortens how long an anonymous copy is kept to ``LIVE_SECONDS``.

    The text is in the first language; title and introduction may be there in the second one too.
    """

    shows_live_state = False
    base_form_class = PublicPageForm

    intro = models.CharField(
        _("introduction"),
        max_length=160,
        blank=True,
        help_text=_("One or two sentences. Shown under the title, in lists and in search results."),
    )
    title_en = models.CharField(
        _("title in English"),
        max_length=160,
        blank=True,
        help_text=_("Without it, readers of the English pages see the Chinese title and are told why."),
    )
    intro_en = models.CharField(_("introduction in English"), max_length=300, blank=True)

    class Meta:
        abstract = True

    english_panel = MultiFieldPanel(
        [FieldPanel("title_en"), FieldPanel("intro_en")],
        heading=_("For readers of the English pages"),
        classname="collapsed",
    )
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("title_en"),
        index.SearchField("intro_en"),
    ]

    @property
    def in_second_language(self) -> bool:
        """Whether title and introduction are shown in the second language: it is the reader's, and they exist."""
        return get_language() == SECOND_LANGUAGE and bool(self.title_en)

    @property
    def shown_title(self) -> str:
        """The title in the reader's language; in the first one where it has no other."""
        return self.title_en if self.in_second_language else self.title

    @property
    def shown_intro(self) -> str:
        """The introduction in the language of the title, so that the two never mix."""
        return self.intro_en if self.in_second_language else self.intro

    @property
    def is_template(self) -> bool:
        """Whether it lies in the folder of page templates, to be copied and never to be seen."""
        folders = freshness.remembered("template folders", _template_folders)
        return bool(self.path) and self.depth == 3 and self.path.startswith(folders)

    @property
    def has_workflow(self) -> bool:
        return not self.is_template and super().has_workflow

    def get_workflow(self):
        return None if self.is_template else super().get_workflow()

    def publish(self, *args, **kwargs):
        """Refused for a template, whoever asks: the desk says so before (``wagtail_hooks``)."""
        if self.is_template:
            raise PermissionDenied(_("A page template isn't published: new pages are begun from it."))
        return super().publish(*args, **kwargs)

    def may_be_kept(self, request) -> bool:
        """A page without numbered parts has one address; others aren't worth a copy."""
        return "p" not in request.GET

    def get_view_restrictions(self):
        """Wagtail's, at no cost while no page of the site is private."""
        if not freshness.remembered("private", lambda: (PageViewRestriction.objects.exists(),))[0]:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def route(self, request, path_components):
        """A page whose time is over says so, instead of pretending that it never was."""
        if not path_components and self.expired and not self.live:
            return RouteResult(self, kwargs={"ended": True})
        return super().route(request, path_components)

    def serve(self, request, *args, ended: bool = False, **kwargs):
        """The page; anonymous copies may be kept for ``response.page_cache_seconds`` seconds (portal.page_cache)."""
        if ended:
            return self._serve_ended(request)
        response = super().serve(request, *args, **kwargs)
        if not getattr(request, "is_preview", False) and self.may_be_kept(request):
            seconds = settings.PAGE_CACHE_SECONDS
            response.page_cache_seconds = min(seconds, LIVE_SECONDS) if self.shows_live_state else seconds
        return response

    def _serve_ended(self, request):
        """410 with the way to the list it stood in and to the newest page there; its own words are gone."""
        above = self.get_parent()
        newer = above.get_children().live().public().order_by("-first_published_at", "-pk").first()
        context = {"above": above if above.live else None, "newer": newer}
        return TemplateResponse(request, "cms_pages/ended.html", context, status=410)


def _template_folders() -> tuple[str, ...]:
    folders = Page.objects.filter(content_type__app_label="cms_pages", content_type__model="templatefolder")
    return tuple(folders.values_list("path", flat=True)) or ("-",)


class ReadingPage(WithParts, PublicPage):
    """Abstract: a page of text. It may be there in plain words too (``layouts/_header.html`` has the switch).

    ``organization`` is whose page it is, for filters and for the rights of sections; ``topics`` are what it is about.
    """

    plain_words = models.TextField(
        _("in plain words"),
        blank=True,
        help_text=_(
            "The same in short sentences, one a line, for readers who switch to plain words: they see these first and "
            "can open the whole text below."
        ),
    )
    organization = models.ForeignKey(
        "organizations.Organization",
        verbose_name=pgettext_lazy("of a page", "published by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topics = ParentalManyToManyField("cms_pages.Topic", verbose_name=_("topics"), blank=True, related_name="+")

    class Meta:
        abstract = True

    content_panels = [*PublicPage.content_panels, FieldPanel("plain_words")]
    filing_panels = [MultiFieldPanel(keeper_panels(), heading=_("Where readers find it"))]
    search_fields = [
        *PublicPage.search_fields,
        index.SearchField("plain_words"),
        index.FilterField("organization"),
    ]

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


def period_panels(*, place: bool = True) -> MultiFieldPanel:
    """First and last day, and where."""
    dates = FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])
    return MultiFieldPanel([dates, *([FieldPanel("place")] if place else [])], heading=_("When and where"))
