"""Role models (先进典型): who she is, for what she was honoured, in her own words; with her agreement on record."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms_pages.models.listing_page import ListingPage
from cms_pages.models.public_page import BodyPage
from services.foundation import clock


class StoryPage(BodyPage):
    """``agreed_on`` is never shown: it stands for the paper she signed. A draft may wait for it, publishing doesn't."""

    person = models.CharField(_("her name"), max_length=30)
    workplace = models.CharField(_("where she works"), max_length=80)
    honour = models.CharField(_("honour"), max_length=80, blank=True)
    honoured_in = models.PositiveSmallIntegerField(
        _("year of the honour"), null=True, blank=True, validators=[MinValueValidator(1949), MaxValueValidator(2200)]
    )
    quote = models.CharField(_("a sentence of hers"), max_length=120, blank=True)
    date = models.DateField(_("date"), help_text=_("As printed above the text."))
    agreed_on = models.DateField(
        _("she agreed in writing on"),
        null=True,
        help_text=_("To her name, picture and story on this page. Without it the page isn't published. Never shown."),
    )

    content_panels = [
        *BodyPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("person"), FieldPanel("workplace")]),
                FieldRowPanel([FieldPanel("honour"), FieldPanel("honoured_in")]),
                FieldPanel("quote"),
                FieldPanel("agreed_on"),
            ],
            heading=_("Who she is"),
        ),
        FieldPanel("date"),
        FieldPanel("cover"),
        FieldPanel("body"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [
        *BodyPage.search_fields,
        *(index.SearchField(name) for name in ("person", "workplace", "honour", "quote")),
        index.FilterField("date"),
    ]
    parent_page_types = ["cms_pages.StoryIndexPage", "cms_pages.SectionPage"]
    subpage_types = []
    template = "cms_pages/story_page.html"
    page_description = _("The story of a woman others can look up to.")

    class Meta:
        verbose_name = _("role-model story")
        verbose_name_plural = _("role-model stories")

    def clean(self):
        super().clean()
        if self.agreed_on and self.agreed_on > clock.today():
            raise ValidationError({"agreed_on": _("This day is still to come.")})


class StoryIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.StoryPage"]
    template = "cms_pages/story_index_page.html"
    year_field = "date"

    class Meta:
        verbose_name = _("list of role-model stories")
        verbose_name_plural = _("lists of role-model stories")

    def entries(self) -> models.QuerySet:
        """Newest first."""
        found = self.everywhere(StoryPage)
        return found.select_related("cover").order_by("-date", "-pk")
