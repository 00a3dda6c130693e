"""Campaigns (主题活动): a theme, a period, a place, a programme, and afterwards what came of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms_pages.blocks import BodyBlock
from cms_pages.models.listing_page import ListingPage
from cms_pages.models.offered import OffersActivity
from cms_pages.models.public_page import BodyPage, period_panels
from services.foundation import clock


class CampaignPage(OffersActivity, BodyPage):
    theme = models.CharField(
        _("theme"),
        max_length=80,
        blank=True,
        help_text=_("The motto, as it stands on the banner. Without quotation marks."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    place = models.CharField(_("place"), max_length=80, blank=True)
    related_guide = models.ForeignKey(
        "cms_pages.ServiceGuidePage",
        verbose_name=_("service that belongs to it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Visitors are led from here to this service."),
    )
    results = StreamField(
        BodyBlock(),
        verbose_name=_("what came of it"),
        blank=True,
        help_text=_(
            "Afterwards: how many came, pictures, what was decided. Shown above the programme after the last day."
        ),
    )

    content_panels = [
        *BodyPage.content_panels,
        FieldPanel("theme"),
        period_panels(),
        FieldPanel("activity"),
        FieldPanel("cover"),
        FieldPanel("body"),
        FieldPanel("results"),
        PageChooserPanel("related_guide"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [
        *BodyPage.search_fields,
        index.SearchField("theme"),
        index.SearchField("place"),
        index.SearchField("results"),
        index.FilterField("starts_on"),
        index.FilterField("ends_on"),
    ]
    parent_page_types = ["cms_pages.CampaignIndexPage", "cms_pages.SectionPage", "cms_pages.TemplateFolder"]
    subpage_types = []
    template = "cms_pages/campaign_page.html"
    page_description = _("A campaign with its period, place and programme.")

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")),
                name="cms_campaign_period",
                violation_error_message=_("A campaign must start before it ends."),
            )
        ]

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValidationError({"ends_on": _("A campaign must start before it ends.")})

    def phase(self, today: date) -> str:
        """``coming``, ``running`` or ``over`` on that day."""
        if today < self.starts_on:
            return "coming"
        return "running" if today <= self.ends_on else "over"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        guide = self.related_guide
        context |= {"phase": self.phase(clock.today()), "guide": guide if guide and guide.live else None}
        return context | self.offered()


class CampaignIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.CampaignPage"]
    template = "cms_pages/campaign_index_page.html"
    year_field = "starts_on"

    class Meta:
        verbose_name = _("list of campaigns")
        verbose_name_plural = _("lists of campaigns")

    def entries(self) -> models.QuerySet:
        """Those not over yet in the order in which they start, then the past ones, newest first."""
        ahead = models.Q(ends_on__gte=clock.today())
        over = models.Case(models.When(ahead, then=0), default=1)
        start = models.Case(models.When(ahead, then="starts_on"))
        found = self.everywhere(CampaignPage).select_related("cover")
        return found.order_by(over, start, "-starts_on", "-pk")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"today": clock.today()}
