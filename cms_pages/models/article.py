"""News and explanations (资讯)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from cms_pages.models.listing_page import ListingPage
from cms_pages.models.public_page import BodyPage


class ArticlePage(BodyPage):
    date = models.DateField(_("date"), help_text=_("As printed above the text."))
    source = models.CharField(_("source"), max_length=60, blank=True, help_text=_("The office that wrote it."))

    content_panels = [
        *BodyPage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
        FieldPanel("cover"),
        FieldPanel("body"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [*BodyPage.search_fields, index.FilterField("date")]
    parent_page_types = ["cms_pages.ArticleIndexPage", "cms_pages.SectionPage", "cms_pages.TemplateFolder"]
    subpage_types = []
    template = "cms_pages/article_page.html"
    page_description = _("News or an explanation.")

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ArticleIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.ArticlePage"]
    template = "cms_pages/article_index_page.html"
    year_field = "date"

    class Meta:
        verbose_name = _("list of articles")
        verbose_name_plural = _("lists of articles")

    def entries(self) -> models.QuerySet:
        """Newest first."""
        return self.everywhere(ArticlePage).select_related("cover").order_by("-date", "-pk")
