"""What was done (活动掠影): a visit, a film, books given, a lecture, an outing; when, where, for how many."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.search import index

from cms_pages.models.listing_page import ListingPage
from cms_pages.models.public_page import BodyPage
from services.foundation import clock


class ActivityKind(models.TextChoices):
    VISIT = "visit", _("Visit to women workers")
    FILM = "film", _("Film brought to the grassroots")
    BOOKS = "books", _("Books given")
    LECTURE = "lecture", pgettext_lazy("an activity", "Lecture")
    OUTING = "outing", _("Outing")
    OTHER = "other", pgettext_lazy("an activity", "Other")


class ActivityPage(BodyPage):
    kind = models.CharField(_("kind of activity"), max_length=10, choices=ActivityKind)
    theme = models.CharField(_("theme"), max_length=80, blank=True)
    date = models.DateField(_("day"), help_text=_("On which it took place."))
    place = models.CharField(pgettext_lazy("where something happens", "place"), max_length=80, blank=True)
    people = models.PositiveIntegerField(
        _("women reached"),
        null=True,
        blank=True,
        help_text=_("How many took part or were visited. Empty: not counted."),
    )
    campaign = models.ForeignKey(
        "cms_pages.CampaignPage",
        verbose_name=_("campaign it belongs to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BodyPage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("theme")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("place"), FieldPanel("people")]),
        FieldPanel("cover"),
        FieldPanel("body"),
        PageChooserPanel("campaign"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [
        *BodyPage.search_fields,
        index.SearchField("theme"),
        index.SearchField("place"),
        index.FilterField("kind"),
        index.FilterField("date"),
    ]
    parent_page_types = ["cms_pages.ActivityIndexPage", "cms_pages.SectionPage", "cms_pages.TemplateFolder"]
    subpage_types = []
    template = "cms_pages/activity_page.html"
    page_description = _("A record of something done: visit, film, books, lecture, outing.")

    class Meta:
        verbose_name = _("activity record")
        verbose_name_plural = _("activity records")

    def clean(self):
        super().clean()
        if self.date and self.date > clock.today():
            raise ValidationError({"date": _("This day is still to come. What is planned is a campaign or a notice.")})

    def get_context(self, request, *args, **kwargs):
        campaign = self.campaign if self.campaign_id and self.campaign.live else None
        return super().get_context(request, *args, **kwargs) | {"campaign": campaign}


class ActivityIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.ActivityPage"]
    template = "cms_pages/activity_index_page.html"
    year_field = "date"
    kind_field = "kind"
    kind_label = _("kind of activity")

    class Meta:
        verbose_name = _("list of activity records")
        verbose_name_plural = _("lists of activity records")

    def entries(self) -> models.QuerySet:
        """Newest first."""
        found = self.everywhere(ActivityPage)
        return found.select_related("cover").order_by("-date", "-pk")
