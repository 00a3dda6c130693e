"""The home page: what is on, what can I get, where is mine."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms_pages import freshness, live
from cms_pages.blocks import CalloutBlock, ParagraphBlock
from cms_pages.models.article import ArticlePage
from cms_pages.models.campaign import CampaignPage
from cms_pages.models.public_page import PublicPage
from services.foundation import clock


class ListSectionBlock(blocks.StructBlock):
    """A heading over the newest pages of one kind."""

    title = blocks.CharBlock(label=_("Heading"), max_length=30)
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=6, default=3)


class HomeSections(blocks.StreamBlock):
    services = ListSectionBlock(label=_("Services open now"), icon="calendar-check")
    campaigns = ListSectionBlock(label=_("Campaigns running or coming"), icon="date")
    articles = ListSectionBlock(label=_("Newest articles"), icon="doc-full")
    callout = CalloutBlock()
    text = ParagraphBlock()

    class Meta:
        block_counts = {name: {"max_num": 1} for name in ("services", "campaigns", "articles")}


class HomePage(PublicPage):
    shows_live_state = True

    sections = StreamField(HomeSections(), verbose_name=_("sections below the three questions"), blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("sections")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms_pages.CampaignIndexPage", "cms_pages.ArticleIndexPage", "cms_pages.ServiceIndexPage"]
    max_count = 1
    template = "cms_pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now, today = clock.now(), clock.today()
        lists = {section.block_type: section.value["count"] for section in self.sections if "count" in section.value}
        counts = lists.get("campaigns", 1), lists.get("articles", 0)
        campaigns, articles = freshness.remembered(("newest", today, counts), lambda: self._newest(today, *counts))
        return context | {
            "services": live.open_states(now=now)[: lists.get("services", 1)],
            "campaigns": campaigns,
            "articles": articles,
            "as_of": now,
            "today": today,
        }

    def _newest(self, today: date, campaigns: int, articles: int) -> tuple[list[CampaignPage], list[ArticlePage]]:
        """So many campaigns that aren't over, the first to start first, and so many articles, the newest first."""
        ahead = CampaignPage.objects.live().public().descendant_of(self).filter(ends_on__gte=today)
        written = ArticlePage.objects.live().public().descendant_of(self)
        return (
            list(ahead.defer_streamfields().order_by("starts_on", "pk")[:campaigns]),
            list(written.defer_streamfields().order_by("-date", "-pk")[:articles]) if articles else [],
        )
