"""The pages of one organisation (区县专栏): a list of everything that stands in its section."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms_pages.filters import Choices
from cms_pages.models.listing_page import ListingPage
from cms_pages.models.notice import counting
from services.foundation import clock


class SectionPage(ListingPage):
    """Whose it is, ``services.publishing.models.Section`` says; that row also carries the rights."""

    max_count = None
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = [
        f"cms_pages.{name}"
        for name in ("ArticlePage", "CampaignPage", "NoticePage", "TrainingPage", "ActivityPage", "StoryPage")
    ]
    template = "cms_pages/section_page.html"
    page_description = _("The pages of one organisation.")

    class Meta:
        verbose_name = _("pages of an organisation")
        verbose_name_plural = _("pages of organisations")

    def choices(self) -> Choices:
        """Pages of several kinds have nothing in common to narrow them by."""
        return Choices((), (), (), ())

    def entries(self) -> models.QuerySet:
        """What is pinned and counts first, then the newest, whatever kind."""
        pinned = models.Q(noticepage__pinned=True) & counting(clock.today(), on="noticepage__")
        first = models.Case(models.When(pinned, then=0), default=1)
        below = self.get_children().live().public().order_by(first, "-first_published_at", "-pk")
        return below.specific(defer=False)
